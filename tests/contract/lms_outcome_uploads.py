"""What every LMS plug-in keeps about uploads of outcomes, in sites that a test arranges."""

from typing import ClassVar

import pytest

from application.errors import LmsRecordMissing
from application.ports.lms import LmsCapability
from application.ports.lms_outcomes import OutcomeDraft, OutcomeUpload, UploadState
from domain.outcomes.found import PlaceKind
from tests.contract.harness import LmsHarness
from tests.contract.lms_outcome_scene import (
    a_content,
    a_folder_wish,
    a_guid,
    a_place,
    an_upload,
    by_guid,
    uploaded,
)

TOO_LONG = "x" * 256


class OutcomeUploadsContract:
    """An upload is worked off row by row, and tells what could not be."""

    needs: ClassVar[LmsCapability] = LmsCapability.OUTCOMES

    async def test_folders_that_are_not_named_lose_an_uploaded_outcome(
        self, harness: LmsHarness
    ) -> None:
        place, guid, wish = a_place(harness, PlaceKind.COURSE), a_guid(), a_folder_wish()
        kept = harness.given_folder(place, "Kept", guid=a_guid())
        lost = harness.given_folder(place, "Lost", guid=a_guid())
        outcome = harness.given_outcome(place, a_content(), guid=guid, folder=kept)
        harness.given_link(place, outcome, folder=lost)
        found = await harness.gateway.outcomes_at(place)
        draft = OutcomeDraft(guid, a_content(), (wish.guid, kept))
        await uploaded(harness, place, OutcomeUpload((wish,), (draft,), found))
        after = await harness.gateway.outcomes_at(place)
        made = after.folder(wish.guid)
        assert made is not None
        links = {link.folder_ref for link in by_guid(after, [guid])[guid].links}
        assert links == {kept, made.ref}

    async def test_rows_with_errors_are_named_and_the_others_arrive(
        self, harness: LmsHarness
    ) -> None:
        place, good, bad = a_place(harness, PlaceKind.ACCOUNT), a_guid(), a_guid()
        rows = [(bad, a_content(TOO_LONG)), (good, a_content())]
        found = await harness.gateway.outcomes_at(place)
        report = await uploaded(harness, place, an_upload(found, a_folder_wish(), rows))
        assert (report.state, set(report.errors)) == (UploadState.FINISHED, {bad})
        assert report.errors[bad]
        after = await harness.gateway.outcomes_at(place)
        assert set(by_guid(after, [good, bad])) == {good}

    async def test_a_guid_that_somebody_else_has_is_a_row_error(self, harness: LmsHarness) -> None:
        place, guid = a_place(harness, PlaceKind.COURSE), a_guid()
        harness.given_outcome(a_place(harness, PlaceKind.COURSE), a_content(), guid=guid)
        found = await harness.gateway.outcomes_at(place)
        upload = an_upload(found, a_folder_wish(), [(guid, a_content())])
        assert set((await uploaded(harness, place, upload)).errors) == {guid}
        assert by_guid(await harness.gateway.outcomes_at(place), [guid]) == {}

    async def test_an_upload_waits_until_it_is_worked_off(self, harness: LmsHarness) -> None:
        place, guid = a_place(harness, PlaceKind.COURSE), a_guid()
        found = await harness.gateway.outcomes_at(place)
        upload = an_upload(found, a_folder_wish(), [(guid, a_content())])
        reference = await harness.gateway.upload_outcomes(place, upload)
        waiting = await harness.gateway.upload_report(place, reference, upload)
        assert waiting.state is UploadState.RUNNING
        assert by_guid(await harness.gateway.outcomes_at(place), [guid]) == {}
        await harness.time_passes()
        done = await harness.gateway.upload_report(place, reference, upload)
        assert (done.state, done.done) == (UploadState.FINISHED, 100)

    async def test_an_upload_that_breaks_says_so(self, harness: LmsHarness) -> None:
        place, guid = a_place(harness, PlaceKind.COURSE), a_guid()
        harness.given_broken_uploads()
        found = await harness.gateway.outcomes_at(place)
        upload = an_upload(found, a_folder_wish(), [(guid, a_content())])
        assert (await uploaded(harness, place, upload)).state is UploadState.BROKEN
        assert by_guid(await harness.gateway.outcomes_at(place), [guid]) == {}

    async def test_a_forgotten_upload_is_missing(self, harness: LmsHarness) -> None:
        place = a_place(harness, PlaceKind.COURSE)
        found = await harness.gateway.outcomes_at(place)
        upload = an_upload(found, a_folder_wish(), [(a_guid(), a_content())])
        with pytest.raises(LmsRecordMissing):
            await harness.gateway.upload_report(place, "987654321", upload)
