"""The harness for a real Canvas, over a practice Canvas that is served: it leaves nothing."""

from collections.abc import Iterator

import pytest

from domain.outcomes.found import PlaceKind
from sandbox.canvas.app import Canvas
from sandbox.canvas.seed import (
    AccountSeed,
    CourseSeed,
    EnrollmentSeed,
    RootAccountSeed,
    SectionSeed,
    Seed,
    TermSeed,
    UserSeed,
)
from sandbox.canvas.serving import running
from tests.contract import real_canvas
from tests.contract.lms_outcome_scene import (
    a_content,
    a_criterion,
    a_draft,
    a_folder_wish,
    a_guid,
    a_place,
)

TOKEN = "1234~made-by-hand-for-the-suite"


def a_college() -> Seed:
    return Seed(
        host="http://canvas.test",
        root_account=RootAccountSeed(id=1, name="Practice College"),
        accounts=[AccountSeed(id=7, name="Mathematics", parent=1)],
        terms=[TermSeed(id=5, name="Spring")],
        users=[UserSeed(id=900, name="Ada", login_id="ada", admin_of=[7], token=TOKEN)],
        courses=[
            CourseSeed(
                id=55,
                name="Calculus",
                course_code="MATH 1",
                account_id=7,
                term_id=5,
                sections=[SectionSeed(id=66, name="Main")],
            )
        ],
        enrollments=[
            EnrollmentSeed(user_id=900, course_id=55, section_id=66, type="TeacherEnrollment")
        ],
    )


@pytest.fixture
def canvas(monkeypatch: pytest.MonkeyPatch) -> Iterator[Canvas]:
    served = Canvas(a_college(), seed_chance=7)
    with running(served) as url:
        given = {"URL": url, "TOKEN": TOKEN, "ACCOUNT": "7", "COURSE": "55"}
        for name, value in given.items():
            monkeypatch.setenv(f"{real_canvas.PREFIX}{name}", value)
        yield served


async def test_whatever_a_test_made_is_gone_at_the_end(canvas: Canvas) -> None:
    assert real_canvas.is_configured()
    async with real_canvas.opened() as side:
        place, course = a_place(side, PlaceKind.COURSE), side.given_course()
        folder = await side.gateway.put_folder(place, a_folder_wish())
        outcome = await side.gateway.add_outcome(place, folder.ref, a_guid(), a_content())
        assignment = side.given_assignment(course)
        draft = a_draft(a_criterion("one", outcome.ref))
        await side.gateway.put_rubric(course, assignment, draft)
        account = a_place(side, PlaceKind.ACCOUNT)
        await side.gateway.put_folder(account, a_folder_wish())
        assert not side.closed()
    assert side.closed()
    left = [row.vendor_guid for row in canvas.state.outcome_groups.values() if not row.deleted]
    assert set(left) == {None}
    assert [row for row in canvas.state.outcomes.values() if not row.deleted] == []
    assert [row for row in canvas.state.assignments.values() if not row.deleted] == []


async def test_without_its_four_variables_there_is_no_real_canvas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in real_canvas.NAMES:
        monkeypatch.delenv(f"{real_canvas.PREFIX}{name}", raising=False)
    assert not real_canvas.is_configured()
