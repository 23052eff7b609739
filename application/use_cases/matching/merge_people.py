"""Make two records of one person one, so that nothing is lost and it can be taken back."""

from dataclasses import dataclass, replace

from application.errors import Conflict, Invalid
from application.merging import carry_out, plans_for
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.matching.matching_queue import named
from domain.audit import Deed
from domain.belonging import BelongingKind
from domain.identity import LocalField
from domain.ids import MatchingDecisionId, PersonId
from domain.matching_case import CaseKind, MatchingDecision, Verdict, people_subject
from domain.person_merge import Contradiction, PersonMerge, Plans
from domain.rostering import Person


@dataclass(frozen=True, slots=True)
class MergePeopleCommand:
    """Person ids: `gone_id` becomes `kept_id`."""

    actor: str
    gone_id: PersonId
    kept_id: PersonId
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class MovedCount:
    kind: BelongingKind
    count: int


@dataclass(frozen=True, slots=True)
class MergeReport:
    """`contradictions` keep the merge from being made: a person must settle them first."""

    gone: Person
    kept: Person
    moved: tuple[MovedCount, ...]
    contradictions: tuple[Contradiction, ...]
    merged: bool


@dataclass(frozen=True, slots=True)
class MergePeople:
    """Enrolments, roles, scores, LMS users and all else that is the person's own move over.

    Where both were scored on the same row and the scores differ, nothing is merged. Who did
    what stays as it was written. The Tech ID, login and e-mail of the one who goes name the
    one who stays from then on.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: MergePeopleCommand) -> MergeReport:
        """A dry run reports what contradicts instead of raising Conflict.

        Raises:
            NotFound: no such person.
            Invalid: the same person twice, one who was merged before, or who is inactive.
            Conflict: what both have differs.
        """
        with self.units(write=not command.dry_run) as unit:
            gone, kept = self._people(unit, command)
            plans = plans_for(unit, gone.id, kept.id)
            report = _report(gone, kept, plans, merged=not command.dry_run)
            if command.dry_run:
                return report
            if report.contradictions:
                raise Conflict(_differs(report))
            self._merge(unit, command, gone, plans)
            unit.commit()
        return report

    def _people(self, unit: UnitOfWork, command: MergePeopleCommand) -> tuple[Person, Person]:
        gone, kept = unit.roster.person(command.gone_id), unit.roster.person(command.kept_id)
        if gone.id == kept.id:
            raise Invalid("into", "choose two different people.")
        if unit.merges.merged_into([gone.id, kept.id]):
            raise Invalid("into", "one of the two was merged already; undo that first.")
        if not kept.active:
            raise Invalid("into", "the person who stays must be active.")
        return gone, kept

    def _merge(
        self,
        unit: UnitOfWork,
        command: MergePeopleCommand,
        gone: Person,
        plans: Plans,
    ) -> None:
        now, kept_id = self.clock.now(), command.kept_id
        decision = MatchingDecision(
            MatchingDecisionId(self.new_id()), CaseKind.DUPLICATE,
            people_subject([gone.id, kept_id]), Verdict.MERGED, kept_id, "", "", "", (), None,
            command.actor, now,
        )  # fmt: skip
        moved = carry_out(unit, plans)
        unit.matching.put_decision(decision)
        unit.merges.put_merge(PersonMerge(decision.id, gone.id, kept_id, moved, gone.active, now))
        unit.roster.put_people([replace(gone, active=False)])
        details = f"into person {kept_id}, {len(moved)} records"
        unit.audit.record(Deed(command.actor, "merged", f"person:{gone.id}", details, now))


@dataclass(frozen=True, slots=True)
class PeopleByTechId:
    """Which two people a command means by their Tech IDs."""

    units: UnitOfWorkFactory

    def __call__(self, gone: str, kept: str) -> tuple[PersonId, PersonId]:
        """The one who goes need not be active. Raises Invalid."""
        with self.units(write=False) as unit:
            staying = named(unit, kept, "into")
            found = unit.roster.people_where(LocalField.TECH_ID, gone.strip())
            going = [person for person in found if person.id != staying.id]
        if len(going) != 1:
            raise Invalid("tech_id", "give the Tech ID of exactly one other person.")
        return going[0].id, staying.id


def _report(gone: Person, kept: Person, plans: Plans, *, merged: bool) -> MergeReport:
    moved = [MovedCount(kind, len(plan.moves)) for kind, plan in plans.items() if plan.moves]
    contradictions = [one for plan in plans.values() for one in plan.contradictions]
    return MergeReport(gone, kept, tuple(moved), tuple(contradictions), merged)


def _differs(report: MergeReport) -> str:
    kinds = ", ".join(dict.fromkeys(f"{one.kind}s" for one in report.contradictions))
    return (
        f"The two have different {kinds} in {len(report.contradictions)} places. "
        "Make them alike, or clear one of them; then merge again."
    )
