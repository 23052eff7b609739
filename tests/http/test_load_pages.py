"""A Data Steward loads rosters by page: sent, compared, decided, loaded, taken back."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import anyio
import pytest
from httpx import Response

from adapters.inbound.http.csrf_tokens import issue
from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryRunner
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.rosters.load_runs import LoadRun, LoadState
from application.rosters.read_options import LoadReading
from domain.access import GRANTED_BY_ROSTER, Role
from tests import builders
from tests.adapters.files.oneroster_files import (
    a_role_row,
    added,
    package,
    replaced,
    with_roles,
    write_zip,
)
from tests.http.support import SAME, Backstage, Browser, browsing
from tests.http.whole import WholeHouse, under
from tests.stand_ins import FixedClock

Files = dict[str, str]
FEWER = replaced("enrollments", "e3,,,s1,o1,u3,student,\n", "")


@pytest.fixture
def house(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock, tmp_path: Path
) -> WholeHouse:
    return WholeHouse(memory_units, memory_jobs, clock, data_dir=str(tmp_path / "data"))


@pytest.fixture
def browser(house: WholeHouse) -> Iterator[Browser]:
    with browsing(house.app(routes=under("/loads", "/settings/rosters"))) as opened:
        yield opened


@pytest.fixture
def desk(house: WholeHouse, browser: Browser, tmp_path: Path) -> "Desk":
    backstage = Backstage(house.units, house.clock, house.keyring)
    dana = backstage.person("dana", Role.DATA_STEWARD, source_id="local:dana")
    return Desk(house, browser.signed_in(backstage.launched(dana, Role.DATA_STEWARD)), tmp_path)


class Desk:
    def __init__(self, house: WholeHouse, browser: Browser, folder: Path) -> None:
        self.house, self.browser, self.folder = house, browser, folder

    def send(self, files: Files | None = None, **form: str) -> Response:
        zipped = write_zip(self.folder / "roster.zip", package() if files is None else files)
        return self.send_bytes(zipped.read_bytes(), **form)

    def send_bytes(self, content: bytes, name: str = "roster.zip", **form: str) -> Response:
        assert self.browser.session_id is not None
        token = issue(self.browser.session_id)
        return self.browser.client.post(
            "/loads/new",
            data={"csrf": token, "kind": "oneroster", **form},
            files={"package": (name, content, "application/zip")},
            headers={"sec-fetch-site": SAME},
            follow_redirects=False,
        )

    def previewed(self, files: Files | None = None, **form: str) -> str:
        answer = self.send(files, **form)
        assert answer.status_code == 303, answer.text
        self.work()
        return str(answer.headers["location"])

    def loaded(self, files: Files | None = None) -> str:
        path = self.previewed(files)
        assert self.browser.post(f"{path}/apply").status_code == 303
        self.work()
        return path

    def work(self) -> None:
        handlers = {"load-roster": self.house.use_cases.run_load()}
        anyio.run(MemoryRunner(self.house.jobs, handlers).run_all)

    def page(self, path: str) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def run(self, path: str) -> LoadRun:
        with self.house.units(write=False) as unit:
            return next(run for run in unit.loads.recent() if path.endswith(run.id))

    def brought(self) -> list[tuple[str, Role, str]]:
        """Roles in orgs that loads brought: of whom, which, and where."""
        with self.house.units(write=False) as unit:
            held = unit.directory.granted_by(GRANTED_BY_ROSTER)
            people = unit.roster.people({one.person_id for one in held})
            orgs = {org.id: org.code for org in unit.roster.orgs()}
        return [
            (people[one.person_id].login, one.role, orgs[one.org_id])
            for one in held
            if one.org_id is not None
        ]

    def says_of(self, word: str, role: str) -> None:
        """Sets what a word of `roles.csv` gives; empty: nothing."""
        form = {"tech_id_width": "0", "grants-word": word, "grants-role": role}
        assert self.browser.post("/settings/rosters", form).status_code == 303

    def people(self) -> int:
        with self.house.units(write=False) as unit:
            return len(unit.roster.all_people())

    def kept(self) -> list[str]:
        return [path.name for path in (self.folder / "data" / "loads").glob("*")]


def counts(page: str) -> dict[str, list[int]]:
    """Added, changed, ended, same and left out by kind."""
    rows = re.findall(r'<th scope="row">(\w+)</th>((?:<td class="number"[^>]*>[\d,]+</td>)+)', page)
    return {
        kind: [int(one.replace(",", "")) for one in re.findall(r">([\d,]+)<", cells)]
        for kind, cells in rows
    }


class TestTheList:
    def test_says_what_to_do_while_there_is_none(self, desk: Desk) -> None:
        page = desk.page("/loads")
        assert "No roster was loaded yet" in page
        assert "OneRoster CSV" in page
        assert "docs/formats.md" in page

    def test_shows_who_what_and_how_it_ended(self, desk: Desk) -> None:
        desk.loaded()
        page = desk.page("/loads")
        assert "<bdi>Dana Ortiz</bdi>" in page
        assert "roster.zip" in page
        assert '<span class="chip ok">Loaded</span>' in page

    def test_is_not_shown_to_others_who_are_told_their_role_by_its_name(
        self, house: WholeHouse, browser: Browser
    ) -> None:
        backstage = Backstage(house.units, house.clock, house.keyring)
        cora = backstage.person("cora", Role.COORDINATOR, source_id="local:cora")
        signed_in = browser.signed_in(backstage.launched(cora, Role.COORDINATOR))
        answer = signed_in.get("/loads")
        assert answer.status_code == 403
        assert "This page is not for the role Coordinator." in answer.text


class TestSending:
    def test_nothing_is_stored_before_the_steward_decides(self, desk: Desk) -> None:
        path = desk.previewed()
        page = desk.page(path)
        assert "Nothing is stored yet" in page
        assert counts(page)["People"] == [3, 0, 0, 0, 0]
        assert desk.people() == 1
        assert desk.kept() == [f"{desk.run(path).id}.zip"]

    def test_the_kept_file_is_for_the_server_only(self, desk: Desk) -> None:
        desk.previewed()
        folder = desk.folder / "data" / "loads"
        assert folder.stat().st_mode & 0o077 == 0
        (kept,) = folder.iterdir()
        assert kept.stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize(
        ("content", "name"), [(b"sourcedId,name", "users.csv"), (b"", "a.zip")]
    )
    def test_what_is_no_zip_is_refused_with_the_form(
        self, desk: Desk, content: bytes, name: str
    ) -> None:
        answer = desk.send_bytes(content, name, rekey="yes")
        assert answer.status_code == 422
        assert "Choose a zip file that holds the CSV files." in answer.text
        assert 'id="rekey" value="yes" checked' in answer.text
        assert desk.page("/loads").count("<tr>") == 0

    def test_an_unknown_kind_is_refused(self, desk: Desk) -> None:
        answer = desk.send(kind="magic")
        assert answer.status_code == 422
        assert "Choose the kind of the files." in answer.text

    def test_a_damaged_zip_breaks_off_with_its_cause(self, desk: Desk) -> None:
        answer = desk.send_bytes(b"PK\x03\x04 and then nothing")
        desk.work()
        page = desk.page(str(answer.headers["location"]))
        assert "is no zip, or its upload was cut" in page
        assert "Nothing was stored." in page

    def test_a_form_from_elsewhere_is_refused(self, desk: Desk) -> None:
        answer = desk.browser.client.post(
            "/loads/new",
            data={"csrf": "forged", "kind": "oneroster"},
            files={"package": ("r.zip", b"PK", "application/zip")},
            headers={"sec-fetch-site": SAME},
        )
        assert answer.status_code == 403


class TestRoles:
    def test_in_orgs_follow_what_the_settings_say_of_a_word(self, desk: Desk) -> None:
        files = with_roles(a_role_row("r1", "u1", "siteAdministrator"))
        desk.loaded(files)
        assert desk.brought() == []
        assert 'value="siteAdministrator"' in desk.page("/settings/rosters")
        desk.says_of("siteAdministrator", "coordinator")
        preview = desk.page(desk.previewed(files))
        assert '<button class="primary">Load</button>' in preview
        assert counts(preview)["Roles"] == [1, 0, 0, 0, 0]
        desk.loaded(files)
        assert desk.brought() == [("tess", Role.COORDINATOR, "ENGL")]
        desk.says_of("siteAdministrator", "reader")
        path = desk.loaded(files)
        assert "a role that an earlier load brought is not listed; it ends" in desk.page(path)
        assert counts(desk.page(path))["Roles"] == [1, 0, 1, 0, 0]
        assert desk.brought() == [("tess", Role.READER, "ENGL")]
        assert desk.browser.post(f"{path}/undo").status_code == 303
        assert desk.brought() == [("tess", Role.COORDINATOR, "ENGL")]
        desk.says_of("siteAdministrator", "")
        desk.loaded(files)
        assert desk.brought() == []

    def test_are_given_only_as_they_were_previewed(self, desk: Desk) -> None:
        path = desk.previewed(with_roles(a_role_row("r1", "u1", "siteAdministrator")))
        desk.says_of("siteAdministrator", "coordinator")
        assert desk.browser.post(f"{path}/apply").status_code == 303
        desk.work()
        assert "roster settings were changed since the preview" in desk.page(path)
        assert (desk.people(), desk.brought()) == (1, [])


class TestChoices:
    def test_only_the_chosen_orgs_and_terms_are_read_both_times(self, desk: Desk) -> None:
        path = desk.previewed(orgs="ENGL, CVC, ENGL", terms="Fall 2026", whole="changes")
        page = desk.page(path)
        run = desk.run(path)
        asked = LoadReading(orgs=("ENGL", "CVC"), terms=("Fall 2026",), whole=False)
        assert replace(run.reading, settings="") == asked
        assert "Only orgs: ENGL, CVC" in page
        assert "Only terms: Fall 2026" in page
        assert desk.browser.post(f"{path}/apply").status_code == 303
        desk.work()
        assert desk.run(path).state is LoadState.APPLIED
        assert desk.run(path).reading == run.reading

    def test_a_term_that_the_files_do_not_have_is_named(self, desk: Desk) -> None:
        page = desk.page(desk.previewed(terms="Fall 1926"))
        assert "Fall 1926" in page
        assert "Nothing was loaded." in page

    def test_files_that_are_not_utf_8_are_read_as_told(self, desk: Desk) -> None:
        files = replaced("users", "雨桐,王", "Li,Wang")
        latin = {name: text.encode("windows-1252") for name, text in files.items()}
        zipped = write_zip(desk.folder / "latin.zip", latin)
        answer = desk.send_bytes(zipped.read_bytes(), encoding="windows-1252")
        path = str(answer.headers["location"])
        desk.work()
        assert "Encoding: windows-1252" in desk.page(path)
        assert desk.browser.post(f"{path}/apply").status_code == 303
        desk.work()
        with desk.house.units(write=False) as unit:
            assert "Núñez" in {one.family_name for one in unit.roster.all_people()}

    def test_an_encoding_that_nobody_knows_is_refused_with_what_was_chosen(
        self, desk: Desk
    ) -> None:
        answer = desk.send(encoding="morse", orgs="ENGL, MATH")
        assert answer.status_code == 422
        assert "Use utf-8, windows-1252, iso-8859-1." in answer.text
        assert 'value="ENGL, MATH"' in answer.text
        assert desk.kept() == []


class TestDeciding:
    def test_the_previewed_file_is_loaded(self, desk: Desk) -> None:
        path = desk.loaded()
        page = desk.page(path)
        assert "Loaded <time" in page
        assert counts(page)["Enrolments"] == [3, 0, 0, 0, 0]
        assert desk.people() == 4
        assert desk.kept() == []

    def test_the_second_click_changes_nothing(self, desk: Desk) -> None:
        path = desk.previewed()
        assert desk.browser.post(f"{path}/apply").status_code == 303
        assert desk.browser.post(f"{path}/apply").status_code == 303
        desk.work()
        assert desk.run(path).state is LoadState.APPLIED
        answer = desk.browser.post(f"{path}/apply")
        assert answer.status_code == 422
        assert "it is applied" in answer.text

    def test_a_dropped_file_leaves_nothing(self, desk: Desk) -> None:
        path = desk.previewed()
        answer = desk.browser.post(f"{path}/drop")
        assert answer.headers["location"] == "/loads?done=dropped"
        assert "The load was dropped" in desk.page("/loads?done=dropped")
        assert desk.browser.get(path).status_code == 404
        assert desk.kept() == []

    def test_another_load_at_work_makes_one_wait(self, desk: Desk) -> None:
        first, second = desk.previewed(), desk.previewed(FEWER)
        desk.browser.post(f"{first}/apply")
        answer = desk.browser.post(f"{second}/apply")
        assert answer.status_code == 422
        assert "Another load is at work" in answer.text
        assert desk.run(second).state is LoadState.PREVIEWED

    def test_a_file_that_was_swapped_is_not_loaded(self, desk: Desk) -> None:
        path = desk.previewed()
        other = write_zip(desk.folder / "other.zip", FEWER)
        (kept,) = (desk.folder / "data" / "loads").iterdir()
        kept.write_bytes(other.read_bytes())
        desk.browser.post(f"{path}/apply")
        desk.work()
        assert "another than was previewed" in desk.page(path)
        assert desk.people() == 1

    def test_the_same_file_again_is_recognised(self, desk: Desk) -> None:
        desk.loaded()
        page = desk.page(desk.previewed())
        assert "These are the files of the load of <time" in page
        assert "Nothing would change." in page
        assert ">Load</button>" not in page


class TestTheLimit:
    def test_too_much_that_ends_must_be_confirmed(self, desk: Desk) -> None:
        desk.loaded()
        path = desk.previewed(FEWER)
        page = desk.page(path)
        assert "1 of 3 active enrolments would end, more than 5 %" in page
        assert "Load all the same" in page
        assert "say below how much may end" in page
        assert "--max-removals" not in page
        assert desk.browser.post(f"{path}/apply", {"limit": "40%"}).status_code == 303
        desk.work()
        assert desk.run(path).state is LoadState.APPLIED

    def test_a_wrong_limit_is_told_at_its_field(self, desk: Desk) -> None:
        desk.loaded()
        path = desk.previewed(FEWER)
        answer = desk.browser.post(f"{path}/apply", {"limit": "some"})
        assert answer.status_code == 422
        assert '<a href="#limit">Give a share such as 5% or' in answer.text
        assert 'value="some"' in answer.text
        assert 'aria-invalid="true"' in answer.text

    def test_a_limit_that_is_still_too_low_stops_it_again(self, desk: Desk) -> None:
        desk.loaded()
        path = desk.previewed(FEWER)
        desk.browser.post(f"{path}/apply", {"limit": "10%"})
        desk.work()
        assert "more than 10 %" in desk.page(path)
        assert desk.run(path).over_limit


class TestFindings:
    def test_the_cure_is_one_of_the_page(self, desk: Desk) -> None:
        page = desk.page(desk.previewed(kind="canvas-sis"))
        assert "this looks like OneRoster CSV; send the file again as “OneRoster CSV”." in page
        assert "attain load" not in page

    def test_are_listed_and_downloaded(self, desk: Desk) -> None:
        path = desk.previewed(added("enrollments", "e9,,,=s9,o1,u2,student,"))
        page = desk.page(path)
        assert '<span class="chip bad">Left out</span>' in page
        assert "classes.csv has no such class, or it has ended" in page
        answer = desk.browser.get(f"{path}/findings.csv")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert "attachment" in answer.headers["content-disposition"]
        rows = list(csv.reader(answer.text.removeprefix("\ufeff").splitlines()))
        assert rows[0] == ["severity", "file", "line", "column", "value", "cause"]
        assert rows[1][:5] == ["error", "enrollments.csv", "5", "classSourcedId", "'=s9"]


class TestUndo:
    def test_the_last_load_is_taken_back(self, desk: Desk) -> None:
        path = desk.loaded()
        assert "Undo this load" in desk.page(path)
        assert desk.browser.post(f"{path}/undo").status_code == 303
        assert "Undone <time" in desk.page(path)
        assert desk.people() == 1

    def test_what_is_in_use_is_named(self, desk: Desk) -> None:
        path = desk.loaded()
        with desk.house.units() as unit:
            (section,) = unit.roster.sections()
            unit.assessments.save_work(builders.a_section_assessment(section_id=section.id))
            unit.commit()
        answer = desk.browser.post(f"{path}/undo")
        assert answer.status_code == 422
        assert "in use by now (1 of kind section assessment)" in answer.text
        assert desk.people() == 4

    def test_an_earlier_load_cannot_be(self, desk: Desk) -> None:
        first = desk.loaded()
        desk.house.clock.advance(minutes=1)
        desk.loaded(added("users", "u9,,,true,o1,student,zoe,Zoe,Roe,S9,z@example.edu"))
        page = desk.page(first)
        assert "Only the last load can be undone" in page
        assert "Undo this load" not in page


class TestProgress:
    def test_is_told_while_it_goes_on(self, desk: Desk) -> None:
        path = str(desk.send().headers["location"])
        page = desk.page(path)
        assert f'data-progress="{path}/events"' in page
        told = desk.browser.get(f"{path}/state", accept="application/json").json()
        assert (told["open"], told["said"]) == (True, "Waiting for a worker.")
        desk.work()
        told = desk.browser.get(f"{path}/state", accept="application/json").json()
        assert told["open"] is False


class TestCourseCodes:
    def test_canvas_is_asked_only_when_told_to(self, desk: Desk) -> None:
        page = desk.page("/loads/check")
        assert "Compare with Canvas" in page
        assert "All courses of the Canvas account are read" in page

    def test_a_college_without_canvas_is_told_what_to_do(self, desk: Desk) -> None:
        page = desk.page("/loads/check?ask=yes")
        assert "Canvas could not be asked. No Canvas site of this name is set up." in page
