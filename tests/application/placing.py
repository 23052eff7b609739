"""Work whose rubric can go on an assignment of the LMS, over a class of the adapters in memory."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from adapters.outbound.memory.lms_state import LmsState
from application.ports.runtime import Transact
from application.use_cases.outcome_sync.place_rubric import (
    OfferedAssignment,
    OfferRubric,
    PlaceRubric,
    PlaceRubricCommand,
    RubricTarget,
)
from domain.assessment import AssessmentKind
from domain.ids import LmsOutcomeRef, SiteId, SloId
from domain.outcomes.content import Rating
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.rubric import Criterion, Rubric
from domain.score_import.lms_rubric import GivenRating, LmsRubric
from domain.score_import.placed_rubric import PlacedRubric
from tests import builders, exchange_builders
from tests.application.sending import TEACHER, WORK, Classroom, at_once

SITE: SiteId = builders.a_site().id
ROWS = ("thesis", "evidence")
ACCOUNT = OutcomePlace(PlaceKind.ACCOUNT, "root")


@dataclass(frozen=True)
class RubricScene:
    """Tess's assessment has the SLO rows `thesis` and `evidence`, until a test says otherwise."""

    room: Classroom

    def __post_init__(self) -> None:
        slo_rows = (builders.a_criterion(key, slo_ids=(SloId(f"slo-{key}"),)) for key in ROWS)
        self.given_rows(*slo_rows)

    @property
    def state(self) -> LmsState:
        return self.room.lms.state

    @property
    def course_place(self) -> OutcomePlace:
        return OutcomePlace(PlaceKind.COURSE, self.room.course)

    def given_rows(self, *rows: Criterion, **changes: Any) -> None:
        with self.room.units() as unit:
            held = unit.assessments.get(builders.an_assessment().id)
            unit.assessments.save(replace(held, rubric=Rubric(rows), **changes))
            unit.commit()

    def given_weights(self, **weights: int) -> None:
        """The assessment is Student-Oriented, its criteria have these weights."""
        rows = (builders.a_criterion(key, weight=Decimal(one)) for key, one in weights.items())
        self.given_rows(*rows, kind=AssessmentKind.STUDENT)

    def given_outcome(self, key: str, place: OutcomePlace, **changes: Any) -> LmsOutcomeRef:
        """An outcome in the LMS that stands for the SLO."""
        guid = f"{place}:{key}:{changes.get('generation', 1)}"
        content = exchange_builders.an_outcome_content(key)
        ref = self.state.outcomes.given_outcome(place, content, guid=guid)
        changes = {"slo_id": SloId(f"slo-{key}"), "guid": guid, **changes}
        publication = exchange_builders.a_publication(
            f"{key}-{ref}", place=place, outcome_ref=ref, **changes
        )
        with self.room.units() as unit:
            unit.publications.save([publication])
            unit.commit()
        return ref

    def given_outcomes(self, place: OutcomePlace = ACCOUNT) -> list[LmsOutcomeRef]:
        return [self.given_outcome(key, place) for key in ROWS]

    def given_other_rubric(self, *, rated: bool = False) -> LmsRubric:
        """Of the teacher's own making; `rated`: a student was rated on it."""
        ratings = [Rating(Decimal(points), f"Level {points}") for points in (5, 0)]
        row = self.state.rubrics.given_criterion("Style", ratings)
        rubric = self.state.rubrics.given_rubric(
            self.room.course, self.room.assignment, [row], title="House rubric"
        )
        if rated:
            self.rate(rubric)
        return rubric

    def rate(self, rubric: LmsRubric) -> None:
        row = rubric.criteria[0]
        given = GivenRating(row.ref, row.ratings[0].ref, row.ratings[0].points)
        self.state.rubrics.given_rating(self.room.assignment, self.room.refs["ana"], [given])

    def target(self) -> RubricTarget:
        return RubricTarget(TEACHER, WORK, SITE, self.room.course)

    @property
    def offer(self) -> OfferRubric:
        return OfferRubric(self.room.units, at_once, self.room.plan.gateways)

    def place(self, transact: Transact = at_once) -> PlaceRubric:
        room = self.room
        return PlaceRubric(room.units, transact, room.clock, room.plan.gateways)

    def command(self, **changes: Any) -> PlaceRubricCommand:
        return replace(PlaceRubricCommand(self.target(), self.room.assignment), **changes)

    async def put(self, **changes: Any) -> PlacedRubric:
        return await self.place()(self.command(**changes))

    def rubric_there(self) -> LmsRubric:
        """On the assignment, as a grader sees it."""
        return self.state.rubrics.on[self.room.assignment].rubric

    def recorded(self) -> list[PlacedRubric]:
        with self.room.units(write=False) as unit:
            return unit.imports.placed_rubrics(builders.a_site().id, self.state.assignments)

    async def offered(self) -> OfferedAssignment:
        """The assignment of the class, as the page offers it."""
        offer = await self.offer(self.target())
        ref = self.room.assignment
        return next(one for one in offer.assignments if one.assignment.ref == ref)
