"""A college with a coordinator, two courses and two terms, for what keepers do."""

from dataclasses import dataclass, replace
from datetime import date

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer
from domain.access import Role
from domain.assessment import Assessment, SectionAssessment
from domain.ids import AssessmentId, CourseId, OrgId, PersonId, SectionId, TermId
from domain.planning import PlanTarget, TargetKind
from domain.rostering import EnrolmentRole
from tests.builders import (
    College,
    a_course,
    a_person,
    a_role_grant,
    a_section,
    a_term,
    an_assessment,
    an_enrolment,
    an_org,
)

CORA = PersonId("person-cora")
TESS = PersonId("person-tess")
KEEPER = Viewer(CORA, Role.COORDINATOR)
STEWARD = Viewer(PersonId("person-stew"), Role.DATA_STEWARD)
TEACHER = Viewer(TESS, Role.FACULTY)
TERMINAL = Viewer(None, None)
FALL, SPRING = TermId("term-fall"), TermId("term-spring")
TALK = AssessmentId("assessment-talk")
ENGLISH = OrgId("org-english")
ENGL101, ENGL102, CHEM = (CourseId(f"course-{key}") for key in ("engl101", "engl102", "chem"))
OF_101 = PlanTarget(TargetKind.COURSES, (ENGL101,))


def fill(unit: UnitOfWork) -> None:
    """Cora coordinates English. Its course 101 has two sections in fall, 102 and chemistry one.

    In spring 101 has one section. The talk is in the library and stands nowhere.
    """
    College().store(unit)
    unit.roster.put_orgs([an_org(), an_org("science")])
    spring = {"starts_on": date(2027, 1, 18), "ends_on": date(2027, 5, 21)}
    unit.roster.put_terms([a_term(), a_term("spring", **spring)])
    science = OrgId("org-science")
    unit.roster.put_courses([a_course(), a_course("engl102"), a_course("chem", org_id=science)])
    unit.roster.put_sections([
        a_section("engl102-01", course_id=ENGL102),
        a_section("chem-01", course_id=CHEM, org_id=science),
        a_section("spring-01", term_id=SPRING),
    ])  # fmt: skip
    unit.roster.put_people([a_person("cora"), a_person("tom")])
    unit.roster.grant(a_role_grant("cora", role=Role.COORDINATOR, org_id=ENGLISH))
    unit.roster.put_enrolments([an_enrolment("tom", "engl101-02", role=EnrolmentRole.TEACHER)])
    unit.assessments.save(an_assessment("talk", in_library=True))


@dataclass(frozen=True, slots=True)
class Keeping:
    """Looking at what came of it."""

    units: MemoryUnits

    def sections_with(self, assessment_id: AssessmentId = TALK) -> list[SectionId]:
        with self.units(write=False) as unit:
            return sorted(work.section_id for work in unit.assessments.works_of(assessment_id))

    def works(self, assessment_id: AssessmentId = TALK) -> list[SectionAssessment]:
        with self.units(write=False) as unit:
            return unit.assessments.works_of(assessment_id)

    def assessment(self, assessment_id: AssessmentId = TALK) -> Assessment:
        with self.units(write=False) as unit:
            return unit.assessments.get(assessment_id)

    def change(self, assessment_id: AssessmentId = TALK, **changes: object) -> None:
        with self.units() as unit:
            stored = unit.assessments.get(assessment_id)
            unit.assessments.save(replace(stored, **changes))  # type: ignore[arg-type] # any field
            unit.commit()

    def verbs(self) -> list[str]:
        with self.units(write=False) as unit:
            return [entry.verb for entry in unit.audit.entries()]
