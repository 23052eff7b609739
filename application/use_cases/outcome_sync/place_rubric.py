"""Put the rubric of an assessment on an assignment of the LMS, for grading there."""

from dataclasses import dataclass
from decimal import Decimal

from application.errors import Conflict, Invalid, LmsRecordMissing, LmsRefused
from application.gateways import Gateways
from application.ports.lms import LmsGateway
from application.ports.runtime import Clock, Transact
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.works.work_header import WorkHeader, work_header
from application.refusals import sentence
from application.rubric_drafts import DraftRubric, draft_rubric
from application.workplace import taught
from domain.audit import Deed
from domain.ids import (
    LmsAssignmentRef,
    LmsCourseRef,
    LmsRubricRef,
    PersonId,
    SectionAssessmentId,
    SiteId,
)
from domain.score_import.lms_rubric import LmsRubric, RubricAssignment
from domain.score_import.placed_rubric import (
    PlacedRubric,
    RubricDraft,
    placed_criteria,
    stands_on,
)


@dataclass(frozen=True, slots=True)
class RubricTarget:
    """Whose rubric goes where, and for whom the LMS is asked."""

    person_id: PersonId
    work_id: SectionAssessmentId
    site_id: SiteId
    course_ref: LmsCourseRef


@dataclass(frozen=True, slots=True)
class OfferedAssignment:
    """`placed`: it has the rubric of this assessment already, put there by us."""

    assignment: RubricAssignment
    placed: bool


@dataclass(frozen=True, slots=True)
class RubricOffer:
    """`assignments` are all of the course, in its order."""

    header: WorkHeader
    target: RubricTarget
    draft: DraftRubric
    assignments: tuple[OfferedAssignment, ...]


@dataclass(frozen=True, slots=True)
class OfferRubric:
    """What can be put where; nothing changes by looking.

    Raises:
        NotFound: the person does not teach the section. LmsError: the LMS cannot be asked.
    """

    units: UnitOfWorkFactory
    transact: Transact
    gateways: Gateways

    async def __call__(self, target: RubricTarget) -> RubricOffer:
        header, draft = await self.transact(lambda: self._drafted(target))
        gateway = await self.gateways.acting_for(target.person_id, target.site_id)
        listed = [one async for one in gateway.rubric_assignments(target.course_ref)]
        ours = await self.transact(lambda: self._placed(target, listed))
        offered = tuple(OfferedAssignment(one, _is_one_of(one, ours)) for one in listed)
        return RubricOffer(header, target, draft, offered)

    def _drafted(self, target: RubricTarget) -> tuple[WorkHeader, DraftRubric]:
        with self.units(write=False) as unit:
            place = taught(unit, target.person_id, target.work_id)
            draft = draft_rubric(unit, place, target.site_id, target.course_ref)
            return work_header(unit, place), draft

    def _placed(
        self, target: RubricTarget, listed: list[RubricAssignment]
    ) -> frozenset[LmsRubricRef]:
        """Rubrics of this assessment on those assignments, for this section or another."""
        with self.units(write=False) as unit:
            rows = {row.id for row in taught(unit, target.person_id, target.work_id).rubric.rows}
            placed = unit.imports.placed_rubrics(target.site_id, [one.ref for one in listed])
        return frozenset(
            one.rubric_ref for one in placed if any(each.row_id in rows for each in one.criteria)
        )


@dataclass(frozen=True, slots=True)
class PlaceRubricCommand:
    """`replaces`: a rubric that nobody was rated on may be taken off the assignment.

    `keeps_points`: weighted criteria then share the points that the assignment has.
    """

    target: RubricTarget
    assignment_ref: LmsAssignmentRef
    grades: bool = True
    keeps_points: bool = False
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class PlaceRubric:
    """Make the rubric and attach it. A second press, or one after a crash, finds it there.

    Raises:
        NotFound: the person does not teach the section. LmsRecordMissing: no such assignment.
        LmsRefused: `rubric-used`, students were rated on the rubric that is there;
            `outcome-not-in-course`, the outcomes were not sent yet.
        Conflict: another rubric is there and may not be replaced.
        Invalid: it shall grade, and no criterion is worth any points.
    """

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    gateways: Gateways

    async def __call__(self, command: PlaceRubricCommand) -> PlacedRubric:
        target = command.target
        # Once before the LMS is asked at all, and again for the points that it tells.
        await self.transact(lambda: self._draft(command))
        gateway = await self.gateways.acting_for(target.person_id, target.site_id)
        assignment = await _assignment(gateway, command)
        total = assignment.points_possible if command.keeps_points else None
        draft = await self.transact(lambda: self._draft(command, total))
        rubric = await _put(gateway, command, assignment, draft)
        return await self.transact(lambda: self._store(command, draft, rubric))

    def _draft(self, command: PlaceRubricCommand, total: Decimal | None = None) -> RubricDraft:
        target = command.target
        with self.units(write=False) as unit:
            place = taught(unit, target.person_id, target.work_id)
            drafted = draft_rubric(unit, place, target.site_id, target.course_ref, total)
        if drafted.missing or not drafted.criteria:
            raise LmsRefused(sentence("outcome-not-in-course"), reason="outcome-not-in-course")
        draft = drafted.draft(
            place.assessment.name, grades=command.grades, keeps_points=command.keeps_points
        )
        if not draft.criteria:
            raise Invalid("points", "no criterion is worth any, so let the rubric give no grade.")
        return draft

    def _store(
        self, command: PlaceRubricCommand, draft: RubricDraft, rubric: LmsRubric
    ) -> PlacedRubric:
        target, now = command.target, self.clock.now()
        placed = PlacedRubric(
            target.work_id,
            target.site_id,
            target.course_ref,
            command.assignment_ref,
            rubric.ref,
            placed_criteria(draft, rubric),
            target.person_id,
            now,
        )
        with self.units() as unit:
            unit.imports.put_placed(placed)
            details = f"assignment:{command.assignment_ref} rubric:{rubric.ref}"
            unit.audit.record(
                Deed(target.person_id, "placed rubric", f"work:{target.work_id}", details, now)
            )
            unit.commit()
        return placed


async def _put(
    gateway: LmsGateway,
    command: PlaceRubricCommand,
    assignment: RubricAssignment,
    draft: RubricDraft,
) -> LmsRubric:
    course, there = command.target.course_ref, assignment.rubric
    if there is not None:
        if stands_on(draft, assignment):
            return there
        if await gateway.rubric_is_used(course, assignment.ref):
            raise LmsRefused(sentence("rubric-used"), reason="rubric-used")
        if not command.replaces:
            raise Conflict(
                f"“{assignment.name}” has the rubric “{there.title}” already. Choose to replace "
                "it, or take another assignment."
            )
    return await gateway.put_rubric(course, assignment.ref, draft)


async def _assignment(gateway: LmsGateway, command: PlaceRubricCommand) -> RubricAssignment:
    async for one in gateway.rubric_assignments(command.target.course_ref):
        if one.ref == command.assignment_ref:
            return one
    raise LmsRecordMissing(
        "The assignment is not in the course any more. Choose another one.",
        reason="assignment-missing",
    )


def _is_one_of(one: RubricAssignment, ours: frozenset[LmsRubricRef]) -> bool:
    return one.rubric is not None and one.rubric.ref in ours
