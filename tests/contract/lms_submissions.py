"""What every LMS plug-in that declares submissions tells of what was handed in."""

from typing import ClassVar

import pytest

from application.errors import LmsRecordMissing
from application.ports.lms import LmsCapability
from tests.contract.harness import LmsHarness
from tests.contract.lms_scene import NOTHING, a_scene

ADDRESS = "https://example.edu/essay"


class SubmissionsContract:
    """The newest of each student who handed in, and of nobody else."""

    needs: ClassVar[LmsCapability] = LmsCapability.SUBMISSIONS

    async def test_what_was_handed_in_is_told(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        harness.given_student(scene.course)
        harness.given_handed_in(scene.assignment, scene.student, ADDRESS)
        told = [one async for one in harness.gateway.submissions(scene.course, scene.assignment)]

        assert [one.user_ref for one in told] == [scene.student]
        assert (told[0].url, told[0].attempt, told[0].files) == (ADDRESS, 1, ())
        assert told[0].handed_in_at is not None
        assert told[0].page.startswith("http")
        assert "?" not in told[0].page

    async def test_another_attempt_takes_the_place_of_the_first(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        for page in ("first", "second"):
            harness.given_handed_in(scene.assignment, scene.student, f"{ADDRESS}/{page}")
        told = [one async for one in harness.gateway.submissions(scene.course, scene.assignment)]

        assert [(one.url, one.attempt) for one in told] == [(f"{ADDRESS}/second", 2)]

    async def test_a_missing_assignment_is_named(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        with pytest.raises(LmsRecordMissing):
            await anext(harness.gateway.submissions(scene.course, NOTHING))
