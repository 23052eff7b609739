"""Scales and mastery levels on pages."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.access import Role
from domain.scale import MasteryLevel
from tests import builders
from tests.http.keeping_pages import KeepingPages, keeping_pages
from tests.stand_ins import FixedClock

ROWS = {
    "points-0": "1", "label-0": "High", "mastery-0": "met", "descriptor-0": "All of it.",
    "points-1": "0", "label-1": "Low", "mastery-1": "beginning", "descriptor-1": "",
    "points-2": "", "label-2": "", "mastery-2": "met", "descriptor-2": "",
}  # fmt: skip
LEVELS = builders.a_scale().mastery_levels
MASTERY = {
    f"{field}-{n}": value
    for n, one in enumerate(LEVELS)
    for field, value in (("code", one.code), ("name", one.name), ("place", str(n + 1)))
}


@pytest.fixture
def pages(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> Iterator[KeepingPages]:
    with keeping_pages(memory_units, memory_jobs, clock) as opened:
        yield opened


class TestScales:
    def test_a_new_one_is_made_and_becomes_the_default_when_asked(
        self, pages: KeepingPages
    ) -> None:
        page = pages.done("/scales/new", code="TWO", name="Two levels", **ROWS)
        assert "The scale is made." in page
        assert "All of it." in page
        page = pages.done("/scales/default", scale="TWO")
        assert "default scale is changed" in page
        assert pages.keeping.scales()[0].code == "TWO"

    def test_a_used_one_becomes_a_new_version_and_that_is_said(self, pages: KeepingPages) -> None:
        (before,) = pages.keeping.scales()
        pages.keeping.use(before)
        assert "become version 2" in pages.text(f"/scales/{before.id}")
        page = pages.done(f"/scales/{before.id}", name="Four", **ROWS)
        assert "a new version was made" in page
        assert "Former versions (1)" in page
        newer = pages.refused(f"/scales/{before.id}", name="Four", **ROWS)
        assert "newer version" in newer

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"name": ""}, "Give it 1 to 200"),
            ({"points-0": "many"}, "'High' needs a number"),
            ({"label-0": ""}, "needs a label"),
            ({"points-0": "", "label-0": ""}, "at least two score levels"),
            ({"mastery-1": "exceeded"}, "more points must never mean lower mastery"),
        ],
    )
    def test_what_was_typed_stays(
        self, pages: KeepingPages, changes: dict[str, str], said: str
    ) -> None:
        form = {"code": "TWO", "name": "Two", **ROWS, **changes}
        page = pages.refused("/scales/new", **form)
        assert said in page
        assert "All of it." in page

    def test_a_mastery_level_that_the_college_lacks_is_shown_and_never_replaced(
        self, pages: KeepingPages
    ) -> None:
        (before,) = pages.keeping.scales()
        top = replace(before.levels[-1], mastery=MasteryLevel("mythic", "Mythic", 9, met=True))
        with pages.keeping.units() as unit:
            unit.outcomes.put_scales([replace(before, levels=(*before.levels[:-1], top))])
            unit.commit()

        page = pages.text(f"/scales/{before.id}")
        assert '<option value="mythic" selected>mythic (not a level of the college)' in page

        form = {"name": "Four", **ROWS, "mastery-0": "mythic"}
        page = pages.refused(f"/scales/{before.id}", **form)
        assert "There is no mastery level mythic" in page
        assert pages.keeping.scales()[0].levels[-1] == top

    def test_coordinators_read_them(self, pages: KeepingPages) -> None:
        pages.enter("cora", Role.COORDINATOR)
        page = pages.text("/scales")
        assert "Four" in page
        assert "Save mastery levels" not in page
        assert pages.browser.get("/scales/new").status_code == 403
        assert pages.browser.get("/scales/x").status_code == 403

    def test_an_unknown_one_is_not_found(self, pages: KeepingPages) -> None:
        assert pages.browser.get("/scales/x").status_code == 404


class TestMastery:
    def test_names_and_threshold_are_saved(self, pages: KeepingPages) -> None:
        pages.keeping.use(pages.keeping.scales()[0])
        form = {**MASTERY, "name-2": "Meets", "threshold": "met"}
        assert "mastery levels are saved" in pages.done("/scales/mastery", **form)
        assert pages.keeping.scales()[0].levels[2].mastery.name == "Meets"
        page = pages.done("/scales/mastery", **{**form, "threshold": "developing"})
        assert "got new versions" in page

    def test_a_new_level_goes_where_its_place_says(self, pages: KeepingPages) -> None:
        new = {"code-4": "nearly", "name-4": "Nearly", "place-4": "2.5", "threshold": "4"}
        pages.done("/scales/mastery", **{**MASTERY, **new})
        with pages.keeping.units(write=False) as unit:
            levels = unit.curriculum.mastery_levels()
        assert [level.code for level in levels][2] == "nearly"
        assert [level.met for level in levels] == [False, False, True, True, True]
        gone = {**MASTERY, "code-4": "nearly", "name-4": "Nearly", "place-4": "2.5",
                "drop-4": "yes", "threshold": "met"}  # fmt: skip
        pages.done("/scales/mastery", **gone)
        with pages.keeping.units(write=False) as unit:
            assert len(unit.curriculum.mastery_levels()) == 4

    def test_what_cannot_be_is_said_and_stays_typed(self, pages: KeepingPages) -> None:
        form = {**MASTERY, "place-0": "9", "name-0": "Lowest", "threshold": "met"}
        page = pages.refused("/scales/mastery", **form)
        assert "keep their order" in page
        assert 'value="Lowest"' in page
        page = pages.refused("/scales/mastery", **{**form, "place-0": ""})
        assert "give 'Lowest' its place" in page.lower().replace("lowest", "Lowest")
