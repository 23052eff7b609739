"""Files and links that a student hands in with a DLA, and the teacher who reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from httpx import Response

from adapters.inbound.http.csrf_tokens import issue
from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.access import Role
from domain.dla import AssignedDla, DlaState
from domain.evidence import Evidence, EvidenceTarget
from domain.ids import AssignedDlaId, PersonId
from tests.builders import College, a_dla, a_role_grant, an_assigned_dla
from tests.evidence_files import PDF, SVG_WITH_SCRIPT
from tests.http.support import SAME, Backstage, Browser, browsing
from tests.http.whole import WholeHouse
from tests.stand_ins import FixedClock

DLA = AssignedDlaId("assigned-thesis-ana")
ANA = PersonId("person-ana")
MINE, THEIRS = f"/mine/dlas/{DLA}", f"/dlas/assigned/{DLA}"
FILES = f"{MINE}/evidence"


@dataclass
class Desk:
    """Tess assigned a DLA to Ana; Ben is another student of hers, Zed teaches elsewhere."""

    house: WholeHouse
    browser: Browser
    clock: FixedClock

    def enter(self, key: str, role: Role) -> Browser:
        backstage = Backstage(self.house.units, self.house.clock, self.house.keyring)
        return self.browser.signed_in(backstage.launched(PersonId(f"person-{key}"), role))

    def ana(self) -> Browser:
        return self.enter("ana", Role.STUDENT)

    def tess(self) -> Browser:
        return self.enter("tess", Role.FACULTY)

    def attach(self, name: str = "Seite eins.pdf", content: bytes = PDF) -> Response:
        assert self.browser.session_id is not None
        headers = {
            "x-csrf-token": issue(self.browser.session_id),
            "sec-fetch-site": SAME,
            "x-file-name": quote(name),
        }
        return self.browser.client.post(f"{FILES}/file", content=content, headers=headers)

    def write(self, then: str, text: str = "") -> Response:
        seen = str(self.assigned().version)
        return self.browser.post(MINE, {"text": text, "then": then, "seen": seen})

    def hand_in(self, text: str = "") -> None:
        answer = self.write("hand-in", text)
        assert answer.status_code == 303, answer.text

    def give_back(self, word: str = "Say more.") -> None:
        form = {"one": DLA, "alone": DLA, "word": word, "then": "return"}
        assert self.browser.post("/dlas/decide", form).status_code == 303

    def later(self) -> None:
        self.clock.advance(minutes=5)

    def assigned(self) -> AssignedDla:
        with self.house.units(write=False) as unit:
            return unit.dlas.assigned(DLA)

    def kept(self) -> list[Evidence]:
        with self.house.units(write=False) as unit:
            return unit.evidence.of_target(EvidenceTarget.dla(DLA, ANA))

    def page(self, path: str) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)


@pytest.fixture
def desk(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock, tmp_path: Path
) -> Iterator[Desk]:
    house = WholeHouse(memory_units, memory_jobs, clock, data_dir=str(tmp_path))
    with house.units() as unit:
        College().store(unit)
        for key, role in (("ana", Role.STUDENT), ("ben", Role.STUDENT), ("tess", Role.FACULTY)):
            unit.roster.grant(a_role_grant(key, role=role))
        unit.dlas.save(a_dla(slo_id=None))
        unit.dlas.save_assigned([an_assigned_dla()])
        unit.commit()
    Backstage(house.units, house.clock, house.keyring).person("zed", Role.FACULTY)
    with browsing(house.app()) as browser:
        yield Desk(house, browser, clock)


class TestAttaching:
    def test_the_text_is_saved_on_the_way_to_the_files(self, desk: Desk) -> None:
        desk.ana()
        answer = desk.write("attach", "A first page.")

        assert answer.headers["location"] == FILES
        assert (desk.assigned().text, desk.assigned().state) == ("A first page.", DlaState.STARTED)

    def test_files_and_links_alone_can_be_handed_in(self, desk: Desk) -> None:
        desk.ana()
        assert desk.attach().status_code == 201
        link = {"url": "https://example.edu/film", "title": "My film"}
        assert desk.browser.post(f"{FILES}/link", link).status_code == 303
        assert "Seite eins.pdf" in desk.page(MINE)
        desk.hand_in()

        (step,) = [one for one in desk.assigned().steps if one.state is DlaState.HANDED_IN]
        assert step.text == "Seite eins.pdf, My film https://example.edu/film"

    def test_with_nothing_at_all_it_cannot(self, desk: Desk) -> None:
        desk.ana()
        answer = desk.write("hand-in")

        assert answer.status_code == 422
        assert "attach a file" in answer.text

    def test_a_file_starts_it_so_that_it_is_not_taken_away(self, desk: Desk) -> None:
        desk.ana()
        desk.attach()
        answer = desk.tess().post(f"{THEIRS}/take-away", {})

        assert answer.status_code == 409
        assert desk.assigned().state is DlaState.STARTED

    def test_the_same_is_refused_as_elsewhere(self, desk: Desk) -> None:
        desk.ana()
        assert desk.attach("logo.svg", SVG_WITH_SCRIPT).status_code == 422
        desk.house.use_cases.evidence_limits.add_kwargs(files=1)
        desk.attach()
        assert desk.attach("two.pdf").status_code == 409
        assert [one.title for one in desk.kept()] == ["Seite eins.pdf"]

    def test_handed_in_it_takes_no_more_until_it_is_back(self, desk: Desk) -> None:
        desk.ana()
        desk.attach()
        desk.hand_in()
        assert "Add files" not in desk.page(FILES)
        assert desk.attach("two.pdf").status_code == 409
        answer = desk.browser.post(f"{FILES}/link", {"url": "https://example.edu"})
        assert "take it back" in answer.text

        desk.browser.post(f"{MINE}/take-back", {})

        assert desk.attach("two.pdf").status_code == 201


class TestReading:
    def test_the_teacher_sees_what_is_handed_in_and_no_draft(self, desk: Desk) -> None:
        desk.ana()
        desk.attach()
        (one,) = desk.kept()
        tess = desk.tess()
        assert "Seite eins.pdf" not in desk.page(THEIRS)
        assert tess.get(f"/evidence/{one.id}/file").status_code == 404

        desk.ana()
        desk.hand_in()

        tess = desk.tess()
        assert "Seite eins.pdf" in desk.page(THEIRS)
        assert tess.get(f"/evidence/{one.id}/file").content == PDF

    def test_returned_and_handed_in_again_all_of_it_is_kept(self, desk: Desk) -> None:
        desk.ana()
        desk.attach("first.pdf")
        desk.hand_in()
        desk.later()
        desk.tess()
        desk.give_back()
        desk.later()
        desk.ana()
        desk.attach("second.pdf")

        desk.tess()
        between = desk.page(THEIRS)
        desk.ana()
        desk.later()
        desk.hand_in()
        desk.tess()
        after = desk.page(THEIRS)

        assert ("first.pdf" in between, "second.pdf" in between) == (True, False)
        assert "first.pdf" in after
        assert "second.pdf" in after

    def test_what_was_handed_in_can_be_retired_not_removed(self, desk: Desk) -> None:
        desk.ana()
        desk.attach("first.pdf")
        desk.hand_in()
        desk.browser.post(f"{MINE}/take-back", {})
        desk.later()
        desk.attach("draft.pdf")
        first, draft = desk.kept()

        assert desk.browser.post(f"/evidence/{first.id}/remove", {}).status_code == 409
        assert desk.browser.post(f"/evidence/{first.id}/retire", {}).status_code == 303
        assert desk.browser.post(f"/evidence/{draft.id}/remove", {}).status_code == 303
        desk.tess()
        assert "first.pdf" in desk.page(THEIRS)

    def test_while_it_is_with_the_teacher_nothing_is_withdrawn(self, desk: Desk) -> None:
        desk.ana()
        desk.attach()
        desk.hand_in()
        (one,) = desk.kept()

        for act in ("retire", "remove"):
            assert desk.browser.post(f"/evidence/{one.id}/{act}", {}).status_code in {403, 409}
        assert desk.kept() == [one]

    @pytest.mark.parametrize(("key", "role"), [("ben", Role.STUDENT), ("zed", Role.FACULTY)])
    def test_it_is_nobody_elses(self, desk: Desk, key: str, role: Role) -> None:
        desk.ana()
        desk.attach()
        desk.hand_in()
        (one,) = desk.kept()
        other = desk.enter(key, role)

        assert other.get(f"/evidence/{one.id}/file").status_code == 404
        assert other.get(FILES).status_code in {403, 404}
        assert desk.attach("mine.pdf").status_code in {403, 404}
        assert desk.kept() == [one]
