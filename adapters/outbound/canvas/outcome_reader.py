"""Canvas' accounts, rights and outcomes as an `OutcomeReader`."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import partial

from msgspec import UNSET

from adapters.outbound.canvas import outcome_payloads, outcome_translate
from adapters.outbound.canvas.at_once import at_once
from adapters.outbound.canvas.client import CanvasClient, Params
from adapters.outbound.canvas.paths import place_path, segment
from application.errors import LmsForbidden, LmsRecordMissing
from application.ports.lms_outcomes import LmsUnit, OutcomeReader, OutcomeRights
from domain.ids import LmsAccountRef
from domain.outcomes.found import Found, FoundFolder, OutcomePlace, PlaceKind

MASTERY_SCALES = "account_level_mastery_scales"
_RIGHTS: Params = (("permissions[]", "manage_outcomes"), ("permissions[]", "import_outcomes"))
_FULL: Params = (("outcome_style", "full"),)
_ALL_BELOW: Params = (("recursive", "true"),)
_TERMED: Params = (("enrollment_type", "teacher"), ("include[]", "term"), ("per_page", "10"))
_KEYED: Params = (("include[]", "lti_guid"), ("per_page", "1"))


class CanvasOutcomeReader(OutcomeReader):
    def __init__(self, client: CanvasClient) -> None:
        self._client = client

    async def units(self) -> AsyncIterator[LmsUnit]:
        """Canvas lists accounts where the person has a role; rights go down to all below."""
        own = await self._client.whole("/accounts", outcome_payloads.UNITS)
        own_refs = {str(account.id) for account in own}
        tops = [account for account in own if str(account.parent_account_id) not in own_refs]
        async with at_once() as calls:
            below = [calls.start(partial(self._below, account)) for account in tops]
        listed = [*own, *(account for pending in below for account in pending.answer)]
        for unit in outcome_translate.parents_first(map(outcome_translate.unit_from, listed)):
            yield unit

    async def unit(self, account: LmsAccountRef) -> LmsUnit:
        path = f"/accounts/{segment(account)}"
        return outcome_translate.unit_from(await self._client.read(path, outcome_payloads.UNIT))

    async def outcome_rights(self, place: OutcomePlace) -> OutcomeRights:
        """Canvas refuses the question itself to somebody without any role in the place."""
        path = f"{place_path(place)}/permissions"
        try:
            rights = await self._client.read(path, outcome_payloads.RIGHTS, _RIGHTS)
        except LmsForbidden as error:
            if error.reason != "no-right":
                raise
            return OutcomeRights(may_manage=False, may_import=False)
        return OutcomeRights(rights.manage_outcomes, rights.import_outcomes)

    async def outcomes_at(self, place: OutcomePlace) -> Found:
        """Folders, links and the root account are asked for at once."""
        base = place_path(place)
        links_of = partial(
            self._client.whole, f"{base}/outcome_group_links", outcome_payloads.LINKS, _FULL
        )
        async with at_once() as calls:
            root = calls.start(partial(self._root_account, place))
            folders = calls.start(partial(self._folders, place))
            links = calls.start(links_of)
        return Found(
            place=place,
            root_account=root.answer,
            folders=tuple(folders.answer),
            outcomes=outcome_translate.outcomes_from(place, links.answer),
            mastery_scales=await self._mastery_scales(root.answer, links.answer),
        )

    async def includes_are_kept(self) -> bool:
        """Canvas cuts `include[]` of a key that may not use it, without a word.

        So something is asked for whose key is always there: the term of a course taught, or
        an account's LTI guid. True where the person has neither.
        """
        probes: tuple[Callable[[], Awaitable[bool | None]], ...] = (
            self._term_came,
            self._guid_came,
        )
        for probe in probes:
            with suppress(LmsForbidden):
                kept = await probe()
                if kept is not None:
                    return kept
        return True

    async def _term_came(self) -> bool | None:
        """None: no course tells. One barred by its dates has no term whatever is asked."""
        asked = await self._client.read("/courses", outcome_payloads.TERMED_COURSES, _TERMED)
        told = [
            course.term is not UNSET for course in asked if not course.access_restricted_by_date
        ]
        return any(told) if told else None

    async def _guid_came(self) -> bool | None:
        asked = await self._client.read("/accounts", outcome_payloads.UNITS, _KEYED)
        return asked[0].lti_guid is not UNSET if asked else None

    async def _below(
        self, account: outcome_payloads.UnitPayload
    ) -> list[outcome_payloads.UnitPayload]:
        path = f"/accounts/{segment(str(account.id))}/sub_accounts"
        return await self._client.whole(path, outcome_payloads.UNITS, _ALL_BELOW)

    async def _folders(self, place: OutcomePlace) -> list[FoundFolder]:
        path = f"{place_path(place)}/outcome_groups"
        listed = await self._client.whole(path, outcome_payloads.FOLDERS)
        return [outcome_translate.folder_from(folder) for folder in listed]

    async def _root_account(self, place: OutcomePlace) -> LmsAccountRef:
        if place.kind is PlaceKind.COURSE:
            course = await self._client.read(place_path(place), outcome_payloads.PLACED_COURSE)
            if course.root_account_id is None:
                raise LmsForbidden("The course is closed to the person.", reason="no-right")
            return outcome_translate.account_ref(course.root_account_id)
        account = await self._client.read(place_path(place), outcome_payloads.UNIT)
        return outcome_translate.account_ref(account.root_account_id or account.id)

    async def _mastery_scales(
        self, root: LmsAccountRef, links: list[outcome_payloads.LinkPayload]
    ) -> bool:
        """Outcomes tell by what they lack; in an empty place the feature is asked for.

        Not everybody may ask that. Then the first outcome will tell.
        """
        if links:
            return any(outcome_translate.hides_scale(link.outcome) for link in links)
        path = f"/accounts/{segment(root)}/features/enabled"
        with suppress(LmsForbidden, LmsRecordMissing):
            return MASTERY_SCALES in await self._client.read(path, outcome_payloads.FEATURES)
        return False
