"""What every LMS plug-in does with tokens, rights and faults."""

from collections.abc import Awaitable, Callable
from decimal import Decimal

import anyio
import pytest

from application.errors import (
    LmsCannot,
    LmsError,
    LmsForbidden,
    LmsRateLimited,
    LmsSpokeNonsense,
    LmsUnauthorised,
    LmsUnavailable,
)
from application.ports.lms import LmsCapability
from tests.contract.harness import Fault, LmsHarness
from tests.contract.lms_outcome_scene import course_place, rubric_assignment
from tests.contract.lms_scene import (
    a_scene,
    first_student,
    first_user,
    handed_in,
    listed_courses,
    post_once,
    put_once,
    read_once,
    redeemed,
    shows_no_secret,
)


class TrustContract:
    """Tokens are renewed once, faults are named, secrets are kept."""

    async def test_a_lost_right_is_no_lost_authorisation(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        harness.given_right_lost(scene.course)
        for write in (put_once, post_once):
            with pytest.raises(LmsForbidden) as caught:
                await write(harness.gateway, scene)
            assert caught.value.reason == "no-right"
        assert harness.renewals() == 0

    async def test_a_lost_scope_is_named(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        harness.given_scope_lost()
        with pytest.raises(LmsForbidden) as caught:
            await harness.gateway.assignment(scene.course, scene.assignment)
        assert caught.value.reason == "no-scope"
        assert harness.renewals() == 0

    @pytest.mark.parametrize(
        ("fault", "error", "caused"),
        [
            (Fault.THROTTLED, LmsRateLimited, False),
            (Fault.TIMEOUT, LmsUnavailable, True),
            (Fault.GARBLED, LmsSpokeNonsense, True),
            (Fault.SERVER_ERROR, LmsUnavailable, False),
        ],
    )
    async def test_a_fault_is_named_with_its_cause(
        self, harness: LmsHarness, fault: Fault, error: type[LmsError], *, caused: bool
    ) -> None:
        scene = a_scene(harness)
        for call in (read_once, put_once):
            harness.fail_next(fault)
            with pytest.raises(error) as caught:
                await call(harness.gateway, scene)
            assert type(caught.value) is error
            assert (caught.value.__cause__ is not None) or not caused
            shows_no_secret(harness, caught.value)

    async def test_a_throttled_call_says_when_to_come_again(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        harness.fail_next(Fault.THROTTLED)
        with pytest.raises(LmsRateLimited) as caught:
            await read_once(harness.gateway, scene)
        assert caught.value.retry_after is not None
        assert caught.value.retry_after > 0

    async def test_an_expired_token_is_renewed_once_for_all(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        harness.expire_token()
        async with anyio.create_task_group() as group:
            for _ in range(6):
                group.start_soon(read_once, harness.gateway, scene)
        assert harness.renewals() == 1

    async def test_a_write_goes_on_with_the_renewed_token(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        harness.expire_token()
        await put_once(harness.gateway, scene)
        assert harness.grades_shown(scene.assignment) == {scene.student: Decimal(1)}
        assert harness.renewals() == 1

    async def test_withdrawn_consent_needs_a_person(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        harness.withdraw_consent()
        with pytest.raises(LmsUnauthorised) as caught:
            await read_once(harness.gateway, scene)
        shows_no_secret(harness, caught.value)

    async def test_what_is_declared_works_and_the_rest_says_so(self, harness: LmsHarness) -> None:
        scene, account = a_scene(harness), harness.given_account()
        harness.given_outcome_admin(account)
        harness.given_student(harness.given_course(account=account))
        proofs: dict[LmsCapability, Callable[[], Awaitable[object]]] = {
            LmsCapability.GRADES: lambda: put_once(harness.gateway, scene),
            LmsCapability.ROSTERS: lambda: first_student(harness.gateway, scene),
            LmsCapability.PEOPLE: lambda: first_user(harness.gateway, account),
            LmsCapability.SIGN_IN: lambda: redeemed(harness),
            LmsCapability.OUTCOMES: lambda: harness.gateway.outcomes_at(course_place(scene.course)),
            LmsCapability.RUBRICS: lambda: rubric_assignment(
                harness.gateway, scene.course, scene.assignment
            ),
            LmsCapability.COURSES: lambda: listed_courses(harness),
            LmsCapability.SUBMISSIONS: lambda: handed_in(harness, scene),
        }
        assert set(proofs) == set(LmsCapability)
        for capability, proof in proofs.items():
            if capability in harness.gateway.capabilities:
                assert await proof() is not None
            else:
                with pytest.raises(LmsCannot):
                    await proof()

    async def test_nothing_secret_is_shown(self, harness: LmsHarness) -> None:
        for thing in (harness.lms, harness.gateway, harness.site):
            assert not [secret for secret in harness.secrets() if secret in repr(thing)]
