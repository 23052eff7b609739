"""No route opens what is another's: each is walked with each id that is not one's own.

The walk is over the real table of routes, so a new route is walked by itself; where its
parameter is new, it fails and says where to name it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from httpx import Response
from litestar.handlers import HTTPRouteHandler

from adapters.inbound.http import csrf_tokens, routes
from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryQueue
from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import AfterCommit, MemoryUnits
from adapters.outbound.runtime.chance import new_secret
from application.use_cases.access.api_tokens import NewTokenCommand
from application.use_cases.access.session_starts import Started, StartSessionCommand
from application.use_cases.access.sessions import StartSession
from domain.access import RIGHTS, Right, Role
from domain.api_token import TokenScope
from domain.ids import PersonId
from tests.http.api_house import ApiHouse
from tests.http.foreign_ids import (
    BODIES,
    COMMON,
    ELSEWHERE,
    FIELDS,
    HUGO,
    LOOKED_AT,
    NEIGHBOURS,
    QUIZ,
    RECORDS,
    SEEN_BY_KEEPERS,
    UPLOADS,
    WITHOUT_FILE,
    ZOE,
    made_by_others,
    store_others,
)
from tests.http.second_college import ids_of, move_north, northern
from tests.http.support import SAME, Browser, browsing
from tests.http.whole import WholeHouse
from tests.stand_ins import FixedClock

PARAMETER = re.compile(r"\{[^}]*\}")
ABSENT = "0199aaaa-0000-7000-8000-000000000000"
WALKERS = {
    "tess": Role.FACULTY, "ana": Role.STUDENT, "eva": Role.EVALUATOR, "cora": Role.COORDINATOR
}  # fmt: skip
NOTHING_WRONG: list[list[object]] = [[]] * len(WALKERS)


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    right: Right

    @property
    def way(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def prefixes(self) -> list[str]:
        """The path up to each of its parameters, these written `{}`."""
        bare = PARAMETER.sub("{}", self.path)
        return [bare[: found.end()] for found in re.finditer(r"\{\}", bare)]

    def filled(self, ids: list[str]) -> str:
        left = iter(ids)
        return PARAMETER.sub(lambda _: next(left), self.path)

    def strange(self, foreign: dict[str, str]) -> list[str]:
        """Paths with one parameter another's and the rest one's own."""
        own = [RECORDS[one].own if one in RECORDS else ABSENT for one in self.prefixes]
        return [
            self.filled([*own[:at], foreign[one], *own[at + 1 :]])
            for at, one in enumerate(self.prefixes)
            if one in foreign
        ]


def walked() -> list[Route]:
    """Every route with a parameter that a person with a session or a token may call."""
    found = [
        Route(method, path, handler.opt["right"])
        for handler in routes.ROUTES
        if isinstance(handler, HTTPRouteHandler)
        for path in handler.paths
        for method in handler.http_methods
        if "{" in path and method not in {"OPTIONS", "HEAD"}
    ]
    open_to = frozenset().union(*(RIGHTS[role] for role in WALKERS.values()))
    kept = [one for one in found if one.right in open_to - {Right.OPEN_TO_ALL}]
    return sorted(kept, key=lambda one: (one.path, one.method))


@dataclass
class Walk:
    """A browser and tokens for the people of both sections."""

    college: ApiHouse
    browser: Browser
    token: str = ""

    def started(self, key: str, role: Role) -> Started:
        house = self.college.house
        start = StartSession(house.units, house.clock, new_secret)
        context = {"platform": "key:guid"}
        who = PersonId(f"person-{key}")
        return start(StartSessionCommand(who, role, context, "https://lms.test", "/"))

    def as_(self, key: str, role: Role) -> "Walk":
        self.browser.client.cookies.clear()
        self.browser.signed_in(self.started(key, role))
        who = NewTokenCommand("walk", PersonId(f"person-{key}"), role, TokenScope.WRITE)
        self.token = self.college.house.use_cases.make_token()(who).text
        return self

    def ask(self, route: Route, path: str) -> Response:
        headers = {"sec-fetch-site": SAME, "accept": "text/html"}
        client, body = self.browser.client, BODIES.get(route.way)
        if path.startswith("/api/"):
            headers = {"authorization": f"Bearer {self.token}", "if-match": "*"}
            if route.way in UPLOADS:
                file = {"file": ("page.txt", b"A page.")}
                return client.request(route.method, path, files=file, headers=headers)
            return client.request(route.method, path, json=body, headers=headers)
        assert self.browser.session_id is not None
        headers["x-csrf-token"] = csrf_tokens.issue(self.browser.session_id)
        if body is not None:
            return client.request(route.method, path, json=body, headers=headers)
        fields = FIELDS.get(route.way, {})
        if route.method == "GET":
            return client.get(path, params=fields, headers=headers, follow_redirects=False)
        form = {"csrf": headers["x-csrf-token"], **fields}
        return client.request(
            route.method, path, data=form, headers=headers, follow_redirects=False
        )

    def wrong(self, role: Role, foreign: dict[str, str]) -> list[tuple[str, str, int]]:
        """What does not answer 404, of all that the role may call."""
        asked = (
            (route, path, self.ask(route, path).status_code)
            for route in walked()
            if route.right in RIGHTS[role]
            for path in route.strange(foreign)
        )
        return [(one.way, path, status) for one, path, status in asked if status != 404]


def a_college(data: str = "var", store: Store | None = None) -> ApiHouse:
    """Both sections with a record of each kind, over memory of its own."""
    clock = FixedClock()
    jobs = MemoryJobs(clock)

    def make_queue(after_commit: AfterCommit) -> MemoryQueue:
        queue = MemoryQueue(jobs)
        after_commit(queue.publish)
        return queue

    units = MemoryUnits(store or Store(), make_queue)
    college = ApiHouse(WholeHouse(units, jobs, clock, data_dir=data))
    with college.house.units() as unit:
        store_others(unit)
        unit.commit()
    return college


@dataclass(frozen=True, slots=True)
class Colleges:
    """One to walk through, and a second one, whose ids are strange to it."""

    walk: Walk
    second: ApiHouse
    ids: frozenset[str]
    second_ids: frozenset[str]


@pytest.fixture(scope="module")
def colleges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Colleges]:
    """One for all: what is refused leaves nothing behind."""
    store, north = Store(), Store()
    college = a_college(str(tmp_path_factory.mktemp("south")), store)
    second = a_college(str(tmp_path_factory.mktemp("north")), north)
    move_north(north)
    with browsing(college.house.app()) as browser:
        yield Colleges(Walk(college, browser), second, ids_of(store), ids_of(north))


@pytest.fixture
def walk(colleges: Colleges) -> Walk:
    return colleges.walk


def test_every_parameter_is_named() -> None:
    unknown = {one for route in walked() for one in route.prefixes} - {
        *RECORDS,
        *COMMON,
        *ELSEWHERE,
    }
    assert unknown == set(), "name its records in tests/http/foreign_ids.py"


def test_what_belongs_to_another_section_is_not_there(walk: Walk) -> None:
    made = made_by_others(walk.college.house.use_cases, HUGO, ZOE, QUIZ)
    foreign = {
        prefix: named.foreign for prefix, named in RECORDS.items() if prefix not in SEEN_BY_KEEPERS
    }
    foreign |= made

    assert [walk.as_(key, role).wrong(role, foreign) for key, role in WALKERS.items()] == (
        NOTHING_WRONG
    )
    walk.as_("hugo", Role.FACULTY)
    assert walk.browser.get(f"/downloads/{made['/downloads/{}']}").status_code == 200


def test_a_second_college_has_other_ids(colleges: Colleges) -> None:
    named = {one for each in RECORDS.values() for one in (each.own, each.foreign)}

    assert named <= colleges.ids
    assert {northern(one) for one in named} <= colleges.second_ids
    assert colleges.ids & colleges.second_ids == frozenset()


def test_what_belongs_to_another_college_is_not_there(colleges: Colleges) -> None:
    """Not even what has the place there of one's own here."""
    hugo, zoe = PersonId(northern(HUGO)), PersonId(northern(ZOE))
    made = made_by_others(colleges.second.house.use_cases, hugo, zoe, northern(QUIZ))
    foreign = {prefix: northern(named.own) for prefix, named in RECORDS.items()} | made
    walk = colleges.walk

    assert [walk.as_(key, role).wrong(role, foreign) for key, role in WALKERS.items()] == (
        NOTHING_WRONG
    )


def test_what_belongs_to_another_student_of_the_section_is_not_there(walk: Walk) -> None:
    assert walk.as_("ana", Role.STUDENT).wrong(Role.STUDENT, NEIGHBOURS) == []


_ALONE = {Role.STUDENT: Right.SEE_OWN_RESULTS, Role.COORDINATOR: Right.KEEP_OUTCOMES}
"""What the owner in this role is asked for; the rest is asked of others."""


def test_the_owners_find_what_strangers_do_not(walk: Walk) -> None:
    """Else the ids above would name nothing and the walk would prove nothing."""
    missed = []
    owners = (("hugo", Role.FACULTY), ("zoe", Role.STUDENT), ("cody", Role.COORDINATOR))
    for key, role in owners:
        walk.as_(key, role)
        for route in walked():
            named = [RECORDS[one].foreign for one in route.prefixes if one in RECORDS]
            if route.method != "GET" or route.right not in RIGHTS[role] or not named:
                continue
            if role in _ALONE and route.right is not _ALONE[role]:
                continue
            if route.way in WITHOUT_FILE | LOOKED_AT:
                continue
            if route.path.endswith("/events"):
                continue  # It goes on until the work is done; its state is asked beside it.
            answer = walk.ask(route, route.filled(named))
            if answer.status_code in {403, 404, 500}:
                missed.append((key, route.way, answer.status_code))
    assert missed == []


IN_FIELDS: tuple[tuple[str, dict[str, str]], ...] = (
    ("GET /works/work-essay/rubric", {"student": "person-zoe"}),
    ("GET /dlas/assign", {"section": "section-hist1-01"}),
    ("GET /dlas/assign", {"work": "work-quiz"}),
    ("GET /dlas/assign", {"dla": "dla-past"}),
    ("POST /dlas/assign", {"section": "section-hist1-01"}),
    ("POST /dlas/assign", {"dla": "dla-past"}),
    ("POST /dlas/assign", {"work": "work-quiz"}),
    ("POST /dlas/assign", {"student": "person-zoe"}),
    ("POST /dlas/decide", {"one": "assigned-past-zoe", "then": "accept"}),
    ("POST /assessments/find", {"section": "section-hist1-01", "assessment": "assessment-essay"}),
)
"""Ids that travel in an address or a form; what is left out is one's own."""
_OWN = {"dla": "dla-thesis", "section": "section-engl101-01", "student": "person-ana"}


def test_ids_in_addresses_and_forms_open_nothing_foreign(walk: Walk) -> None:
    walk.as_("tess", Role.FACULTY)
    answers = []
    for way, fields in IN_FIELDS:
        method, _, path = way.partition(" ")
        if method == "GET":
            query = "&".join(f"{name}={value}" for name, value in fields.items())
            answers.append((way, fields, walk.browser.get(f"{path}?{query}").status_code))
        else:
            answers.append((way, fields, walk.browser.post(path, {**_OWN, **fields}).status_code))

    assert [one for one in answers if one[2] != 404] == []
