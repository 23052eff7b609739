"""What every LMS plug-in that declares people tells of the users of an account."""

from typing import ClassVar

import pytest

from application.errors import LmsForbidden
from application.ports.lms import LmsCapability
from tests.contract.harness import LmsHarness
from tests.contract.lms_scene import MORE_THAN_A_PAGE


class PeopleContract:
    """The whole account, to those who administer it and to nobody else."""

    needs: ClassVar[LmsCapability] = LmsCapability.PEOPLE

    async def test_all_users_of_an_account_come_once_however_many_pages(
        self, harness: LmsHarness
    ) -> None:
        account = harness.given_account()
        harness.given_outcome_admin(account)
        first, second = (harness.given_course(account=account) for _ in range(2))
        refs = [harness.given_student(first, sis_id=f"T{n}") for n in range(MORE_THAN_A_PAGE)]
        harness.given_student(second, sis_id="T-second")
        found = [user async for user in harness.gateway.users(account)]
        told = {user.ref: user.sis_id for user in found}
        assert len(told) == len(found)
        assert told.items() >= {ref: f"T{n}" for n, ref in enumerate(refs)}.items()

    async def test_users_are_told_to_administrators_only(self, harness: LmsHarness) -> None:
        account = harness.given_account()
        with pytest.raises(LmsForbidden) as caught:
            await anext(harness.gateway.users(account))
        assert caught.value.reason == "no-right"
