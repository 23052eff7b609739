"""Scales: used ones are never edited, one is the default; mastery levels of the institution."""

from dataclasses import replace
from decimal import Decimal

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Forbidden, Invalid
from application.queries.slos.scale_list import ScaleList
from application.use_cases.slos.keep_mastery import MasteryDraft, SaveMastery, SaveMasteryCommand
from application.use_cases.slos.keep_scales import (
    LevelDraft,
    MakeDefaultScale,
    SaveScale,
    SaveScaleCommand,
    ScaleOutcome,
)
from domain.errors import NonsenseValue
from domain.ids import ScaleId
from domain.scale import AssessmentScale
from domain.slo import PerformanceDescriptor
from tests import builders
from tests.application.keeping import CORA, STEWARD, Keeping

LOW, HIGH = (
    LevelDraft(Decimal(0), "Low", "", "beginning"),
    LevelDraft(Decimal(1), "High", "", "met"),
)
MASTERY = tuple(MasteryDraft(one.code, one.name) for one in builders.a_scale().mastery_levels)


@pytest.fixture
def keeping(memory_units: MemoryUnits) -> Keeping:
    return Keeping(memory_units)


@pytest.fixture
def save(keeping: Keeping) -> SaveScale:
    return SaveScale(keeping.units, keeping.clock, keeping.new_id)


@pytest.fixture
def mastery(keeping: Keeping) -> SaveMastery:
    return SaveMastery(keeping.units, keeping.clock, keeping.new_id)


def drafts(scale: AssessmentScale) -> tuple[LevelDraft, ...]:
    return tuple(
        LevelDraft(one.points, one.label, one.descriptor, one.mastery.code) for one in scale.levels
    )


def editing(scale: AssessmentScale, *levels: LevelDraft, name: str = "") -> SaveScaleCommand:
    return SaveScaleCommand(STEWARD, scale.id, "", name or scale.name, levels or drafts(scale))


class TestScales:
    def test_a_new_one_is_no_default_beside_another(
        self, keeping: Keeping, save: SaveScale
    ) -> None:
        saved = save(SaveScaleCommand(STEWARD, None, "TWO", "Two levels", (HIGH, LOW)))
        assert saved.outcome is ScaleOutcome.CREATED
        assert [level.label for level in saved.scale.levels] == ["Low", "High"]
        assert [(s.code, s.is_default) for s in keeping.scales()] == [
            ("four", True), ("TWO", False),
        ]  # fmt: skip

    def test_an_unused_one_is_edited_in_place(self, keeping: Keeping, save: SaveScale) -> None:
        (before,) = keeping.scales()
        saved = save(editing(before, LOW, HIGH))
        assert (saved.outcome, saved.scale.id) == (ScaleOutcome.CHANGED, before.id)
        assert save(editing(saved.scale)).outcome is ScaleOutcome.SAME

    def test_a_used_one_gets_a_new_version_with_the_descriptors_of_the_old(
        self, keeping: Keeping, save: SaveScale
    ) -> None:
        (before,) = keeping.scales()
        keeping.use(before)
        with keeping.units() as unit:
            unit.outcomes.put_slos([builders.an_slo()])
            unit.commit()
        top = LevelDraft(Decimal(5), "Top", "", "exceeded")
        saved = save(editing(before, *drafts(before), top))

        assert saved.outcome is ScaleOutcome.NEW_VERSION
        new, old = keeping.scales()
        assert (new.version, new.is_default, new.code) == (2, True, before.code)
        assert old == replace(before, is_default=False)
        texts = keeping.slo(builders.an_slo().id).descriptors
        assert texts == (
            *builders.an_slo().descriptors,
            PerformanceDescriptor(new.id, Decimal(3), "States a clear thesis."),
        )
        with pytest.raises(Invalid, match="newer version"):
            save(editing(old, LOW, HIGH))

    def test_another_name_makes_no_version(self, keeping: Keeping, save: SaveScale) -> None:
        (before,) = keeping.scales()
        keeping.use(before)
        assert save(editing(before, name="Four points")).outcome is ScaleOutcome.CHANGED

    def test_levels_that_make_no_scale_are_refused(self, keeping: Keeping, save: SaveScale) -> None:
        (before,) = keeping.scales()
        falling = replace(HIGH, mastery="beginning"), replace(LOW, mastery="met")
        for levels in ((LOW,), (LOW, LOW), falling):
            with pytest.raises(NonsenseValue):
                save(editing(before, *levels))
        with pytest.raises(Invalid, match="no mastery level maybe"):
            save(editing(before, LOW, replace(HIGH, mastery="maybe")))
        with pytest.raises(Invalid, match="another scale"):
            save(SaveScaleCommand(STEWARD, None, "four", "Four", (LOW, HIGH)))

    def test_the_default_moves(self, keeping: Keeping, save: SaveScale) -> None:
        save(SaveScaleCommand(STEWARD, None, "TWO", "Two", (LOW, HIGH)))
        make = MakeDefaultScale(keeping.units, keeping.clock, keeping.new_id)
        for _ in range(2):
            make(STEWARD, "TWO")
        assert [(s.code, s.is_default) for s in keeping.scales()] == [
            ("TWO", True), ("four", False),
        ]  # fmt: skip
        assert keeping.deeds().count("made scale default") == 1
        with pytest.raises(Invalid):
            make(STEWARD, "TEN")

    def test_only_stewards_keep_them(self, keeping: Keeping, save: SaveScale) -> None:
        with pytest.raises(Forbidden):
            save(replace(editing(keeping.scales()[0]), viewer=CORA))


class TestMastery:
    def test_a_name_changes_everywhere_and_makes_no_version(
        self, keeping: Keeping, mastery: SaveMastery
    ) -> None:
        keeping.use(keeping.scales()[0])
        renamed = (*MASTERY[:2], MasteryDraft("met", "Meets"), MASTERY[3])
        saved = mastery(SaveMasteryCommand(STEWARD, renamed, "met"))
        (scale,) = keeping.scales()
        assert saved.new_versions == ()
        assert [level.mastery.name for level in scale.levels][2] == "Meets"
        assert scale.version == 1

    def test_another_threshold_makes_new_versions_of_used_scales(
        self, keeping: Keeping, save: SaveScale, mastery: SaveMastery
    ) -> None:
        keeping.use(keeping.scales()[0])
        save(SaveScaleCommand(STEWARD, None, "TWO", "Two", (LOW, HIGH)))
        saved = mastery(SaveMasteryCommand(STEWARD, MASTERY, "developing"))
        assert saved.new_versions == ("four",)
        new, two, old = sorted(keeping.scales(), key=lambda one: (not one.is_default, one.code))
        assert [level.mastery.met for level in new.levels] == [False, True, True, True]
        assert [level.mastery.met for level in two.levels if two.code == "TWO"] == [False, True]
        assert [level.mastery.met for level in old.levels] == [False, False, True, True]

    def test_a_new_level_goes_between_and_the_others_keep_their_order(
        self, keeping: Keeping, mastery: SaveMastery
    ) -> None:
        between = (*MASTERY[:2], MasteryDraft("nearly", "Nearly"), *MASTERY[2:])
        mastery(SaveMasteryCommand(STEWARD, between, "met"))
        assert [level.mastery.position for level in keeping.scales()[0].levels] == [0, 1, 3, 4]
        mastery(SaveMasteryCommand(STEWARD, MASTERY, "met"))
        view = ScaleList(keeping.units)()
        assert [one.level.code for one in view.mastery] == [one.code for one in MASTERY]
        assert view.threshold == "met"

    @pytest.mark.parametrize(
        ("levels", "threshold", "cause"),
        [
            (MASTERY[1:], "met", "scales use beginning"),
            (MASTERY[::-1], "met", "keep their order"),
            (MASTERY, "beginning", "below the threshold"),
            (MASTERY, "", "choose the level"),
            ((*MASTERY, MASTERY[0]), "met", "same code or name"),
            ((*MASTERY, MasteryDraft("x", " ")), "met", "a code and a name"),
            (MASTERY[:1], "beginning", "2 to 10"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, mastery: SaveMastery, levels: tuple[MasteryDraft, ...], threshold: str, cause: str
    ) -> None:
        with pytest.raises(Invalid, match=cause):
            mastery(SaveMasteryCommand(STEWARD, levels, threshold))

    def test_the_same_again_is_no_deed(self, keeping: Keeping, mastery: SaveMastery) -> None:
        mastery(SaveMasteryCommand(STEWARD, MASTERY, "met"))
        assert keeping.deeds() == []


def test_an_empty_college_gets_its_first_scale_as_default(memory_units: MemoryUnits) -> None:
    keeping = Keeping(memory_units)
    with keeping.units() as unit:
        unit.outcomes.put_scales([builders.a_scale(is_default=False)])
        unit.commit()
    save = SaveScale(keeping.units, keeping.clock, keeping.new_id)
    saved = save(SaveScaleCommand(STEWARD, None, "TWO", "Two", (LOW, HIGH)))
    assert [one.is_default for one in keeping.scales()].count(True) == 1
    assert saved.scale.id != ScaleId("scale-four")
