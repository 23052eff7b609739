"""One SLO, made or changed by a program, within the orgs that it may keep."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from application.errors import Invalid, NotFound
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.slos.import_slos import ImportSlos, ImportSlosCommand, SloEntry
from application.viewers import Viewer
from application.written_outcomes import (
    BODY,
    SOURCE,
    Keeping,
    org_code,
    refuse,
    refuse_other_code,
    refuse_taken,
    scale_code,
)
from domain.ids import CourseId, OrgId, SloId
from domain.slo import PerformanceDescriptor, Slo, SloKind, SloState


@dataclass(frozen=True, slots=True)
class WriteSloCommand:
    """`slo_id` None makes a new one. `seen` raises when the stored one is another than seen."""

    viewer: Viewer
    slo_id: SloId | None
    code: str
    kind: SloKind
    course_id: CourseId | None
    org_id: OrgId | None
    title: str
    statement: str
    state: SloState
    descriptors: tuple[PerformanceDescriptor, ...]
    seen: Callable[[Slo], None] | None = None


@dataclass(frozen=True, slots=True)
class WriteSlo:
    units: UnitOfWorkFactory
    import_slos: ImportSlos

    def __call__(self, command: WriteSloCommand) -> Slo:
        """As an import of one entry does it: another wording is the next version.

        Raises:
            NotFound: it is not there, or not in an org that this person keeps.
            Conflict: a new one's code is taken. Invalid: a field cannot be used.
        """

        def check(unit: UnitOfWork) -> None:
            _check_slo(unit, command)

        with self.units(write=False) as unit:
            check(unit)
            entry = _slo_entry(unit, command)
        report = self.import_slos(
            ImportSlosCommand(command.viewer.actor, SOURCE, (), (), (entry,), precondition=check)
        )
        refuse(report.problems)
        with self.units(write=False) as unit:
            return _slo_coded(unit, command.code)


def _check_slo(unit: UnitOfWork, command: WriteSloCommand) -> None:
    keeps = Keeping(unit, command.viewer)
    org_id = _slo_org(unit, command.course_id, command.org_id)
    if command.slo_id is None:
        keeps.require(org_id)
        refuse_taken(next((s for s in unit.outcomes.slos() if s.code == command.code), None))
        return
    stored = unit.outcomes.slos_by_id([command.slo_id]).get(command.slo_id)
    if stored is None or not keeps.has(_slo_org(unit, stored.course_id, stored.org_id)):
        raise NotFound("This SLO")
    keeps.require(org_id)
    refuse_other_code(stored.code, command.code)
    if command.seen:
        command.seen(stored)


def _slo_org(unit: UnitOfWork, course_id: CourseId | None, org_id: OrgId | None) -> OrgId | None:
    """The org that owns it; a course's SLO belongs to the org of the course."""
    if course_id is None:
        return org_id
    try:
        return unit.roster.course(course_id).org_id
    except NotFound:
        raise Invalid("courseId", "no course has this id.") from None


def _slo_entry(unit: UnitOfWork, command: WriteSloCommand) -> SloEntry:
    course = unit.roster.course(command.course_id).code if command.course_id else None
    descriptors: dict[str, dict[Decimal, str]] = {}
    for one in command.descriptors:
        code = scale_code(unit, one.scale_id, "descriptors")
        descriptors.setdefault(code, {})[one.points] = one.text
    return SloEntry(
        path=BODY,
        code=command.code,
        kind=command.kind,
        course=course,
        org=org_code(unit, command.org_id),
        title=command.title,
        statement=command.statement,
        state=command.state,
        descriptors=descriptors,
    )


def _slo_coded(unit: UnitOfWork, code: str) -> Slo:
    return next(slo for slo in unit.outcomes.slos() if slo.code == code)
