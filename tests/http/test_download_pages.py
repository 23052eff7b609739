"""Faculty download rubric and scorecard, fill the scorecard in, and upload it again."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import anyio
import pytest
from httpx import Response

from adapters.inbound.http.csrf_tokens import issue
from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryRunner
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.scorecards.downloads_page import MOST_AT_ONCE
from domain.access import Role
from tests.builders import a_person, a_role_grant
from tests.http.support import SAME, Backstage, Browser, browsing
from tests.http.whole import WholeHouse, under
from tests.score_files import EVIDENCE, THESIS, TOM, WORK, ScoreFiles
from tests.stand_ins import FixedClock

PAGE, UPLOAD = f"/works/{WORK}/downloads", f"/works/{WORK}/scorecard/upload"
FILE = f"{PAGE}/file"
MANY = tuple(f"s{number:02}" for number in range(MOST_AT_ONCE + 1))


class Desk:
    """Tess before her pages, and what lies behind them."""

    def __init__(self, house: WholeHouse, browser: Browser, files: ScoreFiles) -> None:
        self.house, self.files, self._browser = house, files, browser
        self._backstage = Backstage(house.units, house.clock, house.keyring)
        self.browser = self.signed_in("tess")

    def signed_in(self, key: str, role: Role = Role.FACULTY) -> Browser:
        with self.house.units() as unit:
            unit.roster.grant(a_role_grant(key, role=role))
            unit.commit()
        return self._browser.signed_in(self._backstage.launched(a_person(key).id, role))

    def page(self, path: str, status: int = 200) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == status, answer.text
        return answer.text

    def upload(self, content: str, status: int = 200) -> str:
        assert self.browser.session_id is not None
        answer = self.browser.client.post(
            UPLOAD,
            data={"csrf": issue(self.browser.session_id)},
            files={"file": ("scores.csv", content.encode(), "text/csv")},
            headers={"sec-fetch-site": SAME},
            follow_redirects=False,
        )
        assert answer.status_code == status, answer.text
        return answer.text

    def apply(self, preview: str, **ticked: str) -> Response:
        hidden = re.findall(r'name="(changes|conflicts)" value="([^"]*)"', preview)
        form = {name: unescape(value) for name, value in hidden}
        return self.browser.post(f"{UPLOAD}/apply", {**form, **ticked})

    def work(self) -> None:
        handlers = {"make-download": self.house.use_cases.make_long_download()}
        anyio.run(MemoryRunner(self.house.jobs, handlers).run_all)


@pytest.fixture
def house(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock, tmp_path: Path
) -> WholeHouse:
    return WholeHouse(memory_units, memory_jobs, clock, data_dir=str(tmp_path / "data"))


@pytest.fixture
def browser(house: WholeHouse) -> Iterator[Browser]:
    with browsing(house.app(routes=under("/works", "/downloads"))) as opened:
        yield opened


@pytest.fixture
def desk(house: WholeHouse, browser: Browser, memory_units: MemoryUnits) -> Desk:
    return Desk(house, browser, ScoreFiles(memory_units))


@pytest.fixture
def large(house: WholeHouse, browser: Browser, memory_units: MemoryUnits) -> Desk:
    """A class whose rubrics take a job."""
    return Desk(house, browser, ScoreFiles(memory_units, students=MANY))


class TestAtOnce:
    @pytest.mark.parametrize(
        ("query", "name", "media_type"),
        [
            ("subject=rubric&format=pdf&fill=blank", "essay-rubric-blank.pdf", "application/pdf"),
            ("subject=rubric&format=xlsx&fill=completed&student=all", "essay-rubric.xlsx",
             "spreadsheetml"),
            ("subject=rubric&format=csv&fill=completed&student=person-ana", "essay-rubric.csv",
             "text/csv"),
            ("subject=scorecard&format=csv&fill=blank", "essay-scorecard-blank.csv", "text/csv"),
            ("subject=scorecard&format=xlsx&fill=completed", "essay-scorecard.xlsx",
             "spreadsheetml"),
        ],
    )  # fmt: skip
    def test_every_link_of_the_page_answers_its_file(
        self, desk: Desk, query: str, name: str, media_type: str
    ) -> None:
        answer = desk.browser.get(f"{FILE}?{query}")

        assert answer.status_code == 200
        assert f'attachment; filename="engl101-01-{name}"' in answer.headers["content-disposition"]
        assert media_type in answer.headers["content-type"]
        assert answer.headers["cache-control"] == "no-store"

    def test_the_page_links_to_files_that_are_there(self, desk: Desk) -> None:
        links = re.findall(r'href="([^"]*/downloads/file[^"]*)"', desk.page(PAGE))

        assert len(links) == 13
        assert {desk.browser.get(unescape(link)).status_code for link in links} == {200}

    @pytest.mark.parametrize(
        ("query", "status"),
        [("subject=rubric&format=doc", 422), ("subject=grades&format=pdf", 422),
         ("subject=rubric&format=csv&fill=completed", 422),
         ("subject=rubric&format=csv&fill=completed&student=person-tom", 404)],
    )  # fmt: skip
    def test_what_no_link_asks_is_refused(self, desk: Desk, query: str, status: int) -> None:
        assert desk.browser.get(f"{FILE}?{query}").status_code == status

    def test_another_teacher_finds_nothing(self, desk: Desk) -> None:
        Backstage(desk.house.units, desk.house.clock, desk.house.keyring).person("nora")
        desk.browser = desk.signed_in("nora")

        for path in (PAGE, f"{FILE}?subject=scorecard&format=csv&fill=completed", UPLOAD):
            assert desk.browser.get(path).status_code == 404
        desk.upload("Tech ID,THESIS\nCana,3\n", status=404)
        assert desk.browser.post(PAGE, {"subject": "rubric", "format": "pdf"}).status_code == 404


class TestByJob:
    def test_a_large_file_is_made_in_the_background_and_fetched(self, large: Desk) -> None:
        asked = {"subject": "rubric", "format": "pdf", "fill": "completed", "student": "all"}
        path = str(large.browser.post(PAGE, asked).headers["location"])
        assert "Waiting for a worker" in large.page(path)
        assert large.browser.get(f"{path}/state").json()["open"] is True
        large.page(f"{path}/file", status=404)

        large.work()

        assert "is ready" in large.page(path)
        assert large.browser.get(f"{path}/state").json()["said"] == "The file is ready."
        answer = large.browser.get(f"{path}/file")
        assert answer.content.startswith(b"%PDF")
        assert "engl101-01-essay-rubric.pdf" in answer.headers["content-disposition"]

    def test_reading_never_starts_a_job(self, large: Desk) -> None:
        query = "subject=rubric&format=pdf&fill=completed&student=all"

        answer = large.browser.get(f"{FILE}?{query}")

        assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
        assert large.house.jobs.recent() == []
        assert "Prepare PDF" in large.page(PAGE)

    def test_the_link_is_of_one_person_and_expires(self, large: Desk) -> None:
        path = self._made(large)
        large.browser = large.signed_in("tom")
        large.page(path, status=404)
        large.page(f"{path}/file", status=404)

        large.house.clock.advance(hours=24)
        large.browser = large.signed_in("tess")
        large.page(f"{path}/file", status=404)

        shelf = large.house.use_cases.download_shelf()
        shelf.forget_expired(large.house.clock.now())
        assert not list(Path(large.house.data_dir, "downloads").glob("*"))

    def test_a_job_that_failed_says_so(self, large: Desk) -> None:
        asked = {"subject": "rubric", "format": "pdf", "fill": "completed", "student": "gone"}
        path = str(large.browser.post(PAGE, asked).headers["location"])
        large.work()

        page = large.page(path)
        assert "could not be made" in page
        assert "Ask for the file again" in page

    def _made(self, desk: Desk) -> str:
        asked = {"subject": "rubric", "format": "pdf", "fill": "blank", "student": "all"}
        path = str(desk.browser.post(PAGE, asked).headers["location"])
        desk.work()
        assert desk.browser.get(f"{path}/file").status_code == 200
        return path


class TestUpload:
    def test_changes_are_shown_then_saved(self, desk: Desk) -> None:
        desk.files.score({("ana", THESIS): "2"})

        preview = desk.upload("Tech ID,THESIS,EVIDENCE\nCana,4,\nCben,,N/A\n")
        assert "2 scores change" in preview
        assert desk.files.stored() == {("ana", THESIS): "2"}

        answer = desk.apply(preview)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{UPLOAD}?saved=2")
        assert "2 scores saved" in desk.page(f"{UPLOAD}?saved=2")
        assert desk.files.stored() == {("ana", THESIS): "4", ("ben", EVIDENCE): "NA"}

    def test_the_second_click_changes_nothing(self, desk: Desk) -> None:
        preview = desk.upload("Tech ID,THESIS\nCana,4\n")
        desk.apply(preview)

        assert desk.apply(preview).status_code == 303
        assert desk.files.stored() == {("ana", THESIS): "4"}

    def test_a_conflict_waits_for_its_tick(self, desk: Desk) -> None:
        content = desk.browser.get(f"{FILE}?subject=scorecard&format=csv&fill=completed").text
        filled = content.replace(",,,,v 0:", ",4,,,v 0:", 1)
        desk.files.score({("ana", THESIS): "3"}, by=TOM)

        preview = desk.upload(filled)
        assert "Changed by somebody else" in preview
        assert "Tom Ortiz" in preview

        desk.apply(preview)
        assert desk.files.stored() == {("ana", THESIS): "3"}
        desk.apply(preview, replace="0")
        assert desk.files.stored() == {("ana", THESIS): "4"}

    def test_a_score_changed_after_the_preview_is_told_and_stays(self, desk: Desk) -> None:
        preview = desk.upload("Tech ID,THESIS,EVIDENCE\nCana,4,4\n")
        desk.files.score({("ana", THESIS): "1"}, by=TOM)

        answer = desk.apply(preview)

        assert answer.status_code == 409
        assert "Tom Ortiz changed it meanwhile; it is 1 now" in answer.text
        assert desk.files.stored() == {("ana", THESIS): "1", ("ana", EVIDENCE): "4"}

    def test_what_is_unclear_is_named_and_the_rest_can_be_saved(self, desk: Desk) -> None:
        preview = desk.upload("Tech ID,THESIS\nCana,9\nC999,1\nCben,2\n")

        assert "Row 2, THESIS" in preview
        assert "Row 3, Tech ID" in preview
        desk.apply(preview)
        assert desk.files.stored() == {("ben", THESIS): "2"}

    def test_no_scorecard_is_refused_at_the_field(self, desk: Desk) -> None:
        page = desk.upload("Name\nAna\n", status=422)

        assert 'aria-invalid="true"' in page
        assert "The column Tech ID is missing" in page

    def test_a_packed_change_that_is_ours_no_more_is_refused(self, desk: Desk) -> None:
        assert desk.browser.post(f"{UPLOAD}/apply", {"changes": "[{}"}).status_code == 422
