"""The exchange of outcomes and scores by commands, with LTI switched off, against a demo.

Only consent is given on pages, and Attain's one-click rubric, which has no command.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from entrypoints.demo import Demo, running_demo
from sandbox.college import STEWARD
from tests.attain_command import attain, told, without_lti
from tests.browsing_by_http import arrived
from tests.cli.teacher_by_http import Teacher


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with running_demo(0) as running:
        without_lti(running)
        yield running


@pytest.fixture(scope="module")
def synchronised(demo: Demo) -> Any:
    """What `attain outcomes sync` told, after the steward's consent."""
    with httpx.Client(follow_redirects=True, timeout=60) as client:
        dana = arrived(demo, client, STEWARD.login)
        dana.open(demo.sign_in)
        dana.press("Sign in")
        dana.open("/settings/canvas?site=practice")
        dana.press("Authorize")
        assert "Attain may now publish" in dana.press("Authorize")
    assert "Paired as suggested: 4" in attain(demo, "canvas", "pair", "--suggested")
    return told(demo, "outcomes", "sync", "--all")


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(follow_redirects=True, timeout=60) as made:
        yield made


def test_the_cslos_go_to_the_sub_accounts_once(demo: Demo, synchronised: Any) -> None:
    slos: Any = demo.college.slos["slos"]
    codes = {one["code"] for one in slos if one["kind"] == "cslo"}
    assert synchronised["run"]
    stand = told(demo, "outcomes", "status")["lines"]
    assert {one["slo"]: one["state"] for one in stand} == dict.fromkeys(codes, "same")
    assert told(demo, "outcomes", "sync", "--all")["run"] is None


def test_levels_given_on_a_rubric_of_account_outcomes_come_back(
    demo: Demo, synchronised: Any, client: httpx.Client
) -> None:
    teacher = Teacher(demo, client, "sokonkwo", "ENGL 210")
    assert synchronised["run"]
    outcomes = teacher.import_outcomes(2, "ENGL 210")
    teacher.make_rubric("Reading quiz", outcomes)

    given = teacher.grade("Reading quiz", (3, 0), (4, 2))

    assert teacher.imported("ENGL210-READING")["counts"]["new"] == 4
    assert teacher.stand("ENGL210-READING") == given


def test_levels_given_on_the_rubric_that_attain_put_there_come_back(
    demo: Demo, synchronised: Any, client: httpx.Client
) -> None:
    teacher = Teacher(demo, client, "rpenaortiz", "NURS 201")
    assert synchronised["run"]
    reader = teacher.reader
    reader.open("/assessments")
    reader.follow("Medication skills check")
    reader.follow("Outcomes in Canvas")
    reader.press("Send Outcomes")
    run = str(reader.page.url)
    reader.client.get(f"{run}/events")  # ends with the work
    reader.open(run)
    reader.follow("Put the rubric on an assignment")
    reader.press("Put the rubric", assignment=str(teacher.assignment("Weekly practice")["id"]))

    given = teacher.grade("Weekly practice", (3, 1), (2, 2), (1, 3))

    assert teacher.imported("NURS201-SKILLS")["counts"]["new"] == 6
    assert teacher.stand("NURS201-SKILLS") == given
