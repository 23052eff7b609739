"""A college with three million scores on SQLite: six terms, 500 courses, 25,000 sections."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from adapters.outbound.persistence.repositories.scores import SCORES
from application.ports.unit_of_work import UnitOfWork
from domain.ids import (
    AssessmentId,
    CourseId,
    OrgId,
    PersonId,
    RowId,
    SectionAssessmentId,
    SectionId,
    SloId,
    TermId,
)
from domain.rostering import Section
from domain.rubric import outcomes_rubric
from domain.score import Score, Scored
from domain.slo import Slo, SloKind
from domain.slo_mapping import SloMapping
from tests.builders import (
    a_course,
    a_person,
    a_scale,
    a_section,
    a_section_assessment,
    a_term,
    an_assessment,
    an_org,
    an_slo,
)
from tests.stand_ins import NOON

COURSES, SLOS, STUDENTS, IN_SECTION, ORGS = 500, 4, 60_000, 30, 50
TERMS = 6
SPARE = 100
"""Sections besides, in which nothing is scored yet."""
SCALE = a_scale()


@dataclass(frozen=True, slots=True)
class ScoredCollege:
    sections: int = 25_000

    @property
    def scores(self) -> int:
        return self.sections * IN_SECTION * SLOS

    def furnish(self, unit: UnitOfWork) -> None:
        """All but the scores."""
        unit.roster.put_orgs([an_org(), *(an_org(str(one)) for one in range(ORGS))])
        starts = [date(2024, 1, 15) + timedelta(days=180 * one) for one in range(TERMS)]
        unit.roster.put_terms(
            a_term(str(one), starts_on=start, ends_on=start + timedelta(days=120))
            for one, start in enumerate(starts)
        )
        unit.roster.put_courses(
            a_course(str(one), org_id=OrgId(f"org-{one % ORGS}")) for one in range(COURSES)
        )
        unit.roster.put_people(a_person(str(one)) for one in range(STUDENTS))
        unit.roster.put_people([a_person("tess")])
        unit.roster.put_sections(self._sections())
        unit.outcomes.put_scales([SCALE])
        unit.curriculum.put_mastery_levels(level.mastery for level in SCALE.levels)
        higher = [
            an_slo(f"i{one}", kind=SloKind.INSTITUTION, course_id=None, descriptors=())
            for one in range(8)
        ]
        unit.outcomes.put_slos([slo for one in range(COURSES) for slo in slos_of(one)] + higher)
        unit.curriculum.put_mappings(
            SloMapping(slo.id, higher[number % 8].id, TermId("term-0"), None, None)
            for one in range(COURSES)
            for number, slo in enumerate(slos_of(one))
        )
        for one in range(COURSES):
            rubric = outcomes_rubric(slos_of(one), SCALE)
            unit.assessments.save(an_assessment(str(one), rubric=rubric))
        unit.assessments.save_works(
            a_section_assessment(
                f"{one:05}",
                assessment_id=AssessmentId(f"assessment-{one % COURSES}"),
                section_id=SectionId(f"section-{one}"),
                snapshot=outcomes_rubric(slos_of(one % COURSES), SCALE),
                edition=1,
            )
            for one in range(self.sections + SPARE)
        )

    def write_scores(self, connection: Connection) -> None:
        """As plainly as the database can take them."""
        for one in range(self.sections):
            SCORES.put(connection, scores_of(one))

    def _sections(self) -> Iterator[Section]:
        for one in range(self.sections + SPARE):
            yield a_section(
                str(one),
                course_id=CourseId(f"course-{one % COURSES}"),
                org_id=OrgId(f"org-{one % COURSES % ORGS}"),
                term_id=TermId(f"term-{one // COURSES % TERMS}"),
            )


def slos_of(course: int) -> list[Slo]:
    course_id = CourseId(f"course-{course}")
    return [an_slo(f"{course}-{one}", course_id=course_id, descriptors=()) for one in range(SLOS)]


def work_of(section: int) -> SectionAssessmentId:
    return SectionAssessmentId(f"work-{section:05}")


def scores_of(section: int) -> list[Score]:
    """Thirty students on four rows; who they are and what they reached differs everywhere."""
    return [
        Score(
            work_of(section),
            PersonId(f"person-{(section * 37 + seat * 1999) % STUDENTS}"),
            RowId(SloId(f"slo-{section % COURSES}-{row}")),
            Scored(Decimal(1 + (section * 7 + seat * 3 + row) % 11 % 4)),
            "",
            1,
            PersonId("person-tess"),
            NOON + timedelta(seconds=section),
        )
        for seat in range(IN_SECTION)
        for row in range(SLOS)
    ]
