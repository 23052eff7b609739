"""The audit trail as a steward sees it: filtered, downloaded, proven."""

import csv
from io import StringIO
from zoneinfo import ZoneInfo

import msgspec
import pytest

from application.college_rules import TIME_ZONE
from domain.access import Role
from domain.audit import Deed
from tests.http.support import Backstage, Browser
from tests.stand_ins import NOON


@pytest.fixture
def steward(browser: Browser, backstage: Backstage) -> Browser:
    signed_in = browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))
    with backstage.units() as unit:
        unit.audit.record(Deed("person-stew", "made", "person:1", "=1+1", NOON))
        unit.audit.record(Deed("command line", "loaded roster", "roster:a.zip", "", NOON))
        unit.commit()
    return signed_in


def rows(answer_text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(answer_text.removeprefix("\ufeff"))))


class TestThePage:
    def test_shows_who_did_what_with_names(self, steward: Browser) -> None:
        text = steward.get("/audit").text
        for words in ("<bdi>Stew Ortiz</bdi>", "Command line", "loaded roster", "roster:a.zip"):
            assert words in text

    def test_filters_by_who_what_and_day(self, steward: Browser) -> None:
        assert "roster:a.zip" not in steward.get("/audit?who=stew").text
        assert "person:1" not in steward.get("/audit?did=loaded").text
        assert "No entry fits" in steward.get("/audit?until=2001-01-01").text
        assert "roster:a.zip" in steward.get(f"/audit?until={NOON:%Y-%m-%d}").text

    def test_days_and_times_are_those_of_the_college(
        self, steward: Browser, backstage: Backstage
    ) -> None:
        with backstage.units() as unit:
            unit.settings.put(TIME_ZONE, "Pacific/Auckland")
            unit.commit()
        there = NOON.astimezone(ZoneInfo("Pacific/Auckland"))
        assert there.date() > NOON.date()
        text = steward.get("/audit").text
        assert f'datetime="{NOON.isoformat()}">{there:%-d %b %Y, %H:%M %Z}<' in text
        assert "roster:a.zip" not in steward.get(f"/audit?until={NOON:%Y-%m-%d}").text
        assert "roster:a.zip" in steward.get(f"/audit?since={there:%Y-%m-%d}").text

    def test_a_wrong_filter_says_what_to_give_and_keeps_the_rest(self, steward: Browser) -> None:
        answer = steward.get("/audit?who=nobody&to=person:")
        assert answer.status_code == 422
        assert "Give the Tech ID or login of one person" in answer.text
        assert 'value="person:"' in answer.text


class TestTheExport:
    def test_is_csv_that_no_spreadsheet_computes(self, steward: Browser) -> None:
        answer = steward.get("/audit/export?to=person:")
        assert answer.headers["content-disposition"] == 'attachment; filename="audit.csv"'
        assert [row[3:6] for row in rows(answer.text)] == [
            ["did", "to", "details"],
            ["made", "person:1", "'=1+1"],
        ]

    def test_is_json_by_lines(self, steward: Browser) -> None:
        lines = steward.get("/audit/export?kind=json").text.splitlines()
        assert [msgspec.json.decode(line)["number"] for line in lines] == [2, 1]


def test_the_proof_says_that_the_trail_is_whole(steward: Browser) -> None:
    assert "its 2 entries follows" in steward.get("/audit/verify").text
