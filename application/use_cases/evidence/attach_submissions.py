"""Attach what students handed in to the linked LMS assignment to their results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from application.errors import Conflict, LmsCannot
from application.evidence.doors import work_taught
from application.evidence.limits import EvidenceLimits
from application.gateways import Gateways
from application.matching import account_value, local_value, rules_of
from application.ports.lms import LmsCapability, LmsGateway, LmsStudent
from application.ports.lms_submissions import LmsSubmission
from application.ports.runtime import Clock, NewId, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.evidence.add_evidence import owner
from application.use_cases.sending.send_scores import SendTarget, active_link, send_target
from application.viewers import Viewer
from domain.audit import Deed
from domain.evidence import (
    NO_FILE,
    Evidence,
    EvidenceKind,
    EvidenceSource,
    EvidenceState,
    EvidenceTarget,
    ScanState,
    is_web_address,
)
from domain.ids import EvidenceId, LmsUserRef, PersonId, SectionAssessmentId, SectionId
from domain.rostering import EnrolmentRole


@dataclass(frozen=True, slots=True)
class AttachReport:
    """`same` were attached before; `unmatched` belong to nobody of the section, or to several."""

    attached: int
    same: int
    unmatched: int
    full: int
    """Students with as much evidence as is taken."""


@dataclass(frozen=True, slots=True)
class AttachSubmissions:
    """A link to the page of the LMS for each student who handed in; the files stay there.

    Again attaches only what is new: another attempt, another student.
    """

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    new_id: NewId
    gateways: Gateways
    limits: EvidenceLimits

    async def __call__(self, viewer: Viewer, work_id: SectionAssessmentId) -> AttachReport:
        """Attach them all.

        Raises:
            NotFound: the work is not this person's. Conflict: no assignment is linked.
            LmsError: the LMS did not answer, or not this person.
        """
        target = await self.transact(lambda: self._target(viewer, work_id))
        gateway = await self.gateways.acting_for(owner(viewer), target.site_id)
        if LmsCapability.SUBMISSIONS not in gateway.capabilities:
            raise LmsCannot(LmsCapability.SUBMISSIONS)
        students = [one async for one in gateway.students(target.course)]
        found = await _read(gateway, target)
        return await self.transact(lambda: self._note(viewer, work_id, students, found))

    def _target(self, viewer: Viewer, work_id: SectionAssessmentId) -> SendTarget:
        with self.units(write=False) as unit:
            place = work_taught(unit, viewer, work_id)
            if not any(link.active for link in unit.links.of_work(work_id)):
                raise Conflict("No Canvas assignment is linked to this assessment.")
            return send_target(active_link(unit, place, None))

    def _note(
        self,
        viewer: Viewer,
        work_id: SectionAssessmentId,
        students: Sequence[LmsStudent],
        found: Sequence[LmsSubmission],
    ) -> AttachReport:
        attached = same = unmatched = full = 0
        with self.units() as unit:
            place = work_taught(unit, viewer, work_id)
            people = _people(unit, place.section.id, students)
            for submission in found:
                student = people.get(submission.user_ref)
                if student is None:
                    unmatched += 1
                    continue
                target = EvidenceTarget.result(work_id, student)
                there = unit.evidence.of_target(target)
                title = _title(submission, place.assessment.name)
                if any((one.url, one.title) == (submission.page, title) for one in there):
                    same += 1
                elif len(there) >= self.limits.files:
                    full += 1
                else:
                    unit.evidence.save(self._made(submission, target, student, title))
                    attached += 1
            if attached:
                self._record(unit, viewer, work_id, attached)
                unit.commit()
        return AttachReport(attached, same, unmatched, full)

    def _record(
        self, unit: UnitOfWork, viewer: Viewer, work_id: SectionAssessmentId, count: int
    ) -> None:
        now = self.clock.now()
        unit.audit.record(Deed(viewer.actor, "attached submissions", work_id, str(count), now))

    def _made(
        self, one: LmsSubmission, target: EvidenceTarget, student: PersonId, title: str
    ) -> Evidence:
        now = self.clock.now()
        return Evidence(
            id=EvidenceId(self.new_id()),
            kind=EvidenceKind.SUBMISSION,
            target=target,
            owner_id=student,
            source=EvidenceSource.LMS,
            title=title,
            url=one.page,
            description=_description(one),
            file=NO_FILE,
            scan=ScanState.NOT_SCANNED,
            state=EvidenceState.KEPT,
            added_at=one.handed_in_at or now,
            keep_until=self.limits.keep_until(now),
        )


async def _read(gateway: LmsGateway, target: SendTarget) -> list[LmsSubmission]:
    """Only those whose page can be linked to."""
    told = gateway.submissions(target.course, target.assignment)
    return [one async for one in told if is_web_address(one.page)]


def _people(
    unit: UnitOfWork, section_id: SectionId, students: Sequence[LmsStudent]
) -> Mapping[LmsUserRef, PersonId]:
    """Students of the section by their LMS user, compared by the college's rule for students."""
    field = rules_of(unit.settings).student.local_field
    by_value: dict[str, list[PersonId]] = {}
    for person in unit.roster.people_in(section_id, EnrolmentRole.STUDENT):
        by_value.setdefault(local_value(person, field), []).append(person.id)
    found = {
        one.account.ref: by_value.get(account_value(one.account, field), []) for one in students
    }
    claimed = [people[0] for people in found.values() if len(people) == 1]
    return {
        ref: people[0]
        for ref, people in found.items()
        if len(people) == 1 and claimed.count(people[0]) == 1
    }


def _title(one: LmsSubmission, name: str) -> str:
    return f"{name}, attempt {one.attempt}"


def _description(one: LmsSubmission) -> str:
    """What was handed in, in words; addresses as text."""
    parts = [", ".join(one.files)] if one.files else []
    return ". ".join([*parts, *([one.url] if one.url else [])])[:2000]
