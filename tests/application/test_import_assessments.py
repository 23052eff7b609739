"""Importing assessments: only differences, and never a touch on scored work."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.assessment_entries import (
    AssessmentEntry,
    CriterionEntry,
    LevelEntry,
    PlannedEntry,
    ScoreEntry,
)
from application.import_report import ImportReport
from application.use_cases.assessments.import_assessments import (
    ImportAssessments,
    ImportAssessmentsCommand,
)
from domain.assessment import Assessment, AssessmentKind, Purpose, SectionAssessment
from domain.ids import RowId
from domain.reflection import asking
from domain.score import NotAssessed, Scored, ScoreValue
from domain.slo import SloState
from tests import builders
from tests.stand_ins import NOON, CountedIds, FixedClock


def an_entry(**changes: Any) -> AssessmentEntry:
    entry = AssessmentEntry(
        "assessments[0]", "ESSAY", "Essay", "An essay.", AssessmentKind.OUTCOMES,
        Purpose.SUMMATIVE, "four", Decimal(20), asking("What now?"), "ENGL", library=True,
        slos=("THESIS", "STYLE"), criteria=(), sections=(),
    )  # fmt: skip
    return replace(entry, **changes)


def a_criterion(code: str = "LOGIC", **changes: Any) -> CriterionEntry:
    levels = (
        LevelEntry(Decimal(0), "None", "No logic.", None),
        LevelEntry(Decimal(6), "Some", "Some logic.", None),
        LevelEntry(Decimal(12), "All", "All logic.", None),
    )
    entry = CriterionEntry("assessments[0].criteria[0]", code, "Logic", "", Decimal(2),
                           ("THESIS",), levels)  # fmt: skip
    return replace(entry, **changes)


def in_section(*scores: tuple[str, str, str], **changes: Any) -> PlannedEntry:
    path = "assessments[0].sections[0]"
    entry = PlannedEntry(
        path, "src-engl101-01", NOON + timedelta(days=3), planned=True, released=False,
        scores=tuple(ScoreEntry(f"{path}.scores[{n}]", *one) for n, one in enumerate(scores)),
    )  # fmt: skip
    return replace(entry, **changes)


class Importer:
    def __init__(self, units: MemoryUnits) -> None:
        self.units = units
        self._use_case = ImportAssessments(units, FixedClock(), CountedIds())
        with units() as unit:
            unit.roster.put_orgs([builders.an_org()])
            unit.roster.put_terms([builders.a_term()])
            unit.roster.put_courses([builders.a_course()])
            unit.roster.put_sections([builders.a_section()])
            unit.roster.put_people([builders.a_person(), builders.a_person("bo")])
            unit.roster.put_enrolments([builders.an_enrolment(), builders.an_enrolment("bo")])
            unit.outcomes.put_scales([builders.a_scale()])
            unit.outcomes.put_slos([builders.an_slo("thesis"), builders.an_slo("style")])
            unit.commit()

    def __call__(self, *entries: AssessmentEntry) -> ImportReport:
        return self._use_case(ImportAssessmentsCommand("command line", "a#1", entries))

    def assessment(self) -> Assessment:
        with self.units(write=False) as unit:
            (assessment,) = unit.assessments.all()
            return assessment

    def work(self) -> SectionAssessment:
        with self.units(write=False) as unit:
            (work,) = unit.assessments.works_in([builders.a_section().id])
            return work

    def values(self) -> dict[tuple[str, str], ScoreValue]:
        with self.units(write=False) as unit:
            scores = unit.scores.of_work(self.work().id)
        return {(score.student_id, score.row_id): score.value for score in scores}


@pytest.fixture
def importer(memory_units: MemoryUnits) -> Importer:
    return Importer(memory_units)


class TestOutcomesOriented:
    def test_has_one_row_for_each_slo_in_the_order_of_the_file(self, importer: Importer) -> None:
        assert importer(an_entry()).problems == ()
        rubric = importer.assessment().rubric
        assert [row.code for row in rubric.criteria] == ["THESIS", "STYLE"]
        assert rubric.row(RowId("slo-thesis")).level_at(Decimal(3)).descriptor == (
            "States a clear thesis."
        )

    def test_again_changes_nothing(self, importer: Importer) -> None:
        importer(an_entry(sections=(in_section(),)))
        before = (importer.assessment(), importer.work())
        report = importer(an_entry(sections=(in_section(),)))
        assert [(c.added, c.changed) for c in report.counts] == [(0, 0)] * 3
        assert (importer.assessment(), importer.work()) == before

    def test_a_changed_name_keeps_the_record(self, importer: Importer) -> None:
        importer(an_entry())
        before = importer.assessment()
        report = importer(an_entry(name="Long essay"))
        assert report.counts[0].changed == 1
        after = importer.assessment()
        assert (after.id, after.name, after.version) == (before.id, "Long essay", 2)


class TestStudentOriented:
    def test_has_criteria_and_the_slos_that_they_show(self, importer: Importer) -> None:
        importer(an_entry(kind=AssessmentKind.STUDENT, slos=(), criteria=(a_criterion(),)))
        rubric = importer.assessment().rubric
        assert [(row.code, row.weight) for row in rubric.criteria] == [("LOGIC", Decimal(2))]
        assert [row.code for row in rubric.outcomes] == ["THESIS"]

    def test_levels_without_mastery_take_it_from_the_scale_at_their_share(
        self, importer: Importer
    ) -> None:
        importer(an_entry(kind=AssessmentKind.STUDENT, slos=(), criteria=(a_criterion(),)))
        levels = importer.assessment().rubric.criteria[0].levels
        assert [level.mastery.code for level in levels] == ["beginning", "developing", "exceeded"]

    def test_criteria_without_levels_take_those_of_the_scale(self, importer: Importer) -> None:
        criterion = a_criterion(levels=())
        importer(an_entry(kind=AssessmentKind.STUDENT, slos=(), criteria=(criterion,)))
        levels = importer.assessment().rubric.criteria[0].levels
        assert [level.points for level in levels] == [1, 2, 3, 4]

    def test_a_criterion_keeps_its_id_by_its_code(self, importer: Importer) -> None:
        entry = an_entry(kind=AssessmentKind.STUDENT, slos=(), criteria=(a_criterion(),))
        importer(entry)
        before = importer.assessment().rubric.criteria[0]
        more = (a_criterion("NEW"), a_criterion(title="Reasoning"))
        importer(replace(entry, criteria=more))
        rows = {row.code: row for row in importer.assessment().rubric.criteria}
        assert rows["LOGIC"] == replace(before, title="Reasoning")
        assert rows["NEW"].id != before.id


class TestPlanning:
    def test_a_section_is_found_by_source_id_or_by_its_title(self, importer: Importer) -> None:
        importer(an_entry(sections=(in_section(section=" ENGL101-01 "),)))
        assert importer.work().planned
        assert importer.work().due_at == NOON + timedelta(days=3)

    def test_another_due_date_moves_unscored_work(self, importer: Importer) -> None:
        importer(an_entry(sections=(in_section(),)))
        before = importer.work()
        report = importer(an_entry(sections=(in_section(due_at=NOON),)))
        assert report.counts[1].changed == 1
        assert importer.work() == replace(before, due_at=NOON, version=2)

    def test_released_work_is_released_now(self, importer: Importer) -> None:
        importer(an_entry(sections=(in_section(released=True),)))
        assert importer.work().released_at == NOON


class TestScores:
    SCORES = (("Cana", "THESIS", "3"), ("Cana", "STYLE", "NA"), ("Cbo", "THESIS", ""))

    def test_are_stored_and_freeze_the_rubric(self, importer: Importer) -> None:
        report = importer(an_entry(sections=(in_section(*self.SCORES),)))
        assert report.counts[2].added == 2
        assert importer.values() == {
            ("person-ana", "slo-thesis"): Scored(Decimal(3)),
            ("person-ana", "slo-style"): NotAssessed(),
        }
        assert importer.work().snapshot == importer.assessment().rubric

    def test_scored_work_is_left_as_it_is(self, importer: Importer) -> None:
        importer(an_entry(sections=(in_section(*self.SCORES),)))
        work, values = importer.work(), importer.values()
        other = in_section(("Cana", "THESIS", "1"), ("Cbo", "STYLE", "4"), due_at=NOON)
        report = importer(an_entry(slos=("STYLE",), sections=(other,)))
        assert report.problems == ()
        assert [(c.added, c.changed) for c in report.counts] == [(0, 1), (0, 0), (0, 0)]
        assert (importer.work(), importer.values()) == (work, values)
        assert [row.code for row in importer.assessment().rubric.criteria] == ["STYLE"]


STUDENT_KIND = {"kind": AssessmentKind.STUDENT, "slos": ()}
PROBLEMS = [
    (an_entry(scale="TEN"), "assessments[0].scale", "there are: four"),
    (an_entry(org="X"), "assessments[0].org", "no org"),
    (an_entry(slos=()), "assessments[0].slos", "at least one SLO"),
    (an_entry(slos=("GONE",)), "assessments[0].slos", "no SLO in use has the code GONE"),
    (an_entry(**STUDENT_KIND), "assessments[0].criteria", "at least one criterion"),
    (
        an_entry(**STUDENT_KIND, criteria=(a_criterion(slos=("GONE",)),)),
        "assessments[0].criteria[0].slos",
        "GONE",
    ),
    (
        an_entry(**STUDENT_KIND, criteria=(a_criterion(weight=Decimal(-1)),)),
        "assessments[0]",
        "never negative",
    ),
    (
        an_entry(**STUDENT_KIND, criteria=(a_criterion(levels=a_criterion().levels[::-1]),)),
        "assessments[0].criteria[0].levels",
        "points rise",
    ),
    (
        an_entry(
            **STUDENT_KIND,
            criteria=(a_criterion(levels=(LevelEntry(Decimal(1), "A", "", "great"),)),),
        ),
        "assessments[0].criteria[0].levels",
        "mastery great",
    ),
    (an_entry(slos=("THESIS", "THESIS")), "assessments[0]", "stands in the rubric once"),
    (
        an_entry(sections=(in_section(section="MATH-1"),)),
        "assessments[0].sections[0].section",
        "exactly one active section",
    ),
    (
        an_entry(sections=(in_section(("Czoe", "THESIS", "3")),)),
        "assessments[0].sections[0].scores[0].student",
        "Tech ID",
    ),
    (
        an_entry(sections=(in_section(("Cana", "RHYME", "3")),)),
        "assessments[0].sections[0].scores[0].row",
        "no row RHYME",
    ),
    (
        an_entry(sections=(in_section(("Cana", "THESIS", "9")),)),
        "assessments[0].sections[0].scores[0].value",
        "9 is not a score",
    ),
    (
        an_entry(sections=(in_section(("Cana", "THESIS", "good")),)),
        "assessments[0].sections[0].scores[0].value",
        "give a number",
    ),
    (
        an_entry(sections=(in_section(("Cana", "THESIS", "3"), ("Cana", "THESIS", "2")),)),
        "assessments[0].sections[0].scores[1]",
        "stands in the file before",
    ),
]


class TestProblems:
    @pytest.mark.parametrize(("entry", "path", "cause"), PROBLEMS)
    def test_are_named_by_their_place_and_store_nothing(
        self, importer: Importer, entry: AssessmentEntry, path: str, cause: str
    ) -> None:
        sound = an_entry(code="OTHER", sections=(in_section(),))
        report = importer(sound, entry)
        assert report.counts == ()
        (problem,) = report.problems
        assert problem.path == path
        assert cause in problem.cause
        with importer.units(write=False) as unit:
            assert unit.assessments.all() == []

    def test_a_retired_slo_is_not_in_use(self, importer: Importer) -> None:
        with importer.units() as unit:
            unit.outcomes.put_slos([builders.an_slo("style", state=SloState.RETIRED)])
            unit.commit()
        assert "STYLE" in importer(an_entry()).problems[0].cause

    def test_a_title_of_two_sections_is_refused(self, importer: Importer) -> None:
        with importer.units() as unit:
            unit.roster.put_sections([builders.a_section("twin", title="ENGL101-01")])
            unit.commit()
        report = importer(an_entry(sections=(in_section(section="ENGL101-01"),)))
        assert "exactly one" in report.problems[0].cause
