"""Results of three terms in courses large and small, for the pages of reports."""

from datetime import date
from itertools import count

from application.ports.unit_of_work import UnitOfWork
from domain.access import Role
from domain.assessment import AssessmentKind
from domain.collective import LevelCount, RowCounts
from domain.evaluation import SecondScore
from domain.ids import AssessmentId, CourseId, PersonId, RowId, SectionAssessmentId, SloId, TermId
from domain.improvement.action_plan import ActionPlanState, OwnerKind, PlanOwner
from domain.rostering import Demographic, EnrolmentRole
from domain.rubric import outcomes_rubric
from domain.score import Scored
from domain.slo import SloKind
from domain.slo_mapping import SloMapping
from tests.builders import (
    a_course,
    a_person,
    a_role_grant,
    a_scale,
    a_score,
    a_section,
    a_section_assessment,
    a_term,
    an_assessment,
    an_enrolment,
    an_org,
    an_slo,
)
from tests.improvement_builders import an_action_plan
from tests.stand_ins import NOON

COURSE, SMALL = a_course("hist110").id, a_course("hist290").id
_TITLES = {
    COURSE: ("Use primary sources", "Place events in their time", "Argue from evidence"),
    SMALL: ("Plan an inquiry of one's own",),
}
TAUGHT = "hist290-term-fall-01"
PEOPLE = {
    "stew": Role.DATA_STEWARD,
    "cora": Role.COORDINATOR,
    "tess": Role.FACULTY,
    "rita": Role.READER,
    "sol": Role.STUDENT,
}
_SPREAD = (4, 3, 3, 2, 3, 4, 1, 3, 2, 3, 0, 4, 3)
_TERMS = (
    ("fall25", "Fall 2025", date(2025, 8, 25), date(2025, 12, 19)),
    ("spring26", "Spring 2026", date(2026, 1, 12), date(2026, 5, 22)),
)


def a_college_with_reports(unit: UnitOfWork) -> None:
    """The results, an ISLO above them, and people of every role that reads reports."""
    scale = a_scale()
    unit.roster.put_orgs([an_org()])
    unit.roster.put_terms([a_term()])
    unit.outcomes.put_scales([scale])
    unit.curriculum.put_mastery_levels(scale.mastery_levels)
    whole = an_slo("whole", code="ISLO-1", kind=SloKind.INSTITUTION, course_id=None,
                   title="Think critically", descriptors=())  # fmt: skip
    unit.outcomes.put_slos([whole])
    for key, role in PEOPLE.items():
        unit.roster.put_people([a_person(key)])
        unit.roster.grant(a_role_grant(key, role=role))
    furnish_reports(unit)
    unit.roster.put_enrolments([an_enrolment("tess", TAUGHT, role=EnrolmentRole.TEACHER)])


def furnish_reports(unit: UnitOfWork) -> None:
    """After the SLOs. A large course in three terms, online and on campus; a small one."""
    unit.roster.put_terms(
        a_term(key, name=name, starts_on=begins, ends_on=ends) for key, name, begins, ends in _TERMS
    )
    unit.roster.put_courses(
        [
            a_course("hist110", code="HIST 110", title="World history"),
            a_course("hist290", code="HIST 290", title="Seminar in history"),
        ]
    )
    people = count()
    for course in (COURSE, SMALL):
        _assess(unit, course)
        for number, term in enumerate(("fall25", "spring26", "fall")):
            _teach(unit, course, TermId(f"term-{term}"), number, people)


def _assess(unit: UnitOfWork, course: CourseId) -> None:
    key = course.removeprefix("course-")
    slos = [
        an_slo(f"{key}-{n}", code=f"{key[:4].upper()} {key[4:]}-{n}", title=title,
               course_id=course, descriptors=())
        for n, title in enumerate(_TITLES[course], start=1)
    ]  # fmt: skip
    unit.outcomes.put_slos(slos)
    unit.curriculum.put_mappings(
        SloMapping(slo.id, SloId("slo-whole"), TermId("term-fall25"), None, None) for slo in slos
    )
    scale = unit.outcomes.scales()[0]
    unit.assessments.save(
        an_assessment(key, name="Term paper", rubric=outcomes_rubric(slos, scale))
    )


def _teach(
    unit: UnitOfWork, course: CourseId, term_id: TermId, number: int, people: "count[int]"
) -> None:
    key = course.removeprefix("course-")
    sections = (
        [("01", "On campus", 17), ("02", "Online", 13)] if course == COURSE else [("01", "", 6)]
    )
    for name, mode, students in sections:
        section = a_section(
            f"{key}-{term_id}-{name}", title=f"{key.upper()}-{name}", course_id=course,
            term_id=term_id, mode=mode, location="" if mode == "Online" else "North campus",
        )  # fmt: skip
        unit.roster.put_sections([section])
        work = SectionAssessmentId(f"work-{section.id}")
        definition = AssessmentId(f"assessment-{key}")
        unit.assessments.save_work(
            a_section_assessment(section_id=section.id, id=work, assessment_id=definition)
        )
        for _ in range(students):
            person = next(people)
            _score(unit, work, key, person, number)
            if term_id == a_term().id:
                _score_again(unit, work, f"h{person}", key, person % 4)


def _score(unit: UnitOfWork, work: SectionAssessmentId, key: str, person: int, term: int) -> None:
    """Every row of the rubric, a little better from term to term."""
    levels = unit.outcomes.scales()[0].levels
    for row in range(1, len(_TITLES[CourseId(f"course-{key}")]) + 1):
        spread = _SPREAD[(person * 5 + row * 3) % len(_SPREAD)]
        place = min(spread + (person % 3 == 0) * (term > row - 1), len(levels) - 1)
        value = Scored(levels[place].points)
        row_id = RowId(f"slo-{key}-{row}")
        unit.scores.save(
            a_score(f"h{person}", section_assessment_id=work, row_id=row_id, value=value)
        )
    _tell(unit, person)


def _score_again(
    unit: UnitOfWork, work: SectionAssessmentId, student: str, key: str, chance: int
) -> None:
    """Somebody else's level of the first row: the same, three times of four."""
    levels = unit.outcomes.scales()[0].levels
    row_id = RowId(f"slo-{key}-1")
    given = unit.scores.cell(work, PersonId(f"person-{student}"), row_id).value
    assert isinstance(given, Scored)
    value = given if chance else Scored(levels[1].points)
    second = a_score(student, section_assessment_id=work, row_id=row_id, value=value)
    unit.evaluations.save_second_score(SecondScore.of(second, PersonId("person-rita")))


def _tell(unit: UnitOfWork, person: int) -> None:
    """What the roster brings of a student: a few took no program."""
    program = ("Nursing", "Business", "Nursing", "Fine art", "")[person % 5]
    if program:
        unit.bulk.put_demographics([Demographic(PersonId(f"person-h{person}"), "program", program)])


def enter_counts(unit: UnitOfWork) -> None:
    """Twelve students of a third section of the large course, counted on its second SLO."""
    section = a_section("hist110-counted", course_id=COURSE)
    students = [f"c{number}" for number in range(12)]
    unit.roster.put_sections([section])
    unit.roster.put_people(a_person(one) for one in students)
    unit.roster.put_enrolments(an_enrolment(one, "hist110-counted") for one in students)
    (slo,) = unit.outcomes.slos_by_id([SloId("slo-hist110-2")]).values()
    rubric = outcomes_rubric([slo], unit.outcomes.scales()[0])
    unit.assessments.save(an_assessment("counted", kind=AssessmentKind.COLLECTIVE, rubric=rubric))
    work = a_section_assessment(
        "counted", section_id=section.id, assessment_id=AssessmentId("assessment-counted"),
        snapshot=rubric,
    )  # fmt: skip
    unit.assessments.save_work(work)
    levels = tuple(
        LevelCount(level.points, number)
        for level, number in zip(rubric.criteria[0].levels, (0, 3, 4, 5), strict=True)
    )
    unit.counts.save(RowCounts(work.id, RowId(slo.id), levels, 0, 1, None, NOON))


def plan_improvement(unit: UnitOfWork) -> None:
    """Plans of a section, of courses and of an org, one of them closed and one withdrawn."""
    spring, state = TermId("term-spring26"), ActionPlanState
    owner = PlanOwner(OwnerKind.SECTION, f"section-{TAUGHT}")
    for plan in (
        an_action_plan("asked", owner=owner),
        an_action_plan("large", owner=PlanOwner(OwnerKind.COURSE, COURSE), state=state.DONE),
        an_action_plan("closed", owner=PlanOwner(OwnerKind.COURSE, SMALL), term_id=spring,
                       state=state.FOLLOWED_UP),
        an_action_plan("back", owner=PlanOwner(OwnerKind.ORG, "org-english"), term_id=spring,
                       state=state.WITHDRAWN),
    ):  # fmt: skip
        unit.action_plans.save(plan)
