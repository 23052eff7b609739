"""What somebody may see, over records in memory."""

from adapters.outbound.memory.rows import Rows, VersionedRows
from adapters.outbound.memory.store import Transaction
from domain.assessment import Assessment, SectionAssessment
from domain.ids import CourseId, PersonId, SectionAssessmentId, SectionId
from domain.outcomes.sync_run import SyncRun
from domain.rostering import Course, Enrolment, EnrolmentRole, Section
from domain.score import Score
from domain.sight import Sight
from domain.slo import Slo, SloState


class Seen:
    """The sets of ids behind one sight."""

    def __init__(self, transaction: Transaction, sight: Sight) -> None:
        self.sight = sight
        self._sections = Rows[Section](transaction, "section", lambda section: section.id)
        self._courses = Rows[Course](transaction, "course", lambda course: course.id)
        self._enrolments = Rows[Enrolment](transaction, "enrolment", lambda one: one.id)
        self._works = VersionedRows[SectionAssessment](
            transaction, "section assessment", lambda work: work.id
        )

    def section(self, section: Section) -> bool:
        if self.sight.is_whole:
            return True
        if self.sight.is_by_org:
            return section.org_id in self.sight.orgs
        return section.id in self.sight.sections

    def at_section(self, section_id: SectionId) -> bool:
        return self.section(self._sections.get("This section", section_id))

    def enrolment(self, enrolment: Enrolment) -> bool:
        sight = self.sight
        return sight.is_whole or enrolment.person_id == sight.person_id or self._near(enrolment)

    def people(self) -> set[PersonId]:
        """All who may be seen, unless the sight is whole."""
        near = {e.person_id for e in self._enrolments.all() if e.active and self._near(e)}
        return {self.sight.person_id, *near}

    def enrolled_in(self, section_id: SectionId) -> set[PersonId]:
        """Those of them whom this person may see there."""
        there = self._enrolments.where(lambda e: e.active and e.section_id == section_id)
        return {e.person_id for e in there if self.enrolment(e)}

    def _near(self, enrolment: Enrolment) -> bool:
        """An enrolment of others that is for this person to see."""
        if self.sight.teaches:
            return enrolment.section_id in self.sight.sections
        if not self.sight.coordinates or enrolment.role is not EnrolmentRole.TEACHER:
            return False
        return self.at_section(enrolment.section_id)

    def slo(self, slo: Slo) -> bool:
        sight = self.sight
        if sight.is_whole:
            return True
        of_all = slo.course_id is None and slo.org_id is None
        if slo.state is SloState.DRAFT and not sight.coordinates:
            return False
        if sight.is_by_org:
            return of_all or slo.org_id in sight.orgs or self._course_org(slo) in sight.orgs
        return of_all or slo.course_id in self._own_courses()

    def _course_org(self, slo: Slo) -> str | None:
        return self._courses.get("This course", slo.course_id).org_id if slo.course_id else None

    def _own_courses(self) -> set[CourseId]:
        own = self._sections.where(lambda section: section.id in self.sight.sections)
        return {section.course_id for section in own}

    def assessment(self, assessment: Assessment) -> bool:
        sight = self.sight
        if sight.is_whole or assessment.owner_id == sight.person_id:
            return True
        if sight.is_by_org and (assessment.org_id is None or assessment.org_id in sight.orgs):
            return True
        if sight.has_library and assessment.in_library:
            return True
        own = self._works.where(lambda work: self.at_section(work.section_id))
        return assessment.id in {work.assessment_id for work in own}

    def work(self, work_id: SectionAssessmentId) -> SectionAssessment:
        return self._works.get("This assessment", work_id)

    def at_work(self, work_id: SectionAssessmentId) -> bool:
        return self.at_section(self.work(work_id).section_id)

    def score(self, score: Score) -> bool:
        if self.sight.is_whole:
            return True
        work = self.work(score.section_assessment_id)
        if work.section_id not in self.sight.sections:
            return False
        released = work.released_at is not None and score.student_id == self.sight.person_id
        return self.sight.teaches or released

    def sync_run(self, run: SyncRun) -> bool:
        if self.sight.is_whole or run.requested_by == self.sight.person_id:
            return True
        return self.sight.teaches and run.work_id is not None and self.at_work(run.work_id)
