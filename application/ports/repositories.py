"""Where rosters, outcomes, assessments and scores are kept, and what all repositories promise.

Their methods belong to the unit of work that hands them out.
`get` raises `NotFound`; `find...` answer None or a list. `save` writes a record whose
`version` is the one it was read with (0 for a new one), stores it with the next version and
returns it so; it raises `Conflict` when the stored version is another. Lists are ordered as
said, else by id.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from domain.access import RoleGrant
from domain.assessment import Assessment, OwnGrade, SectionAssessment
from domain.identity import LocalField
from domain.ids import (
    AssessmentId,
    CourseId,
    OrgId,
    PersonId,
    PlanId,
    RowId,
    ScaleId,
    SectionAssessmentId,
    SectionId,
    SloId,
    TermId,
)
from domain.reflection import Reflection
from domain.rostering import Course, Enrolment, EnrolmentRole, Org, Person, Section, Term
from domain.scale import AssessmentScale
from domain.score import Score
from domain.slo import Slo


class RosterRepository(Protocol):
    """Orgs, terms, courses, sections, people, enrolments. `put_...` insert or replace by id."""

    def orgs(self) -> list[Org]: ...
    def terms(self) -> list[Term]:
        """Newest start first."""

    def courses(self) -> list[Course]: ...
    def course(self, course_id: CourseId) -> Course: ...
    def term(self, term_id: TermId) -> Term: ...
    def section(self, section_id: SectionId) -> Section: ...
    def sections(self) -> list[Section]: ...
    def sections_titled(self, title: str) -> list[Section]:
        """Active sections whose comparable title equals that of `title`."""

    def sections_by_source(self, source_ids: Iterable[str]) -> list[Section]: ...
    def sections_of(self, person_id: PersonId, role: EnrolmentRole) -> list[Section]:
        """Active sections with an active enrolment of the person in that role."""

    def is_enrolled(
        self, person_id: PersonId, section_id: SectionId, role: EnrolmentRole
    ) -> bool: ...
    def people_in(self, section_id: SectionId, role: EnrolmentRole) -> list[Person]:
        """Active people with an active enrolment, by family name (collation_key)."""

    def people_who_left(self, section_id: SectionId, role: EnrolmentRole) -> list[Person]:
        """Those once enrolled so who are not in `people_in` any more, in its order."""

    def person(self, person_id: PersonId) -> Person: ...
    def people(self, ids: Iterable[PersonId]) -> dict[PersonId, Person]: ...
    def people_where(self, field: LocalField, value: str) -> list[Person]:
        """All people, active or not, whose field equals `value` in comparable form.

        An empty value is absent and equals nobody's.
        """

    def all_people(self) -> list[Person]: ...
    def all_enrolments(self) -> list[Enrolment]: ...
    def put_orgs(self, orgs: Iterable[Org]) -> None: ...
    def put_terms(self, terms: Iterable[Term]) -> None: ...
    def put_courses(self, courses: Iterable[Course]) -> None: ...
    def put_sections(self, sections: Iterable[Section]) -> None: ...
    def put_people(self, people: Iterable[Person]) -> None: ...
    def put_enrolments(self, enrolments: Iterable[Enrolment]) -> None: ...
    def roles_of(self, person_id: PersonId) -> list[RoleGrant]: ...
    def grant(self, grant: RoleGrant) -> None:
        """Granting twice changes nothing: the first grant stays as it was."""

    def org(self, org_id: OrgId) -> Org: ...


class OutcomeRepository(Protocol):
    """Scales and SLOs. `put_...` insert or replace by id."""

    def scales(self) -> list[AssessmentScale]:
        """The default one first, then by code and version."""

    def scale(self, scale_id: ScaleId) -> AssessmentScale: ...
    def put_scales(self, scales: Iterable[AssessmentScale]) -> None: ...
    def slos(self) -> list[Slo]:
        """By code."""

    def slos_of_course(self, course_id: CourseId) -> list[Slo]:
        """Active ones, by code."""

    def slos_by_id(self, ids: Iterable[SloId]) -> dict[SloId, Slo]: ...
    def put_slos(self, slos: Iterable[Slo]) -> None: ...


@dataclass(frozen=True, slots=True)
class Uses:
    """In how many sections an assessment stands, and in how many of them it was scored."""

    sections: int
    scored: int


class AssessmentRepository(Protocol):
    def get(self, assessment_id: AssessmentId) -> Assessment: ...
    def all(self) -> list[Assessment]:
        """By name."""

    def save(self, assessment: Assessment) -> Assessment: ...
    def work(self, section_assessment_id: SectionAssessmentId) -> SectionAssessment: ...
    def works_in(self, section_ids: Iterable[SectionId]) -> list[SectionAssessment]: ...
    def work_of(
        self, assessment_id: AssessmentId, section_id: SectionId
    ) -> SectionAssessment | None: ...
    def save_work(self, work: SectionAssessment) -> SectionAssessment: ...
    def save_works(self, works: Iterable[SectionAssessment]) -> list[SectionAssessment]:
        """All of them, or Conflict."""

    def works_of(self, assessment_id: AssessmentId) -> list[SectionAssessment]: ...
    def works_of_plan(self, plan_id: PlanId) -> list[SectionAssessment]: ...
    def uses(self) -> dict[AssessmentId, Uses]:
        """Of every assessment that stands in a section."""

    def works_in_use(self, ids: Iterable[SectionAssessmentId]) -> set[SectionAssessmentId]:
        """Those to which anything else belongs: a score, a link, a reflection, an import."""

    def remove_works(self, ids: Iterable[SectionAssessmentId]) -> None:
        """Only for works that are not in use."""

    def reflection(
        self, section_assessment_id: SectionAssessmentId, person_id: PersonId
    ) -> Reflection | None: ...
    def save_reflection(self, reflection: Reflection) -> Reflection: ...


class ScoreRepository(Protocol):
    def of_work(self, section_assessment_id: SectionAssessmentId) -> list[Score]: ...
    def of_works(
        self, ids: Iterable[SectionAssessmentId]
    ) -> dict[SectionAssessmentId, list[Score]]: ...
    def of_student(
        self, section_assessment_id: SectionAssessmentId, student_id: PersonId
    ) -> dict[RowId, Score]: ...
    def cell(
        self, section_assessment_id: SectionAssessmentId, student_id: PersonId, row_id: RowId
    ) -> Score:
        """The stored cell, or `unscored(...)` with version 0."""

    def save(self, score: Score) -> Score:
        """`score.version` is the NEXT version (`Score.changed` counted it).

        Raises Conflict unless the stored version is the one before.
        """

    def save_all(self, scores: Collection[Score]) -> None:
        """All of them, or Conflict for one and none."""

    def own_grades(
        self, section_assessment_id: SectionAssessmentId
    ) -> dict[PersonId, OwnGrade]: ...
    def save_own_grade(self, grade: OwnGrade) -> OwnGrade: ...
