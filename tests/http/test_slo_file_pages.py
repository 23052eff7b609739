"""SLOs from files on pages: first the preview, then the import; and downloads."""

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from httpx import Response

from adapters.inbound.http.csrf_tokens import issue
from adapters.inbound.http.slos.slo_import_desk import pack, unpack
from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Invalid
from domain.access import Role
from domain.ids import SessionId
from domain.slo import SloKind
from tests.http.keeping_pages import KeepingPages, keeping_pages
from tests.stand_ins import FixedClock

CSV = "code,kind,course,org,title,statement\nE-1,cslo,ENGL101,,Thesis,State it.\n"


@pytest.fixture
def pages(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> Iterator[KeepingPages]:
    with keeping_pages(memory_units, memory_jobs, clock) as opened:
        yield opened


def token(pages: KeepingPages) -> str:
    (found,) = re.findall(r'name="csrf" content="([^"]*)"', pages.text("/slos"))
    return str(found)


def upload(pages: KeepingPages, content: bytes | str | None, **form: str) -> Response:
    """As a browser sends the plain form: its token in a field."""
    data = content.encode() if isinstance(content, str) else content
    files = (
        {"file": ("my slos.csv", data or b"", "text/csv")}
        if data is not None
        else {"file": ("", b"", "application/octet-stream")}
    )
    return pages.browser.client.post(
        "/slos/import",
        data={"csrf": token(pages), "edit": "version", **form},
        files=files,
        headers={"sec-fetch-site": "same-origin", "accept": "text/html"},
        follow_redirects=False,
    )


def held(page: str) -> str:
    (found,) = re.findall(r'name="held" value="([^"]*)"', page)
    return str(found)


class TestImport:
    def test_a_preview_stores_nothing_and_the_next_press_imports(self, pages: KeepingPages) -> None:
        answer = upload(pages, CSV)
        page = unescape(answer.text)
        assert answer.status_code == 200, page
        assert "Preview of my slos.csv" in page
        assert "<strong>1</strong> added" in page
        assert "There is no SLO yet" in pages.text("/slos")

        done = upload(pages, None, held=held(page), name="my slos.csv", apply="yes")
        assert done.status_code == 303
        assert "<strong>1</strong> added" in pages.text(done.headers["location"])
        assert ">E-1</a>" in pages.text("/slos")
        assert "nothing would be changed" in unescape(upload(pages, CSV).text)

    def test_what_differs_is_shown_and_may_be_a_correction(self, pages: KeepingPages) -> None:
        slo_id = pages.keeping.made("E-1", title="Thesis", statement="State it.")
        page = unescape(upload(pages, CSV.replace("State it.", "State it well.")).text)
        assert "new version" in page
        assert "State it well." in page
        upload(pages, None, held=held(page), apply="yes", edit="correction")
        assert (pages.keeping.slo(slo_id).version, pages.keeping.slo(slo_id).statement) == (
            1, "State it well.",
        )  # fmt: skip

    def test_problems_are_named_by_line_and_nothing_is_stored(self, pages: KeepingPages) -> None:
        answer = upload(pages, CSV + "E-2,cslo,MATH9,,T,S\n")
        assert answer.status_code == 422
        assert "line 3.course" in answer.text
        assert "no course has the code MATH9" in answer.text
        assert "There is no SLO yet" in pages.text("/slos")

    @pytest.mark.parametrize(
        ("content", "said"),
        [("code,title\n", "Line 1: the column statement"), (b"", "Choose a file first")],
    )
    def test_a_file_that_cannot_be_read_says_why(
        self, pages: KeepingPages, content: bytes | str, said: str
    ) -> None:
        answer = upload(pages, content)
        assert answer.status_code == 422
        assert said in unescape(answer.text)

    def test_a_framework_gets_the_owner_that_was_chosen(self, pages: KeepingPages) -> None:
        package = {
            "CFDocument": {"identifier": "d", "title": "F"},
            "CFItems": [{"identifier": "i", "fullStatement": "Reason."}],
        }
        page = unescape(upload(pages, json.dumps(package), org="org-english").text)
        upload(pages, None, held=held(page), apply="yes", org="org-english")
        with pages.keeping.units(write=False) as unit:
            (slo,) = unit.outcomes.slos()
        assert (slo.kind, slo.org_id) == (SloKind.PROGRAM, "org-english")
        assert '<option value="d">F</option>' in pages.text("/slos/export")
        pages.keeping.made("OWN")
        answer = pages.browser.get("/slos/export?format=case&framework=d")
        assert answer.json() == package

    def test_a_coordinator_imports_for_own_orgs(self, pages: KeepingPages) -> None:
        pages.enter("cora", Role.COORDINATOR)
        assert upload(pages, CSV).status_code == 200
        answer = upload(pages, CSV.replace("ENGL101", "CHEM1"))
        assert "an org that you do not coordinate" in answer.text

    def test_a_form_without_its_token_is_refused(self, pages: KeepingPages) -> None:
        assert upload(pages, CSV, csrf="").status_code == 403
        assert upload(pages, CSV, csrf=issue(SessionId("another"))).status_code == 403

    def test_what_no_page_of_ours_packed_is_not_unpacked(self) -> None:
        assert unpack(pack(b"x" * 1000)) == b"x" * 1000
        for held_text in ("!", "eHh4"):
            with pytest.raises(Invalid):
                unpack(held_text)
        assert len(unpack(pack(b"\0" * 50_000_000))) == 10_000_001


class TestExport:
    @pytest.mark.parametrize(
        ("kind", "name", "found"),
        [
            ("csv", "slos.csv", "E-1"),
            ("json", "slos.json", '"code": "E-1"'),
            ("canvas-csv", "canvas-outcomes.csv", "attain:9:slo:"),
            ("case", "case-framework.json", '"humanCodingScheme": "E-1"'),
        ],
    )
    def test_each_format_is_a_file_to_keep(
        self, pages: KeepingPages, kind: str, name: str, found: str
    ) -> None:
        pages.keeping.made("E-1")
        answer = pages.browser.get(f"/slos/export?format={kind}&root=9")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        assert found in answer.text

    def test_the_filter_of_the_list_holds(self, pages: KeepingPages) -> None:
        pages.keeping.made("E-1")
        pages.keeping.made("P-1", SloKind.PROGRAM)
        assert "1 SLO<" in pages.text("/slos/export?kind=pslo")
        text = pages.text("/slos/export?kind=pslo&format=csv")
        assert "P-1" in text
        assert "E-1" not in text
        assert "nothing to export" in pages.text("/slos/export?q=no+such")
