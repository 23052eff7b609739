"""Canvas' outcomes as an `OutcomeWriter`: its CSV import, and single calls."""

from contextlib import suppress

from adapters.outbound.canvas import outcome_csv, outcome_payloads, outcome_translate
from adapters.outbound.canvas.client import CanvasClient
from adapters.outbound.canvas.outcome_payloads import FolderPayload, ImportPayload
from adapters.outbound.canvas.paths import (
    folder_path,
    link_path,
    outcome_path,
    place_path,
    segment,
)
from application.errors import LmsForbidden, LmsRecordMissing, LmsRefused
from application.ports.lms_outcomes import (
    OutcomeUpload,
    OutcomeWriter,
    UploadReport,
    UploadState,
)
from domain.ids import LmsFolderRef, LmsOutcomeRef
from domain.outcomes.content import OutcomeContent
from domain.outcomes.found import FoundFolder, FoundOutcome, OutcomePlace
from domain.outcomes.sync_plan import FolderWish

_STATES = {"succeeded": UploadState.FINISHED, "failed": UploadState.BROKEN}


class CanvasOutcomeWriter(OutcomeWriter):
    def __init__(self, client: CanvasClient) -> None:
        self._client = client

    def can_upload(self, content: OutcomeContent) -> bool:
        return outcome_csv.fits(content)

    async def upload_outcomes(self, place: OutcomePlace, upload: OutcomeUpload) -> str:
        """Raises ValueError for content that `can_upload` denies."""
        if not all(self.can_upload(draft.content) for draft in upload.outcomes):
            message = "an upload takes whole numbers only"
            raise ValueError(message)
        file = outcome_csv.csv_of(upload, await self._descriptions(place, upload))
        path = f"{place_path(place)}/outcome_imports"
        return str((await self._client.upload(path, file, outcome_payloads.IMPORT)).id)

    async def upload_report(
        self, place: OutcomePlace, reference: str, upload: OutcomeUpload
    ) -> UploadReport:
        """Canvas says `succeeded` whenever it came to the end, with whatever errors of rows.

        The import takes an outcome out of the root folder when it has others: where it shall
        be in both, it is put back before the end is told.
        """
        path = f"{place_path(place)}/outcome_imports/{segment(reference)}"
        told = await self._client.read(path, outcome_payloads.IMPORT)
        state = _STATES.get(told.workflow_state, UploadState.RUNNING)
        if state is UploadState.FINISHED:
            await self._put_back_into_root(place, upload)
        errors = outcome_csv.errors_by_guid(upload, told.processing_errors)
        return UploadReport(state, _per_cent(told), errors)

    async def put_folder(self, place: OutcomePlace, folder: FolderWish) -> FoundFolder:
        listed = await self._listed(place)
        known = next((one for one in listed if one.vendor_guid == folder.guid), None)
        form = outcome_translate.folder_form(folder)
        if known is None:
            root = await self._root(place, listed)
            path, method = f"{folder_path(place, root)}/subgroups", "POST"
        else:
            path, method = folder_path(place, LmsFolderRef(str(known.id))), "PUT"
        written = await self._client.write(method, path, form, outcome_payloads.FOLDER)
        return outcome_translate.folder_from(written)

    async def add_outcome(
        self, place: OutcomePlace, folder: LmsFolderRef, guid: str, content: OutcomeContent
    ) -> FoundOutcome:
        """Canvas' answer shows the outcome in short, so it is read back."""
        path = f"{folder_path(place, folder)}/outcomes"
        body = outcome_translate.outcome_body(content) | {"vendor_guid": guid}
        link = await self._client.write_json("POST", path, body, outcome_payloads.LINK)
        there = outcome_path(LmsOutcomeRef(str(link.outcome.id)))
        outcome = await self._client.read(there, outcome_payloads.OUTCOME)
        return outcome_translate.outcome_from(place, outcome, [outcome_translate.link_from(link)])

    async def change_outcome(
        self, place: OutcomePlace, outcome: LmsOutcomeRef, content: OutcomeContent
    ) -> FoundOutcome:
        """Canvas' answer names no folders: `links` are empty."""
        body = outcome_translate.outcome_body(content)
        path = outcome_path(outcome)
        written = await self._client.write_json("PUT", path, body, outcome_payloads.OUTCOME)
        return outcome_translate.outcome_from(place, written, ())

    async def unlink_outcome(
        self, place: OutcomePlace, folder: LmsFolderRef, outcome: LmsOutcomeRef
    ) -> None:
        with suppress(LmsRecordMissing):
            await self._delete(link_path(place, folder, outcome))

    async def remove_folder(self, place: OutcomePlace, folder: LmsFolderRef) -> None:
        """Canvas deletes all that is below it, too; for outcomes in use it refuses."""
        await self._delete(folder_path(place, folder))

    async def _delete(self, path: str) -> None:
        """Canvas refuses with 400 for outcomes in use only, and partly says just `error`."""
        try:
            await self._client.delete(path)
        except (LmsRecordMissing, LmsForbidden):
            raise
        except LmsRefused as error:
            raise LmsRefused("A rubric in Canvas uses the outcome.", reason="aligned") from error

    async def _listed(self, place: OutcomePlace) -> list[FolderPayload]:
        path = f"{place_path(place)}/outcome_groups"
        return await self._client.whole(path, outcome_payloads.FOLDERS)

    async def _root(self, place: OutcomePlace, listed: list[FolderPayload]) -> LmsFolderRef:
        """Canvas makes the root folder when it is first asked for."""
        known = next((one for one in listed if one.parent_outcome_group is None), None)
        if known is None:
            path = f"{place_path(place)}/root_outcome_group"
            known = await self._client.read_redirected(path, outcome_payloads.FOLDER)
        return LmsFolderRef(str(known.id))

    async def _descriptions(
        self, place: OutcomePlace, upload: OutcomeUpload
    ) -> dict[LmsFolderRef, str]:
        """The HTML of folders that the file repeats: what others wrote goes back unchanged."""
        if not any(folder.description for folder in outcome_csv.repeated(upload)):
            return {}
        listed = await self._listed(place)
        return {LmsFolderRef(str(one.id)): one.description or "" for one in listed}

    async def _put_back_into_root(self, place: OutcomePlace, upload: OutcomeUpload) -> None:
        for draft in upload.outcomes:
            root = outcome_csv.root_beside_others(draft, upload.found)
            known = upload.found.outcome(None, draft.guid)
            if root is None or known is None:
                continue
            path = link_path(place, root, known.ref)
            # A row that was refused may have left the outcome as it was, or deleted meanwhile.
            with suppress(LmsRecordMissing):
                await self._client.write("PUT", path, {}, outcome_payloads.LINK)


def _per_cent(told: ImportPayload) -> int:
    try:
        return int(float(told.progress or 0))
    except ValueError:
        return 0
