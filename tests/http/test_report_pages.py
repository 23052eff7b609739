"""Reports as pages, files and calls: one suppression in all of them."""

import csv
from collections.abc import Iterator
from html import unescape
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from adapters.inbound.http.reporting.chart_pictures import STYLE, picture_of
from adapters.inbound.http.static_files import files
from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.runtime.chance import new_secret
from application.reports.asked import ReportAsked
from application.reports.report_tables import improvement_table
from application.use_cases.access.api_tokens import NewTokenCommand
from application.use_cases.access.session_starts import StartSessionCommand
from application.use_cases.access.sessions import StartSession
from application.viewers import Viewer
from domain.access import Role
from domain.api_token import TokenScope
from domain.ids import PersonId
from tests.http.support import Browser, browsing
from tests.http.whole import WholeHouse, under
from tests.report_college import PEOPLE, a_college_with_reports, plan_improvement
from tests.stand_ins import FixedClock

WITHHELD_SLO = "HIST 290-1"
PROGRAMS = "/reports/disaggregation/export?slo=HIST+110-2&by=program"


class Reading:
    """Somebody with a browser before the reports."""

    def __init__(self, house: WholeHouse, browser: Browser) -> None:
        self.house, self.browser = house, browser

    def enter(self, name: str) -> None:
        start = StartSession(self.house.units, self.house.clock, new_secret)
        who = PersonId(f"person-{name}")
        self.browser.signed_in(start(StartSessionCommand(who, PEOPLE[name], {}, "", "/")))

    def text(self, path: str, status: int = 200) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def rows(self, path: str) -> list[list[str]]:
        return list(csv.reader(StringIO(self.browser.get(path).content.decode("utf-8-sig"))))

    def called(self, name: str, path: str) -> dict[str, object]:
        make = self.house.use_cases.make_token()
        made = make(NewTokenCommand("t", PersonId(f"person-{name}"), PEOPLE[name], TokenScope.READ))
        headers = {"authorization": f"Bearer {made.text}"}
        answer = self.browser.client.get(f"/api/v1/reports{path}", headers=headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found


@pytest.fixture
def reading(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> Iterator[Reading]:
    with memory_units() as unit:
        a_college_with_reports(unit)
        unit.commit()
    house = WholeHouse(memory_units, memory_jobs, clock)
    with browsing(house.app(routes=under("/reports", "/works", "/api"))) as browser:
        yield Reading(house, browser)


class TestPages:
    def test_the_rule_and_the_withheld_cells_are_said(self, reading: Reading) -> None:
        reading.enter("rita")
        page = reading.text("/reports/slo")
        assert "fewer than 10 students are withheld" in page
        assert page.count('<span class="withheld">withheld</span>') == 6
        assert "single section" not in page

    def test_coordinators_are_told_of_single_sections(self, reading: Reading) -> None:
        reading.enter("cora")
        assert "a single section are withheld" in reading.text("/reports/slo")

    def test_a_chart_tells_its_numbers_in_words(self, reading: Reading) -> None:
        reading.enter("rita")
        page = reading.text("/reports/slo?slo=HIST+110-1")
        assert 'role="img"' in page
        assert "Fall 2026: " in page[page.index("<desc") : page.index("</desc>")]

    def test_a_filter_that_fits_nothing_names_itself(self, reading: Reading) -> None:
        reading.enter("stew")
        assert "SLO: no SLO of yours has the code 'X'" in reading.text("/reports/slo?slo=X", 422)

    @pytest.mark.parametrize(
        "name", ["slo", "disaggregation", "participation", "improvement", "agreement"]
    )
    def test_a_course_that_no_code_begins_with_is_named_with_the_nearest(
        self, reading: Reading, name: str
    ) -> None:
        reading.enter("stew")
        page = reading.text(f"/reports/{name}?course=hist110&term=term-spring26", 422)
        assert "begins with 'hist110'. The nearest: HIST 110" in page
        assert 'value="hist110"' in page
        assert '<option value="term-spring26" selected>' in page
        reading.text(f"/reports/{name}?course=hist+1")

    def test_plans_are_counted_where_they_were_closed(self, reading: Reading) -> None:
        with reading.house.units() as unit:
            plan_improvement(unit)
            unit.commit()
        reading.enter("cora")
        page = reading.text("/reports/improvement?term=term-spring26")
        assert "2 action plans opened in answer to results of Spring 2026" in page
        assert "1 followed up" in page
        assert "Spring 2026: 2 opened, 1 followed up, closed, 0 done" in page
        assert page.count("Still open") > page.count("<svg")
        total = reading.rows("/reports/improvement/export?term=term-spring26")[1]
        assert (total[2], total[-1]) == ("2", "100.0")
        assert "term: " in reading.text("/reports/improvement?term=Never", 422).casefold()

    def test_the_chart_of_plans_stands_in_the_pdf_with_its_numbers_in_words(
        self, reading: Reading
    ) -> None:
        with reading.house.units() as unit:
            plan_improvement(unit)
            unit.commit()
        report = reading.house.use_cases.improvement_report()
        table = improvement_table(report(Viewer(PersonId("person-stew"), Role.DATA_STEWARD),
                                         ReportAsked()))  # fmt: skip
        picture = picture_of(table)
        assert picture is not None
        assert picture.svg.count('class="name"') == 2
        assert "<style>" in picture.svg
        assert "Fall 2026: 2 opened, 0 followed up, closed" in picture.described
        assert (
            "from the left: followed up, closed (green); done, not followed up (blue)"
            in picture.caption
        )
        reading.enter("stew")
        answer = reading.browser.get("/reports/improvement/export?format=pdf")
        assert answer.content.startswith(b"%PDF")

    def test_without_a_plan_nothing_is_drawn(self, reading: Reading) -> None:
        report = reading.house.use_cases.improvement_report()
        table = improvement_table(report(Viewer(PersonId("person-stew"), Role.DATA_STEWARD),
                                         ReportAsked()))  # fmt: skip
        assert picture_of(table) is None

    def test_each_place_opens(self, reading: Reading) -> None:
        for name in ("stew", "cora", "tess", "rita"):
            reading.enter(name)
            for path in ("", "/slo", "/disaggregation", "/participation", "/improvement"):
                reading.text(f"/reports{path}")


class TestFiles:
    def test_a_file_withholds_what_the_page_withholds(self, reading: Reading) -> None:
        reading.enter("rita")
        (row,) = [row for row in reading.rows("/reports/slo/export") if row[0] == WITHHELD_SLO]
        assert set(row[2:]) == {"withheld", "", "yes"}

    def test_csv_and_workbook_have_the_same_numbers(self, reading: Reading) -> None:
        reading.enter("rita")
        answer = reading.browser.get(f"{PROGRAMS}&format=xlsx")
        sheet = load_workbook(BytesIO(answer.content)).active
        assert sheet is not None
        written = [[str(cell) for cell in row[:-2]] for row in sheet.iter_rows(values_only=True)]
        for row in reading.rows(PROGRAMS):
            assert row[:-2] in written

    def test_a_share_says_its_unit_once(self, reading: Reading) -> None:
        reading.enter("rita")
        assert "At or above threshold %" in reading.rows("/reports/slo/export")[0]
        page = reading.text("/reports/slo")
        assert '<span class="visually-hidden">Download as </span>XLSX</a>' in page
        answer = reading.browser.get("/reports/slo/export?format=xlsx")
        sheet = load_workbook(BytesIO(answer.content)).active
        assert sheet is not None
        cells = [cell for row in sheet.iter_rows() for cell in row]
        (title,) = [cell for cell in cells if cell.value == "At or above threshold"]
        (share,) = [
            cell for cell in cells if (cell.row, cell.column) == (title.row + 1, title.column)
        ]
        assert isinstance(share.value, float)
        assert 0 < share.value < 1
        assert share.number_format.endswith("%")

    def test_a_pdf_is_made(self, reading: Reading) -> None:
        reading.enter("rita")
        answer = reading.browser.get(f"{PROGRAMS}&format=pdf")
        assert answer.content.startswith(b"%PDF")
        assert answer.headers["content-type"] == "application/pdf"

    def test_an_unknown_format_is_refused(self, reading: Reading) -> None:
        reading.enter("rita")
        reading.text("/reports/participation/export?format=doc", 422)


class TestCalls:
    def test_withheld_numbers_are_null(self, reading: Reading) -> None:
        lines = reading.called("rita", "/slo")["lines"]
        assert isinstance(lines, list)
        (line,) = [one for one in lines if one["label"] == WITHHELD_SLO]
        assert (line["students"], line["assessed"], line["withheld"]) == (None, None, True)

    def test_a_token_withholds_as_its_role_does(self, reading: Reading) -> None:
        def shown(name: str) -> list[str]:
            lines = reading.called(name, "/disaggregation?slo=HIST 110-1")["lines"]
            assert isinstance(lines, list)
            return [line["label"] for line in lines if not line["withheld"]]

        assert shown("rita") == ["All students", "On campus", "Online"]
        assert shown("cora") == ["All students", "Withheld groups together"]

    def test_participation_is_counted(self, reading: Reading) -> None:
        total = reading.called("stew", "/participation")["total"]
        assert isinstance(total, dict)
        assert total["sections"] == 3


def test_drawings_that_stand_alone_have_the_colours_of_the_tokens() -> None:
    style = files()["attain.css"].decode()
    for token, colour in (
        ("--ink", "#273540"), ("--ink-2", "#4a5b68"), ("--line", "#d3dae0"),
        ("--line-strong", "#73818c"), ("--fill-below", "#dba53a"), ("--fill-low", "#d2644c"),
        ("--fill-none", "#9aa6b0"), ("--level-top", "#0b5d8a"), ("--level-met", "#0e6b40"),
    ):  # fmt: skip
        assert f"{token}: {colour};" in style
        assert colour in STYLE


def test_students_read_no_reports(reading: Reading) -> None:
    reading.enter("sol")
    assert PEOPLE["sol"] is Role.STUDENT
    reading.text("/reports/slo", 403)
