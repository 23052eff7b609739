"""Importing scales and SLOs: only differences, new versions where something was used."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.import_report import ImportProblem, ImportReport
from application.use_cases.slos.import_slos import (
    ImportSlos,
    ImportSlosCommand,
    MasteryEntry,
    ScaleEntry,
    ScoreLevelEntry,
    SloEntry,
)
from domain.ids import ScaleId
from domain.scale import AssessmentScale
from domain.slo import Slo, SloKind, SloState
from tests import builders
from tests.stand_ins import CountedIds, FixedClock

MASTERY = (MasteryEntry("no", "Not met", met=False), MasteryEntry("yes", "Met", met=True))


def a_scale(code: str = "FOUR", **changes: Any) -> ScaleEntry:
    levels = (
        ScoreLevelEntry(Decimal(0), "Low", "Little.", "no"),
        ScoreLevelEntry(Decimal(4), "High", "Much.", "yes"),
    )
    return replace(ScaleEntry("scales[0]", code, "Four", is_default=True, levels=levels), **changes)


def an_slo(code: str = "ENGL-1", **changes: Any) -> SloEntry:
    entry = SloEntry(
        "slos[0]", code, SloKind.COURSE, "ENGL101", None, "Thesis", "State a thesis.",
        SloState.ACTIVE, {"FOUR": {Decimal(4): "A thesis worth debating."}},
    )  # fmt: skip
    return replace(entry, **changes)


class Importer:
    def __init__(self, units: MemoryUnits) -> None:
        self.units = units
        self._use_case = ImportSlos(units, FixedClock(), CountedIds())
        with units() as unit:
            unit.roster.put_orgs([builders.an_org()])
            unit.roster.put_courses([builders.a_course()])
            unit.commit()

    def __call__(self, *entries: ScaleEntry | SloEntry) -> ImportReport:
        scales = tuple(one for one in entries if isinstance(one, ScaleEntry))
        slos = tuple(one for one in entries if isinstance(one, SloEntry))
        return self._use_case(ImportSlosCommand("command line", "slos#1", MASTERY, scales, slos))

    def scales(self) -> list[AssessmentScale]:
        with self.units(write=False) as unit:
            return unit.outcomes.scales()

    def slos(self) -> list[Slo]:
        with self.units(write=False) as unit:
            return unit.outcomes.slos()

    def use(self, scale_id: ScaleId) -> None:
        with self.units() as unit:
            unit.assessments.save(builders.an_assessment(scale_id=scale_id))
            unit.commit()


@pytest.fixture
def importer(memory_units: MemoryUnits) -> Importer:
    return Importer(memory_units)


class TestImporting:
    def test_stores_scales_and_slos(self, importer: Importer) -> None:
        report = importer(a_scale(), an_slo())
        assert [str(count) for count in report.counts] == [
            "scales 1 added, 0 changed, 0 the same", "slos 1 added, 0 changed, 0 the same",
        ]  # fmt: skip
        (scale,), (slo,) = importer.scales(), importer.slos()
        assert scale.mastery_of(Decimal(4)).met
        assert slo.course_id == builders.a_course().id
        assert slo.descriptors_on(scale.id) == {Decimal(4): "A thesis worth debating."}

    def test_the_same_file_again_changes_nothing(self, importer: Importer) -> None:
        importer(a_scale(), an_slo())
        report = importer(a_scale(), an_slo())
        assert [(c.added, c.changed, c.same) for c in report.counts] == [(0, 0, 1), (0, 0, 1)]
        with importer.units(write=False) as unit:
            assert len(unit.audit.entries()) == 1

    def test_slos_that_the_file_leaves_out_stay(self, importer: Importer) -> None:
        importer(a_scale(), an_slo())
        importer(a_scale(), an_slo("ENGL-2"))
        assert [slo.code for slo in importer.slos()] == ["ENGL-1", "ENGL-2"]

    def test_another_wording_is_the_next_version_of_the_same_slo(self, importer: Importer) -> None:
        importer(a_scale(), an_slo())
        (before,) = importer.slos()
        importer(a_scale(), an_slo(statement="State and defend a thesis."))
        (after,) = importer.slos()
        assert (after.id, after.version) == (before.id, 2)

    def test_another_state_or_descriptor_is_the_same_wording(self, importer: Importer) -> None:
        importer(a_scale(), an_slo())
        importer(a_scale(), an_slo(state=SloState.RETIRED, descriptors={}))
        (after,) = importer.slos()
        assert (after.version, after.state, after.descriptors) == (1, SloState.RETIRED, ())


class TestScales:
    def test_an_unused_scale_is_changed_in_place(self, importer: Importer) -> None:
        importer(a_scale())
        (before,) = importer.scales()
        importer(a_scale(name="Four points"))
        (after,) = importer.scales()
        assert after == replace(before, name="Four points")

    def test_a_used_scale_gets_a_new_version_and_stays_as_it_was(self, importer: Importer) -> None:
        importer(a_scale())
        (before,) = importer.scales()
        importer.use(before.id)
        higher = ScoreLevelEntry(Decimal(5), "Top", "All.", "yes")
        levels = (*a_scale().levels, higher)
        importer(a_scale(levels=levels), an_slo())
        old, new = sorted(importer.scales(), key=lambda scale: scale.version)
        assert old == replace(before, is_default=False)
        assert (new.version, new.highest, new.is_default) == (2, Decimal(5), True)
        assert importer.slos()[0].descriptors[0].scale_id == new.id
        importer(a_scale(levels=levels), an_slo())
        assert len(importer.scales()) == 2

    def test_another_default_displaces_the_first(self, importer: Importer) -> None:
        importer(a_scale())
        importer(a_scale("TEN"))
        assert [(scale.code, scale.is_default) for scale in importer.scales()] == [
            ("TEN", True), ("FOUR", False),
        ]  # fmt: skip


class TestProblems:
    @pytest.mark.parametrize(
        ("entry", "path", "cause"),
        [
            (an_slo(course="MATH9"), "slos[0].course", "MATH9"),
            (an_slo(course=None), "slos[0].course", "names the course"),
            (an_slo(org="X"), "slos[0].org", "no org has the code X"),
            (an_slo(descriptors={"TEN": {}}), "slos[0].descriptors.TEN", "no scale"),
            (
                an_slo(descriptors={"FOUR": {Decimal(3): "Hm."}}),
                "slos[0].descriptors.FOUR.3",
                "no such score level",
            ),
            (
                a_scale("X", levels=(ScoreLevelEntry(Decimal(0), "a", "", "maybe"),) * 2),
                "scales[0].levels",
                "'maybe' is not among mastery_levels",
            ),
            (a_scale("X", levels=a_scale().levels[:1]), "scales[0]", "at least two"),
            (a_scale("X", levels=a_scale().levels[::-1]), "scales[0]", "points must rise"),
        ],
    )
    def test_are_named_by_their_place_and_store_nothing(
        self, importer: Importer, entry: Any, path: str, cause: str
    ) -> None:
        report = importer(a_scale(is_default=False), entry)
        assert report.counts == ()
        (problem,) = report.problems
        assert problem.path == path
        assert cause in problem.cause
        assert (importer.scales(), importer.slos()) == ([], [])

    def test_an_unknown_scale_is_told_once_with_those_there_are(self, importer: Importer) -> None:
        """It is the heading of a column: a file of 4,000 lines says it 4,000 times."""
        described = {"TEN": {Decimal(1): "x"}}
        entries = (an_slo("E-1", descriptors=described), an_slo("E-2", descriptors=described))
        (problem,) = importer(a_scale(), *entries).problems
        assert problem.cause == "no scale has the code TEN; there are: FOUR"
        (problem,) = importer(*entries).problems
        assert "there is none yet" in problem.cause

    def test_are_told_all_at_once(self, importer: Importer) -> None:
        report = importer(a_scale(), an_slo(course="A"), an_slo("E-2", org="B"))
        assert [type(problem) for problem in report.problems] == [ImportProblem] * 2
