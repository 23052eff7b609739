"""What every side keeps about outcomes: write, read back, write again, take away.

Nothing here is arranged beforehand and nothing stays behind, so it can be asked of a real LMS.
"""

from typing import ClassVar

import pytest

from application.ports.lms import LmsCapability
from application.ports.lms_outcomes import UploadState
from domain.ids import LmsAccountRef
from domain.outcomes.content import OutcomeContent
from domain.outcomes.found import PlaceKind
from tests.contract.harness import LmsSide
from tests.contract.lms_outcome_scene import (
    a_content,
    a_folder_wish,
    a_guid,
    a_place,
    an_upload,
    by_guid,
    titles_of,
    unlike,
    uploaded,
)

CONTENTS = {
    "plain": a_content(),
    "quotes": a_content("Says \"why\", not 'that'", description='He said: "so, then; that\'s it".'),
    "html": a_content("x < y && y > z", description="<b>not bold</b> & AT&T &amp; 3 < 4"),
    "letters": a_content("Écrit ½ — naïve 日本語", display_name="ünï", label="Stufe größer"),
    "emoji": a_content("Argues 🧭 well", description="With care 🤝🏽.", label="⭐"),
    "several lines": a_content(description="First line.\nSecond line.\n\nA paragraph."),
    "no display name": a_content(display_name="", description=""),
    "zero and big": a_content(points=("100", "50", "0"), mastery="50"),
}
FRACTIONS = a_content(points=("3.5", "2.25", "0.5"), mastery="2.25")
KINDS = pytest.mark.parametrize("kind", PlaceKind)


class OutcomesContract:
    """An outcome arrives as it is, once, and goes away again."""

    needs: ClassVar[LmsCapability] = LmsCapability.OUTCOMES

    @pytest.mark.parametrize("content", [*CONTENTS.values(), FRACTIONS], ids=[*CONTENTS, "3.5"])
    async def test_one_outcome_is_read_back_as_it_was_added(
        self, harness: LmsSide, content: OutcomeContent
    ) -> None:
        place, guid = a_place(harness, PlaceKind.COURSE), a_guid()
        folder = await harness.gateway.put_folder(place, a_folder_wish())
        added = await harness.gateway.add_outcome(place, folder.ref, guid, content)
        read = by_guid(await harness.gateway.outcomes_at(place), [guid])[guid]
        for outcome in (added, read):
            assert unlike(content, outcome) == ()
            assert (outcome.ref, outcome.guid) == (added.ref, guid)
        assert [link.folder_ref for link in read.links] == [folder.ref]
        assert (read.owned, read.editable, read.assessed) == (True, True, False)

    @KINDS
    async def test_a_change_shows_and_a_second_one_changes_nothing(
        self, harness: LmsSide, kind: PlaceKind
    ) -> None:
        place, guid = a_place(harness, kind), a_guid()
        folder = await harness.gateway.put_folder(place, a_folder_wish())
        added = await harness.gateway.add_outcome(place, folder.ref, guid, a_content())
        wanted = CONTENTS["zero and big"]
        for _ in range(2):
            changed = await harness.gateway.change_outcome(place, added.ref, wanted)
            assert unlike(wanted, changed) == ()
        found = by_guid(await harness.gateway.outcomes_at(place), [guid])
        assert found[guid].ref == added.ref
        assert unlike(wanted, found[guid]) == ()

    async def test_an_unknown_scale_leaves_the_scale_alone(self, harness: LmsSide) -> None:
        place, guid, before = a_place(harness, PlaceKind.COURSE), a_guid(), CONTENTS["zero and big"]
        folder = await harness.gateway.put_folder(place, a_folder_wish())
        added = await harness.gateway.add_outcome(place, folder.ref, guid, before)
        wanted = OutcomeContent("Another title", "Another", "Another text.", scale=None)
        await harness.gateway.change_outcome(place, added.ref, wanted)
        read = by_guid(await harness.gateway.outcomes_at(place), [guid])[guid]
        assert unlike(wanted, read) == ()
        assert unlike(before, read) == ("title", "display name", "description")

    @KINDS
    async def test_a_folder_is_renamed_and_not_doubled(
        self, harness: LmsSide, kind: PlaceKind
    ) -> None:
        place, wish = a_place(harness, kind), a_folder_wish("MATH 101")
        first = await harness.gateway.put_folder(place, wish)
        renamed = a_folder_wish("MATH 102")
        wished = type(wish)(wish.guid, renamed.title, "New words")
        second = await harness.gateway.put_folder(place, wished)
        assert (second.ref, second.guid, second.title) == (first.ref, wish.guid, "MATH 102")
        found = await harness.gateway.outcomes_at(place)
        assert titles_of(found, wish.guid) == ["MATH 102"]
        root = next(folder.ref for folder in found.folders if folder.parent_ref is None)
        assert second.parent_ref == root

    @KINDS
    async def test_an_upload_arrives_whole_and_a_second_one_changes_nothing(
        self, harness: LmsSide, kind: PlaceKind
    ) -> None:
        place, wish = a_place(harness, kind), a_folder_wish()
        outcomes = {a_guid(): content for content in CONTENTS.values()}
        for content in outcomes.values():
            assert harness.gateway.can_upload(content)
        upload = an_upload(await harness.gateway.outcomes_at(place), wish, outcomes.items())
        report = await uploaded(harness, place, upload)
        assert (report.state, dict(report.errors)) == (UploadState.FINISHED, {})
        first = await harness.gateway.outcomes_at(place)
        arrived = by_guid(first, outcomes)
        folder = first.folder(wish.guid)
        assert folder is not None
        wrong = {guid: unlike(content, arrived[guid]) for guid, content in outcomes.items()}
        assert set(wrong.values()) == {()}, wrong
        assert {link.folder_ref for one in arrived.values() for link in one.links} == {folder.ref}
        again = an_upload(first, wish, outcomes.items())
        assert (await uploaded(harness, place, again)).state is UploadState.FINISHED
        assert await harness.gateway.outcomes_at(place) == first

    async def test_an_upload_renames_its_folder_and_changes_its_outcomes(
        self, harness: LmsSide
    ) -> None:
        place, wish, guid = a_place(harness, PlaceKind.COURSE), a_folder_wish("Old"), a_guid()
        before = an_upload(await harness.gateway.outcomes_at(place), wish, [(guid, a_content())])
        await uploaded(harness, place, before)
        first = await harness.gateway.outcomes_at(place)
        renamed = type(wish)(wish.guid, "New", wish.description)
        wanted = CONTENTS["zero and big"]
        await uploaded(harness, place, an_upload(first, renamed, [(guid, wanted)]))
        found = await harness.gateway.outcomes_at(place)
        assert titles_of(found, wish.guid) == ["New"]
        assert unlike(wanted, by_guid(found, [guid])[guid]) == ()
        assert by_guid(found, [guid])[guid].ref == by_guid(first, [guid])[guid].ref

    @KINDS
    async def test_an_outcome_shown_nowhere_else_goes_when_it_is_unlinked(
        self, harness: LmsSide, kind: PlaceKind
    ) -> None:
        place, guid = a_place(harness, kind), a_guid()
        folder = await harness.gateway.put_folder(place, a_folder_wish())
        added = await harness.gateway.add_outcome(place, folder.ref, guid, a_content())
        assert added.links[0].can_unlink
        for _ in range(2):  # the second time it is not there any more, which is no error
            await harness.gateway.unlink_outcome(place, folder.ref, added.ref)
        assert by_guid(await harness.gateway.outcomes_at(place), [guid]) == {}

    @KINDS
    async def test_an_emptied_folder_can_be_removed(
        self, harness: LmsSide, kind: PlaceKind
    ) -> None:
        place, wish = a_place(harness, kind), a_folder_wish()
        folder = await harness.gateway.put_folder(place, wish)
        await harness.gateway.remove_folder(place, folder.ref)
        assert titles_of(await harness.gateway.outcomes_at(place), wish.guid) == []

    async def test_the_rights_of_the_person_are_told(self, harness: LmsSide) -> None:
        places = [a_place(harness, kind) for kind in PlaceKind]
        assert [(await harness.gateway.outcome_rights(one)).hold for one in places] == [True, True]

    async def test_an_account_of_the_person_is_among_the_units(self, harness: LmsSide) -> None:
        place = a_place(harness, PlaceKind.ACCOUNT)
        account = LmsAccountRef(place.ref)
        units = {unit.ref: unit async for unit in harness.gateway.units()}
        found = await harness.gateway.outcomes_at(place)
        assert (await harness.gateway.unit(account)) == units[account]
        assert found.place == place
        assert found.root_account
