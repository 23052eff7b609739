"""Carry the plans of one term forward to another."""

from collections.abc import Collection
from dataclasses import dataclass

from application.errors import Invalid
from application.planning.carrying import CarryLine, carry_lines
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWorkFactory
from application.use_cases.assessments.plan_sections import put_on
from application.viewers import Viewer
from domain.audit import Deed
from domain.ids import PlanId, TermId
from domain.planning import AssessmentPlan


@dataclass(frozen=True, slots=True)
class CarryPlansCommand:
    """`keys` None: all that can be carried."""

    viewer: Viewer
    earlier: TermId
    later: TermId
    keys: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class CarryPlansReport:
    plans: tuple[AssessmentPlan, ...]
    sections: int
    """How many uses in sections were made."""


@dataclass(frozen=True, slots=True)
class PreviewCarry:
    """Raises as CarryPlans does."""

    units: UnitOfWorkFactory

    def __call__(self, command: CarryPlansCommand) -> list[CarryLine]:
        with self.units(write=False) as unit:
            return carry_lines(unit, command.viewer, command.earlier, command.later)


@dataclass(frozen=True, slots=True)
class CarryPlans:
    """Make the plans of the earlier term again; what was carried already is left alone.

    Raises:
        Invalid: the same term twice, or a key that is not offered (any more).
        NotFound: a term. Forbidden.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: CarryPlansCommand) -> CarryPlansReport:
        now = self.clock.now()
        plans: list[AssessmentPlan] = []
        sections = 0
        with self.units() as unit:
            lines = carry_lines(unit, command.viewer, command.earlier, command.later)
            taken: set[tuple[str, str]] = set()
            for line in _chosen(lines, command.keys):
                if line.target is None or line.preview is None:
                    continue
                plan = AssessmentPlan(
                    PlanId(self.new_id()), line.assessment.id, command.later, line.target,
                    line.opens_at, line.due_at, command.viewer.person_id, now, None,
                    line.carried_from, 0,
                )  # fmt: skip
                # Two plans of one assessment may mean the same section; it gets it once.
                gets = [s for s in line.preview.gets if (line.assessment.id, s.id) not in taken]
                taken |= {(line.assessment.id, section.id) for section in gets}
                plans.append(put_on(unit, plan, gets, self.new_id))
                sections += len(gets)
            if plans:
                details = f"{len(plans)} plans, {sections} sections"
                subject = f"term:{command.earlier}->{command.later}"
                unit.audit.record(
                    Deed(command.viewer.actor, "carried plans", subject, details, now)
                )
                unit.commit()
        return CarryPlansReport(tuple(plans), sections)


def _chosen(lines: list[CarryLine], keys: Collection[str] | None) -> list[CarryLine]:
    open_ones = [line for line in lines if not line.reason]
    if keys is None:
        return open_ones
    if not {line.key for line in lines}.issuperset(keys):
        raise Invalid("plans", "choose among those listed.")
    return [line for line in open_ones if line.key in keys]
