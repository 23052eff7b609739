"""Send Scores to LMS: the dry list, and the decision that a background job carries out."""

from dataclasses import dataclass

from application.errors import (
    Conflict,
    Invalid,
    LmsError,
    LmsRefused,
    LmsUnauthorised,
    LmsUnavailable,
    NotFound,
)
from application.gateways import Gateways
from application.matching import rules_of
from application.ports.lms import LmsGateway
from application.ports.runtime import Clock, NewId, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.refusals import sentence, why_unread
from application.sending.send_plan import Gradebook, PlannedGrade, SendPlan, Standing, plan_send
from application.workplace import Workplace, gradable
from domain.audit import Deed
from domain.delivery import Delivery, DeliveryState, Send, SendState
from domain.ids import (
    DeliveryId,
    JobId,
    LinkId,
    LmsAssignmentRef,
    LmsCourseRef,
    PersonId,
    SectionAssessmentId,
    SendId,
    SiteId,
)
from domain.link import Link


@dataclass(frozen=True, slots=True)
class SendTarget:
    """A link through which grades can go: its site, course and assignment are known."""

    link: Link
    site_id: SiteId
    course: LmsCourseRef
    assignment: LmsAssignmentRef


def send_target(link: Link) -> SendTarget:
    """Raises: Invalid when the launch that made the link did not say where it was."""
    if link.site_id and link.course_ref and link.assignment_ref:
        return SendTarget(link, link.site_id, link.course_ref, link.assignment_ref)
    raise Invalid(
        "link", "no Canvas site is set up for this assignment, so grades cannot be sent to it."
    )


async def read_gradebook(gateway: LmsGateway, target: SendTarget) -> Gradebook:
    assignment = await gateway.assignment(target.course, target.assignment)
    students = tuple([student async for student in gateway.students(target.course)])
    grades = [grade async for grade in gateway.grades(target.course, target.assignment)]
    return Gradebook(assignment, students, {grade.user_ref: grade for grade in grades})


@dataclass(frozen=True, slots=True)
class PlanSend:
    """Who will be sent what, who cannot and why, before anything is sent."""

    units: UnitOfWorkFactory
    transact: Transact
    gateways: Gateways

    async def __call__(
        self, person_id: PersonId, work_id: SectionAssessmentId, link_id: LinkId | None = None
    ) -> SendPlan:
        """The plan for the work's active link, or for the one named.

        When the LMS cannot be asked, the plan stands on our own records and `unread` is the
        slug of the reason.

        Raises:
            NotFound: no such work, or no active link. Invalid: the link leads nowhere.
        """
        _, link = await self.transact(lambda: self._place(person_id, work_id, link_id))
        gradebook, unread = None, ""
        try:
            target = send_target(link)
            gateway = await self.gateways.acting_for(person_id, target.site_id)
            gradebook = await read_gradebook(gateway, target)
        except (LmsError, Invalid) as error:
            unread = why_unread(error)
        return await self.transact(
            lambda: self._plan(person_id, work_id, link_id, gradebook, unread)
        )

    def _place(
        self, person_id: PersonId, work_id: SectionAssessmentId, link_id: LinkId | None
    ) -> tuple[Workplace, Link]:
        with self.units(write=False) as unit:
            place = gradable(unit, person_id, work_id)
            return place, active_link(unit, place, link_id)

    def _plan(
        self,
        person_id: PersonId,
        work_id: SectionAssessmentId,
        link_id: LinkId | None,
        gradebook: Gradebook | None,
        unread: str,
    ) -> SendPlan:
        with self.units(write=False) as unit:
            place = gradable(unit, person_id, work_id)
            link = active_link(unit, place, link_id)
            field = rules_of(unit.settings).student.local_field
            return plan_send(unit, place, link, gradebook, field=field, unread=unread)


def active_link(unit: UnitOfWork, place: Workplace, link_id: LinkId | None) -> Link:
    """The newest active link of the work, or the one named. Raises NotFound."""
    for link in unit.links.of_work(place.work.id):
        if link.active and link_id in {None, link.id}:
            return link
    raise NotFound("A Canvas assignment linked to this assessment")


@dataclass(frozen=True, slots=True)
class SendScoresCommand:
    """`students` None sends all that are ready; `confirmed` may also replace or un-excuse."""

    person_id: PersonId
    work_id: SectionAssessmentId
    link_id: LinkId | None = None
    students: frozenset[PersonId] | None = None
    confirmed: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True)
class SendScores:
    """Decide what is sent, write it down, and enqueue the job in the same transaction."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    new_id: NewId
    plan: PlanSend

    async def __call__(self, command: SendScoresCommand) -> SendId:
        """Start a send and return its id; `DeliverScores` carries it out.

        Raises:
            Conflict: a send of this link is under way. Invalid: nobody to send.
            LmsError: the LMS could not be asked, so nothing was decided.
        """
        plan = await self.plan(command.person_id, command.work_id, command.link_id)
        _refuse_unread(plan)
        chosen = [grade for grade in plan.grades if _is_chosen(grade, command)]
        if not chosen:
            raise Invalid("students", "choose at least one student whose grade can be sent.")
        return await self.transact(lambda: self._start(command, plan, chosen))

    def _start(
        self, command: SendScoresCommand, plan: SendPlan, chosen: list[PlannedGrade]
    ) -> SendId:
        now = self.clock.now()
        send_id = SendId(self.new_id())
        with self.units() as unit:
            if any(send.is_open for send in unit.deliveries.sends_of(plan.link.id)):
                raise Conflict("A send of these scores is under way; wait until it is done.")
            job = enqueue_send(unit, send_id, plan.link, attempt="first")
            unit.deliveries.save_send(
                Send(
                    id=send_id,
                    link_id=plan.link.id,
                    requested_by=command.person_id,
                    requested_at=now,
                    state=SendState.QUEUED,
                    reason="",
                    job_id=job,
                    finished_at=None,
                    version=0,
                )
            )
            unit.deliveries.save(
                [self._delivery(send_id, plan.link, grade, command) for grade in chosen]
            )
            details = f"work:{command.work_id} grades:{len(chosen)}"
            unit.audit.record(Deed(command.person_id, "sent", f"send:{send_id}", details, now))
            unit.commit()
        return send_id

    def _delivery(
        self, send_id: SendId, link: Link, planned: PlannedGrade, command: SendScoresCommand
    ) -> Delivery:
        if planned.proposal.grade is None:
            raise Invalid("students", "one of them has no grade to send.")
        return Delivery(
            id=DeliveryId(self.new_id()),
            send_id=send_id,
            link_id=link.id,
            student_id=planned.person.id,
            user_ref=planned.user_ref,
            grade=planned.proposal.grade,
            source=planned.proposal.source,
            state=DeliveryState.PENDING,
            reason="",
            expected_before=planned.there,
            confirmed=planned.person.id in command.confirmed,
            read_back=None,
            settled_at=None,
            version=0,
        )


def enqueue_send(unit: UnitOfWork, send_id: SendId, link: Link, *, attempt: str) -> JobId:
    """One send of a course at a time: Canvas runs bulk grading one after another there."""
    return unit.jobs.enqueue(
        "send-scores",
        {"send_id": send_id},
        key=f"send:{send_id}:{attempt}",
        lane=f"{link.site_id}:{link.course_ref}",
    )


def _refuse_unread(plan: SendPlan) -> None:
    if plan.refused:
        raise Conflict(sentence(plan.refused))
    match plan.unread:
        case "":
            return
        case "unauthorised":
            raise LmsUnauthorised(sentence(plan.unread))
        case "unavailable":
            raise LmsUnavailable(sentence(plan.unread))
        case reason:
            raise LmsRefused(sentence(reason), reason=reason)


def _is_chosen(grade: PlannedGrade, command: SendScoresCommand) -> bool:
    if grade.standing is Standing.CONFIRM:
        return grade.person.id in command.confirmed
    wanted = command.students is None or grade.person.id in command.students
    return grade.standing is Standing.READY and wanted
