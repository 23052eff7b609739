from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from adapters.inbound.files.assessment_file import assessment_file
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.assessment_entries import AssessmentEntry, CriterionEntry
from application.errors import Conflict, Forbidden, Invalid, NotFound
from application.queries.assessments.assessment_export import AssessmentExport
from application.queries.assessments.library_list import LibraryFilter, LibraryList
from application.queries.assessments.library_page import LibraryPage
from application.use_cases.assessments.define_assessment import (
    DefineAssessment,
    DefineAssessmentCommand,
)
from application.use_cases.assessments.keep_library import (
    CopyAssessment,
    OfferAssessment,
    RetireAssessment,
)
from domain.assessment import Assessment, AssessmentKind, AssessmentState, Purpose
from domain.ids import AssessmentId
from domain.reflection import asking
from tests.application.library_keeping import KEEPER, STEWARD, TALK, TEACHER, TESS, Keeping, fill
from tests.builders import a_section_assessment, an_slo
from tests.stand_ins import CountedIds, FixedClock


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    with memory_units() as unit:
        fill(unit)
        unit.outcomes.put_slos([an_slo("style")])
        unit.commit()
    return memory_units


@pytest.fixture
def define(units: MemoryUnits, clock: FixedClock, new_id: CountedIds) -> DefineAssessment:
    return DefineAssessment(units, clock, new_id)


def an_entry(**changes: Any) -> AssessmentEntry:
    entry = AssessmentEntry(
        "", "", "Debate", "A debate.", AssessmentKind.OUTCOMES, Purpose.SUMMATIVE, "four",
        Decimal(20), asking("What next?"), "ENGL", library=True, slos=("THESIS",), criteria=(),
        sections=(), guide="Listen first.",
    )  # fmt: skip
    return replace(entry, **changes)


def a_criterion(code: str, **changes: Any) -> CriterionEntry:
    entry = CriterionEntry(f"criteria-{code}", code, code.title(), "", Decimal(1), ("THESIS",), ())
    return replace(entry, **changes)


def of_criteria(*criteria: CriterionEntry) -> AssessmentEntry:
    return an_entry(kind=AssessmentKind.STUDENT, slos=(), criteria=criteria)


def again(saved: Assessment, entry: AssessmentEntry, **changes: Any) -> DefineAssessmentCommand:
    command = DefineAssessmentCommand(KEEPER, entry, saved.id, saved.version)
    return replace(command, **changes)


class TestDefining:
    def test_a_new_one_gets_a_code_and_stands_in_the_library(
        self, define: DefineAssessment, units: MemoryUnits
    ) -> None:
        saved = define(DefineAssessmentCommand(KEEPER, an_entry()))
        other = define(DefineAssessmentCommand(KEEPER, an_entry()))

        assert (saved.code, other.code) == ("debate", "debate-2")
        assert (saved.edition, saved.guide, saved.owner_id) == (1, "Listen first.", "person-cora")
        with units(write=False) as unit:
            assert unit.audit.entries()[0].verb == "created assessment"

    def test_several_rubrics_stand_in_one_assessment(
        self, define: DefineAssessment, units: MemoryUnits
    ) -> None:
        parts = (a_criterion("A", part="Paper"), a_criterion("B", part="Talk", weight=Decimal(0)))
        saved = define(DefineAssessmentCommand(KEEPER, of_criteria(*parts)))

        found = LibraryPage(units)(KEEPER, saved.id)
        assert [part.name for part in found.parts] == ["Paper", "Talk"]

    def test_a_collective_one_has_slo_rows(self, define: DefineAssessment) -> None:
        saved = define(DefineAssessmentCommand(KEEPER, an_entry(kind=AssessmentKind.COLLECTIVE)))

        assert [row.code for row in saved.rubric.criteria] == ["THESIS"]

    @pytest.mark.parametrize(
        ("entry", "field"),
        [
            (an_entry(name=" "), "name"),
            (an_entry(points_possible=Decimal(0)), "points"),
            (an_entry(scale="none"), "scale"),
            (an_entry(slos=("NOPE",)), "slos"),
            (an_entry(org="NOPE"), "org"),
            (of_criteria(), "criteria"),
            (of_criteria(a_criterion("A", weight=Decimal(-1))), "criteria-A"),
            (of_criteria(a_criterion("A", weight=Decimal(0))), "criteria"),
            (of_criteria(a_criterion("A", slos=("NOPE",))), "criteria-A.slos"),
            (of_criteria(a_criterion("A"), a_criterion("A")), "criteria"),
        ],
    )
    def test_what_is_wrong_is_named(
        self, define: DefineAssessment, entry: AssessmentEntry, field: str
    ) -> None:
        with pytest.raises(Invalid) as refusal:
            define(DefineAssessmentCommand(KEEPER, entry))

        assert refusal.value.field == field

    def test_the_whole_college_is_the_stewards(self, define: DefineAssessment) -> None:
        with pytest.raises(Forbidden):
            define(DefineAssessmentCommand(KEEPER, an_entry(org=None)))

        assert define(DefineAssessmentCommand(STEWARD, an_entry(org=None))).org_id is None

    def test_other_orgs_are_not_the_keepers(self, define: DefineAssessment) -> None:
        with pytest.raises(Forbidden):
            define(DefineAssessmentCommand(KEEPER, an_entry(org="SCIE")))


class TestChanging:
    @pytest.fixture
    def saved(self, define: DefineAssessment) -> Assessment:
        return define(DefineAssessmentCommand(KEEPER, an_entry()))

    def use(self, units: MemoryUnits, saved: Assessment, *, scored: bool) -> None:
        with units() as unit:
            work = a_section_assessment("debate", assessment_id=saved.id)
            unit.assessments.save_work(work.frozen(saved) if scored else work)
            unit.commit()

    def test_unscored_ones_change_in_place(
        self, define: DefineAssessment, units: MemoryUnits, saved: Assessment
    ) -> None:
        self.use(units, saved, scored=False)

        changed = define(again(saved, an_entry(slos=("THESIS", "STYLE"))))

        assert (changed.edition, len(changed.rubric.criteria)) == (1, 2)

    def test_scored_ones_get_an_edition_after_it_was_said(
        self, define: DefineAssessment, units: MemoryUnits, saved: Assessment
    ) -> None:
        self.use(units, saved, scored=True)
        wanted = again(saved, an_entry(slos=("THESIS", "STYLE")))

        with pytest.raises(Invalid, match="edition 2") as refusal:
            define(wanted)
        assert refusal.value.field == "edition"
        changed = define(replace(wanted, edition_known=True))

        assert changed.edition == 2
        with units(write=False) as unit:
            (work,) = unit.assessments.works_of(saved.id)
        assert (work.edition, work.rubric(changed)) == (1, saved.rubric)

    def test_a_better_name_makes_no_edition(
        self, define: DefineAssessment, units: MemoryUnits, saved: Assessment
    ) -> None:
        self.use(units, saved, scored=True)

        assert define(again(saved, an_entry(name="The debate"))).edition == 1

    def test_saying_the_same_changes_nothing(
        self, define: DefineAssessment, saved: Assessment
    ) -> None:
        assert define(again(saved, an_entry())) == saved

    def test_somebody_elses_change_is_not_overwritten(
        self, define: DefineAssessment, saved: Assessment
    ) -> None:
        define(again(saved, an_entry(name="First")))

        with pytest.raises(Conflict):
            define(again(saved, an_entry(name="Second")))

    def test_the_kind_stays(self, define: DefineAssessment, saved: Assessment) -> None:
        with pytest.raises(Invalid):
            define(again(saved, of_criteria(a_criterion("A"))))

    def test_a_criterion_keeps_its_id(self, define: DefineAssessment) -> None:
        first = define(
            DefineAssessmentCommand(KEEPER, of_criteria(a_criterion("A"), a_criterion("B")))
        )
        second = define(again(first, of_criteria(a_criterion("B"), a_criterion("C"))))

        ids = {row.code: row.id for row in first.rubric.criteria}
        assert second.rubric.criteria[0].id == ids["B"]


class TestKeeping:
    def test_a_copy_is_ones_own_and_offered_to_nobody(
        self, units: MemoryUnits, clock: FixedClock, new_id: CountedIds
    ) -> None:
        made = CopyAssessment(units, clock, new_id)(KEEPER, "TALK")

        assert (made.name, made.in_library, made.owner_id) == ("Talk (copy)", False, "person-cora")
        assert made.rubric == Keeping(units).assessment().rubric

    def test_what_is_retired_can_be_restored(self, units: MemoryUnits, clock: FixedClock) -> None:
        retire = RetireAssessment(units, clock)
        retire(KEEPER, "TALK")
        retire(KEEPER, "TALK")
        assert Keeping(units).assessment().state is AssessmentState.RETIRED

        retire(KEEPER, "TALK", retired=False)

        assert Keeping(units).assessment().active
        assert Keeping(units).verbs() == ["retired assessment", "restored assessment"]

    def test_faculty_offer_their_own_alone(self, units: MemoryUnits, clock: FixedClock) -> None:
        offer = OfferAssessment(units, clock)
        Keeping(units).change(in_library=False)

        assert offer(TESS, TALK, offered=True).in_library
        with pytest.raises(NotFound):
            offer(KEEPER.person_id or TESS, TALK, offered=False)

    def test_what_faculty_did_not_offer_is_theirs_to_change(
        self, units: MemoryUnits, clock: FixedClock
    ) -> None:
        Keeping(units).change(in_library=False)

        with pytest.raises(Forbidden, match="copy it"):
            RetireAssessment(units, clock)(KEEPER, "TALK")

    def test_faculty_do_not_keep_the_library(self, units: MemoryUnits) -> None:
        with pytest.raises(Forbidden):
            LibraryList(units)(TEACHER, LibraryFilter())


class TestTheList:
    @pytest.mark.parametrize(
        ("wanted", "names"),
        [
            (LibraryFilter(), ["Essay", "Talk"]),
            (LibraryFilter(shared="library"), ["Talk"]),
            (LibraryFilter(query="ess"), ["Essay"]),
            (LibraryFilter(org="ENGL"), ["Essay", "Talk"]),
            (LibraryFilter(org="SCIE"), []),
            (LibraryFilter(kind="student"), []),
            (LibraryFilter(state="retired"), []),
            (LibraryFilter(slo="thes"), []),
        ],
    )
    def test_is_filtered(self, units: MemoryUnits, wanted: LibraryFilter, names: list[str]) -> None:
        view = LibraryList(units)(KEEPER, wanted)

        assert [line.assessment.name for line in view.lines] == names
        assert view.all_there == 2


def test_what_is_exported_is_what_the_import_reads(
    define: DefineAssessment, units: MemoryUnits
) -> None:
    criteria = (a_criterion("A", part="Paper"), a_criterion("B"))
    saved = define(DefineAssessmentCommand(KEEPER, of_criteria(*criteria)))

    (entry,) = AssessmentExport(units)(saved.code)
    (part,) = assessment_file([entry]).assessments

    assert [criterion.part for criterion in part.criteria] == ["Paper", ""]
    assert part.reflection[0].prompt == "What next?"
    again_saved = define(again(saved, replace(entry, path="")))
    assert again_saved == saved
    with pytest.raises(NotFound):
        AssessmentExport(units)("none")


def test_an_unknown_assessment_is_not_there(units: MemoryUnits) -> None:
    with pytest.raises(NotFound):
        LibraryPage(units)(KEEPER, AssessmentId("x"))
