"""All that decides how what graders chose in the LMS becomes scores of one assessment."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from application.ports.unit_of_work import UnitOfWork
from application.score_import.course_people import CoursePeople, course_people
from application.score_import.criterion_uses import CriterionUses, criterion_uses
from application.workplace import Workplace
from domain.ids import LmsAssignmentRef, LmsUserRef, PersonId, RowId
from domain.score import Score, unscored
from domain.score_import.import_plan import Desk, ImportLine, ImportPolicy, plan_import
from domain.score_import.import_run import ScoreImport
from domain.score_import.reading import Reading, chosen, matching_criteria
from domain.score_import.source import ScoreSource


@dataclass(frozen=True, slots=True)
class ScoreDesk:
    """What was read for one import beside what stands here; planning it asks nobody else."""

    desk: Desk
    people: CoursePeople
    criteria: CriterionUses
    readings: tuple[Reading, ...]

    @property
    def matching(self) -> frozenset[LmsAssignmentRef]:
        """Assignments whose rubric feeds at least one row of ours."""
        return frozenset(
            one.assignment.ref
            for one in self.readings
            if matching_criteria(one.assignment, self.criteria.uses)
        )

    def plan(
        self, assignments: frozenset[LmsAssignmentRef] | None, policy: ImportPolicy
    ) -> tuple[ImportLine, ...]:
        """`assignments` None: all that match."""
        wanted = self.matching if assignments is None else assignments
        return plan_import(chosen(self.readings, wanted), self.desk, policy)


def score_desk(unit: UnitOfWork, place: Workplace, score_import: ScoreImport) -> ScoreDesk:
    """The desk of an import, from what was read for it.

    Who is no student of the LMS course is left out: Canvas shows its test student in
    gradings, and never in the roster that we read.
    """
    accounts = unit.imports.students(score_import.id)
    listed = {account.ref for account in accounts}
    readings = tuple(_of(one, listed) for one in unit.imports.readings(score_import.id))
    rated = {one.user_ref for reading in readings for one in reading.scores if one.given}
    people = course_people(unit, place, score_import.site_id, accounts, rated)
    assignments = [one.assignment for one in readings]
    criteria = criterion_uses(unit, place, score_import.site_id, assignments)
    desk = Desk(
        rubric=place.rubric,
        uses=criteria.uses,
        people=people.people,
        left=people.left,
        unknown=people.absence,
        score=_scores(unit, place),
        source=_sources(unit, place),
    )
    return ScoreDesk(desk, people, criteria, readings)


def _of(reading: Reading, listed: Collection[LmsUserRef]) -> Reading:
    """Gradings without a name stay: they are told as anonymous."""
    kept = (one for one in reading.scores if not one.user_ref or one.user_ref in listed)
    return replace(reading, scores=tuple(kept))


def _scores(unit: UnitOfWork, place: Workplace) -> Callable[[PersonId, RowId], Score]:
    stored = {(one.student_id, one.row_id): one for one in unit.scores.of_work(place.work.id)}

    def score(student: PersonId, row: RowId) -> Score:
        return stored.get((student, row)) or unscored(place.work.id, student, row)

    return score


def _sources(unit: UnitOfWork, place: Workplace) -> Callable[[PersonId, RowId], ScoreSource | None]:
    sources = unit.imports.sources(place.work.id)
    return lambda student, row: sources.get((student, row))
