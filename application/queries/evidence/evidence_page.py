"""Evidence as pages show it: a student's own, and that of a section."""

from collections.abc import Iterable
from dataclasses import dataclass

from application.class_list import class_list
from application.errors import NotFound
from application.evidence.doors import Doors, Side, shown_to_student, work_scored
from application.evidence.limits import EvidenceLimits
from application.ports.evidence_store import FileKinds
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.evidence.evidence_lines import (
    EvidenceLine,
    evidence_lines,
    lines_beside,
    lines_of_section,
)
from application.queries.works.work_header import WorkHeader, work_header
from application.viewers import Viewer
from application.workplace import Workplace, workplace
from domain.evidence import Evidence, EvidenceTarget
from domain.ids import AssignedDlaId, PersonId, SectionAssessmentId
from domain.rostering import EnrolmentRole, Person


@dataclass(frozen=True, slots=True)
class Taking:
    """What may be brought: for the form."""

    megabytes: int
    files: int
    keep_days: int
    named: str
    accept: str

    @property
    def years(self) -> str:
        years = round(self.keep_days / 365)
        return f"{years} years" if years > 1 else f"{self.keep_days} days"


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Of one subject: a result, an action plan, a DLA. `takes`: more may be brought."""

    title: str
    lines: tuple[EvidenceLine, ...]
    takes: bool
    taking: Taking

    @property
    def kept(self) -> int:
        return sum(line.kept for line in self.lines)


@dataclass(frozen=True, slots=True)
class MyEvidenceView(EvidenceView):
    header: WorkHeader


@dataclass(frozen=True, slots=True)
class StudentEvidence:
    student_id: PersonId
    name: str
    lines: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class WorkEvidenceView:
    """`chosen` is the student whose evidence alone is shown, None while all are.

    `adds`: the viewer may bring some.
    """

    header: WorkHeader
    of_section: tuple[EvidenceLine, ...]
    of_students: tuple[StudentEvidence, ...]
    students: tuple[StudentEvidence, ...]
    """All of the section, by name, each with what there is."""
    chosen: PersonId | None
    taking: Taking
    linked: bool
    """There is an assignment of the LMS whose submissions can be attached."""
    adds: bool = True


@dataclass(frozen=True, slots=True)
class EvidencePages:
    """Raises NotFound for whoever has no part in the work, or may not see the action plan."""

    units: UnitOfWorkFactory
    doors: Doors
    limits: EvidenceLimits
    kinds: FileKinds

    def mine(self, viewer: Viewer, work_id: SectionAssessmentId) -> MyEvidenceView:
        with self.units(write=False) as unit:
            if viewer.person_id is None:
                raise NotFound("This assessment")
            target = EvidenceTarget.result(work_id, viewer.person_id)
            if self.doors.enter(unit, viewer, target) is not Side.STUDENT:
                raise NotFound("This assessment")
            found = [one for one in unit.evidence.of_target(target) if shown_to_student(unit, one)]
            header = work_header(unit, workplace(unit, unit.assessments.work(work_id)))
            lines = evidence_lines(unit, viewer, found, Side.STUDENT)
        return MyEvidenceView(header.name, lines, takes=True, taking=self.taking, header=header)

    def of_work(
        self, viewer: Viewer, work_id: SectionAssessmentId, student: PersonId | None = None
    ) -> WorkEvidenceView:
        with self.units(write=False) as unit:
            place, teaches = work_scored(unit, viewer, work_id)
            if not teaches:
                return self._for_scorer(unit, place, student)
            people = unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
            every = unit.evidence.of_work(work_id)
            left = {one.target.student_id for one in every} - {None, *(one.id for one in people)}
            gone = unit.roster.people(one for one in left if one is not None).values()
            groups = tuple(self._group(unit, viewer, person, every) for person in (*people, *gone))
            if student is not None and student not in {one.student_id for one in groups}:
                raise NotFound("This student")
            of_section = [one for one in every if one.target.student_id is None]
            return WorkEvidenceView(
                work_header(unit, place),
                evidence_lines(unit, viewer, of_section, Side.FACULTY),
                tuple(one for one in groups if one.lines or one.student_id == student),
                groups[: len(people)],
                student,
                self.taking,
                any(one.active and one.assignment_ref for one in unit.links.of_work(work_id)),
            )

    def _for_scorer(
        self, unit: UnitOfWork, place: Workplace, student: PersonId | None
    ) -> WorkEvidenceView:
        """Of the section and of those whom the person scores, by the names they have there."""
        groups = tuple(
            StudentEvidence(face.id, face.list_name, lines_beside(unit, place, face))
            for face in class_list(unit, place)
        )
        if student is not None and student not in {one.student_id for one in groups}:
            raise NotFound("This student")
        return WorkEvidenceView(
            header=work_header(unit, place),
            of_section=lines_of_section(unit, place),
            of_students=tuple(one for one in groups if one.lines or one.student_id == student),
            students=groups,
            chosen=student,
            taking=self.taking,
            linked=False,
            adds=False,
        )

    def of_dla(self, viewer: Viewer, assigned_id: AssignedDlaId) -> EvidenceView:
        """For the student who has it; it takes more while it is with them."""
        if viewer.person_id is None:
            raise NotFound("This DLA")
        target = EvidenceTarget.dla(assigned_id, viewer.person_id)
        with self.units(write=False) as unit:
            if self.doors.enter(unit, viewer, target) is not Side.STUDENT:
                raise NotFound("This DLA")
            assigned = unit.dlas.assigned(assigned_id)
            lines = evidence_lines(unit, viewer, unit.evidence.of_target(target), Side.STUDENT)
            title = unit.dlas.get(assigned.dla_id).title
        return EvidenceView(title, lines, assigned.with_student, self.taking)

    def of_plan(self, viewer: Viewer, action_plan_id: str) -> EvidenceView:
        target = EvidenceTarget.action_plan(action_plan_id)
        with self.units(write=False) as unit:
            plan = self.doors.plan_door(unit, viewer, action_plan_id)
            lines = evidence_lines(unit, viewer, unit.evidence.of_target(target), Side.PLANNER)
        return EvidenceView(plan.title, lines, plan.takes_evidence, self.taking)

    def _group(
        self, unit: UnitOfWork, viewer: Viewer, person: Person, every: Iterable[Evidence]
    ) -> StudentEvidence:
        own = [one for one in every if one.target.student_id == person.id]
        lines = evidence_lines(unit, viewer, own, Side.FACULTY)
        return StudentEvidence(person.id, person.full_name, lines)

    @property
    def taking(self) -> Taking:
        return Taking(
            self.limits.megabytes,
            self.limits.files,
            self.limits.keep_days,
            self.kinds.named,
            ",".join(self.kinds.accepted),
        )
