"""What every LMS plug-in that declares `courses` keeps: all courses of an account, and below."""

from typing import ClassVar

import pytest

from application.errors import LmsForbidden
from application.ports.lms import LmsCapability
from tests.contract.harness import LmsHarness
from tests.contract.lms_scene import MORE_THAN_A_PAGE, codes_of


class CoursesContract:
    needs: ClassVar[LmsCapability] = LmsCapability.COURSES

    async def test_all_courses_come_however_many_pages(self, harness: LmsHarness) -> None:
        account = harness.given_account()
        harness.given_outcome_admin(account)
        wanted = {
            harness.given_course(code=f"MATH {number}", account=account): f"MATH {number}"
            for number in range(MORE_THAN_A_PAGE)
        }
        found = await codes_of(harness.gateway, account)
        assert found == wanted

    async def test_those_below_belong_to_it_and_others_do_not(self, harness: LmsHarness) -> None:
        account, other = harness.given_account(), harness.given_account()
        below = harness.given_account(parent=account)
        harness.given_outcome_admin(account)
        inside = harness.given_course(code="IN", account=below)
        harness.given_course(code="OUT", account=other)
        assert await codes_of(harness.gateway, account) == {inside: "IN"}

    async def test_who_administers_nothing_there_is_refused(self, harness: LmsHarness) -> None:
        account = harness.given_account()
        harness.given_course(account=account)
        with pytest.raises(LmsForbidden):
            await codes_of(harness.gateway, account)
