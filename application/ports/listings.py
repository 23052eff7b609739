"""Long lists, page by page, of what somebody may see.

Each list stands in the order of its key (the id, or the ids that a record is known by), which
never changes, so that a page continues where the last one ended whatever was written
meanwhile. What is wanted are exact values; None asks for nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from application.rosters.load_runs import LoadRun, LoadState
from domain.assessment import Assessment, AssessmentKind, SectionAssessment
from domain.ids import (
    AssessmentId,
    CourseId,
    EnrolmentId,
    ImportId,
    LinkId,
    LoadRunId,
    OrgId,
    PersonId,
    RowId,
    ScaleId,
    SectionAssessmentId,
    SectionId,
    SiteId,
    SloId,
    SyncRunId,
    TermId,
)
from domain.link import Link
from domain.outcomes.sync_run import RunState, SyncRun
from domain.rostering import Course, Enrolment, EnrolmentRole, Org, Person, Section, Term
from domain.scale import AssessmentScale
from domain.score import Score
from domain.score_import.import_run import ImportState, ScoreImport
from domain.sight import Sight
from domain.slo import Slo, SloKind, SloState

R = TypeVar("R")
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Up to `limit` records behind the key `after`; None begins at the beginning."""

    limit: int
    after: Key | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """`after` is the key of the last record when more follow, else None."""

    records: tuple[R, ...]
    after: Key | None


@dataclass(frozen=True, slots=True)
class OrgsWanted:
    id: OrgId | None = None
    code: str | None = None
    parent_id: OrgId | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class TermsWanted:
    id: TermId | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class CoursesWanted:
    id: CourseId | None = None
    code: str | None = None
    org_id: OrgId | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class SectionsWanted:
    """`title` in its comparable form."""

    id: SectionId | None = None
    term_id: TermId | None = None
    course_id: CourseId | None = None
    org_id: OrgId | None = None
    title: str | None = None
    source_id: str | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class PeopleWanted:
    """Tech ID, login and email in their comparable form. `section_id`: enrolled there now."""

    id: PersonId | None = None
    tech_id: str | None = None
    login: str | None = None
    email: str | None = None
    section_id: SectionId | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class EnrolmentsWanted:
    id: EnrolmentId | None = None
    section_id: SectionId | None = None
    person_id: PersonId | None = None
    term_id: TermId | None = None
    role: EnrolmentRole | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class ScalesWanted:
    id: ScaleId | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class SlosWanted:
    id: SloId | None = None
    code: str | None = None
    kind: SloKind | None = None
    state: SloState | None = None
    course_id: CourseId | None = None
    org_id: OrgId | None = None


@dataclass(frozen=True, slots=True)
class AssessmentsWanted:
    id: AssessmentId | None = None
    code: str | None = None
    kind: AssessmentKind | None = None
    org_id: OrgId | None = None
    in_library: bool | None = None


@dataclass(frozen=True, slots=True)
class WorksWanted:
    id: SectionAssessmentId | None = None
    assessment_id: AssessmentId | None = None
    section_id: SectionId | None = None
    course_id: CourseId | None = None
    term_id: TermId | None = None


@dataclass(frozen=True, slots=True)
class ScoresWanted:
    """`since`: given or changed at that moment or later."""

    work_id: SectionAssessmentId | None = None
    section_id: SectionId | None = None
    student_id: PersonId | None = None
    row_id: RowId | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinksWanted:
    id: LinkId | None = None
    work_id: SectionAssessmentId | None = None
    section_id: SectionId | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class SyncRunsWanted:
    id: SyncRunId | None = None
    site_id: SiteId | None = None
    work_id: SectionAssessmentId | None = None
    state: RunState | None = None


@dataclass(frozen=True, slots=True)
class ImportsWanted:
    id: ImportId | None = None
    work_id: SectionAssessmentId | None = None
    section_id: SectionId | None = None
    state: ImportState | None = None


@dataclass(frozen=True, slots=True)
class LoadsWanted:
    id: LoadRunId | None = None
    state: LoadState | None = None


class Listings(Protocol):
    """Everybody sees all orgs, terms, courses and scales, and loads whoever may ask for them.

    Of the rest they see what `sight` says.

    A record that is not for the person is not there, whatever is wanted. Scores that are not
    released are not there for their student.
    """

    def orgs(self, wanted: OrgsWanted, turn: Turn) -> Page[Org]: ...
    def terms(self, wanted: TermsWanted, turn: Turn) -> Page[Term]: ...
    def courses(self, wanted: CoursesWanted, turn: Turn) -> Page[Course]: ...
    def scales(self, wanted: ScalesWanted, turn: Turn) -> Page[AssessmentScale]: ...
    def load_runs(self, wanted: LoadsWanted, turn: Turn) -> Page[LoadRun]: ...
    def sections(self, sight: Sight, wanted: SectionsWanted, turn: Turn) -> Page[Section]: ...
    def people(self, sight: Sight, wanted: PeopleWanted, turn: Turn) -> Page[Person]: ...
    def enrolments(self, sight: Sight, wanted: EnrolmentsWanted, turn: Turn) -> Page[Enrolment]: ...
    def slos(self, sight: Sight, wanted: SlosWanted, turn: Turn) -> Page[Slo]: ...
    def assessments(
        self, sight: Sight, wanted: AssessmentsWanted, turn: Turn
    ) -> Page[Assessment]: ...
    def works(self, sight: Sight, wanted: WorksWanted, turn: Turn) -> Page[SectionAssessment]: ...
    def scores(self, sight: Sight, wanted: ScoresWanted, turn: Turn) -> Page[Score]: ...
    def links(self, sight: Sight, wanted: LinksWanted, turn: Turn) -> Page[Link]: ...
    def sync_runs(self, sight: Sight, wanted: SyncRunsWanted, turn: Turn) -> Page[SyncRun]: ...
    def imports(self, sight: Sight, wanted: ImportsWanted, turn: Turn) -> Page[ScoreImport]: ...
