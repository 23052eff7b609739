"""ePortfolios page by page: built, shared, read without a sign-in, ended, taken away."""

import io
import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any
from zipfile import ZipFile

import jwt
import pytest
from httpx import Response
from jwt.types import Options

from adapters.outbound.evidence_store.files import ObjectFiles
from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.runtime.chance import new_secret
from application.use_cases.access.session_starts import StartSessionCommand
from application.use_cases.access.sessions import StartSession
from domain.access import Role
from domain.evidence import Evidence, EvidenceSource, EvidenceState, ScanState
from domain.ids import PersonId
from tests.adapters.credentials.test_bitstring import bits
from tests.application.portfolios import ESSAY, HIDDEN, PROJECT, a_portfolio_college
from tests.builders import a_person, a_role_grant
from tests.evidence_builders import evidence
from tests.http.support import Browser, browsing
from tests.http.whole import WholeHouse
from tests.stand_ins import NOON, FixedClock, NoQueue

OTHERS = ("Ben", "Tess", "Better than")
"""What stands in the same college and must never be seen by a visitor."""


@dataclass
class Desk:
    """A college in a browser; `as_(...)` signs somebody in, `stranger` has no session."""

    house: WholeHouse
    browser: Browser
    stranger: "Stranger"

    def as_(self, name: str, role: Role = Role.STUDENT) -> Browser:
        start = StartSession(self.house.units, self.house.clock, new_secret)
        command = StartSessionCommand(PersonId(f"person-{name}"), role, {}, "", "/")
        return self.browser.signed_in(start(command))


@dataclass
class Stranger:
    """Somebody with another browser, who never signed in."""

    browser: Browser

    def get(self, path: str) -> Response:
        client = self.browser.client
        signed_in = dict(client.cookies)
        client.cookies.clear()
        try:
            return self.browser.get(path, site=None)
        finally:
            client.cookies.update(signed_in)


@dataclass
class Standing:
    """The server, which takes seconds to build, and what its store held at first."""

    desk: Desk
    store: Store
    first: dict[str, Any]


@pytest.fixture(scope="module")
def standing() -> Iterator[Standing]:
    clock, store = FixedClock(), Store()
    units = MemoryUnits(store, lambda _after_commit: NoQueue())
    a_portfolio_college(units)
    with units() as unit:
        unit.roster.put_people([a_person("stew")])
        unit.roster.grant(a_role_grant("stew", role=Role.DATA_STEWARD))
        unit.commit()
    house = WholeHouse(units, MemoryJobs(clock), clock)
    app = house.app()
    with browsing(app) as browser:
        yield Standing(Desk(house, browser, Stranger(browser)), store, dict(store.state()))


@pytest.fixture
def desk(standing: Standing) -> Desk:
    """The college as it was at first."""
    standing.store.publish({kind: {} for kind in standing.store.state()})
    standing.store.publish(standing.first)
    standing.desk.house.clock.at = NOON
    return standing.desk


@pytest.fixture
def clock(desk: Desk) -> FixedClock:
    return desk.house.clock


@pytest.fixture
def ana(desk: Desk) -> Browser:
    return desk.as_("ana")


@pytest.fixture
def writing(ana: Browser) -> str:
    """The path of ana's collection with two results and a link."""
    path = ana.post("/portfolio", {"title": "Writing"}).headers["location"]
    answer = write(
        ana, path, "add", work=[ESSAY, PROJECT], url="https://blog.test/", url_title="Blog"
    )
    assert answer.status_code == 303
    return str(path)


def write(browser: Browser, path: str, then: str, **typed: str | list[str]) -> Response:
    """What the page's form sends, with something typed."""
    shown = text(browser.get(path))
    held = {"title": "Writing", "reflection": "", "seen": field(shown, "seen")}
    return browser.post(path, {**held, "then": then, **typed})


def text(answer: Response) -> str:
    return unescape(answer.text)


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def items(page: str) -> list[str]:
    return re.findall(r'name="reflection-([^"]+)"', page)


def shared(browser: Browser, path: str, last_day: str = "2026-10-01") -> tuple[str, str]:
    """The page that shows the address, and the path of the address."""
    answer = browser.post(f"{path}/shares", {"last_day": last_day, "label": "Grandmother"})
    assert answer.status_code == 200
    found = re.search(r"https://tool\.test(/p/[\w-]+)", answer.text)
    assert found
    return text(answer), found[1]


class TestBuilding:
    def test_a_collection_is_made_filled_and_written_about(
        self, ana: Browser, writing: str
    ) -> None:
        first, second, third = items(text(ana.get(writing)))
        answer = write(
            ana,
            writing,
            f"down:{first}",
            reflection="All of it.",
            **{f"reflection-{third}": "Mine."},
        )

        page = text(ana.get(answer.headers["location"]))
        assert items(page) == [second, first, third]
        assert "All of it." in page
        assert "Mine." in page
        assert "3</span> <strong>Met" in page
        assert HIDDEN not in page

    def test_without_a_title_nothing_is_made_and_the_field_says_so(self, ana: Browser) -> None:
        answer = ana.post("/portfolio", {"title": " "})

        assert answer.status_code == 422
        assert "Enter a title that says what the collection is about." in text(answer)

    def test_a_wrong_address_is_refused_with_everything_typed_kept(
        self, ana: Browser, writing: str
    ) -> None:
        answer = write(ana, writing, "add", url="javascript:alert(1)", reflection="Long thoughts.")

        assert answer.status_code == 422
        page = text(answer)
        assert "begins with https://" in page
        assert 'value="javascript:alert(1)"' in page
        assert "Long thoughts." in page
        assert 'href="javascript' not in page

    def test_two_windows_do_not_overwrite_each_other(self, ana: Browser, writing: str) -> None:
        seen = field(text(ana.get(writing)), "seen")
        write(ana, writing, "save", reflection="First.")
        answer = ana.post(
            writing, {"title": "Writing", "reflection": "Second.", "seen": seen, "then": "save"}
        )

        assert answer.status_code == 409
        assert "changed in another window" in text(answer)
        assert "Second." in text(answer)
        assert "First." in text(ana.get(writing))

    def test_what_is_taken_out_or_removed_can_be_put_back(self, ana: Browser, writing: str) -> None:
        first = items(text(ana.get(writing)))[0]
        write(ana, writing, f"out:{first}")
        page = text(ana.get(writing))
        assert first not in items(page)
        assert f'value="back:{first}"' in page

        ana.post(f"{writing}/remove")
        home = text(ana.get("/portfolio?said=removed"))
        assert "You have no collection yet" in home
        assert f"{writing}/restore" in home
        ana.post(f"{writing}/restore")
        assert f'href="{writing}"' in text(ana.get("/portfolio"))

    def test_nobody_else_finds_it(self, desk: Desk, ana: Browser, writing: str) -> None:
        _, address = shared(ana, writing)
        ben = desk.as_("ben")
        paths = ("", "/shares", "/preview", "/export.zip")
        deeds = ("", "/remove", "/restore", "/shares")

        assert {ben.get(writing + path).status_code for path in paths} == {404}
        form = {"title": "x", "seen": "2", "last_day": "2026-10-01", "share": "x"}
        assert {ben.post(writing + path, form).status_code for path in deeds} == {404}
        for path in ("/shares/revoke", "/shares/address"):
            with desk.house.units(write=False) as unit:
                (share,) = unit.portfolios.shares_of(PersonId("person-ana"))
            assert ben.post(writing + path, {"share": share.id}).status_code == 404
        assert desk.stranger.get(address).status_code == 200


class TestSharing:
    def test_the_address_is_shown_once_and_opens_without_a_session(
        self, desk: Desk, ana: Browser, writing: str
    ) -> None:
        page, address = shared(ana, writing)
        code = address.removeprefix("/p/")
        assert "Grandmother" in page
        assert code not in text(ana.get(f"{writing}/shares"))

        answer = desk.stranger.get(address)
        seen = text(answer)
        assert answer.status_code == 200
        assert "Ana Ortiz" in seen
        assert "Essay" in seen
        assert [word for word in (*OTHERS, "Grandmother", "Sign out") if word in seen] == []
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert 'name="robots" content="noindex' in seen
        assert "no-store" in answer.headers["cache-control"]
        assert "12:00 UTC" in text(ana.get(f"{writing}/shares"))

    def test_who_is_signed_in_is_a_stranger_there_too(
        self, desk: Desk, ana: Browser, writing: str
    ) -> None:
        _, address = shared(ana, writing)
        seen = text(desk.as_("ben").get(address))

        assert "Sign out" not in seen
        assert "Ben" not in seen

    def test_revoked_expired_and_unknown_answer_a_plain_page(
        self, desk: Desk, ana: Browser, writing: str, clock: FixedClock
    ) -> None:
        _, expired = shared(ana, writing, "2026-09-15")
        clock.advance(minutes=1)
        page, revoked = shared(ana, writing)
        share_id = field(page, "share")
        assert ana.post(f"{writing}/shares/revoke", {"share": share_id}).status_code == 303
        clock.advance(days=2)

        for path, status in ((expired, 410), (revoked, 410), ("/p/guess", 404)):
            answer = desk.stranger.get(path)
            assert answer.status_code == status
            assert "is not shared" in text(answer)
            assert "Ana" not in text(answer)
            assert answer.headers["x-robots-tag"] == "noindex, nofollow"
            assert desk.stranger.get(f"{path}/record.jwt").status_code == 404

    def test_another_address_ends_the_one_before(
        self, desk: Desk, ana: Browser, writing: str
    ) -> None:
        page, address = shared(ana, writing)
        answer = ana.post(f"{writing}/shares/address", {"share": field(page, "share")})
        newer = re.search(r"(/p/[\w-]+)<", answer.text)

        assert newer
        assert desk.stranger.get(address).status_code == 404
        assert desk.stranger.get(newer[1]).status_code == 200

    def test_a_release_that_is_taken_back_is_gone_at_once(
        self, desk: Desk, ana: Browser, writing: str
    ) -> None:
        _, address = shared(ana, writing)
        with desk.house.units() as unit:
            unit.assessments.save_work(unit.assessments.work(ESSAY).released(None))
            unit.commit()

        assert "Essay" not in text(desk.stranger.get(address))
        assert "no longer released" in text(ana.get(writing))
        assert "no longer released" in text(ana.get(f"{writing}/preview"))

    def test_a_day_that_is_over_is_refused_with_the_note_kept(
        self, ana: Browser, writing: str
    ) -> None:
        answer = ana.post(f"{writing}/shares", {"last_day": "2020-01-01", "label": "Grandmother"})

        assert answer.status_code == 422
        assert "Choose a day from today" in text(answer)
        assert 'value="Grandmother"' in text(answer)


class TestEvidence:
    def test_a_file_is_added_shared_and_taken_away_only_while_it_may_be_opened(
        self, desk: Desk, ana: Browser, writing: str
    ) -> None:
        given = evidence(source=EvidenceSource.STUDENT)
        annotated = evidence("marked", source=EvidenceSource.FACULTY)
        kept(desk, given, annotated)
        assert "draft.pdf" in text(ana.get(writing))
        assert "marked.pdf" not in text(ana.get(writing))
        assert write(ana, writing, "add", evidence=[annotated.id]).status_code == 404
        write(ana, writing, "add", evidence=[given.id])
        _, address = shared(ana, writing)
        (path,) = re.findall(rf'href="({address}/files/[^"]+)"', text(desk.stranger.get(address)))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ObjectFiles, "read", a_file)
            answer = desk.stranger.get(path)
            zipped = ana.get(f"{writing}/export.zip")
        assert answer.content == b"in two pieces"[:12]
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["content-security-policy"].startswith("sandbox")
        with ZipFile(io.BytesIO(zipped.content)) as archive:
            assert archive.read("files/004-draft.pdf") == b"in two pieces"[:12]

        kept(desk, replace(given, scan=ScanState.WAITING, version=1))
        assert desk.stranger.get(path).status_code == 404
        assert "draft.pdf" not in text(desk.stranger.get(address))
        assert "being checked" in text(ana.get(writing))
        kept(desk, replace(given, state=EvidenceState.RETIRED, version=2))
        assert "no longer there" in text(ana.get(writing))


def kept(desk: Desk, *pieces: Evidence) -> None:
    with desk.house.units() as unit:
        for one in pieces:
            unit.evidence.save(one)
        unit.commit()


async def a_file(_store: ObjectFiles, _key: str) -> AsyncIterator[bytes]:
    async def blocks() -> AsyncIterator[bytes]:
        for block in (b"in two ", b"piece"):
            yield block

    return blocks()


class TestTakingAway:
    def test_the_zip_holds_json_and_signed_credentials(
        self, desk: Desk, ana: Browser, writing: str
    ) -> None:
        answer = ana.get(f"{writing}/export.zip")

        assert "filename*=UTF-8''Writing.zip" in answer.headers["content-disposition"]
        with ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            told = json.loads(archive.read("portfolio.json"))
            badges = [archive.read(n).decode() for n in names if n.startswith("credentials/")]
        assert told["title"] == "Writing"
        assert [one["kind"] for one in told["items"]] == ["result", "result", "link"]
        assert told["items"][0]["results"][0]["level"] == "Met"
        assert [word for word in OTHERS if word in json.dumps(told)] == []
        assert len(badges) == 3
        for badge in badges:
            assert checked(desk.stranger, badge)["issuer"]["name"] == "English"

    def test_the_pdf_is_for_its_owner(self, desk: Desk, ana: Browser, writing: str) -> None:
        answer = ana.get(f"{writing}/export.pdf")

        assert answer.content.startswith(b"%PDF-")
        assert desk.as_("ben").get(f"{writing}/export.pdf").status_code == 404

    def test_a_credential_leads_to_the_key_that_checks_it(
        self, desk: Desk, ana: Browser, writing: str
    ) -> None:
        page = text(ana.get("/portfolio/credentials"))
        (path,) = set(re.findall(r'href="(/portfolio/credentials/(?!record)[^"]+)"', page)[:1])
        answer = ana.get(path)

        body = checked(desk.stranger, answer.text)
        assert answer.headers["content-type"].startswith("application/jwt")
        assert body["credentialSubject"]["achievement"]["name"] in page
        assert body["issuer"]["id"] == "https://tool.test/credentials/issuer"
        issuer = desk.stranger.get("/credentials/issuer").json()
        assert (issuer["id"], issuer["name"]) == (body["issuer"]["id"], "English")
        assert desk.as_("ben").get(path).status_code == 404
        assert writing

    def test_whether_a_credential_stands_is_told_to_anybody(
        self, desk: Desk, ana: Browser, writing: str
    ) -> None:
        page = text(ana.get("/portfolio/credentials"))
        (path,) = set(re.findall(r'href="(/portfolio/credentials/(?!record)[^"]+)"', page)[:1])
        status = checked(desk.stranger, ana.get(path).text)["credentialStatus"]
        assert checked(desk.stranger, ana.get(path).text)["credentialStatus"] == status
        url = status["statusListCredential"].removeprefix("https://tool.test")

        answer = desk.stranger.get(url)
        assert answer.headers["content-type"].startswith("application/jwt")
        assert answer.headers["cache-control"] == "public, max-age=300"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert places_set(checked(desk.stranger, answer.text)) == set()

        take_results_back(desk)
        desk.house.clock.advance(minutes=5)
        told = checked(desk.stranger, desk.stranger.get(url).text)
        assert int(status["statusListIndex"]) in places_set(told)
        for other in ("2", "-1", "9" * 30):
            assert desk.stranger.get(f"/credentials/status/{other}").status_code == 404
        assert writing

    def test_the_published_page_offers_the_signed_record(
        self, desk: Desk, ana: Browser, writing: str
    ) -> None:
        _, address = shared(ana, writing)
        record = desk.stranger.get(f"{address}/record.jwt")

        held = checked(desk.stranger, record.text)["credentialSubject"]["verifiableCredential"]
        assert len(held) == 2
        assert [word for word in OTHERS if word in json.dumps(held)] == []

    def test_without_results_there_is_nothing_to_attest(self, desk: Desk) -> None:
        sol = desk.as_("tess")
        assert "nothing to attest yet" in text(sol.get("/portfolio/credentials"))
        assert sol.get("/portfolio/credentials/record").status_code == 404
        assert desk.stranger.get("/credentials/keys/none").status_code == 404
        assert desk.stranger.get("/credentials/jwks.json").json() == {"keys": []}


def places_set(body: dict[str, Any]) -> set[int]:
    read = bits(body["credentialSubject"]["encodedList"])
    return {place for place, bit in enumerate(read) if bit == "1"}


def take_results_back(desk: Desk) -> None:
    with desk.house.units() as unit:
        for work_id in unit.portfolios.released_works(PersonId("person-ana")):
            unit.assessments.save_work(unit.assessments.work(work_id).released(None))
        unit.commit()


def checked(browser: Stranger, token: str) -> dict[str, Any]:
    """The credential, after its signature held by the key that its header names."""
    kid = jwt.get_unverified_header(token)["kid"]
    key = browser.get(kid.removeprefix("https://tool.test"))
    assert key.headers["access-control-allow-origin"] == "*"
    published = browser.get("/credentials/jwks.json").json()["keys"]
    assert key.json() in published
    options: Options = {
        "verify_nbf": False,
        "verify_exp": False,
    }  # the clock of the test is not that of the library
    body: dict[str, Any] = jwt.decode(token, jwt.PyJWK(key.json()), ["RS256"], options)
    return body


class TestProfile:
    def test_stays_closed_until_the_college_opens_it(self, desk: Desk) -> None:
        stew = desk.as_("stew", Role.DATA_STEWARD)

        assert "keeps the results of single students closed" in text(
            stew.get("/people/person-ana/profile")
        )
        refused = stew.post("/people/person-ana/profile", {"reason": "Advising"})
        assert refused.status_code == 403

    def test_opens_with_a_reason_and_is_noted(self, desk: Desk) -> None:
        stew = desk.as_("stew", Role.DATA_STEWARD)
        for _ in range(2):
            assert stew.post("/settings/profiles", {"allowed": "yes"}).status_code == 303
        assert "checked" in text(stew.get("/settings/profiles?said=saved"))
        door = "/people/person-ana/profile"
        assert "THESIS" not in text(stew.get(door))
        assert stew.post(door, {"reason": " "}).status_code == 422

        page = text(stew.post(door, {"reason": "Asked by the student"}))
        assert "THESIS" in page
        assert [word for word in ("Ben", "Better than", "Hidden") if word in page] == []
        with desk.house.units(write=False) as unit:
            told = [(e.verb, e.subject, e.details) for e in unit.audit.entries()]
        assert told == [
            ("set", "setting:profiles.stewards", "to allowed"),
            ("opened the profile of", "person:person-ana", "Asked by the student"),
        ]
        assert "No result of this person" in text(
            stew.post("/people/person-stew/profile", {"reason": "A test"})
        )
        assert stew.post("/people/none/profile", {"reason": "A test"}).status_code == 404
        stew.post("/settings/profiles", {})
        assert stew.post(door, {"reason": "Again"}).status_code == 403
