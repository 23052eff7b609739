"""What every LMS plug-in keeps about outcomes in sites that a test arranges."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

import pytest

from application.errors import (
    LmsError,
    LmsForbidden,
    LmsRateLimited,
    LmsRecordMissing,
    LmsRefused,
    LmsSpokeNonsense,
    LmsUnauthorised,
    LmsUnavailable,
)
from application.ports.lms import LmsCapability, LmsGateway
from application.ports.lms_outcomes import OutcomeUpload
from domain.ids import LmsAccountRef, LmsCourseRef
from domain.outcomes.found import Found, OutcomePlace, PlaceKind
from tests.contract.harness import Fault, LmsHarness
from tests.contract.lms_outcome_scene import (
    NO_ACCOUNT,
    NO_COURSE,
    NO_FOLDER,
    NO_OUTCOME,
    a_content,
    a_folder_wish,
    a_guid,
    a_place,
    account_place,
    an_upload,
    chosen,
    course_place,
)
from tests.contract.lms_scene import MORE_THAN_A_PAGE, shows_no_secret

PLACES = pytest.mark.parametrize("kind", PlaceKind)
Write = Callable[[LmsGateway, OutcomePlace], Awaitable[object]]


def _upload(place: OutcomePlace) -> OutcomeUpload:
    found = Found(place, LmsAccountRef("1"), (), (), mastery_scales=False)
    return an_upload(found, a_folder_wish(), [(a_guid(), a_content())])


def _read(gateway: LmsGateway, place: OutcomePlace) -> Awaitable[object]:
    return gateway.outcomes_at(place)


WRITES: dict[str, Write] = {
    "folder": lambda gateway, place: gateway.put_folder(place, a_folder_wish()),
    "add": lambda gateway, place: gateway.add_outcome(place, NO_FOLDER, a_guid(), a_content()),
    "upload": lambda gateway, place: gateway.upload_outcomes(place, _upload(place)),
}


class OutcomeRulesContract:
    """Places come whole; rights, links and row errors are told as they are."""

    needs: ClassVar[LmsCapability] = LmsCapability.OUTCOMES

    @PLACES
    async def test_a_place_is_read_whole_however_many_pages(
        self, harness: LmsHarness, kind: PlaceKind
    ) -> None:
        place = a_place(harness, kind)
        folders = {harness.given_folder(place, f"F{at}") for at in range(MORE_THAN_A_PAGE)}
        outcomes = {
            harness.given_outcome(place, a_content(f"O{at}"), folder=folder)
            for at, folder in enumerate(sorted(folders))
        }
        found = await harness.gateway.outcomes_at(place)
        roots = [folder.ref for folder in found.folders if folder.parent_ref is None]
        assert len(roots) == 1
        assert {folder.ref for folder in found.folders} == folders | set(roots)
        assert {one.ref for one in found.outcomes} == outcomes
        assert {link.folder_ref for one in found.outcomes for link in one.links} == folders
        assert not found.mastery_scales

    async def test_an_outcome_of_an_account_above_is_shown_and_not_owned(
        self, harness: LmsHarness
    ) -> None:
        account = harness.given_account()
        course = course_place(harness.given_course(account=account))
        outcome = harness.given_outcome(account_place(account), a_content())
        harness.given_link(course, outcome)
        (shown,) = (await harness.gateway.outcomes_at(course)).outcomes
        assert (shown.ref, shown.owned, shown.editable) == (outcome, False, False)
        with pytest.raises(LmsForbidden) as caught:
            await harness.gateway.change_outcome(course, outcome, a_content("Mine now"))
        assert caught.value.reason == "no-right"

    async def test_the_last_link_of_an_outcome_in_use_stays(self, harness: LmsHarness) -> None:
        course = harness.given_course()
        place = course_place(course)
        first, second = (harness.given_folder(place, title) for title in ("One", "Two"))
        outcome = harness.given_outcome(place, a_content(), folder=first)
        harness.given_link(place, outcome, folder=second)
        harness.given_rubric_assignment(course, [outcome])
        await harness.gateway.unlink_outcome(place, first, outcome)
        (left,) = (await harness.gateway.outcomes_at(place)).outcomes
        assert [(link.folder_ref, link.can_unlink) for link in left.links] == [(second, False)]
        with pytest.raises(LmsRefused) as caught:
            await harness.gateway.unlink_outcome(place, second, outcome)
        assert caught.value.reason == "aligned"
        assert (await harness.gateway.outcomes_at(place)).outcomes == (left,)

    async def test_an_account_keeps_what_a_course_below_uses(self, harness: LmsHarness) -> None:
        account = harness.given_account()
        harness.given_outcome_admin(account)
        place, course = account_place(account), harness.given_course(account=account)
        folder = harness.given_folder(place, "Ours")
        outcome = harness.given_outcome(place, a_content(), folder=folder)
        harness.given_rubric_assignment(course, [outcome])
        with pytest.raises(LmsRefused) as caught:
            await harness.gateway.unlink_outcome(place, folder, outcome)
        assert caught.value.reason == "aligned"

    async def test_an_assessed_outcome_is_told(self, harness: LmsHarness) -> None:
        course = harness.given_course()
        outcome = harness.given_outcome(course_place(course), a_content())
        assignment = harness.given_rubric_assignment(course, [outcome])
        (before,) = (await harness.gateway.outcomes_at(course_place(course))).outcomes
        await _rate_highest(harness, course)
        (after,) = (await harness.gateway.outcomes_at(course_place(course))).outcomes
        assert (before.assessed, after.assessed) == (False, True)
        assert await harness.gateway.rubric_is_used(course, assignment)

    @PLACES
    async def test_lost_rights_are_false_and_no_error(
        self, harness: LmsHarness, kind: PlaceKind
    ) -> None:
        place = a_place(harness, kind)
        harness.given_outcome_rights_lost(place)
        rights = await harness.gateway.outcome_rights(place)
        assert (rights.may_manage, rights.may_import) == (False, False)

    async def test_in_a_strange_account_nothing_is_allowed(self, harness: LmsHarness) -> None:
        rights = await harness.gateway.outcome_rights(account_place(harness.given_account()))
        assert not rights.hold

    @pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
    async def test_an_admin_revoked_midway_is_stopped_at_the_next_call(
        self, harness: LmsHarness, write: Write
    ) -> None:
        account = harness.given_account()
        harness.given_outcome_admin(account)
        place = account_place(account)
        await harness.gateway.put_folder(place, a_folder_wish())
        harness.given_admin_revoked(account)
        with pytest.raises(LmsForbidden) as caught:
            await write(harness.gateway, place)
        assert caught.value.reason == "no-right"
        assert not (await harness.gateway.outcome_rights(place)).hold
        assert harness.renewals() == 0

    async def test_a_missing_scope_is_named(self, harness: LmsHarness) -> None:
        place = a_place(harness, PlaceKind.COURSE)
        harness.given_scope_lost()
        with pytest.raises(LmsForbidden) as caught:
            await harness.gateway.outcomes_at(place)
        assert caught.value.reason == "no-scope"

    @pytest.mark.parametrize("place", [NO_ACCOUNT, NO_COURSE], ids=str)
    async def test_a_missing_place_is_missing(
        self, harness: LmsHarness, place: OutcomePlace
    ) -> None:
        calls = (harness.gateway.outcomes_at, harness.gateway.outcome_rights)
        for call in calls:
            with pytest.raises(LmsRecordMissing):
                await call(place)
        for write in WRITES.values():
            with pytest.raises(LmsRecordMissing):
                await write(harness.gateway, place)

    async def test_a_missing_folder_or_outcome_is_missing(self, harness: LmsHarness) -> None:
        place = a_place(harness, PlaceKind.COURSE)
        with pytest.raises(LmsRecordMissing):
            await harness.gateway.add_outcome(place, NO_FOLDER, a_guid(), a_content())
        with pytest.raises(LmsRecordMissing):
            await harness.gateway.change_outcome(place, NO_OUTCOME, a_content())

    async def test_units_come_with_all_that_is_below_parents_first(
        self, harness: LmsHarness
    ) -> None:
        mine, strange = harness.given_account(sis_id="MATH"), harness.given_account()
        below = harness.given_account(parent=mine)
        lowest = [harness.given_account(parent=below) for _ in range(MORE_THAN_A_PAGE)]
        for account in (mine, below):  # administered twice over, listed once
            harness.given_outcome_admin(account)
        units = [unit async for unit in harness.gateway.units()]
        refs = [unit.ref for unit in units]
        assert sorted(refs) == sorted([mine, below, *lowest])
        assert refs[:2] == [mine, below]
        assert (units[0].sis_id, units[1].parent_ref) == ("MATH", mine)
        assert strange not in refs

    async def test_who_administers_nothing_has_no_units(self, harness: LmsHarness) -> None:
        harness.given_account()
        assert [unit async for unit in harness.gateway.units()] == []

    async def test_a_missing_unit_is_missing(self, harness: LmsHarness) -> None:
        with pytest.raises(LmsRecordMissing):
            await harness.gateway.unit(LmsAccountRef(NO_ACCOUNT.ref))

    async def test_behind_mastery_scales_no_scale_is_told(self, harness: LmsHarness) -> None:
        place = a_place(harness, PlaceKind.ACCOUNT)
        outcome = harness.given_outcome(place, a_content())
        harness.given_mastery_scales()
        found = await harness.gateway.outcomes_at(place)
        assert found.mastery_scales
        assert [(one.ref, one.content.scale) for one in found.outcomes] == [(outcome, None)]
        with pytest.raises(LmsRefused) as caught:
            await harness.gateway.change_outcome(place, outcome, a_content("With a scale"))
        assert caught.value.reason == "mastery-scales"

    async def test_stripped_includes_are_noticed(self, harness: LmsHarness) -> None:
        harness.given_course()
        before = await harness.gateway.includes_are_kept()
        harness.given_includes_stripped()
        assert (before, await harness.gateway.includes_are_kept()) == (True, False)

    @pytest.mark.parametrize(
        ("fault", "error"),
        [
            (Fault.THROTTLED, LmsRateLimited),
            (Fault.TIMEOUT, LmsUnavailable),
            (Fault.GARBLED, LmsSpokeNonsense),
            (Fault.SERVER_ERROR, LmsUnavailable),
        ],
    )
    async def test_a_fault_is_named_and_shows_no_secret(
        self, harness: LmsHarness, fault: Fault, error: type[LmsError]
    ) -> None:
        place = a_place(harness, PlaceKind.COURSE)
        for call in (WRITES["folder"], WRITES["upload"], _read):
            harness.fail_next(fault)
            with pytest.raises(error) as caught:
                await call(harness.gateway, place)
            shows_no_secret(harness, caught.value)

    async def test_withdrawn_consent_needs_a_person_here_too(self, harness: LmsHarness) -> None:
        place = a_place(harness, PlaceKind.COURSE)
        harness.withdraw_consent()
        with pytest.raises(LmsUnauthorised) as caught:
            await harness.gateway.outcomes_at(place)
        shows_no_secret(harness, caught.value)


async def _rate_highest(harness: LmsHarness, course: LmsCourseRef) -> None:
    """Give a new student the highest rating on every row of the course's only rubric."""
    (assignment,) = [one async for one in harness.gateway.rubric_assignments(course)]
    assert assignment.rubric is not None
    given = [chosen(row, str(row.ratings[0].points)) for row in assignment.rubric.criteria]
    harness.given_rating(assignment.ref, harness.given_student(course), given)
