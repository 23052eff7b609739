"""Counts of Collective work as a form, without script, and by the API."""

from collections.abc import Iterator
from html import unescape

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.assessment import AssessmentKind
from tests.application.library_keeping import Keeping
from tests.http.api_house import api_house
from tests.http.evaluating import AT, ESSAY, WORK, Scene, scene, text_of
from tests.stand_ins import FixedClock

COUNTS = f"{AT}/counts"
RIGHT = {"count-row-thesis~4": "1", "count-row-thesis~NA": "1"}
WRONG = {"count-row-evidence~3": "7", "count-row-evidence~NA": ""}


@pytest.fixture
def open_scene(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> Iterator[Scene]:
    with scene(memory_units, memory_jobs, clock) as opened:
        opened.keeping.change(ESSAY, kind=AssessmentKind.COLLECTIVE)
        yield opened


def test_the_way_leads_to_the_counts(open_scene: Scene) -> None:
    tess = open_scene.tess

    assert tess.get(f"{AT}/rubric").headers["location"] == COUNTS
    assert COUNTS in text_of(tess, "/assessments")
    assert "Not counted" in text_of(tess, COUNTS)


def test_a_wrong_sum_names_the_row_and_keeps_what_was_typed(open_scene: Scene) -> None:
    answer = open_scene.tess.post(COUNTS, {**RIGHT, **WRONG})

    page = unescape(answer.text)
    assert answer.status_code == 422
    assert "EVIDENCE: 7 counted of 2 enrolled, 5 too many." in page
    assert 'name="count-row-evidence~3" value="7"' in page
    assert 'name="count-row-thesis~4" value="1"' in page
    with open_scene.house.units() as unit:
        assert list(unit.counts.of_work(WORK)) == ["row-thesis"]


def test_what_adds_up_is_there_the_next_time(open_scene: Scene) -> None:
    tess = open_scene.tess

    assert tess.post(COUNTS, RIGHT).headers["location"] == COUNTS
    assert "0, adds up" in text_of(tess, COUNTS)


def test_after_a_conflict_saving_again_replaces(open_scene: Scene) -> None:
    tess = open_scene.tess
    tess.post(COUNTS, RIGHT)
    mine = {"count-row-thesis~3": "2", "count-row-thesis~NA": "0"}

    answer = tess.post(COUNTS, {**mine, "seen-row-thesis": "0"})

    assert answer.status_code == 409
    assert "Changed by" in answer.text
    assert 'name="seen-row-thesis" value="1"' in answer.text
    assert tess.post(COUNTS, {**mine, "seen-row-thesis": "1"}).status_code == 303


def test_a_row_that_nobody_touched_is_not_sent_over_newer_counts(open_scene: Scene) -> None:
    tess = open_scene.tess
    tess.post(COUNTS, RIGHT)
    blank = {f"count-row-thesis~{level}": "" for level in ("1", "2", "3", "4", "NA")}

    tess.post(COUNTS, {**blank, "was-row-thesis": "1: 2: 3: 4: NA:"})

    assert 'name="count-row-thesis~4" value="1"' in text_of(tess, COUNTS)


def test_work_of_another_kind_is_said_to_have_no_counts(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> None:
    with scene(memory_units, memory_jobs, clock) as opened:
        answer = opened.tess.get(COUNTS)

    assert answer.status_code == 409
    assert "This assessment has no counts" in answer.text
    assert "first" not in answer.text
    assert "Load the page again" not in answer.text


def test_programs_read_them(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> None:
    house = api_house(memory_units, memory_jobs, clock)
    path = f"/section-assessments/{WORK}/counts"
    with house.program("tess") as teacher:
        refused = teacher.get(path)  # scored student by student
        assert refused.status_code == 409
        assert refused.json()["title"] == "This assessment has no counts"
        assert "ETag" not in refused.json()["cure"]
        Keeping(memory_units).change(ESSAY, kind=AssessmentKind.COLLECTIVE)

        answer = teacher.get(path)
        told = answer.json()

    assert answer.headers["etag"]
    assert [row["notAssessed"] for row in told["rows"]] == [None, None]
    assert told["enrolled"] > 0
