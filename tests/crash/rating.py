"""A school whose teacher rated everybody in Canvas, and lets the scores come by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from application.ports.unit_of_work import UnitOfWork
from application.use_cases.score_import.apply_import import ApplyImportCommand
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsOutcomeRef, SloId
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.score import Score
from domain.score_import.import_run import ScoreImport
from entrypoints.bootstrap import House
from sandbox.canvas import outcomes, rubric_placing, rubrics
from sandbox.canvas.outcome_records import Outcome, OutcomeRating
from sandbox.canvas.records import Assignment
from sandbox.canvas.rubric_assessing import assess
from tests import builders
from tests.crash.exchange import ACCOUNT, Exchange
from tests.crash.school import COURSE, FIRST, ROWS, SITE, TEACHER, TESS, WORK
from tests.exchange_builders import a_publication, a_refresh_plan

ENGLISH = OutcomePlace(PlaceKind.ACCOUNT, ACCOUNT)
RATED = range(600, 626)
"""Ids of assignments: so many that they are read in two portions."""
POINTS = Decimal(3)


@dataclass
class Rating(Exchange):
    """Each assignment has a rubric with a row for each SLO of the assessment here."""

    scheduled: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        refs = [self._given_outcome(key, number) for number, key in enumerate(ROWS, start=300)]
        for number in RATED:
            self._rate(number, refs)
        with self.school.house() as house, house.use_cases.units()() as unit:
            self._publish(unit, refs)
            if self.scheduled:
                self._schedule(unit)
            unit.commit()

    def begin(self) -> None:
        """The time of the schedule has come."""
        with self.school.house() as house:
            assert house.use_cases.refresh_due()() == 1

    def press_read(self) -> None:
        """The teacher begins an import on the page."""
        with self.school.house() as house:
            course = LmsCourseRef(str(COURSE))
            house.use_cases.begin_import()(TEACHER, WORK, SITE.id, course, "ENGL 101")

    def press_import(self) -> None:
        """And ends it there."""
        with self.school.house() as house:
            one = self.score_import(house)
            house.use_cases.apply_import()(ApplyImportCommand(TEACHER, one.id))

    def score_import(self, house: House) -> ScoreImport:
        with house.use_cases.units()(write=False) as unit:
            (one,) = unit.imports.of_work(WORK)
        return one

    def readings(self, house: House) -> int:
        """Assignments that were read, with all that was given there."""
        with house.use_cases.units()(write=False) as unit:
            read = unit.imports.readings(self.score_import(house).id)
        return sum(len(one.scores) == self.school.size for one in read)

    def scores(self, house: House) -> list[Score]:
        with house.use_cases.units()(write=False) as unit:
            return unit.scores.of_work(WORK)

    def _given_outcome(self, key: str, number: int) -> int:
        state = self.school.canvas.state
        ratings = [OutcomeRating(f"Rated {points}", points) for points in (4, 3, 2, 1)]
        state.outcomes[number] = Outcome(
            id=number,
            context_type="Account",
            context_id=int(ACCOUNT),
            title=key.title(),
            display_name=None,
            description=None,
            vendor_guid=None,
            ratings=ratings,
            mastery_points=3,
            calculation_method="latest",
            calculation_int=None,
        )
        root = outcomes.root_group(state, state.accounts[int(ACCOUNT)])
        outcomes.link_into(state, root, number)
        return number

    def _rate(self, number: int, refs: Sequence[int]) -> None:
        state = self.school.canvas.state
        course, now = state.courses[COURSE], state.clock()
        assignment = Assignment(
            id=number,
            course_id=COURSE,
            name=f"Draft {number}",
            position=number,
            created_at=now,
            updated_at=now,
            points_possible=8,
            published=True,
        )
        state.assignments[number] = assignment
        rows = [
            rubrics.GivenCriterion(key, [rubrics.GivenRating(str(p), p) for p in (4, 3, 2, 1)],
                                   bound=True, outcome_id=ref)
            for key, ref in zip(ROWS, refs, strict=True)
        ]  # fmt: skip
        rubric = rubrics.write(state, course, None, rubrics.GivenRubric("Draft", rows), TESS)
        placing = rubric_placing.GivenPlacing(purpose="grading")
        rubric_placing.place(state, rubric, course, assignment, placing, keep_points=True)
        association = state.grading_association(number)
        assert association is not None
        for student in range(FIRST, FIRST + self.school.size):
            given = {row.id: {"points": str(POINTS)} for row in rubric.criteria}
            assess(state, association, student, TESS, given)

    @staticmethod
    def _publish(unit: UnitOfWork, refs: Sequence[int]) -> None:
        bound = [replace(builders.a_criterion(k), slo_ids=(SloId(f"slo-{k}"),)) for k in ROWS]
        rubric = builders.a_rubric(criteria=tuple(bound))
        unit.outcomes.put_slos(builders.an_slo(key) for key in ROWS)
        unit.assessments.save(builders.an_assessment(rubric=rubric, version=1))
        unit.publications.save(
            a_publication(
                key,
                slo_id=SloId(f"slo-{key}"),
                guid=f"ours:{key}",
                place=ENGLISH,
                outcome_ref=LmsOutcomeRef(str(ref)),
            )
            for key, ref in zip(ROWS, refs, strict=True)
        )

    @staticmethod
    def _schedule(unit: UnitOfWork) -> None:
        unit.imports.save_refresh_plan(
            a_refresh_plan(
                course_ref=LmsCourseRef(str(COURSE)),
                assignments=tuple(LmsAssignmentRef(str(number)) for number in RATED),
                next_at=datetime.now(UTC) - timedelta(minutes=1),
            )
        )
