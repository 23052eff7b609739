"""Attain on a port over memory units, with one section to score; for browser tests."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from litestar import Litestar

from adapters.inbound.http.assessments import assessments
from adapters.inbound.http.scoring import reflection, release, scorecard, scoring
from adapters.inbound.http.student_work import student
from adapters.outbound.runtime.chance import new_secret
from application.ports.unit_of_work import UnitOfWork
from application.use_cases.access.session_starts import Started, StartSessionCommand
from application.use_cases.access.sessions import StartSession
from domain.access import Role
from domain.assessment import Assessment, AssessmentKind
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.reflection import asking
from domain.rostering import EnrolmentRole, Person
from domain.rubric import Rubric, outcomes_rubric, slo_row
from domain.scale import AssessmentScale, MasteryLevel, ScoreLevel
from domain.score import Scored
from tests.browser.scoring_parts import scoring_providers
from tests.browser.serving import HOST, free_port, serving_app
from tests.builders import (
    a_course,
    a_criterion,
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
from tests.http.foundation import FOUNDATION
from tests.http.support import Backstage, a_web_app

WORK = SectionAssessmentId("work-essay")
CRITERIA_WORK = SectionAssessmentId("work-project")
LAUNCH: Mapping[str, str] = {
    "platform": "key:guid",
    "context_id": "context-1",
    "resource_link_id": "resource-essay",
    "resource_title": "Lab report",
    "section_ids": "section-engl101-01",
}
NAMES = (
    ("Adeyemi", "Chloé"),
    ("Brown", "Håkon"),
    ("Castillo", "Ximena"),
    ("D'Angelo", "Amara"),
    ("Иванова", "Анна"),
    ("कुमार", "आरव"),
    ("حداد", "ليلى"),
    ("כהן", "נועה"),
    ("王", "小明"),
    ("Brown", "Élodie"),
    ("Okafor", "Ngozi"),
    ("Zieliński", "Łukasz"),
)
TITLES = (
    "Scientific reasoning",
    "Written communication",
    "Quantitative literacy",
    "Use of evidence",
)
_LEVELS = (
    ("No evidence", "Nothing to judge.", False),
    ("Beginning", "Describes the result without explaining it.", False),
    ("Approaching", "Explains part of the result; some claims lack evidence.", False),
    ("Meets", "Explains the result with evidence from the experiment.", True),
    ("Exceeds", "Explains the result with evidence, weighs other readings.", True),
)


@dataclass(frozen=True, slots=True)
class ScoringSite:
    """A running Attain; `backstage` arranges and looks behind the pages."""

    url: str
    backstage: Backstage

    def sign_in(
        self, key: str, role: Role = Role.FACULTY, context: Mapping[str, str] = LAUNCH
    ) -> Started:
        start = StartSession(self.backstage.units, self.backstage.clock, new_secret)
        return start(StartSessionCommand(PersonId(f"person-{key}"), role, context, "", "/"))


def a_five_level_scale() -> AssessmentScale:
    """0 to 4; two levels are at or above the threshold."""
    levels = tuple(
        ScoreLevel(Decimal(points), label, text, MasteryLevel(label.lower(), label, points, met))
        for points, (label, text, met) in enumerate(_LEVELS)
    )
    return a_scale(name="Five levels", levels=levels)


def fill(unit: UnitOfWork, students: int = len(NAMES), rows: int = len(TITLES)) -> None:
    """One course, two sections, teachers tess and tom, and two assessments in the first."""
    scale = a_five_level_scale()
    slos = [
        an_slo(f"s{n}", code=f"SLO {n + 1}", title=TITLES[n % len(TITLES)], descriptors=())
        for n in range(rows)
    ]  # fmt: skip
    unit.roster.put_orgs([an_org()])
    unit.roster.put_terms([a_term()])
    unit.roster.put_courses([a_course(code="BIOL 101", title="Introduction to Biology")])
    unit.roster.put_sections([
        a_section(title="BIOL 101-03"), a_section("engl101-02", title="BIOL 101-04"),
    ])  # fmt: skip
    _people(unit, students)
    unit.outcomes.put_scales([scale])
    unit.outcomes.put_slos(slos)
    rubric = outcomes_rubric(slos, scale)
    unit.assessments.save(_lab_report(rubric))
    unit.assessments.save_work(a_section_assessment())
    criteria = tuple(
        a_criterion(key, levels=rubric.criteria[0].levels, weight=Decimal(weight),
                    slo_ids=(slos[0].id,))
        for key, weight in (("method", 2), ("style", 1))
    )  # fmt: skip
    derived = Rubric(criteria, (slo_row(slos[0], scale),))
    unit.assessments.save(
        an_assessment("project", name="Field project", kind=AssessmentKind.STUDENT, rubric=derived,
                      points_possible=Decimal(50), in_library=True)
    )  # fmt: skip
    unit.assessments.save_work(a_section_assessment("project", due_at=None))
    unit.assessments.save(
        an_assessment("poster", name="Poster presentation", rubric=rubric, in_library=True)
    )


def score_some(unit: UnitOfWork, rows: int = len(TITLES)) -> None:
    """A spread of scores, with gaps."""
    for number, person in enumerate(unit.roster.people_in(a_section().id, EnrolmentRole.STUDENT)):
        for row in range(rows):
            if (number * 7 + row * 3) % 5 == 0:
                continue
            unit.scores.save(
                a_score(student_id=person.id, row_id=RowId(f"slo-s{row}"),
                        value=Scored(Decimal((number * 3 + row) % 5)))
            )  # fmt: skip


def _lab_report(rubric: Rubric) -> Assessment:
    return an_assessment(
        name="Lab report: enzyme kinetics", rubric=rubric, points_possible=Decimal(20),
        reflection=asking("What would you change next time?"),
    )  # fmt: skip


def _people(unit: UnitOfWork, students: int) -> None:
    teachers = [
        a_person("tess", given_name="Maya", family_name="Okafor"),
        a_person("tom", given_name="Tomás", family_name="Ruiz"),
    ]
    learners = [_student(number) for number in range(students)]
    unit.roster.put_people([*teachers, *learners])
    unit.roster.put_enrolments(
        an_enrolment(key, role=EnrolmentRole.TEACHER) for key in ("tess", "tom")
    )
    unit.roster.put_enrolments(an_enrolment(f"s{number:03}") for number in range(students))
    for key in ("tess", "tom"):
        unit.roster.grant(a_role_grant(key))
    unit.roster.grant(a_role_grant("s000", role=Role.STUDENT))


def _student(number: int) -> Person:
    family, given = NAMES[number % len(NAMES)]
    again = number // len(NAMES)
    return a_person(
        f"s{number:03}", tech_id=f"44{number:05}", family_name=family,
        given_name=f"{given} {again + 1}" if again else given,
    )  # fmt: skip


def scoring_app(backstage: Backstage, base_url: str) -> Litestar:
    """The foundation and the scoring pages over the units of `backstage`."""
    return a_web_app(
        backstage,
        base_url=base_url,
        routes=(
            *FOUNDATION,
            *assessments.ROUTES,
            *scoring.ROUTES,
            *scorecard.ROUTES,
            *reflection.ROUTES,
            *release.ROUTES,
            *student.ROUTES,
        ),
        providers=scoring_providers(backstage.units, backstage.clock),
    )


@contextmanager
def serving(backstage: Backstage) -> Iterator[ScoringSite]:
    """The app on a free port of this machine until the block ends."""
    port = free_port()
    url = f"http://{HOST}:{port}"
    with serving_app(scoring_app(backstage, url), port):
        yield ScoringSite(url, backstage)
