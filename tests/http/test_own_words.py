"""The words of the college stand wherever people read: texts, attributes, files, mail."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO

import pytest
from litestar.handlers import HTTPRouteHandler
from openpyxl import load_workbook

from adapters.inbound.http import csrf_tokens, routes
from adapters.inbound.http.words import READ_ATTRIBUTES
from application.calendar.recipients import reminder_mail
from application.college_rules import WORDS, CollegeRules, Word, stored_form
from application.improvement.rfi_mail import AwaitedPerson, rfi_mail
from application.own_words import OUR_WORDS
from application.use_cases.reminders import remind, remind_rfi
from domain.access import RIGHTS, Role
from domain.college_time import UTC_TIME
from tests.builders import a_person
from tests.http.foreign_ids import RECORDS
from tests.http.support import SAME, SECURE, browsing
from tests.http.test_foreign_ids import PARAMETER, Route, Walk, a_college
from tests.improvement_builders import an_ask, an_rfi

OWN = {word.key: Word(word.key, f"Aim{at}", f"Aims{at}") for at, word in enumerate(WORDS)}
PEOPLE = {
    "stew": Role.DATA_STEWARD,
    "cora": Role.COORDINATOR,
    "tess": Role.FACULTY,
    "ana": Role.STUDENT,
    "rita": Role.READER,
}
COMMON = {
    "/slos/{}": "slo-thesis",
    "/people/{}": "person-tess",
    "/orgs/{}": "org-english",
    "/courses/{}": "course-engl101",
    "/sections/{}": "section-engl101-01",
    "/library/{}": "assessment-essay",
    "/rfis/{}": "rfi-hours",
    "/loads/{}": "load-one",
}
"""Records that are nobody's own."""
TELLS_OURS = {"/settings/assessment"}
"""Where the standard words stand: beside the fields for one's own."""


class Read(HTMLParser):
    """What people read of a page, or have read to them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._machine = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._machine += tag in {"script", "style"}
        self.found += [value for name, value in attrs if name in READ_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self._machine -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._machine:
            self.found.append(data)


@pytest.fixture(scope="module")
def walk() -> Iterator[Walk]:
    college = a_college()
    with college.house.units() as unit:
        for name, value in stored_form(CollegeRules(words=OWN)).items():
            unit.settings.put(name, value)
        unit.commit()
    with browsing(college.house.app()) as browser:
        yield Walk(college, browser)


def pages(role: Role) -> Iterator[tuple[Route, str]]:
    """Each page that the role may open and whose records are stored here."""
    for handler in routes.ROUTES:
        assert isinstance(handler, HTTPRouteHandler)
        for path in handler.paths:
            one = Route("GET", path, handler.opt["right"])
            wanted = "GET" in handler.http_methods and one.right in RIGHTS[role]
            if (
                not wanted
                or path.startswith(("/api/", "/schema"))
                or path.endswith("/events")
                or path in TELLS_OURS
            ):
                continue
            named = {**COMMON, **{prefix: each.own for prefix, each in RECORDS.items()}}
            if all(prefix in named for prefix in one.prefixes):
                yield one, PARAMETER.sub("{}", path).format(*(named[p] for p in one.prefixes))


@pytest.mark.parametrize(("key", "role"), PEOPLE.items())
def test_no_page_says_a_word_that_the_college_calls_otherwise(
    walk: Walk, key: str, role: Role
) -> None:
    walk.as_(key, role)
    seen, left = 0, []
    for route, path in pages(role):
        answer = walk.ask(route, path)
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
            seen += 1
            left += [(path, text.strip()) for text in Read(answer.text).found
                     if OUR_WORDS.search(text)]  # fmt: skip
    assert left == []
    assert seen > 5


@pytest.mark.parametrize("path", ["/reports/slo/export", "/reports/improvement/export"])
def test_no_report_says_one_in_a_file(walk: Walk, path: str) -> None:
    walk.as_("stew", Role.DATA_STEWARD)
    text = "\n".join(
        [walk.browser.get(f"{path}?format=csv").text,
         *words_of(walk.browser.get(f"{path}?format=xlsx").content)]
    )  # fmt: skip
    assert OUR_WORDS.search(text) is None
    assert re.search("Aims?0", text)


@pytest.mark.parametrize("subject", ["rubric", "scorecard"])
def test_no_download_says_one_and_a_filled_one_is_read_again(walk: Walk, subject: str) -> None:
    walk.as_("tess", Role.FACULTY)
    files = {
        kind: walk.browser.get(
            f"/works/work-essay/downloads/file?subject={subject}&format={kind}&fill=completed"
            "&student=all"
        )
        for kind in ("csv", "xlsx")
    }
    assert {one.status_code for one in files.values()} == {200}
    text = "\n".join([files["csv"].text, *words_of(files["xlsx"].content)])
    assert OUR_WORDS.search(text) is None
    assert OWN["tech-id"].one in text
    if subject == "scorecard":
        assert walk.browser.session_id is not None
        answer = walk.browser.client.post(
            "/works/work-essay/scorecard/upload",
            data={"csrf": csrf_tokens.issue(walk.browser.session_id)},
            files={"file": ("filled.xlsx", files["xlsx"].content)},
            headers={"sec-fetch-site": SAME},
        )
        assert answer.status_code == 200


def test_mail_says_nothing_that_a_college_may_call_otherwise() -> None:
    """Its fixed words need no look-up; the rest is written by whoever sends it."""
    ana, awaited = a_person("ana"), AwaitedPerson(a_person("ana"), (an_ask(),), ("A",), again=False)
    round_of = remind.SUBJECT, remind.MESSAGE
    asked = remind_rfi.SUBJECT, remind_rfi.MESSAGE
    mails = [
        reminder_mail(ana, [], *round_of, time=UTC_TIME, base_url=SECURE, key="k"),
        rfi_mail(an_rfi(), awaited, *asked, time=UTC_TIME, base_url=SECURE, key="k"),
    ]
    assert [one for one in mails if OUR_WORDS.search(f"{one.subject} {one.text}")] == []


def words_of(workbook: bytes) -> list[str]:
    book = load_workbook(BytesIO(workbook))
    return [
        *book.sheetnames,
        *(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row),
    ]
