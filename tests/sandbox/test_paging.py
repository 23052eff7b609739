"""Pages and their Link header."""

import pytest

from sandbox.canvas.student_view import test_student as make_test_student
from tests.sandbox.college import COURSE, HOST, TEACHER, Practice, shown

PEOPLE = f"/courses/{COURSE}/users"
ENROLMENTS = f"/courses/{COURSE}/enrollments"


def links(practice: Practice, path: str) -> dict[str, str]:
    header = practice.get(TEACHER, path).headers["link"]
    parts = [part.split("; rel=") for part in header.split(",")]
    return {name.strip('"'): url.strip("<>") for url, name in parts}


@pytest.mark.parametrize(
    ("asked", "given"), [("2", 2), ("0", 1), ("500", 8), ("many", 1), ("-3", 1)]
)
def test_per_page_is_silently_clamped(practice: Practice, asked: str, given: int) -> None:
    rows = shown(practice.get(TEACHER, f"{PEOPLE}?per_page={asked}"))
    assert len(rows) == min(given, 7)


def test_the_clamp_stands_in_the_links(practice: Practice) -> None:
    assert "per_page=100" in links(practice, f"{PEOPLE}?per_page=500")["first"]
    practice.switches.max_per_page = 50
    assert "per_page=50" in links(practice, f"{PEOPLE}?per_page=500")["first"]


def test_default_is_ten_a_page(practice: Practice) -> None:
    assert "per_page=10" in links(practice, PEOPLE)["current"]


def test_numbered_links_in_canvas_order(practice: Practice) -> None:
    names = list(links(practice, f"{PEOPLE}?per_page=2&page=2"))
    assert names == ["current", "next", "prev", "first", "last"]


def test_links_keep_the_query_and_drop_the_token(practice: Practice) -> None:
    url = links(practice, f"{PEOPLE}?include[]=email&per_page=2&access_token=x")["next"]
    assert url == f"{HOST}/api/v1{PEOPLE}?include%5B%5D=email&page=2&per_page=2"


def test_a_page_beyond_the_end_is_empty(practice: Practice) -> None:
    assert shown(practice.get(TEACHER, f"{PEOPLE}?page=99")) == []


def test_following_next_reads_everybody_once(practice: Practice) -> None:
    for path in (PEOPLE, ENROLMENTS):
        url, seen = f"{path}?per_page=2", []
        while url:
            seen += [row["id"] for row in shown(practice.get(TEACHER, url))]
            url = links(practice, url).get("next", "").removeprefix(f"{HOST}/api/v1")
        assert len(seen) == len(set(seen))
        assert len(seen) >= 7


def test_bookmarked_lists_have_no_last_and_no_numbers(practice: Practice) -> None:
    found = links(practice, f"{ENROLMENTS}?per_page=2")
    assert list(found) == ["current", "next", "first"]
    assert "page=bookmark:" in found["next"]
    assert "page=first" in found["current"]


def test_an_undecodable_bookmark_is_the_first_page(practice: Practice) -> None:
    first = shown(practice.get(TEACHER, f"{ENROLMENTS}?per_page=2"))
    for bookmark in ("bookmark:%%%", "bookmark:WzFd", "bookmark:e30", "7"):
        assert shown(practice.get(TEACHER, f"{ENROLMENTS}?per_page=2&page={bookmark}")) == first


def test_a_short_page_may_have_a_next_one(practice: Practice) -> None:
    student = make_test_student(practice.state, practice.state.courses[COURSE])
    student.sortable_name = "AAA, Test"
    answer = practice.get(TEACHER, f"{PEOPLE}?per_page=2")
    assert len(shown(answer)) == 1
    assert 'rel="next"' in answer.headers["link"]
    included = practice.get(TEACHER, f"{PEOPLE}?per_page=2&include[]=test_student")
    assert len(shown(included)) == 2


def test_links_stay_on_the_callers_host_with_the_sites_scheme(practice: Practice) -> None:
    practice.state.host = "https://canvas.test"
    answer = practice.call(TEACHER, "GET", PEOPLE, headers={"Host": "lms.test:8443"})
    assert answer.headers["link"].startswith(f"<https://lms.test:8443/api/v1{PEOPLE}")
