"""SLOs on pages: list, one SLO, its edits, the curriculum map; as steward and coordinator."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.slos.book import stamp_of
from domain.access import Role
from domain.slo import SloKind, SloState
from domain.slo_mapping import MappingKind
from tests import builders
from tests.application.keeping import SPRING
from tests.exchange_builders import a_publication
from tests.http.keeping_pages import KeepingPages, keeping_pages
from tests.stand_ins import FixedClock

FORM = {"kind": "cslo", "course": "course-engl101", "code": "E-1", "title": "Thesis",
        "statement": "State it."}  # fmt: skip


@pytest.fixture
def pages(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> Iterator[KeepingPages]:
    with keeping_pages(memory_units, memory_jobs, clock) as opened:
        yield opened


class TestList:
    def test_an_empty_one_says_how_to_begin(self, pages: KeepingPages) -> None:
        assert "There is no SLO yet" in pages.text("/slos")

    def test_filters_stand_in_the_address(self, pages: KeepingPages) -> None:
        pages.keeping.made("ENGL-1")
        pages.keeping.made("P-1", SloKind.PROGRAM)
        page = pages.text("/slos?kind=pslo&q=title")
        assert ">P-1</a>" in page
        assert ">ENGL-1</a>" not in page
        assert "No SLO fits" in pages.text("/slos?q=nothing+like+it")

    def test_pages_follow_each_other(self, pages: KeepingPages) -> None:
        with pages.keeping.units() as unit:
            unit.outcomes.put_slos(builders.an_slo(f"{n:03}") for n in range(150))
            unit.commit()
        first = pages.text("/slos?kind=cslo")
        assert "Page 1 of 2" in first
        (onward,) = re.findall(r'rel="next" href="([^"]*)"', first)
        assert "101 to 150 are shown" in pages.text(onward)


class TestManyCourses:
    """A list of thousands to choose from is neither quick nor good to use: the code is typed."""

    @pytest.fixture(autouse=True)
    def _many(self, pages: KeepingPages) -> None:
        with pages.keeping.units() as unit:
            unit.roster.put_courses(builders.a_course(f"c{n:03}") for n in range(250))
            unit.commit()

    def test_a_course_is_given_by_its_code(self, pages: KeepingPages) -> None:
        assert '<select id="course"' not in pages.text("/slos/new")
        pages.done("/slos/new", **FORM | {"course": "C007"})
        shown = pages.text("/slos?course=c007")
        assert ">E-1</a>" in shown
        assert '<input id="course" name="course" value="c007"' in shown
        assert 'value="C007"' in pages.text("/slos?course=course-c007")
        assert "No SLO fits" in pages.text("/slos?course=C008")

    def test_a_wrong_code_is_named(self, pages: KeepingPages) -> None:
        refused = pages.refused("/slos/new", **FORM | {"course": "C999"})
        assert "C999" in refused
        assert 'id="course-error"' in refused


class TestNew:
    def test_it_is_made_and_shown(self, pages: KeepingPages) -> None:
        page = pages.done("/slos/new", **FORM)
        assert "The SLO is made" in page
        assert "E-1 Thesis" in page

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"title": ""}, "Give the SLO a title"),
            ({"course": ""}, "Choose the course"),
            ({"kind": "pslo"}, "Choose the program or org"),
            ({"kind": "other"}, "Choose a kind"),
        ],
    )
    def test_what_was_typed_stays(
        self, pages: KeepingPages, changes: dict[str, str], said: str
    ) -> None:
        page = pages.refused("/slos/new", **{**FORM, **changes})
        assert said in page
        assert "State it." in page

    def test_a_coordinator_makes_them_for_own_orgs(self, pages: KeepingPages) -> None:
        pages.enter("cora", Role.COORDINATOR)
        assert "The SLO is made" in pages.done("/slos/new", **FORM)
        page = pages.refused("/slos/new", **{**FORM, "code": "C", "course": "course-chem1"})
        assert "belongs to an org that you do not coordinate" in page


class TestOne:
    def test_another_wording_is_a_new_version(self, pages: KeepingPages) -> None:
        slo_id = pages.keeping.made("ENGL-1")
        seen = stamp_of(pages.keeping.slo(slo_id))
        form = {"code": "ENGL-1", "title": "Thesis", "statement": "More.", "seen": seen}
        assert "as a new version" in pages.done(f"/slos/{slo_id}", edit="version", **form)
        page = pages.refused(f"/slos/{slo_id}", 409, edit="correction", **{**form, "title": "Late"})
        assert "changed meanwhile" in page
        assert 'value="Late"' in page
        seen = stamp_of(pages.keeping.slo(slo_id))
        form = {**form, "seen": seen}
        assert "nothing was changed" in pages.done(f"/slos/{slo_id}", edit="version", **form)
        page = pages.refused(f"/slos/{slo_id}", edit="", **form)
        assert "say whether this corrects" in page.lower()
        form = {**form, "title": "Theses"}
        assert "as a correction" in pages.done(f"/slos/{slo_id}", edit="correction", **form)

    def test_descriptors_are_written_in_a_table(self, pages: KeepingPages) -> None:
        slo_id = pages.keeping.made("ENGL-1")
        field = "d:scale-four:3"
        assert f'name="{field}"' in pages.text(f"/slos/{slo_id}")
        form = {field: "Clear.", "seen": stamp_of(pages.keeping.slo(slo_id))}
        assert "The descriptors are saved" in pages.done(f"/slos/{slo_id}/descriptors", **form)
        (kept,) = pages.keeping.slo(slo_id).descriptors
        assert (kept.points, kept.text) == (Decimal(3), "Clear.")
        pages.refused(f"/slos/{slo_id}/descriptors", **{"d:scale-four:x": "?"})

    def test_it_is_retired_and_reinstated(self, pages: KeepingPages) -> None:
        slo_id = pages.keeping.made("ENGL-1")
        assert "Reinstate" in pages.done(f"/slos/{slo_id}/state", state="retired")
        assert "Retire" in pages.done(f"/slos/{slo_id}/state", state="active")
        pages.refused(f"/slos/{slo_id}/state", state="draft")
        assert pages.keeping.slo(slo_id).state is SloState.ACTIVE

    def test_it_is_mapped_from_a_term_and_unmapped(self, pages: KeepingPages) -> None:
        slo_id, higher = pages.keeping.made("ENGL-1"), pages.keeping.made("P-1", SloKind.PROGRAM)
        path = f"/slos/{slo_id}/mappings"
        page = pages.done(path, higher=higher, mapping_kind="introduced", term=SPRING.id)
        assert "introduced" in page
        assert ">ENGL-1</a>" in pages.text(f"/slos/{higher}")
        pages.done(f"/slos/{higher}/mappings", lower=slo_id, end="yes", term=SPRING.id)
        with pages.keeping.units(write=False) as unit:
            assert unit.curriculum.mappings() == []
        assert "choose the SLO to map to" in pages.refused(path, higher="").lower().replace(
            "slo", "SLO"
        )
        page = pages.refused(f"/slos/{higher}/mappings", higher=slo_id)
        assert "map a CSLO to a PSLO" in page

    def test_the_target_is_set(self, pages: KeepingPages) -> None:
        slo_id = pages.keeping.made("ENGL-1")
        assert "72.5% of students" in pages.done(f"/slos/{slo_id}/target", share="72.5")
        assert "give a number" in pages.refused(f"/slos/{slo_id}/target", share="much").lower()
        assert "at most 100 %" in pages.refused(f"/slos/{slo_id}/target", share="200")
        assert "None is set" in pages.done(f"/slos/{slo_id}/target", share="")

    def test_it_tells_where_it_was_sent_and_assessed(self, pages: KeepingPages) -> None:
        with pages.keeping.units() as unit:
            unit.outcomes.put_slos([builders.an_slo()])
            unit.sites.save(builders.a_site())
            unit.publications.save([a_publication(slo_id=builders.an_slo().id, guid="attain:1:x")])
            rubric = builders.a_rubric()
            row = builders.a_criterion(slo_ids=(builders.an_slo().id,))
            unit.assessments.save(
                builders.an_assessment(rubric=type(rubric)((row,)), name="Essay of all")
            )
            unit.commit()
        page = pages.text(f"/slos/{builders.an_slo().id}")
        assert "attain:1:x" in page
        assert "Essay of all" in page

    def test_a_coordinator_reads_those_of_others(self, pages: KeepingPages) -> None:
        slo_id = pages.keeping.made("CHEM-1", course="CHEM1")
        pages.enter("cora", Role.COORDINATOR)
        page = pages.text(f"/slos/{slo_id}")
        assert "You may read this SLO" in page
        assert "Save wording" not in page
        form = {"code": "C", "title": "T", "statement": "S", "edit": "version", "seen": ""}
        assert pages.browser.post(f"/slos/{slo_id}", form).status_code in {403, 409}
        assert pages.browser.post(f"/slos/{slo_id}/state", {"state": "retired"}).status_code == 403

    def test_nobody_knows_it(self, pages: KeepingPages) -> None:
        assert pages.browser.get("/slos/x").status_code == 404


class TestTargets:
    def test_orgs_inherit_what_stands_above(self, pages: KeepingPages) -> None:
        page = pages.done("/slos/targets", org="org-college", share="65")
        assert "The target is saved" in page
        assert "65% from College" in page
        page = pages.refused("/slos/targets", org="org-english", share="900")
        assert "at most 100 %" in page
        assert 'value="900"' in page

    def test_coordinators_see_those_of_own_orgs(self, pages: KeepingPages) -> None:
        pages.enter("cora", Role.COORDINATOR)
        page = pages.text("/slos/targets")
        assert "English" in page
        assert "Science" not in page
        form = {"org": "org-science", "share": "70"}
        assert pages.browser.post("/slos/targets", form).status_code == 403


class TestMap:
    def test_cells_that_were_changed_are_saved(self, pages: KeepingPages) -> None:
        one, two = pages.keeping.made("ENGL-1"), pages.keeping.made("ENGL-2")
        program = pages.keeping.made("P-1", SloKind.PROGRAM)
        page = pages.text("/slos/map")
        assert f'name="c:{one}:{program}"' in page
        form = {"was": "", f"c:{one}:{program}": "introduced", f"c:{two}:{program}": ""}
        assert "Saved: 1 changed." in pages.done("/slos/map", **form)
        with pages.keeping.units(write=False) as unit:
            (mapping,) = unit.curriculum.mappings()
        assert (mapping.lower_id, mapping.kind) == (one, MappingKind.INTRODUCED)

        was = f"{one}:{program}:introduced"
        assert was in pages.text("/slos/map")
        unchanged = {"was": was, f"c:{one}:{program}": "introduced"}
        assert "Nothing changed." in pages.done("/slos/map", **unchanged)
        gone = {"was": was, f"c:{one}:{program}": ""}
        assert "Saved: 1 changed." in pages.done("/slos/map", **gone)

    def test_an_org_without_program_slos_says_what_to_do(self, pages: KeepingPages) -> None:
        assert "This org has no PSLO yet" in pages.text("/slos/map?org=org-science")
        assert "There is no ISLO yet" in pages.text("/slos/map?kind=islo")

    def test_a_refused_one_keeps_what_was_chosen(self, pages: KeepingPages) -> None:
        one, program = pages.keeping.made("ENGL-1"), pages.keeping.made("P-1", SloKind.PROGRAM)
        form = {"was": "", f"c:{one}:{program}": "mastered", "term": "no such term"}
        page = pages.refused("/slos/map", **form)
        assert "no term named" in page
        assert '<option value="mastered" selected>' in page
