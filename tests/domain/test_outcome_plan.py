"""What a synchronisation would do; the rows of docs/decisions/0007-outcome-states.md."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NonsenseValue
from domain.ids import LmsCourseRef, SectionAssessmentId
from domain.outcomes.content import LONGEST_TITLE, content_of, wording_of
from domain.outcomes.found import FoundLink, OutcomePlace, PlaceKind
from domain.outcomes.guids import slo_named_by, use_guid
from domain.outcomes.sync_plan import FOLDER, OutcomeWish, PlanLine, Step, SyncState
from domain.outcomes.sync_planning import homonyms, plan_unread
from tests.builders import BEGINNING, a_criterion
from tests.domain.outcome_place import (
    ELSEWHERE,
    OURS,
    PLACE,
    ROOT_ACCOUNT,
    ModelPlace,
    a_wish,
    saying,
    steps,
)

WISH = a_wish()
GUID = WISH.guid_of(1)
SAYS = ("title", "display name", "description")


def used(wish: OutcomeWish) -> OutcomeWish:
    """The same SLO as an assessment in a section uses it (F25)."""
    work, course = SectionAssessmentId("work"), LmsCourseRef("7")
    return replace(wish, guid_of=partial(use_guid, ROOT_ACCOUNT, work, course, wish.slo_id))


def shown(line: PlanLine) -> tuple[SyncState, Step, str]:
    return line.state, line.step, line.reason


@pytest.mark.parametrize("wish", [WISH, used(WISH)], ids=["F24", "F25"])
class TestTableOfStates:
    def test_never_sent_is_added(self, wish: OutcomeWish) -> None:
        assert shown(ModelPlace().line(wish)) == (SyncState.NEVER_SENT, Step.ADD, "")

    def test_sent_and_unchanged_is_left_alone(self, wish: OutcomeWish) -> None:
        line = ModelPlace().sent(wish).line(wish)
        assert shown(line) == (SyncState.SAME, Step.NOTHING, "")

    def test_edited_here_is_changed_and_keeps_its_guid(self, wish: OutcomeWish) -> None:
        line = ModelPlace().sent(wish).line(replace(wish, content=saying("Argument")))
        assert shown(line) == (SyncState.CHANGED_HERE, Step.CHANGE, "")
        assert (line.guid, line.differences) == (wish.guid_of(1), SAYS)

    def test_edited_there_waits_for_a_person(self, wish: OutcomeWish) -> None:
        place = ModelPlace().sent(wish).now(wish.guid_of(1), content=saying("Mine"))
        line = place.line(wish)
        assert shown(line) == (SyncState.CHANGED_THERE, Step.CONFIRM, "changed-there")
        assert line.confirmed().step is Step.CHANGE

    def test_edited_on_both_sides_waits_for_a_person(self, wish: OutcomeWish) -> None:
        place = ModelPlace().sent(wish).now(wish.guid_of(1), content=saying("Mine"))
        line = place.line(replace(wish, content=saying("Ours")))
        assert shown(line) == (SyncState.CHANGED_BOTH, Step.CONFIRM, "changed-there")

    def test_deleted_there_is_added_again_under_its_guid(self, wish: OutcomeWish) -> None:
        place = ModelPlace().sent(wish)
        place.here.clear()
        line = place.line(wish)
        assert shown(line) == (SyncState.MISSING_THERE, Step.ADD, "")
        assert line.guid == wish.guid_of(1)

    def test_there_and_not_in_our_records_is_recorded(self, wish: OutcomeWish) -> None:
        place = ModelPlace().sent(wish)
        place.known.clear()
        assert shown(place.line(wish)) == (SyncState.SAME, Step.RECORD, "")

    def test_a_new_version_in_the_same_words_is_recorded(self, wish: OutcomeWish) -> None:
        line = ModelPlace().sent(wish).line(replace(wish, slo_version=2))
        assert shown(line) == (SyncState.SAME, Step.RECORD, "")

    def test_a_new_version_of_an_assessed_one_is_a_new_outcome(self, wish: OutcomeWish) -> None:
        place = ModelPlace().sent(wish).now(wish.guid_of(1), assessed=True)
        line = place.line(replace(wish, slo_version=2, content=saying("Argument")))
        assert shown(line) == (SyncState.CHANGED_HERE, Step.REPLACE, "")
        assert (line.guid, line.generation) == (wish.guid_of(2), 2)
        assert line.there == place.here[wish.guid_of(1)]

    def test_a_correction_of_an_assessed_one_changes_its_words(self, wish: OutcomeWish) -> None:
        place = ModelPlace().sent(wish).now(wish.guid_of(1), assessed=True)
        line = place.line(replace(wish, content=saying("These")))
        assert shown(line) == (SyncState.CHANGED_HERE, Step.CHANGE, "")

    def test_the_scale_of_an_assessed_one_stays(self, wish: OutcomeWish) -> None:
        place = ModelPlace().sent(wish).now(wish.guid_of(1), assessed=True)
        line = place.line(replace(wish, content=saying(top=5)))
        assert shown(line) == (SyncState.CHANGED_HERE, Step.BLOCKED, "assessed-scale")

    def test_what_we_may_not_edit_stays(self, wish: OutcomeWish) -> None:
        place = ModelPlace().sent(wish).now(wish.guid_of(1), owned=False)
        line = place.line(replace(wish, content=saying("Argument")))
        assert shown(line) == (SyncState.CHANGED_HERE, Step.BLOCKED, "not-editable")

    def test_retired_is_taken_out_of_our_folder(self, wish: OutcomeWish) -> None:
        line = ModelPlace().sent(wish).line(replace(wish, retired=True))
        assert shown(line) == (SyncState.CHANGED_HERE, Step.REMOVE, "")

    def test_retired_and_in_use_stays_with_the_reason(self, wish: OutcomeWish) -> None:
        links = (FoundLink(OURS, can_unlink=False),)
        place = ModelPlace().sent(wish).now(wish.guid_of(1), links=links)
        line = place.line(replace(wish, retired=True))
        assert shown(line) == (SyncState.CHANGED_HERE, Step.BLOCKED, "aligned")

    def test_retired_and_moved_elsewhere_stays_there(self, wish: OutcomeWish) -> None:
        links = (FoundLink(ELSEWHERE, can_unlink=True),)
        place = ModelPlace().sent(wish).now(wish.guid_of(1), links=links)
        line = place.line(replace(wish, retired=True))
        assert shown(line) == (SyncState.CHANGED_HERE, Step.RECORD, "")

    def test_retired_and_gone_is_recorded(self, wish: OutcomeWish) -> None:
        place = ModelPlace().sent(wish)
        place.here.clear()
        line = place.line(replace(wish, retired=True))
        assert shown(line) == (SyncState.MISSING_THERE, Step.RECORD, "")

    def test_retired_and_never_sent_is_not_mentioned(self, wish: OutcomeWish) -> None:
        assert ModelPlace().plan(replace(wish, retired=True)) == ()

    def test_a_renamed_course_renames_the_folder_alone(self, wish: OutcomeWish) -> None:
        folder = replace(wish.folder, title="ENGL 101 Writing")
        line = ModelPlace().sent(wish).line(replace(wish, folder=folder))
        assert shown(line) == (SyncState.CHANGED_HERE, Step.CHANGE, "")
        assert line.differences == (FOLDER,)

    def test_a_superseded_one_goes_once_it_is_free(self, wish: OutcomeWish) -> None:
        place = ModelPlace().sent(wish).sent(wish, generation=2)
        links = (FoundLink(OURS, can_unlink=False),)
        place.known[wish.guid_of(1)] = replace(place.known[wish.guid_of(1)], live=False)
        assert steps(place.now(wish.guid_of(1), links=links).plan(wish)) == [Step.NOTHING]

        freed = place.now(wish.guid_of(1), links=(FoundLink(OURS, can_unlink=True),)).plan(wish)

        assert steps(freed) == [Step.NOTHING, Step.REMOVE]
        assert freed[1].reason == "superseded"

    def test_active_again_after_it_was_taken_away_gets_a_new_guid(self, wish: OutcomeWish) -> None:
        place = ModelPlace().sent(wish)
        place.apply(place.plan(replace(wish, retired=True)))
        line = place.line(wish)
        assert (line.step, line.guid) == (Step.ADD, wish.guid_of(2))


class TestGuids:
    def test_another_place_of_the_site_takes_another_one(self) -> None:
        place = ModelPlace().sent(WISH)
        other = OutcomePlace(PlaceKind.ACCOUNT, "43")
        place.known = {GUID: replace(place.known[GUID], place=other)}
        place.here.clear()
        line = place.line(WISH)
        assert (line.state, line.guid) == (SyncState.NEVER_SENT, WISH.guid_of(2))

    def test_an_undone_generation_is_never_used_again(self) -> None:
        place = ModelPlace().sent(WISH).now(GUID, assessed=True).sent(WISH, generation=2)
        undone = WISH.guid_of(2)
        place.known[undone] = replace(place.known[undone], live=False)
        del place.here[undone]
        line = place.line(replace(WISH, slo_version=2, content=saying("Argument")))
        assert (line.step, line.guid) == (Step.REPLACE, WISH.guid_of(3))

    @given(st.integers(1, 9))
    def test_every_generation_names_its_slo(self, generation: int) -> None:
        assert slo_named_by(WISH.guid_of(generation)) == WISH.slo_id
        assert slo_named_by(used(WISH).guid_of(generation)) == WISH.slo_id


class TestMapped:
    def test_a_foreign_outcome_is_never_written_to(self) -> None:
        place = ModelPlace().sent(WISH)
        place.known[GUID] = replace(place.known[GUID], mapped=True, guid="theirs")
        place.here = {"theirs": replace(place.here[GUID], guid="theirs")}
        line = place.line(replace(WISH, content=saying("Argument")))
        assert (line.step, line.guid) == (Step.ADD, GUID)


class TestUnderMasteryScales:
    def test_a_hidden_scale_counts_for_nothing(self) -> None:
        hidden = replace(saying(), scale=None)
        place = ModelPlace().sent(WISH).now(GUID, content=hidden)
        assert place.line(replace(WISH, content=saying(top=5))).state is SyncState.SAME


class TestHomonyms:
    def test_foreign_folders_and_outcomes_of_the_same_name_are_named(self) -> None:
        place = ModelPlace().sent(WISH)
        place.here = {"x": replace(place.here[GUID], guid="theirs")}
        found = replace(
            place.found(),
            folders=(*place.found().folders, replace(place.found().folders[2], guid="theirs")),
        )
        assert homonyms([WISH], found) == (WISH.folder.title, "Thesis")

    def test_ours_are_not(self) -> None:
        assert homonyms([WISH], ModelPlace().sent(WISH, generation=2).found()) == ()


class TestUnread:
    @pytest.mark.parametrize(
        ("wish", "states"),
        [
            (WISH, [(SyncState.SAME, Step.NOTHING)]),
            (replace(WISH, content=saying("Argument")), [(SyncState.CHANGED_HERE, Step.CHANGE)]),
            (replace(WISH, retired=True), [(SyncState.CHANGED_HERE, Step.REMOVE)]),
            (a_wish(slo="other"), [(SyncState.NEVER_SENT, Step.ADD)]),
            (a_wish(slo="other", retired=True), []),
        ],
    )
    def test_the_records_alone_tell_what_is_known(
        self, wish: OutcomeWish, states: list[tuple[SyncState, Step]]
    ) -> None:
        known = list(ModelPlace().sent(WISH).known.values())
        assert [(one.state, one.step) for one in plan_unread([wish], known, PLACE)] == states


class TestContent:
    def test_without_a_level_that_meets_the_threshold_only_the_words_are_known(self) -> None:
        levels = tuple(replace(one, mastery=BEGINNING) for one in a_criterion().levels)
        row = a_criterion(levels=levels)
        with pytest.raises(NonsenseValue, match="none of its levels meets the threshold"):
            content_of(row)
        assert wording_of(row).scale is None

    def test_it_says_the_row_from_the_highest_level_down(self) -> None:
        content = content_of(a_criterion())
        assert content.title == "THESIS Thesis"
        assert content.scale is not None
        assert [one.points for one in content.scale.ratings] == [4, 3, 2, 1]
        assert content.scale.mastery_points == Decimal(3)

    def test_a_long_title_is_clipped(self) -> None:
        title = content_of(a_criterion(title="long " * 100)).title
        assert len(title) <= LONGEST_TITLE
        assert title.endswith("\N{HORIZONTAL ELLIPSIS}")
