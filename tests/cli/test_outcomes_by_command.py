"""The exchange of outcomes and scores by commands, with LTI switched off, against a demo.

Only consent is given on pages.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from entrypoints.demo import Demo, running_demo
from sandbox.college import STEWARD
from tests.attain_command import attain, told, without_lti
from tests.browsing_by_http import arrived
from tests.cli.teacher_by_http import Teacher
from tests.shown_outcomes import ratings_of


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


def test_levels_given_on_two_rubrics_of_one_slo_that_attain_put_into_two_courses_come_back(
    demo: Demo, synchronised: Any, tmp_path: Path
) -> None:
    assert synchronised["run"]
    new_assessment(demo, tmp_path / "bench.json")
    with httpx.Client(follow_redirects=True, timeout=60) as first:
        report = Teacher(demo, first, "psokolov", "BIOL 110-01")
    with httpx.Client(follow_redirects=True, timeout=60) as second:
        bench = Teacher(demo, second, "ibjornstad", "BIOL 110-02")
    report.put_rubric("BIOL110-LAB", "Weekly practice")
    bench.put_rubric("BIOL110-BENCH", "Weekly practice")
    reports = report.grade("Weekly practice", (4, 0, 2), (1, 3, 4))
    benches = bench.grade("Weekly practice", (1,), (3,))

    assert bench.imported("BIOL110-BENCH")["counts"]["new"] == 2
    assert report.imported("BIOL110-LAB")["counts"]["new"] == 6

    assert bench.stand("BIOL110-BENCH") == benches
    assert report.stand("BIOL110-LAB") == reports
    shown = [
        ratings_of(demo, place, "BIOL 110-1")
        for place in ("accounts/3", f"courses/{report.course}", f"courses/{bench.course}")
    ]
    assert shown == [[4, 3, 2, 1, 0], [4, 3, 2, 1, 0], [3, 2, 1]]


def new_assessment(demo: Demo, file: Path) -> None:
    """One of the other section's own, on another scale."""
    bench = {
        "code": "BIOL110-BENCH",
        "name": "Bench check",
        "scale": "SKILL-3",
        "points_possible": 3,
        "slos": ["BIOL 110-1"],
        "sections": [{"section": "BIOL 110-02 Fall 2026"}],
    }
    file.write_text(json.dumps({"assessments": [bench]}))
    attain(demo, "assessment", "import", str(file))


def test_levels_of_weighted_criteria_come_back_criterion_by_criterion(
    demo: Demo, client: httpx.Client
) -> None:
    """Their ratings are worth a share of the assignment's points there, whatever they are here."""
    teacher = Teacher(demo, client, "wliu", "NURS 260")
    work = (teacher.title, "NURS260-PROJECT", "--as", teacher.tech_id)
    put = told(demo, "outcomes", "rubric", *work, "--assignment", "Weekly practice")
    rows = teacher.assignment("Weekly practice")["rubric"]
    best = tuple(row["ratings"][0]["points"] for row in rows)
    worst = tuple(row["ratings"][-1]["points"] for row in rows)

    given = teacher.grade("Weekly practice", best, worst)

    assert teacher.imported("NURS260-PROJECT")["counts"]["new"] == 2 * put["criteria"]
    levels = [set(points) for points in teacher.stand("NURS260-PROJECT").values()]
    assert sorted(levels, key=max) == [{0}, {3}]
    assert sum(best) == 100
    assert len(given) == 2
