"""SLOs made, reworded, corrected, retired, mapped and given targets; by whom."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Forbidden, Invalid, NotFound
from application.queries.slos.curriculum_map import CurriculumMap, MapFilter
from application.queries.slos.slo_list import SloFilter, SloList
from application.queries.slos.slo_page import SloPage
from application.slos.book import stamp_of
from application.slos.mapper import Cell
from application.use_cases.slos.keep_slos import (
    ChangeSloState,
    ChangeSloStateCommand,
    EditSlo,
    EditSloCommand,
    NewSloCommand,
)
from application.use_cases.slos.map_slos import MapSlos, MapSlosCommand
from application.use_cases.slos.set_target import SetTarget, SetTargetCommand
from application.viewers import Viewer
from domain.access import Role
from domain.errors import IllegalMove, NonsenseValue
from domain.ids import PersonId, ScaleId, SloId
from domain.slo import Edit, Slo, SloKind, SloState
from domain.slo_mapping import MappingKind, SloMapping
from domain.slo_version import versions_after
from domain.target import TargetOf
from tests import builders
from tests.application.keeping import CORA, SPRING, STEWARD, Keeping
from tests.stand_ins import NOON

FOUR = ScaleId("scale-four")


@pytest.fixture
def keeping(memory_units: MemoryUnits) -> Keeping:
    return Keeping(memory_units)


@pytest.fixture
def edit(keeping: Keeping) -> EditSlo:
    return EditSlo(keeping.units, keeping.clock)


@pytest.fixture
def map_slos(keeping: Keeping) -> MapSlos:
    return MapSlos(keeping.units, keeping.clock)


def mapped(keeping: Keeping) -> list[SloMapping]:
    with keeping.units(write=False) as unit:
        return unit.curriculum.mappings()


class TestNew:
    def test_one_is_kept_with_its_first_wording(self, keeping: Keeping) -> None:
        slo_id = keeping.made("ENGL-1")

        (version,) = keeping.versions(slo_id)
        assert (version.version, version.title, version.since, version.until, version.replaces) == (
            1, "Title of ENGL-1", NOON, None, None,
        )  # fmt: skip
        assert keeping.deeds() == ["created SLO"]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"title": " "}, "title"),
            ({"title": "x" * 256}, "title"),
            ({"statement": ""}, "statement"),
            ({"course": ""}, "course"),
            ({"course": "MATH9"}, "course"),
        ],
    )
    def test_a_field_that_is_wrong_is_named(
        self, keeping: Keeping, changes: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Invalid) as refused:
            keeping.made("ENGL-1", **changes)
        assert refused.value.field == field

    def test_two_never_share_a_code(self, keeping: Keeping) -> None:
        keeping.made("ENGL-1")
        with pytest.raises(Invalid, match="another SLO has the code ENGL-1"):
            keeping.made(" ENGL-1 ")

    def test_a_program_slo_needs_an_org(self, keeping: Keeping) -> None:
        with pytest.raises(Invalid, match="org"):
            keeping.made("P-1", SloKind.PROGRAM, org="")
        assert keeping.slo(keeping.made("I-1", SloKind.INSTITUTION, org="")).org_id is None


class TestWho:
    def test_a_coordinator_keeps_those_of_own_orgs_only(
        self, keeping: Keeping, edit: EditSlo
    ) -> None:
        own, other = keeping.made("ENGL-1"), keeping.made("CHEM-1", course="CHEM1")
        edit(EditSloCommand(CORA, own, Edit.CORRECTION, title="Mended"))
        with pytest.raises(Forbidden, match="CHEM-1"):
            edit(EditSloCommand(CORA, other, Edit.CORRECTION, title="Mended"))
        with pytest.raises(Forbidden):
            keeping.new(
                NewSloCommand(CORA, SloKind.COURSE, "CHEM-2", "CHEM1", "", "Title", "Statement")
            )

    def test_one_of_the_institution_is_for_stewards(self, keeping: Keeping, edit: EditSlo) -> None:
        whole = keeping.made("I-1", SloKind.INSTITUTION, org="")
        with pytest.raises(Forbidden):
            edit(EditSloCommand(CORA, whole, Edit.CORRECTION, title="Mended"))

    def test_faculty_keep_none(self, keeping: Keeping, edit: EditSlo) -> None:
        faculty = Viewer(PersonId("person-cora"), Role.FACULTY)
        with pytest.raises(Forbidden):
            edit(EditSloCommand(faculty, keeping.made("ENGL-1"), Edit.CORRECTION, title="Mine"))
        with pytest.raises(Forbidden):
            SloList(keeping.units)(faculty, SloFilter())


class TestEdit:
    def test_a_change_of_wording_names_the_version_that_it_replaces(
        self, keeping: Keeping, edit: EditSlo
    ) -> None:
        slo_id = keeping.made("ENGL-1")
        later = keeping.clock.advance(days=1)
        after = edit(EditSloCommand(STEWARD, slo_id, Edit.WORDING, statement="Can do more."))

        first, second = keeping.versions(slo_id)
        assert (after.version, after.statement) == (2, "Can do more.")
        assert (first.statement, first.since, first.until) == ("Can do ENGL-1.", NOON, later)
        assert (second.statement, second.since, second.until) == ("Can do more.", later, None)
        assert second.replaces == 1

    def test_a_correction_keeps_the_version(self, keeping: Keeping, edit: EditSlo) -> None:
        slo_id = keeping.made("ENGL-1")
        after = edit(EditSloCommand(STEWARD, slo_id, Edit.CORRECTION, title="Thesis"))
        (only,) = keeping.versions(slo_id)
        assert (after.version, only.title, only.since) == (1, "Thesis", NOON)

    def test_the_same_again_changes_nothing(self, keeping: Keeping, edit: EditSlo) -> None:
        slo_id = keeping.made("ENGL-1")
        edit(EditSloCommand(STEWARD, slo_id, Edit.WORDING, title="Title of ENGL-1"))
        assert keeping.slo(slo_id).version == 1
        assert keeping.deeds() == ["created SLO"]

    def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
        self, keeping: Keeping, edit: EditSlo
    ) -> None:
        slo_id = keeping.made("ENGL-1")
        seen = stamp_of(keeping.slo(slo_id))
        edit(EditSloCommand(STEWARD, slo_id, Edit.CORRECTION, title="First", seen=seen))
        with pytest.raises(Conflict):
            edit(EditSloCommand(STEWARD, slo_id, Edit.CORRECTION, title="Second", seen=seen))
        assert keeping.slo(slo_id).title == "First"

    def test_descriptors_are_set_and_taken_away(self, keeping: Keeping, edit: EditSlo) -> None:
        slo_id = keeping.made("ENGL-1")
        texts = {(FOUR, Decimal(3)): " Clear. ", (FOUR, Decimal(4)): "Deep."}
        after = edit(EditSloCommand(STEWARD, slo_id, Edit.WORDING, descriptors=texts))
        assert after.descriptors_on(FOUR) == {Decimal(3): "Clear.", Decimal(4): "Deep."}
        assert after.version == 1
        bare = {(FOUR, Decimal(3)): ""}
        after = edit(EditSloCommand(STEWARD, slo_id, Edit.WORDING, descriptors=bare))
        assert after.descriptors_on(FOUR) == {Decimal(4): "Deep."}
        with pytest.raises(Invalid, match="no score level 9"):
            edit(
                EditSloCommand(STEWARD, slo_id, Edit.WORDING, descriptors={(FOUR, Decimal(9)): ""})
            )

    def test_an_unknown_one_is_not_found(self, edit: EditSlo) -> None:
        with pytest.raises(NotFound):
            edit(EditSloCommand(STEWARD, SloId("x"), Edit.WORDING, title="x"))

    @given(
        st.lists(
            st.tuples(st.sampled_from("abc"), st.sampled_from(Edit), st.booleans()), max_size=8
        )
    )
    def test_versions_follow_each_other_without_a_gap(
        self, steps: list[tuple[str, Edit, bool]]
    ) -> None:
        """Whatever is edited, and also when wordings were not kept at first."""
        slo = builders.an_slo()
        kept = {one.version: one for one in versions_after([], None, slo, NOON)}
        for words, way, forgotten in steps:
            if forgotten:
                kept = {}
            after = slo.said_as(words, words, way)
            for one in versions_after(list(kept.values()), slo, after, NOON):
                kept[one.version] = one
            slo = after
        numbers = sorted(kept)
        assert numbers == list(range(numbers[0], slo.version + 1)) if numbers else True
        for one in kept.values():
            assert (one.until is None) == (one.version == slo.version)
            if one.version == slo.version:
                assert (one.title, one.statement) == slo.wording
            if one.version > numbers[0]:
                assert one.replaces == one.version - 1


class TestStates:
    def test_retired_and_reinstated(self, keeping: Keeping) -> None:
        slo_id = keeping.made("ENGL-1")
        change = ChangeSloState(keeping.units, keeping.clock)
        for state in (SloState.RETIRED, SloState.RETIRED, SloState.ACTIVE):
            assert change(ChangeSloStateCommand(STEWARD, slo_id, state)).state is state
        with pytest.raises(IllegalMove):
            change(ChangeSloStateCommand(STEWARD, slo_id, SloState.DRAFT))
        assert keeping.deeds().count("changed state of SLO") == 2


class TestMapping:
    def cells(self, *pairs: tuple[SloId, SloId], kind: MappingKind | None = None) -> MapSlosCommand:
        return MapSlosCommand(STEWARD, {pair: Cell(mapped=True, kind=kind) for pair in pairs})

    def test_holds_from_the_current_term_on(self, keeping: Keeping, map_slos: MapSlos) -> None:
        lower, higher = keeping.made("ENGL-1"), keeping.made("P-1", SloKind.PROGRAM)
        command = self.cells((lower, higher), kind=MappingKind.INTRODUCED)
        assert map_slos(command) == 1
        assert map_slos(command) == 0
        (mapping,) = mapped(keeping)
        assert mapping == SloMapping(
            lower, higher, builders.a_term().id, None, MappingKind.INTRODUCED
        )

    @pytest.mark.parametrize(
        ("lower", "higher"),
        [
            (SloKind.PROGRAM, SloKind.COURSE),
            (SloKind.INSTITUTION, SloKind.PROGRAM),
            (SloKind.INSTITUTION, SloKind.INSTITUTION),
            (SloKind.PROGRAM, SloKind.PROGRAM),
        ],
    )
    def test_never_leads_down_or_sideways(
        self, keeping: Keeping, map_slos: MapSlos, lower: SloKind, higher: SloKind
    ) -> None:
        pair = keeping.made("A", lower), keeping.made("B", higher)
        with pytest.raises(NonsenseValue, match="A to B"):
            map_slos(self.cells(pair))
        with pytest.raises(NonsenseValue):
            map_slos(self.cells((pair[0], pair[0])))
        assert mapped(keeping) == []

    def test_all_ways_up_are_open(self, keeping: Keeping, map_slos: MapSlos) -> None:
        course = keeping.made("C")
        program, whole = keeping.made("P", SloKind.PROGRAM), keeping.made("I", SloKind.INSTITUTION)
        assert map_slos(self.cells((course, program), (course, whole), (program, whole))) == 3

    def test_ends_with_a_term_and_goes_on_when_taken_up_again(
        self, keeping: Keeping, map_slos: MapSlos
    ) -> None:
        pair = keeping.made("ENGL-1"), keeping.made("P-1", SloKind.PROGRAM)
        map_slos(self.cells(pair))
        map_slos(MapSlosCommand(STEWARD, {pair: Cell(mapped=False)}, SPRING.source_id))
        (ended,) = mapped(keeping)
        assert ended.until_term == SPRING.id
        map_slos(replace(self.cells(pair), term=SPRING.name))
        (again,) = mapped(keeping)
        assert (again.until_term, again.from_term) == (None, builders.a_term().id)

    def test_one_that_never_held_is_forgotten(self, keeping: Keeping, map_slos: MapSlos) -> None:
        pair = keeping.made("ENGL-1"), keeping.made("P-1", SloKind.PROGRAM)
        map_slos(self.cells(pair))
        map_slos(MapSlosCommand(STEWARD, {pair: Cell(mapped=False)}))
        assert mapped(keeping) == []

    def test_a_retired_slo_takes_part_in_no_new_one(
        self, keeping: Keeping, map_slos: MapSlos
    ) -> None:
        pair = keeping.made("ENGL-1"), keeping.made("P-1", SloKind.PROGRAM)
        ChangeSloState(keeping.units, keeping.clock)(
            ChangeSloStateCommand(STEWARD, pair[1], SloState.RETIRED)
        )
        with pytest.raises(Invalid, match="retired"):
            map_slos(self.cells(pair))

    def test_a_coordinator_maps_where_one_end_is_own(
        self, keeping: Keeping, map_slos: MapSlos
    ) -> None:
        own, whole = keeping.made("ENGL-1"), keeping.made("I-1", SloKind.INSTITUTION)
        other = keeping.made("CHEM-1", course="CHEM1")
        science = keeping.made("I-2", SloKind.INSTITUTION, org="")
        map_slos(replace(self.cells((own, whole), (own, science)), viewer=CORA))
        with pytest.raises(Forbidden):
            map_slos(replace(self.cells((other, science)), viewer=CORA))


class TestTargets:
    def test_an_slo_takes_that_of_the_nearest_org(self, keeping: Keeping) -> None:
        slo_id = keeping.made("ENGL-1")
        set_target = SetTarget(keeping.units, keeping.clock)
        page = SloPage(keeping.units, keeping.clock)
        set_target(SetTargetCommand(STEWARD, TargetOf.ORG, "COLL", Decimal(60)))
        assert page(STEWARD, slo_id).target.inherited == 60
        set_target(SetTargetCommand(CORA, TargetOf.ORG, "ENGL", Decimal(70)))
        set_target(SetTargetCommand(CORA, TargetOf.SLO, "ENGL-1", Decimal("72.5")))
        target = page(STEWARD, slo_id).target
        assert (target.own, target.inherited, target.inherited_from) == (
            Decimal("72.5"), Decimal(70), "English",
        )  # fmt: skip
        set_target(SetTargetCommand(CORA, TargetOf.SLO, "ENGL-1", None))
        assert page(STEWARD, slo_id).target.own is None

    def test_no_share_beyond_all_and_no_org_of_others(self, keeping: Keeping) -> None:
        set_target = SetTarget(keeping.units, keeping.clock)
        for share in (Decimal(0), Decimal(101), Decimal("NaN")):
            with pytest.raises(NonsenseValue):
                set_target(SetTargetCommand(STEWARD, TargetOf.ORG, "ENGL", share))
        with pytest.raises(Forbidden):
            set_target(SetTargetCommand(CORA, TargetOf.ORG, "SCIE", Decimal(70)))


class TestReading:
    def test_the_list_is_filtered_and_paged(self, keeping: Keeping) -> None:
        keeping.made("ENGL-1", title="Élan")
        keeping.made("CHEM-1", course="CHEM1")
        keeping.made("P-1", SloKind.PROGRAM)
        slos = SloList(keeping.units)

        def codes(**wanted: Any) -> list[str]:
            return [line.code for line in slos(STEWARD, SloFilter(**wanted)).lines]

        assert codes() == ["CHEM-1", "ENGL-1", "P-1"]
        assert codes(kind="pslo") == ["P-1"]
        assert codes(org="org-english") == ["ENGL-1", "P-1"]
        assert codes(org="org-college") == ["CHEM-1", "ENGL-1", "P-1"]
        assert codes(course="course-chem1") == codes(course="chem") == ["CHEM-1"]
        assert codes(course="MATH") == []
        assert codes(search="elan") == ["ENGL-1"]
        assert codes(state="retired") == []
        assert [one.code for one in slos(CORA, SloFilter(own=True)).lines] == ["ENGL-1", "P-1"]
        view = slos(STEWARD, SloFilter(page=9))
        assert (view.page, view.pages, view.first, view.last) == (1, 1, 1, 3)

    def test_more_than_a_page(self, keeping: Keeping) -> None:
        with keeping.units() as unit:
            unit.outcomes.put_slos(builders.an_slo(f"{n:03}") for n in range(205))
            unit.commit()
        view = SloList(keeping.units)(STEWARD, SloFilter(page=3))
        assert (len(view.lines), view.total, view.pages, view.first) == (5, 205, 3, 201)

    def test_the_map_shows_kinds_by_course(self, keeping: Keeping, map_slos: MapSlos) -> None:
        one, two = keeping.made("ENGL-1"), keeping.made("ENGL-2")
        far = keeping.made("CHEM-1", course="CHEM1")
        program = keeping.made("P-1", SloKind.PROGRAM)
        map_slos(
            MapSlosCommand(
                STEWARD,
                {
                    (one, program): Cell(mapped=True, kind=MappingKind.INTRODUCED),
                    (two, program): Cell(mapped=True),
                    (far, program): Cell(mapped=True, kind=MappingKind.MASTERED),
                },
            )
        )
        view = CurriculumMap(keeping.units, keeping.clock)(CORA, MapFilter())
        assert [slo.code for slo in view.columns] == ["P-1"]
        assert [(one.course.code, one.kinds) for one in view.courses] == [
            ("CHEM1", (("mastered",),)), ("ENGL101", (("introduced", "mapped"),)),
        ]  # fmt: skip
        assert view.covered == (2,)

    def test_a_wide_map_has_fewer_courses_on_a_page(self, keeping: Keeping) -> None:
        """Each cell is a choice of its own: 25 courses by 40 columns were 5,000 of them."""
        with keeping.units() as unit:
            unit.roster.put_courses(builders.a_course(f"c{n:02}") for n in range(30))
            own = (builders.an_slo(f"{n:02}", course_id=f"course-c{n:02}") for n in range(30))
            unit.outcomes.put_slos(own)
            unit.commit()
        for number in range(40):
            keeping.made(f"P-{number}", SloKind.PROGRAM)
        view = CurriculumMap(keeping.units, keeping.clock)(STEWARD, MapFilter(page=15))
        assert (len(view.columns), len(view.courses), view.page, view.pages) == (40, 2, 15, 15)


def test_an_slo_that_says_the_same_is_the_same() -> None:
    slo: Slo = builders.an_slo()
    assert slo.said_as(*slo.wording, Edit.WORDING) is slo
