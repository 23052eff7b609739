"""Evidence as pages show it: a student's own, and that of a section."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from application.errors import NotFound
from application.evidence.doors import (
    Doors,
    Side,
    may_change,
    may_remove,
    may_retire,
    shown_to_student,
    work_taught,
)
from application.evidence.limits import EvidenceLimits
from application.ports.evidence_store import FileKinds
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.work_header import WorkHeader, work_header
from application.viewers import Viewer
from application.workplace import workplace
from domain.evidence import Evidence, EvidenceKind, EvidenceSource, EvidenceTarget, ScanState
from domain.ids import EvidenceId, PersonId, SectionAssessmentId
from domain.rostering import EnrolmentRole, Person


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """`owner` is the name of who brought it. `size` in bytes, 0 of what is no file."""

    id: EvidenceId
    kind: EvidenceKind
    title: str
    url: str
    description: str
    media_type: str
    size: int
    owner: str
    source: EvidenceSource
    added_at: datetime
    keep_until: date
    scan: ScanState
    kept: bool
    openable: bool
    may_change: bool
    may_remove: bool
    may_retire: bool


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
class MyEvidenceView:
    header: WorkHeader
    lines: tuple[EvidenceLine, ...]
    taking: Taking


@dataclass(frozen=True, slots=True)
class StudentEvidence:
    student_id: PersonId
    name: str
    lines: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class WorkEvidenceView:
    """`chosen` is the student whose evidence alone is shown, None while all are."""

    header: WorkHeader
    of_section: tuple[EvidenceLine, ...]
    of_students: tuple[StudentEvidence, ...]
    students: tuple[StudentEvidence, ...]
    """All of the section, by name, each with what there is."""
    chosen: PersonId | None
    taking: Taking
    linked: bool
    """There is an assignment of the LMS whose submissions can be attached."""


@dataclass(frozen=True, slots=True)
class PlanEvidenceView:
    """`takes`: more may be brought."""

    action_plan_id: str
    plan_title: str
    takes: bool
    lines: tuple[EvidenceLine, ...]
    taking: Taking

    @property
    def kept(self) -> int:
        return sum(line.kept for line in self.lines)


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
            return MyEvidenceView(
                work_header(unit, workplace(unit, unit.assessments.work(work_id))),
                self.lines(unit, viewer, found, Side.STUDENT),
                self.taking,
            )

    def of_work(
        self, viewer: Viewer, work_id: SectionAssessmentId, student: PersonId | None = None
    ) -> WorkEvidenceView:
        with self.units(write=False) as unit:
            place = work_taught(unit, viewer, work_id)
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
                self.lines(unit, viewer, of_section, Side.FACULTY),
                tuple(one for one in groups if one.lines or one.student_id == student),
                groups[: len(people)],
                student,
                self.taking,
                any(one.active and one.assignment_ref for one in unit.links.of_work(work_id)),
            )

    def of_plan(self, viewer: Viewer, action_plan_id: str) -> PlanEvidenceView:
        target = EvidenceTarget.action_plan(action_plan_id)
        with self.units(write=False) as unit:
            plan = self.doors.plan_door(unit, viewer, action_plan_id)
            lines = self.lines(unit, viewer, unit.evidence.of_target(target), Side.PLANNER)
        return PlanEvidenceView(action_plan_id, plan.title, plan.takes_evidence, lines, self.taking)

    def _group(
        self, unit: UnitOfWork, viewer: Viewer, person: Person, every: Iterable[Evidence]
    ) -> StudentEvidence:
        own = [one for one in every if one.target.student_id == person.id]
        lines = self.lines(unit, viewer, own, Side.FACULTY)
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

    def lines(
        self, unit: UnitOfWork, viewer: Viewer, found: Iterable[Evidence], side: Side
    ) -> tuple[EvidenceLine, ...]:
        """For pages of other subjects too, which decide themselves who may look."""
        listed = list(found)
        owners = unit.roster.people(one.owner_id for one in listed)
        return tuple(_line(unit, viewer, one, side, owners) for one in listed)


def _line(
    unit: UnitOfWork,
    viewer: Viewer,
    one: Evidence,
    side: Side,
    owners: Mapping[PersonId, Person],
) -> EvidenceLine:
    owner = owners.get(one.owner_id)
    return EvidenceLine(
        id=one.id,
        kind=one.kind,
        title=one.title,
        url=one.url,
        description=one.description,
        media_type=one.file.media_type,
        size=one.file.size,
        owner=owner.full_name if owner else "",
        source=one.source,
        added_at=one.added_at,
        keep_until=one.keep_until,
        scan=one.scan,
        kept=one.is_kept,
        openable=one.is_openable,
        may_change=may_change(viewer, one),
        may_remove=may_remove(unit, viewer, one),
        may_retire=may_retire(viewer, one, side),
    )


@dataclass(frozen=True, slots=True)
class ListedEvidence:
    """A line of the keeper's list: no name of a person, no title."""

    id: EvidenceId
    kind: EvidenceKind
    about: str
    media_type: str
    size: int
    scan: ScanState
    state: str
    added_at: datetime
    keep_until: date


@dataclass(frozen=True, slots=True)
class ListEvidence:
    """What is kept, for whoever keeps the machine; of one work, or what is past its day."""

    units: UnitOfWorkFactory

    def __call__(
        self, work_id: SectionAssessmentId | None = None, past: date | None = None
    ) -> list[ListedEvidence]:
        with self.units(write=False) as unit:
            if past is not None:
                found = unit.evidence.past(past)
            elif work_id is not None:
                found = unit.evidence.of_work(unit.assessments.work(work_id).id)
            else:
                found = unit.evidence.stored()
        return [_listed(one) for one in found]


def _listed(one: Evidence) -> ListedEvidence:
    return ListedEvidence(
        one.id,
        one.kind,
        one.target.kind.value,
        one.file.media_type,
        one.file.size,
        one.scan,
        one.state.value,
        one.added_at,
        one.keep_until,
    )
