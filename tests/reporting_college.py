"""A small college whose scores move in every way, and a plain recount of what it holds.

The recount reads raw scores and shares nothing with the counting of the product but the
rubric's own rules: it is what reports are held against.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from application.ports.unit_of_work import UnitOfWork
from domain.assessment import AssessmentKind, Purpose, SectionAssessment
from domain.ids import (
    AssessmentId,
    CourseId,
    OrgId,
    PersonId,
    RowId,
    ScaleId,
    SectionAssessmentId,
    SectionId,
    SloId,
    TermId,
)
from domain.recommendation import recommended_slo_level
from domain.reporting import Counts, Grain, ReportFilter, ResultCell, Several, SplitBy
from domain.rostering import Course, Demographic, Section
from domain.rubric import Rubric, outcomes_rubric, slo_row
from domain.score import NotAssessed, Scored, ScoreValue, values_by_row
from domain.slo import SloKind
from domain.slo_mapping import SloMapping
from tests.builders import (
    BEGINNING,
    DEVELOPING,
    EXCEEDED,
    MET,
    a_course,
    a_criterion,
    a_person,
    a_scale,
    a_section,
    a_section_assessment,
    a_term,
    an_assessment,
    an_enrolment,
    an_org,
    an_org_tree,
    an_slo,
)

TERMS = (TermId("term-spring"), TermId("term-fall"))
LADDER = (BEGINNING, DEVELOPING, MET, EXCEEDED)
STUDENTS = tuple(PersonId(f"person-{key}") for key in ("ana", "ben", "cyd"))
LOW = tuple(SloId(f"slo-{key}") for key in ("aim", "cite", "draft"))
PROGRAM, INSTITUTION = SloId("slo-program"), SloId("slo-institution")
SECTIONS = ("w1", "w2", "h1", "h2")
ASSESSMENTS = ("essay", "quiz", "project")
WORKS = tuple(
    SectionAssessmentId(f"work-{assessment}-{section}")
    for assessment in ASSESSMENTS
    for section in SECTIONS
)
ROWS = {
    "essay": (RowId("slo-aim"), RowId("slo-cite")),
    "quiz": (RowId("slo-cite"), RowId("slo-draft"), RowId("slo-program")),
    "project": (RowId("row-plan"), RowId("row-make"), RowId("slo-aim"), RowId("slo-draft")),
}


def a_reporting_college(unit: UnitOfWork, mappings: list[SloMapping]) -> None:
    """Two terms, two courses of two orgs, three kinds of assessment in every section."""
    unit.roster.put_orgs([*an_org_tree(), an_org("science")])
    unit.roster.put_terms(
        [a_term("spring", starts_on=date(2026, 1, 12), ends_on=date(2026, 5, 20)), a_term("fall")]
    )
    unit.roster.put_courses([a_course(), a_course("hist1", org_id=OrgId("org-history"))])
    unit.roster.put_sections(_sections())
    unit.roster.put_people(a_person(one.removeprefix("person-")) for one in STUDENTS)
    unit.roster.put_people([a_person("tess")])
    unit.roster.put_enrolments(
        an_enrolment(student.removeprefix("person-"), key)
        for student in STUDENTS
        for key in SECTIONS
    )
    unit.bulk.put_demographics(
        [Demographic(STUDENTS[0], "program", "Nursing"), Demographic(STUDENTS[1], "program", "Art")]
    )
    unit.outcomes.put_scales([a_scale()])
    unit.curriculum.put_mastery_levels(LADDER)
    slos = [an_slo(slo.removeprefix("slo-"), descriptors=()) for slo in LOW]
    higher = [
        an_slo("program", kind=SloKind.PROGRAM, course_id=None, descriptors=()),
        an_slo("institution", kind=SloKind.INSTITUTION, course_id=None, descriptors=()),
    ]
    unit.outcomes.put_slos([*slos, *higher])
    unit.curriculum.put_mappings(mappings)
    for key, rubric in _rubrics(unit).items():
        kind = AssessmentKind.STUDENT if rubric.outcomes else AssessmentKind.OUTCOMES
        unit.assessments.save(an_assessment(key, rubric=rubric, kind=kind))
        unit.assessments.save_works(
            a_section_assessment(
                f"{key}-{section}",
                assessment_id=AssessmentId(f"assessment-{key}"),
                section_id=SectionId(f"section-{section}"),
            )
            for section in SECTIONS
        )


def _sections() -> list[Section]:
    course = {"w": CourseId("course-engl101"), "h": CourseId("course-hist1")}
    return [
        a_section(
            key,
            course_id=course[key[0]],
            term_id=TERMS[int(key[1]) - 1],
            mode="online" if key == "w2" else "campus",
            location="North" if key[0] == "h" else "",
        )
        for key in SECTIONS
    ]


def _rubrics(unit: UnitOfWork) -> dict[str, Rubric]:
    slos, scale = (
        unit.outcomes.slos_by_id([*LOW, PROGRAM]),
        unit.outcomes.scale(ScaleId("scale-four")),
    )
    aim, cite, draft = (slos[slo_id] for slo_id in LOW)
    plan = a_criterion("plan", slo_ids=(aim.id,), weight=Decimal(2))
    make = a_criterion("make", slo_ids=(aim.id, draft.id))
    return {
        "essay": outcomes_rubric([aim, cite], scale),
        "quiz": outcomes_rubric([cite, draft, slos[PROGRAM]], scale),
        "project": Rubric((plan, make), (slo_row(aim, scale), slo_row(draft, scale))),
    }


def write(
    unit: UnitOfWork, work_id: SectionAssessmentId, cell: tuple[PersonId, RowId],
    value: ScoreValue, at: datetime,
) -> None:  # fmt: skip
    """A score as any use case stores it: the next version, and the rubric frozen."""
    stored = unit.scores.cell(work_id, *cell)
    changed = stored.changed(value, None, seen=stored.version, by=PersonId("person-tess"), at=at)
    if changed is not stored:
        unit.scores.save(changed)
    work = unit.assessments.work(work_id)
    frozen = work.frozen(unit.assessments.get(work.assessment_id))
    if frozen is not work:
        unit.assessments.save_work(frozen)


class _Result(NamedTuple):
    student: PersonId
    slo: SloId
    work: SectionAssessment
    section: Section
    course: Course
    purpose: Purpose
    level: str | None
    at: datetime


def recount(unit: UnitOfWork, wanted: ReportFilter) -> list[ResultCell]:
    """What the report has to say, straight from the scores. All SLOs have one version."""
    candidates: defaultdict[tuple[SloId, TermId, PersonId], list[_Result]] = defaultdict(list)
    for one in _results(unit):
        if one.purpose is wanted.purpose:
            for goal in _goals(unit, one, wanted):
                candidates[goal, one.section.term_id, one.student].append(one)
    attribute = wanted.split.of_students
    groups = {
        one.person_id: one.value
        for one in unit.bulk.demographics_of(STUDENTS)
        if one.attribute == attribute
    }
    levels: defaultdict[tuple[object, ...], Counter[str | None]] = defaultdict(Counter)
    for (goal, term_id, student), results in candidates.items():
        place, level = _counting(results, wanted.several)
        if _is_there(place, term_id, wanted) and (wanted.slo_ids is None or goal in wanted.slo_ids):
            group = {
                SplitBy.NONE: "", SplitBy.MODE: place.section.mode,
                SplitBy.LOCATION: place.section.location,
            }.get(wanted.split.by, groups.get(student, ""))  # fmt: skip
            levels[(goal, term_id, *_place(place, wanted), group)][level] += 1
    cells = [_cell(key, found, wanted) for key, found in levels.items()]
    if wanted.grain is Grain.LONE_SECTION:
        sections = sorted(cells, key=_order)
        return list(_with_lone_sections(sections))
    return sorted(cells, key=_order)


def _order(cell: ResultCell) -> list[str]:
    return [str(part or "") for part in _cell_key(cell)]


def _with_lone_sections(cells: list[ResultCell]) -> Iterator[ResultCell]:
    """By course, then by group."""
    courses: defaultdict[tuple[object, ...], list[ResultCell]] = defaultdict(list)
    for cell in cells:
        courses[*_cell_key(cell)[:5], cell.group].append(cell)
    for key in sorted(courses):
        sections = courses[key]
        leveled = [one.section_id for one in sections if one.counts.levels]
        total = sum((one.counts for one in sections), Counts())
        lone = leveled[0] if len(leveled) == 1 else None
        yield replace(sections[0], section_id=lone, counts=total)


def _cell_key(cell: ResultCell) -> tuple[object, ...]:
    return (
        cell.slo_id, cell.slo_version, cell.term_id, cell.org_id, cell.course_id,
        cell.section_id, cell.group,
    )  # fmt: skip


def _cell(key: tuple[Any, ...], found: Counter[str | None], wanted: ReportFilter) -> ResultCell:
    slo_id, term_id, org_id, course_id, section_id, group = key
    counts = Counts({level: n for level, n in found.items() if level}, found[None])
    version = 0 if wanted.across_versions else 1
    return ResultCell(slo_id, version, term_id, org_id, course_id, section_id, group, counts)


def _place(one: _Result, wanted: ReportFilter) -> tuple[str | None, ...]:
    told = list(Grain).index(wanted.grain)
    places = (one.course.org_id, one.course.id, one.section.id)
    return tuple(place if told > depth else None for depth, place in enumerate(places))


def _is_there(one: _Result, term_id: TermId, wanted: ReportFilter) -> bool:
    asked = (
        (term_id, wanted.term_ids), (one.course.org_id, wanted.org_ids),
        (one.course.id, wanted.course_ids), (one.section.id, wanted.section_ids),
    )  # fmt: skip
    return all(ids is None or place in ids for place, ids in asked)


def _counting(results: list[_Result], rule: Several) -> tuple[_Result, str | None]:
    """The result that counts, and the level it counts with."""
    rated = [one for one in results if one.level] or results
    height = {level.code: level.position for level in LADDER}

    def high(one: _Result) -> int:
        return height[one.level] if one.level else -1

    latest = max(rated, key=lambda one: (one.at, one.work.id, high(one), one.slo))
    match rule:
        case Several.HIGHEST:
            top = max(rated, key=lambda one: (high(one), one.at, one.work.id, one.slo))
            return top, top.level
        case Several.AVERAGE if latest.level:
            mean = Decimal(sum(map(high, rated))) / len(rated)
            return latest, LADDER[int(mean + Decimal("0.5"))].code
        case _:
            return latest, latest.level


def _goals(unit: UnitOfWork, one: _Result, wanted: ReportFilter) -> set[SloId]:
    found, waiting = set[SloId](), {one.slo}
    starts = {term.id: term.starts_on for term in unit.roster.terms()}
    while waiting:
        found |= waiting
        waiting = {
            mapping.higher_id
            for mapping in unit.curriculum.mappings()
            if wanted.rolled_up
            and mapping.lower_id in waiting
            and starts[mapping.from_term] <= starts[one.section.term_id]
            and not (
                mapping.until_term and starts[mapping.until_term] <= starts[one.section.term_id]
            )
        } - found
    return found


def _results(unit: UnitOfWork) -> Iterator[_Result]:
    courses = {course.id: course for course in unit.roster.courses()}
    for section in unit.roster.sections():
        for work in unit.assessments.works_in([section.id]):
            assessment = unit.assessments.get(work.assessment_id)
            rubric = work.rubric(assessment)
            scores = unit.scores.of_work(work.id)
            for student in {one.student_id for one in scores}:
                own = [one for one in scores if one.student_id == student]
                values = values_by_row(own)
                times = {one.row_id: one.scored_at for one in own}
                for slo_id, level, rows in _levels(rubric, values):
                    at = max(time for row in rows if (time := times.get(row)))
                    yield _Result(
                        student, slo_id, work, section, courses[section.course_id],
                        assessment.purpose, level, at,
                    )  # fmt: skip


def _levels(
    rubric: Rubric, values: dict[RowId, ScoreValue]
) -> Iterator[tuple[SloId, str | None, list[RowId]]]:
    for row in rubric.outcomes or rubric.criteria:
        value, slo_id = values.get(row.id), row.slo_ids[0]
        if isinstance(value, Scored):
            yield slo_id, row.level_at(value.points).mastery.code, [row.id]
        elif isinstance(value, NotAssessed):
            yield slo_id, None, [row.id]
        elif rubric.outcomes:
            behind = [one.id for one in rubric.criteria if slo_id in one.slo_ids]
            level = recommended_slo_level(rubric, slo_id, values)
            if level:
                yield slo_id, level.mastery.code, behind
            elif all(isinstance(values.get(one), NotAssessed) for one in behind):
                yield slo_id, None, behind


def moved_to(unit: UnitOfWork, section_id: SectionId, term_id: TermId) -> None:
    unit.roster.put_sections([replace(unit.roster.section(section_id), term_id=term_id)])


def taught_as(unit: UnitOfWork, section_id: SectionId, course_id: CourseId) -> None:
    """The section turns out to be one of another course."""
    unit.roster.put_sections([replace(unit.roster.section(section_id), course_id=course_id)])


def repurposed(unit: UnitOfWork, assessment_id: AssessmentId, purpose: Purpose) -> None:
    unit.assessments.save(replace(unit.assessments.get(assessment_id), purpose=purpose))
