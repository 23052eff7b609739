"""The recorded launches, posted to the real application at the addresses they were signed for."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from ipaddress import ip_network
from urllib.parse import urlsplit

import pytest
from httpx import ASGITransport, AsyncClient, Response
from litestar import Litestar, post
from litestar.testing import TestClient

from adapters.inbound.http.access.launches import LaunchDoor, launch
from adapters.inbound.lti.public_url import PublicAddress
from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.use_cases.lms.lti_switch import SetLtiSwitchCommand
from domain.access import Right, Role
from domain.identity import MismatchReason
from domain.rostering import EnrolmentRole
from tests import builders
from tests.adapters.lti.signing import FORM, signed_body
from tests.adapters.lti.vectors import Vector, load_vectors
from tests.http.support import browsing
from tests.http.whole import WholeHouse, under
from tests.stand_ins import FixedClock

VECTORS = {vector.name.split("-")[0]: vector for vector in load_vectors()}
TEACHER, CONTENT_ITEM = VECTORS["s02"], VECTORS["s18"]
PROBLEM = "application/problem+json"
NOBODY = {
    "s04": MismatchReason.OBSERVER,
    "s06": MismatchReason.TEST_STUDENT,
    "s07": MismatchReason.ANONYMOUS,
}
STATUS = {
    "launch-malformed": 400,
    "launch-version-unsupported": 400,
    "launch-key-unknown": 401,
    "launch-signature-invalid": 401,
    "launch-expired": 401,
    "launch-replayed": 401,
    "person-unmatched": 403,
}
STUDENTS = ("C00912345", "C00930000", "C+00~93%1", "C00930002")
TEACHERS = ("F0004471", "F0005120")
ADMINISTRATOR = "E0000017"


@dataclass
class College:
    """People of the launches and a section `BIO 101`, known to a house at one address."""

    units: MemoryUnits
    jobs: MemoryJobs
    clock: FixedClock
    house: WholeHouse = field(init=False, repr=False)

    def __post_init__(self) -> None:
        everybody = (*STUDENTS, *TEACHERS, ADMINISTRATOR)
        people = [
            builders.a_person(f"p{number}", tech_id=tech_id, login=f"login-{number}")
            for number, tech_id in enumerate(everybody)
        ]
        in_class = [(f"p{n}", EnrolmentRole.STUDENT) for n in range(len(STUDENTS))]
        teaching = [(f"p{4 + n}", EnrolmentRole.TEACHER) for n in range(len(TEACHERS))]
        with self.units() as unit:
            unit.roster.put_orgs([builders.an_org()])
            unit.roster.put_terms([builders.a_term()])
            unit.roster.put_courses([builders.a_course()])
            unit.roster.put_sections([builders.a_section(title="BIO 101")])
            unit.roster.put_people(people)
            unit.roster.put_enrolments(
                [builders.an_enrolment(key, role=role) for key, role in (*in_class, *teaching)]
            )
            unit.roster.grant(builders.a_role_grant("p6", role=Role.DATA_STEWARD))
            unit.commit()

    def at(self, vector: Vector) -> WholeHouse:
        """The house at the vector's address and time, with its key known and its nonces spent."""
        self.clock.at = vector.now
        parts = urlsplit(vector.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        self.house = WholeHouse(self.units, self.jobs, self.clock, base_url=origin)
        for key, (secret,) in (vector.registered or {"another-key": ("x" * 40,)}).items():
            if self.house.consumer_secrets.secrets_of(key, vector.now) != (secret,):
                self.house.registered(key, secret)
        for seen in vector.seen:
            until = vector.now + timedelta(hours=2)
            self.house.nonces.remember(seen.consumer_key, seen.nonce, until=until)
        return self.house

    def last_record(self) -> tuple[str, str]:
        with self.units(write=False) as unit:
            record = unit.identities.recent(1)[0]
        return record.slug, record.reason


@pytest.fixture
def college(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> College:
    return College(memory_units, memory_jobs, clock)


def app_for(house: WholeHouse, path: str, door: LaunchDoor | None = None) -> Litestar:
    """The application, taking launches at `path` too."""
    routes = under()
    if path != "/lti/launch":
        at = post(path, right=Right.OPEN_TO_ALL, signed_launch=True, status_code=303)
        routes = (*routes, at(launch.fn))
    return house.app(routes=routes, instead={"launch_door": lambda: door} if door else None)


@dataclass(frozen=True, slots=True)
class Door:
    """Where one vector's launches are posted to."""

    client: TestClient[Litestar]
    target: str

    def __call__(self, body: bytes, accept: str = PROBLEM, content_type: str = FORM) -> Response:
        headers = {"content-type": content_type, "accept": accept}
        return self.client.post(self.target, content=body, headers=headers, follow_redirects=False)


@contextmanager
def door_of(house: WholeHouse, vector: Vector) -> Iterator[Door]:
    parts = urlsplit(vector.url)
    path = parts.path or "/"
    with browsing(app_for(house, path), f"{parts.scheme}://{parts.netloc}") as browser:
        yield Door(browser.client, f"{path}?{parts.query}" if parts.query else path)


def posted(house: WholeHouse, vector: Vector, body: bytes | None = None) -> Response:
    with door_of(house, vector) as door:
        return door(vector.body if body is None else body)


def assert_let_in(answer: Response) -> None:
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith("/start/")


def assert_refused(answer: Response, slug: str) -> None:
    """By status and by problem details."""
    assert answer.headers["content-type"].partition(";")[0] == PROBLEM
    assert (answer.status_code, answer.json()["type"]) == (
        STATUS[slug],
        f"urn:attain:problem:{slug}",
    )
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "name", [name for name, v in VECTORS.items() if not v.slug and name not in {*NOBODY, "s18"}]
)
def test_a_valid_launch_of_somebody_goes_on(college: College, name: str) -> None:
    vector = VECTORS[name]

    assert_let_in(posted(college.at(vector), vector))

    assert college.last_record() == ("ok", "")


@pytest.mark.parametrize(("name", "reason"), NOBODY.items())
def test_a_valid_launch_of_nobody_is_named_for_what_it_is(
    college: College, name: str, reason: MismatchReason
) -> None:
    vector = VECTORS[name]

    assert_refused(posted(college.at(vector), vector), "person-unmatched")

    assert college.last_record() == ("person-unmatched", reason)


@pytest.mark.parametrize("name", [name for name, v in VECTORS.items() if v.slug])
def test_each_refused_launch_has_its_slug_and_status(college: College, name: str) -> None:
    vector = VECTORS[name]

    assert_refused(posted(college.at(vector), vector), str(vector.slug))


def test_all_thirty_are_posted() -> None:
    refused = [vector for vector in VECTORS.values() if vector.slug]

    assert (len(VECTORS), len(refused)) == (30, 11)


class TestContentItemRequest:
    """Canvas sends no id of a person in one; the user is known from an ordinary launch."""

    def test_of_a_user_who_launched_before_goes_on(self, college: College) -> None:
        assert_let_in(posted(college.at(TEACHER), TEACHER))

        assert_let_in(posted(college.at(CONTENT_ITEM), CONTENT_ITEM))

    def test_of_a_user_never_seen_is_unmatched(self, college: College) -> None:
        answer = posted(college.at(CONTENT_ITEM), CONTENT_ITEM)

        assert_refused(answer, "person-unmatched")


class TestBehindAProxy:
    """`wire` of the vector is what the server sees; the public address is what was signed."""

    vector = VECTORS["s15"]

    async def answer(self, app: Litestar, client: str = "10.20.0.1") -> Response:
        assert self.vector.wire is not None
        transport = ASGITransport(app, client=(client, 40000))  # type: ignore[arg-type] # its own scope types
        headers = {**self.vector.wire.headers, "content-type": FORM, "accept": PROBLEM}
        inside = f"{self.vector.wire.scheme}://{self.vector.wire.headers['host']}"
        async with AsyncClient(transport=transport, base_url=inside) as http:
            return await http.post(
                self.vector.wire.target, content=self.vector.body, headers=headers
            )

    def door(self, house: WholeHouse) -> LaunchDoor:
        """Without a base URL, believing the proxies of one network."""
        address = PublicAddress(trusted_proxies=(ip_network("10.20.0.0/24"),))
        return replace(house.use_cases.launch_door(), address=address)

    async def test_the_configured_address_counts(self, college: College) -> None:
        house = college.at(self.vector)

        assert_let_in(await self.answer(house.app(routes=under())))

    async def test_a_trusted_proxy_is_believed(self, college: College) -> None:
        house = college.at(self.vector)

        assert_let_in(await self.answer(app_for(house, "/lti/launch", self.door(house))))

    async def test_anybody_else_is_not(self, college: College) -> None:
        house = college.at(self.vector)
        app = app_for(house, "/lti/launch", self.door(house))

        assert_refused(await self.answer(app, "192.0.2.9"), "launch-signature-invalid")


class TestSwitchedOff:
    @pytest.mark.parametrize("body", [TEACHER.body, b"", b"%%%", VECTORS["s22"].body])
    def test_comes_before_every_other_check(self, college: College, body: bytes) -> None:
        house = college.at(TEACHER)
        house.use_cases.set_lti_switch()(SetLtiSwitchCommand("test", enabled=False))

        answer = posted(house, TEACHER, body)

        assert (answer.status_code, answer.json()["type"]) == (
            403,
            "urn:attain:problem:lti-disabled",
        )

    def test_spends_no_nonce(self, college: College) -> None:
        house = college.at(TEACHER)
        house.use_cases.set_lti_switch()(SetLtiSwitchCommand("test", enabled=False))
        posted(house, TEACHER)
        house.use_cases.set_lti_switch()(SetLtiSwitchCommand("test", enabled=True))

        assert_let_in(posted(house, TEACHER))


class TestRefusals:
    def test_a_launch_works_once(self, college: College) -> None:
        with door_of(college.at(TEACHER), TEACHER) as door:
            assert_let_in(door(TEACHER.body))
            assert_refused(door(TEACHER.body), "launch-replayed")

    @pytest.mark.parametrize("name", ["s04", "s07", "s20", "s23", "s26"])
    def test_a_person_reads_a_reference_and_no_value_that_was_sent(
        self, college: College, name: str
    ) -> None:
        vector = VECTORS[name]
        with door_of(college.at(vector), vector) as door:
            answer = door(vector.body, accept="text/html")

        assert answer.headers["content-type"].startswith("text/html")
        assert re.search(r"<code>[0-9A-Z-]{8,9}</code>", answer.text)
        assert [sent for sent in telling(vector) if sent in answer.text] == []

    def test_what_a_refused_person_reads_out_finds_the_row_in_the_log(
        self, college: College
    ) -> None:
        answer = posted(college.at(VECTORS["s06"]), VECTORS["s06"])

        with college.units(write=False) as unit:
            assert unit.identities.recent(1)[0].reference == answer.json()["reference"]

    def test_another_message_is_refused_after_its_nonce_is_spent(self, college: College) -> None:
        house = college.at(TEACHER)
        body = signed(TEACHER, lti_message_type="ToolProxyRegistrationRequest")

        with door_of(house, TEACHER) as door:
            first, second = door(body), door(body)

        assert first.json()["type"] == "urn:attain:problem:launch-message-unsupported"
        assert_refused(second, "launch-replayed")

    def test_more_than_256_kilobytes_are_malformed(self, college: College) -> None:
        answer = posted(college.at(TEACHER), TEACHER, TEACHER.body + b"&x=" + b"y" * 256 * 1024)

        assert_refused(answer, "launch-malformed")

    def test_far_more_is_not_even_read(self, college: College) -> None:
        answer = posted(college.at(TEACHER), TEACHER, b"x=" + b"y" * 3_000_000)

        assert (answer.status_code, answer.json()["type"]) == (413, "urn:attain:problem:invalid")

    def test_what_is_no_form_is_malformed(self, college: College) -> None:
        with door_of(college.at(TEACHER), TEACHER) as door:
            assert_refused(door(b"{}", content_type="application/json"), "launch-malformed")


def signed(vector: Vector, **changes: str) -> bytes:
    """The vector's launch with other values, signed anew."""
    pairs = {name: value for name, value in vector.values.items() if name[:6] != "oauth_"}
    return signed_body(
        list({**pairs, **changes}.items()),
        vector.url,
        vector.consumer_key,
        vector.secret,
        "a-nonce-of-its-own",
        vector.now,
    )


def telling(vector: Vector) -> list[str]:
    """The values that say who launched, where, and how it was signed."""
    starts = ("oauth_", "lis_", "user_", "context_", "resource_", "custom_", "tool_", "launch_")
    return [
        value
        for name, value in vector.params
        if name.startswith(starts) and len(value) > 3 and value not in {"true", "HMAC-SHA1"}
    ]
