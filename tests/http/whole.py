"""The whole server as the entrypoint wires it, over memory, and an LMS that launches into it."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

from dependency_injector import providers
from httpx import Response
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.types import ControllerRouterHandler

from adapters.inbound.http.app import AppParts, create_app
from adapters.inbound.http.routes import ROUTES
from adapters.inbound.http.supplies import Provider
from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.launch_ledgers import MemoryConsumerSecrets, MemoryNonceLedger
from adapters.outbound.memory.lms import MemoryLms
from adapters.outbound.memory.mail import MemoryMail
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.runtime.chance import new_id, new_secret
from adapters.outbound.runtime.threads import in_thread
from adapters.outbound.secrets.keyring import Keyring
from application.college_rules import CollegeRules
from application.ports.secrets import consumer_key_row
from application.tokens import Pause
from application.use_cases.access.session_starts import secret_hash
from application.use_cases.access.sessions import ContinueSession
from application.use_cases.lms.lti_switch import SetLtiSwitchCommand
from domain.ids import SessionId
from entrypoints.containers import UseCases
from entrypoints.observed import observing
from entrypoints.settings import load_settings
from tests.adapters.lti.signing import FORM, signed_body
from tests.builders import a_consumer_key
from tests.http.foundation import FOUNDATION
from tests.http.support import CROSS, KEYS, LAUNCH_COOKIE, SECURE, Browser
from tests.one_key import OneKey
from tests.stand_ins import CountedIds, FixedClock, QuickPasswords

KEY, SECRET = "key", "s" * 40
LMS = "https://main.lms.test"


def under(*starts: str) -> tuple[ControllerRouterHandler, ...]:
    """The doors, and what lies under these paths: the whole app takes half a second to make."""
    doors = (*FOUNDATION, *_routes_under("/lti", "/authorise", "/integrations"))
    return (*doors, *(one for one in _routes_under(*starts) if one not in doors))


def _routes_under(*starts: str) -> tuple[ControllerRouterHandler, ...]:
    return tuple(
        route
        for route in ROUTES
        if isinstance(route, HTTPRouteHandler) and any(p.startswith(starts) for p in route.paths)
    )


async def no_pause(_seconds: float) -> None:
    return


@dataclass
class WholeHouse:
    """Every page and use case; `lms` stands for Canvas, `settings` are `ATTAIN_*` variables."""

    units: MemoryUnits
    jobs: MemoryJobs
    clock: FixedClock
    lms: MemoryLms = field(default_factory=MemoryLms)
    base_url: str = SECURE
    pause: Pause = no_pause
    data_dir: str = "var"
    mail: MemoryMail = field(default_factory=MemoryMail)

    def __post_init__(self) -> None:
        self.settings = load_settings(
            {"ATTAIN_BASE_URL": self.base_url, "ATTAIN_DATA_DIR": self.data_dir}
        )
        self.keyring = Keyring(KEYS)
        self.nonces = MemoryNonceLedger()
        self.consumer_secrets = MemoryConsumerSecrets(self.units, self.keyring)
        self.use_cases = UseCases(
            units=self.units,
            clock=self.clock,
            new_id=new_id,
            new_secret=new_secret,
            sealer=self.keyring,
            hasher=QuickPasswords(),
            transact=in_thread,
            pause=providers.Object(self.pause),
            lms={"canvas": self.lms},
            jobs=self.jobs,
            consumer_secrets=self.consumer_secrets,
            nonces=self.nonces,
            settings=self.settings,
            schema_is_current=providers.Object(lambda: True),
            workers_alive=providers.Object(lambda: 1),
            dump_tables=providers.Object(lambda: nullcontext(iter(()))),
        )
        self.use_cases.mail.override(providers.Object(self.mail))
        self.use_cases.credential_writer.override(providers.Object(OneKey()))

    def registered(self, key: str = KEY, secret: str = SECRET) -> None:
        """LTI is switched on, and this key has this secret."""
        with self.units() as unit:
            sealed = self.keyring.seal(secret, consumer_key_row(key))
            unit.registrations.save(a_consumer_key(key, secret=sealed))
            unit.commit()
        self.use_cases.set_lti_switch()(SetLtiSwitchCommand("test", enabled=True))

    def app(
        self,
        *,
        routes: tuple[ControllerRouterHandler, ...] = ROUTES,
        instead: Mapping[str, Provider] | None = None,
        own: bool = False,
    ) -> Litestar:
        """`instead` replaces use cases by name. Parts of the app are shared by the process.

        A second browser at the same time needs an app of its `own`.
        """
        if own or instead or routes is ROUTES:
            return Stage(self, {**self.providers(), **(instead or {})}).app(routes)
        return on_stage(self, routes)

    def providers(self) -> dict[str, Provider]:
        found: dict[str, Provider] = {}
        for name, provider in self.use_cases.providers.items():
            if isinstance(provider, providers.Factory):
                found[name] = observing(provider)
            elif isinstance(provider, providers.Dependency):
                found[name] = provider
        return found


@dataclass
class Stage:
    """An app before which one house stands after another: making it takes longer than a test.

    More than a year passes between them, so that no failure in one counts against the next.
    """

    house: WholeHouse
    providers: Mapping[str, Provider]
    turns: int = 0

    def take(self, house: WholeHouse) -> None:
        self.house, self.providers, self.turns = house, house.providers(), self.turns + 1

    def now(self) -> datetime:
        return self.house.clock.now() + timedelta(days=400 * self.turns)

    def provided(self, name: str) -> object:
        return self.providers[name]()

    def rules(self) -> CollegeRules:
        return self.house.use_cases.read_college_rules()()

    def continue_session(self, *asked: Any) -> Any:
        return self.house.use_cases.continue_session()(*asked)

    def app(self, routes: tuple[ControllerRouterHandler, ...]) -> Litestar:
        return create_app(
            AppParts(
                base_url=self.house.settings.base_url,
                clock=self,
                transact=in_thread,
                continue_session=cast(ContinueSession, self.continue_session),
                providers={name: partial(self.provided, name) for name in self.providers},
                lms_origins=lambda: (LMS,),
                ready_check=tuple,
                routes=routes,
                rules=self.rules,
            )
        )


_STAGES: dict[tuple[str, tuple[int, ...]], tuple[Stage, Litestar]] = {}


def on_stage(house: WholeHouse, routes: tuple[ControllerRouterHandler, ...]) -> Litestar:
    kind = (house.settings.base_url, tuple(map(id, routes)))
    if kind not in _STAGES:
        stage = Stage(house, house.providers())
        _STAGES[kind] = stage, stage.app(routes)
    stage, app = _STAGES[kind]
    stage.take(house)
    return app


@dataclass
class Launching:
    """A browser in which Canvas posts launches; afterwards it is signed in by its cookie."""

    house: WholeHouse
    browser: Browser
    nonces: CountedIds = field(default_factory=lambda: CountedIds("nonce"))

    def post(
        self, person: str = "tess", roles: str = "Instructor", *, query: str = "", **params: str
    ) -> Response:
        """The bare launch; `query` is that of the launch URL, which Canvas copies and signs."""
        url = f"{self.house.base_url}/lti/launch"
        given = {**a_launch_form(person, roles), **params}
        copied = [tuple(pair.split("=")) for pair in query.split("&") if pair]
        pairs: list[Any] = [*((n, v) for n, v in given.items() if v), *copied]
        body = signed_body(pairs, url, KEY, SECRET, self.nonces(), self.house.clock.now())
        return self.browser.client.post(
            f"/lti/launch?{query}" if query else "/lti/launch",
            content=body,
            headers={"content-type": FORM, "accept": "text/html", "sec-fetch-site": CROSS},
            follow_redirects=False,
        )

    def enter(self, person: str = "tess", roles: str = "Instructor", **params: str) -> str:
        """Launch in a fresh browser and go on until a page is named; its path and query."""
        self.browser.client.cookies.clear()
        answer = self.post(person, roles, **params)
        assert answer.status_code == 303, answer.text
        cookie = self.browser.client.cookies[LAUNCH_COOKIE]
        self.browser.session_id = SessionId(secret_hash(cookie))
        going = self.browser.get(answer.headers["location"], site=CROSS)
        assert going.status_code == 303
        return str(going.headers["location"])


def a_launch_form(person: str, roles: str) -> dict[str, str]:
    """A launch of one assignment; of the course menu when resource and context are the same."""
    return {
        "lti_message_type": "basic-lti-launch-request",
        "lti_version": "LTI-1p0",
        "tool_consumer_instance_guid": "guid",
        "user_id": f"lti-{person}",
        "roles": roles,
        "context_id": "context-1",
        "context_label": "ENGL101-01",
        "resource_link_id": "resource-essay",
        "resource_link_title": "Essay in Canvas",
        "lis_person_sourcedid": f"C{person}",
        "launch_presentation_return_url": f"{LMS}/courses/1/return",
    }


def path_of(location: str) -> str:
    return urlsplit(location).path
