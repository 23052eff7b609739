"""A rubric put on an assignment, and scores read: operations that a fault may strike."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from application.use_cases.outcome_sync.place_rubric import PlaceRubricCommand, RubricTarget
from application.use_cases.score_import.apply_import import ApplyImportCommand
from domain.ids import ImportId, LmsAssignmentRef, LmsCriterionRef, LmsOutcomeRef, SloId
from domain.outcomes.guids import slo_guid
from domain.score_import.import_run import ImportState
from domain.score_import.lms_rubric import GivenRating
from tests.contract.fault_house import ROWS, STUDENTS, TESS, FaultHouse
from tests.contract.fault_operation import (
    COMPLETE,
    FAILED,
    SITE_ID,
    WAITING,
    WORK,
    Operation,
    Standing,
)
from tests.exchange_builders import a_publication, a_refresh_plan, an_outcome_content


def given_outcomes(house: FaultHouse) -> list[LmsOutcomeRef]:
    """One in the account for each row, sent earlier."""
    place, refs = house.account_place, []
    for key in ROWS:
        guid = slo_guid(house.root, SloId(f"slo-{key}"))
        ref = house.harness.given_outcome(place, an_outcome_content(key), guid=guid)
        refs.append(ref)
        with house.units() as unit:
            unit.publications.save(
                [
                    a_publication(
                        key, slo_id=SloId(f"slo-{key}"), place=place, guid=guid, outcome_ref=ref
                    )
                ]
            )
            unit.commit()
    return refs


class PutRubric(Operation):
    async def begin(self) -> None:
        given_outcomes(self.house)

    async def carry_out(self) -> None:
        target = RubricTarget(TESS, WORK, SITE_ID, self.house.course)
        await self.house.use.place_rubric()(PlaceRubricCommand(target, self.house.assignment))

    def standing(self) -> Standing:
        with self.house.units(write=False) as unit:
            placed = unit.imports.placed_rubrics(SITE_ID, [self.house.assignment])
        return Standing("", COMPLETE) if placed else Standing("", "")

    async def repeat(self) -> None:
        await self.carry_out()

    def shown(self) -> Counter[str]:
        state = self.house.canvas.state
        rubrics = [one.title for one in state.rubrics.values() if not one.deleted]
        put = [one for one in state.rubric_associations.values() if not one.deleted]
        return Counter(rubrics) + Counter(f"{one.purpose} {one.association_type}" for one in put)

    def wanted(self) -> Iterable[str]:
        return ["Essay", "grading Assignment"]


class ImportScores(Operation):
    import_id: ImportId
    rated_on: LmsAssignmentRef

    async def begin(self) -> None:
        self.rated_on = self.given_ratings()
        self.import_id = self.decide()

    def given_ratings(self) -> LmsAssignmentRef:
        """Everybody was rated on every row, in Canvas."""
        house, outcomes = self.house, given_outcomes(self.house)
        ref = house.harness.given_rubric_assignment(house.course, outcomes)
        rubric = house.canvas.state.rubrics[max(house.canvas.state.rubrics)]
        for name in STUDENTS:
            refs = [LmsCriterionRef(row.id) for row in rubric.criteria]
            rated = [GivenRating(one, None, Decimal(3)) for one in refs]
            house.harness.given_rating(ref, house.refs[name], rated)
        return ref

    def decide(self) -> ImportId:
        begin = self.house.use.begin_import()
        return begin(TESS, WORK, SITE_ID, self.house.course, "ENGL 101")

    def standing(self) -> Standing:
        with self.house.units(write=False) as unit:
            one = unit.imports.get(self.import_id)
        match one.state:
            case ImportState.READ | ImportState.APPLIED:
                return Standing("", COMPLETE)
            case ImportState.WAITING:
                return Standing(one.reason, WAITING)
            case _:
                assert one.state is ImportState.FAILED
                return Standing(one.reason, FAILED)

    def press_again(self) -> None:
        self.house.use.retry_import()(TESS, self.import_id)

    async def repeat(self) -> None:
        """Applied twice; then read and applied anew."""
        self.house.use.apply_import()(ApplyImportCommand(TESS, self.import_id))
        self.house.use.apply_import()(ApplyImportCommand(TESS, self.import_id))
        self.import_id = self.decide()
        await self.carry_out()
        report = self.house.use.apply_import()(ApplyImportCommand(TESS, self.import_id))
        assert report.written == 0

    def shown(self) -> Counter[str]:
        """Here, not in Canvas: each score with how often it was written."""
        with self.house.units(write=False) as unit:
            scores = unit.scores.of_work(WORK)
        return Counter(f"{one.student_id} {one.row_id} {one.version}" for one in scores)

    def wanted(self) -> Iterable[str]:
        return [f"person-{name} row-{row} 1" for name in STUDENTS for row in ROWS]


class ImportBySchedule(ImportScores):
    """Nobody looks at a preview: what was read is written in the same job."""

    def decide(self) -> ImportId:
        with self.house.units() as unit:
            stored = unit.imports.refresh_plan(WORK)
            due = stored or a_refresh_plan(
                course_ref=self.house.course, assignments=(self.rated_on,)
            )
            unit.imports.save_refresh_plan(replace(due, next_at=self.house.clock.now()))
            unit.commit()
        assert self.house.use.refresh_due()() == 1
        with self.house.units(write=False) as unit:
            plan = unit.imports.refresh_plan(WORK)
        assert plan is not None
        assert plan.last_import is not None
        return plan.last_import

    def standing(self) -> Standing:
        with self.house.units(write=False) as unit:
            only_read = unit.imports.get(self.import_id).state is ImportState.READ
        return Standing("", "only read") if only_read else super().standing()

    async def repeat(self) -> None:
        """The next time of the schedule."""
        self.house.clock.advance(days=1)
        self.import_id = self.decide()
        await self.carry_out()
        assert self.standing() == Standing("", COMPLETE)
