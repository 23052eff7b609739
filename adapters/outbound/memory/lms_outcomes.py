"""What a person does with outcomes in the learning system in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from adapters.outbound.memory.lms_door import Acting
from adapters.outbound.memory.lms_outcome_changes import OutcomeChanges
from adapters.outbound.memory.lms_state import LmsState
from adapters.outbound.memory.lms_uploads import whole
from application.errors import LmsForbidden
from application.ports.lms_outcomes import (
    LmsUnit,
    OutcomeReader,
    OutcomeRights,
    OutcomeUpload,
    OutcomeWriter,
    UploadReport,
)
from domain.ids import LmsAccountRef, LmsCourseRef, LmsFolderRef, LmsOutcomeRef, LmsUserRef
from domain.outcomes.content import OutcomeContent
from domain.outcomes.found import Found, FoundFolder, FoundOutcome, OutcomePlace, PlaceKind
from domain.outcomes.sync_plan import FolderWish


@dataclass(frozen=True, slots=True, repr=False)
class MemoryOutcomes(Acting, OutcomeReader, OutcomeWriter):
    async def units(self) -> AsyncIterator[LmsUnit]:
        state, user = await self.enter()
        for unit in state.outcomes.units_below(user):
            yield unit

    async def unit(self, account: LmsAccountRef) -> LmsUnit:
        state, user = await self.enter()
        found = state.outcomes.unit(account)
        if not state.outcomes.administers(user, account):
            raise LmsForbidden("The person is no admin of this account.", reason="no-right")
        return found

    async def outcome_rights(self, place: OutcomePlace) -> OutcomeRights:
        state, user = await self.enter()
        return _rights(state, user, place)

    async def outcomes_at(self, place: OutcomePlace) -> Found:
        state, user = await self.enter()
        held = state.outcomes
        account = held.account_of(place)
        if not _belongs(state, user, place):
            raise LmsForbidden("The person may not see outcomes there.", reason="no-right")
        held.root_folder(place)
        return Found(
            place=place,
            root_account=list(held.accounts_from(account))[-1],
            folders=tuple(held.folders_in(place)),
            outcomes=tuple(
                held.found(place, one, editable=_rights(state, user, one.home).may_manage)
                for one in held.shown_in(place)
            ),
            mastery_scales=held.mastery_scales,
        )

    async def includes_are_kept(self) -> bool:
        state, _ = await self.enter()
        return state.outcomes.includes_kept

    def can_upload(self, content: OutcomeContent) -> bool:
        return whole(content)

    async def upload_outcomes(self, place: OutcomePlace, upload: OutcomeUpload) -> str:
        """Raises ValueError for content that `can_upload` denies."""
        if not all(self.can_upload(draft.content) for draft in upload.outcomes):
            message = "an upload takes whole numbers only"
            raise ValueError(message)
        state, user = await self.enter()
        if not _rights(state, user, place).may_import:
            raise LmsForbidden("The person may not import outcomes there.", reason="no-right")
        return state.uploads.take(place, upload)

    async def upload_report(
        self,
        place: OutcomePlace,
        reference: str,
        upload: OutcomeUpload,  # noqa: ARG002 the port's signature
    ) -> UploadReport:
        state, _ = await self.enter()
        if not state.hold_bulk:
            state.uploads.run()
        return state.uploads.report(place, reference)

    async def put_folder(self, place: OutcomePlace, folder: FolderWish) -> FoundFolder:
        changes = await self._enter_to_manage(place)
        return changes.put_folder(folder)

    async def add_outcome(
        self, place: OutcomePlace, folder: LmsFolderRef, guid: str, content: OutcomeContent
    ) -> FoundOutcome:
        changes = await self._enter_to_manage(place)
        made = changes.add(folder, guid, content)
        return changes.state.found(place, made, editable=True)

    async def change_outcome(
        self, place: OutcomePlace, outcome: LmsOutcomeRef, content: OutcomeContent
    ) -> FoundOutcome:
        """Whoever manages outcomes where it belongs may change it."""
        state, user = await self.enter()
        home = state.outcomes.outcome_in(place, outcome).home
        _check_managing(state, user, home)
        changed = OutcomeChanges(state.outcomes, place).change(outcome, content)
        return state.outcomes.found(place, changed, editable=True)

    async def unlink_outcome(
        self, place: OutcomePlace, folder: LmsFolderRef, outcome: LmsOutcomeRef
    ) -> None:
        changes = await self._enter_to_manage(place)
        changes.unlink(folder, outcome)

    async def remove_folder(self, place: OutcomePlace, folder: LmsFolderRef) -> None:
        changes = await self._enter_to_manage(place)
        changes.remove_folder(folder)

    async def _enter_to_manage(self, place: OutcomePlace) -> OutcomeChanges:
        state, user = await self.enter()
        _check_managing(state, user, place)
        return OutcomeChanges(state.outcomes, place)


def _check_managing(state: LmsState, user: LmsUserRef, place: OutcomePlace) -> None:
    if not _rights(state, user, place).may_manage:
        raise LmsForbidden("The person may not manage outcomes there.", reason="no-right")


def _rights(state: LmsState, user: LmsUserRef, place: OutcomePlace) -> OutcomeRights:
    """Admins of the account or one above it, and teachers of the course, unless taken away."""
    held = _belongs(state, user, place)
    return OutcomeRights(
        may_manage=held and place not in state.outcomes.unmanageable,
        may_import=held and place not in state.outcomes.unimportable,
    )


def _belongs(state: LmsState, user: LmsUserRef, place: OutcomePlace) -> bool:
    account = state.outcomes.account_of(place)
    teaches = place.kind is PlaceKind.COURSE and (LmsCourseRef(place.ref), user) in state.teachers
    return teaches or state.outcomes.administers(user, account)
