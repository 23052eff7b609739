"""Plans, the calendar's numbers, reminders and offered links."""

from collections.abc import Iterable
from datetime import datetime

from adapters.outbound.memory.evaluation import MemoryCounts
from adapters.outbound.memory.roster import MemoryRoster
from adapters.outbound.memory.rows import Rows, VersionedRows
from adapters.outbound.memory.scoring import MemoryAssessments, MemoryScores
from adapters.outbound.memory.store import Transaction
from application.ports.planning_repositories import (
    OfferRepository,
    PlanRepository,
    ReminderRepository,
    StandingFilter,
    StandingRepository,
)
from domain.assessment import Assessment, AssessmentKind, SectionAssessment
from domain.collective import counted_cells
from domain.ids import AssessmentId, OfferId, PersonId, PlanId, RoundId, SectionId, TermId
from domain.link import Placement
from domain.link_offer import LinkOffer, OfferState
from domain.planning import AssessmentPlan
from domain.reflection import Reflection
from domain.reminder import Reminder, ReminderRound, ReminderState
from domain.rostering import Course, EnrolmentRole, Person, Section
from domain.score import Blank
from domain.work_standing import WorkStanding

_ON_THEIR_WAY = (ReminderState.PENDING, ReminderState.SENDING)


class MemoryPlans(PlanRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._plans = VersionedRows[AssessmentPlan](transaction, "plan", lambda one: one.id)

    def get(self, plan_id: PlanId) -> AssessmentPlan:
        return self._plans.get("This plan", plan_id)

    def of_term(self, term_id: TermId) -> list[AssessmentPlan]:
        found = self._plans.where(lambda plan: plan.term_id == term_id)
        return sorted(found, key=lambda plan: (plan.made_at, plan.id))

    def of_assessment(self, assessment_id: AssessmentId) -> list[AssessmentPlan]:
        found = self._plans.where(lambda plan: plan.assessment_id == assessment_id)
        return sorted(found, key=lambda plan: (plan.made_at, plan.id), reverse=True)

    def save(self, plan: AssessmentPlan) -> AssessmentPlan:
        return self._plans.save(plan)


class MemoryStandings(StandingRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._roster = MemoryRoster(transaction)
        self._assessments = MemoryAssessments(transaction)
        self._scores = MemoryScores(transaction)
        self._counts = MemoryCounts(transaction)
        self._reflections = Rows[Reflection](
            transaction, "reflection", lambda one: (one.section_assessment_id, one.person_id)
        )

    def of_term(self, term_id: TermId, wanted: StandingFilter) -> list[WorkStanding]:
        sections = {one.id: one for one in self.sections_of(term_id)}
        courses = {course.id: course for course in self._roster.courses()}
        found = []
        for work in self._assessments.works_in(sections):
            section, assessment = (
                sections[work.section_id],
                self._assessments.get(work.assessment_id),
            )
            course = courses[section.course_id]
            if _is_wanted(wanted, course, assessment):
                found.append(self._standing(work, assessment, section, course))
        return sorted(
            found, key=lambda one: (one.course_code, one.section, one.assessment, one.work_id)
        )

    def sections_of(self, term_id: TermId) -> list[Section]:
        held = [one for one in self._roster.sections() if one.term_id == term_id and one.active]
        return sorted(held, key=lambda section: (section.title, section.id))

    def teachers(self, section_ids: Iterable[SectionId]) -> dict[SectionId, list[Person]]:
        found = (
            (section_id, self._roster.people_in(section_id, EnrolmentRole.TEACHER))
            for section_id in section_ids
        )
        return {section_id: people for section_id, people in found if people}

    def _standing(
        self, work: SectionAssessment, assessment: Assessment, section: Section, course: Course
    ) -> WorkStanding:
        criteria = {row.id for row in work.rubric(assessment).criteria}
        people = self._roster.people_in(section.id, EnrolmentRole.STUDENT)
        students = {person.id for person in people}
        if assessment.kind is AssessmentKind.COLLECTIVE:
            rows = self._counts.of_work(work.id).values()
            decided = counted_cells(rows, criteria, len(students))
        else:
            decided = sum(
                score.row_id in criteria
                and score.student_id in students
                and not isinstance(score.value, Blank)
                for score in self._scores.of_work(work.id)
            )
        return WorkStanding(
            work.id, assessment.id, assessment.name, assessment.kind, section.id, section.title,
            course.id, course.code, course.org_id, work.opens_at, work.due_at, work.planned,
            work.closed_reason, len(students), len(students) * len(criteria), decided,
            reflected=not assessment.reflection.asks or self._is_reflected(work),
        )  # fmt: skip

    def _is_reflected(self, work: SectionAssessment) -> bool:
        return any(
            one.section_assessment_id == work.id and one.submitted_at is not None
            for one in self._reflections.all()
        )


class MemoryReminders(ReminderRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._rounds = Rows[ReminderRound](transaction, "reminder round", lambda one: one.id)
        self._reminders = Rows[Reminder](
            transaction, "reminder", lambda one: (one.round_id, one.person_id)
        )

    def save_round(self, one: ReminderRound) -> None:
        self._rounds.put([one])

    def round(self, round_id: RoundId) -> ReminderRound:
        return self._rounds.get("This round of reminders", round_id)

    def put(self, reminders: Iterable[Reminder]) -> None:
        self._reminders.put(reminders)

    def of_round(self, round_id: RoundId) -> list[Reminder]:
        return self._reminders.where(lambda one: one.round_id == round_id)

    def one(self, round_id: RoundId, person_id: PersonId) -> Reminder:
        return self._reminders.get("This reminder", (round_id, person_id))

    def reminded_since(self, since: datetime) -> list[Reminder]:
        return self._reminders.where(lambda one: _counts(one, since))


class MemoryOffers(OfferRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._offers = VersionedRows[LinkOffer](
            transaction,
            "link offer",
            lambda one: one.id,
            unique=lambda one: (one.placement, one.section_id),
        )

    def get(self, offer_id: OfferId) -> LinkOffer:
        return self._offers.get("This offer", offer_id)

    def open(self) -> list[LinkOffer]:
        found = self._offers.where(lambda one: one.state is OfferState.OPEN)
        return sorted(found, key=lambda one: (one.title, one.id))

    def at(self, placement: Placement) -> list[LinkOffer]:
        return self._offers.where(lambda one: one.placement == placement)

    def save(self, offer: LinkOffer) -> LinkOffer:
        return self._offers.save(offer)


def _is_wanted(wanted: StandingFilter, course: Course, assessment: Assessment) -> bool:
    return (
        (wanted.org_ids is None or course.org_id in wanted.org_ids)
        and wanted.course_id in {None, course.id}
        and wanted.assessment_id in {None, assessment.id}
    )


def _counts(one: Reminder, since: datetime) -> bool:
    if one.state is ReminderState.SENT:
        return one.settled_at is not None and one.settled_at > since
    return one.state in _ON_THEIR_WAY
