"""The web application over memory units, and a browser that behaves like one."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient
from litestar.types import ControllerRouterHandler

from adapters.inbound.http.app import AppParts, create_app
from adapters.inbound.http.csrf_tokens import issue
from adapters.inbound.http.proxies import TrustedProxies
from adapters.inbound.http.supplies import Provider
from adapters.outbound.memory.mail import MemoryMail
from adapters.outbound.runtime.chance import new_secret
from adapters.outbound.runtime.threads import in_thread
from adapters.outbound.secrets.keyring import Keyring
from application.first_page import FirstPage
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.matching.matching_queue_page import ReadCase, ReadDecisions, ReadQueue
from application.queries.rosters.unread_roles import ReadUnreadRoles
from application.queries.settings.audit_trail import ReadAudit, VerifyAudit
from application.queries.slos.scale_list import ScaleList
from application.use_cases.access.password_sign_in import PasswordsInUse, SignInByPassword
from application.use_cases.access.session_starts import Started, StartSessionCommand
from application.use_cases.access.sessions import (
    ChangeRole,
    ContinueSession,
    OpenWindow,
    SignOut,
    StartSession,
)
from application.use_cases.access.sign_in import NewSignInLink, SignInByLink, SignInPerson
from application.use_cases.access.spend_code import SpendCode
from application.use_cases.lms.consumer_keys import (
    ListConsumerKeys,
    NewConsumerKey,
    RevokeConsumerKey,
    RotateConsumerKey,
    ShowSharedSecret,
)
from application.use_cases.lms.lms_sites import ConfigureSite, ListSites
from application.use_cases.lms.lti_switch import ReadLtiSwitch, SetLtiSwitch
from application.use_cases.matching.dismiss_case import DismissCase
from application.use_cases.matching.matching_queue import ReadLaunchLog, ResolveQueued
from application.use_cases.matching.matching_rules import ReadMatchingRules, SaveMatchingRule
from application.use_cases.matching.merge_people import MergePeople
from application.use_cases.matching.replay_queue import ReplayQueue
from application.use_cases.matching.undo_decision import UndoDecision
from application.use_cases.score_import.replay_imports import ReplayImport, ReplayImports
from application.use_cases.settings.college_settings import ReadCollegeRules, SaveCollegeRules
from application.use_cases.settings.roster_settings import ReadRosterReading, SaveRosterReading
from application.use_cases.settings.send_test_mail import SendTestMail
from domain.access import Role
from domain.ids import PersonId, SessionId
from tests.builders import a_person, a_role_grant
from tests.http.foundation import FOUNDATION
from tests.stand_ins import CountedIds, FixedClock, QuickPasswords

SECURE = "https://tool.test"
PLAIN = "http://tool.test"
SAME, CROSS = "same-origin", "cross-site"
LAUNCH_COOKIE, WINDOW_COOKIE = "__Host-attain", "__Host-attain-window"
KEYS = ("k" * 40,)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Backstage:
    """What stands behind the pages, for arranging and for looking afterwards."""

    units: UnitOfWorkFactory
    clock: FixedClock
    sealer: Keyring
    mail: MemoryMail = field(default_factory=MemoryMail)

    def person(self, key: str, *roles: Role, **changes: Any) -> PersonId:
        """A person with these roles granted."""
        person = a_person(key, **changes)
        with self.units() as unit:
            unit.roster.put_people([person])
            for role in roles:
                unit.roster.grant(a_role_grant(key, role=role))
            unit.commit()
        return person.id

    def launched(
        self, person_id: PersonId, role: Role, *, target: str = "/", lms: str = "https://lms.test"
    ) -> Started:
        start = StartSession(self.units, self.clock, new_secret)
        context = {"platform": "key:guid"}
        return start(StartSessionCommand(person_id, role, context, lms, target))

    def signed_in(self, key: str, *roles: Role) -> Started:
        """A launch by a new person in the first of the roles."""
        return self.launched(self.person(key, *roles), roles[0])

    def providers(self) -> dict[str, Provider]:
        units, clock, sealer = self.units, self.clock, self.sealer
        made: dict[str, object] = {
            "choose_first_page": FirstPage(units),
            "spend_code": SpendCode(units, clock, new_secret),
            "open_window": OpenWindow(units, clock, new_secret),
            "sign_out": SignOut(units, clock),
            "change_role": ChangeRole(units, clock),
            "sign_in_person": SignInPerson(units, clock, new_secret),
            "sign_in_by_link": SignInByLink(units, clock, new_secret),
            "passwords_in_use": PasswordsInUse(units),
            "sign_in_by_password": SignInByPassword(
                units, clock, QuickPasswords(), SignInPerson(units, clock, new_secret)
            ),
            "new_sign_in_link": NewSignInLink(units, clock, new_secret),
            "list_consumer_keys": ListConsumerKeys(units, clock),
            "new_consumer_key": NewConsumerKey(units, clock, sealer, new_secret),
            "show_shared_secret": ShowSharedSecret(units, clock, sealer),
            "rotate_consumer_key": RotateConsumerKey(units, clock, sealer, new_secret),
            "revoke_consumer_key": RevokeConsumerKey(units, clock),
            "read_lti_switch": ReadLtiSwitch(units),
            "set_lti_switch": SetLtiSwitch(units, clock),
            "read_matching_rules": ReadMatchingRules(units),
            "save_matching_rule": SaveMatchingRule(units, clock),
            "read_launch_log": ReadLaunchLog(units),
            "resolve_queued": ResolveQueued(units, clock, CountedIds("decision")),
            "replay_imports": ReplayImports(units, ReplayImport(units, clock)),
            "send_test_mail": SendTestMail(units, in_thread, clock, CountedIds("mail"), self.mail),
            "read_roster_reading": ReadRosterReading(units, clock),
            "read_unread_roles": ReadUnreadRoles(units),
            "save_roster_reading": SaveRosterReading(units, clock),
            "replay_queue": ReplayQueue(
                units, clock, ReplayImports(units, ReplayImport(units, clock))
            ),
            "read_queue": ReadQueue(units),
            "read_case": ReadCase(units),
            "read_decisions": ReadDecisions(units),
            "dismiss_case": DismissCase(units, clock, CountedIds("dismissal")),
            "undo_decision": UndoDecision(units, clock),
            "merge_people": MergePeople(units, clock, CountedIds("merge")),
            "read_college_rules": ReadCollegeRules(units),
            "scale_list": ScaleList(units),
            "save_college_rules": SaveCollegeRules(units, clock),
            "read_audit": ReadAudit(units),
            "verify_audit": VerifyAudit(units),
            "list_sites": ListSites(units),
            "configure_site": ConfigureSite(units, clock, sealer, CountedIds("site")),
        }
        return {name: _constant(one) for name, one in made.items()}


def a_web_app(
    backstage: Backstage,
    *,
    base_url: str = SECURE,
    routes: tuple[ControllerRouterHandler, ...] = FOUNDATION,
    providers: Mapping[str, Provider] | None = None,
    hindrances: tuple[str, ...] = (),
) -> Litestar:
    return create_app(
        AppParts(
            base_url=base_url,
            clock=backstage.clock,
            transact=in_thread,
            continue_session=ContinueSession(backstage.units, backstage.clock),
            providers={**backstage.providers(), **(providers or {})},
            lms_origins=lambda: ("https://lms.test",),
            rules=ReadCollegeRules(backstage.units),
            ready_check=lambda: hindrances,
            routes=routes,
            proxies=TrustedProxies(),
        )
    )


@dataclass(slots=True)
class Browser:
    """A client that sends what a browser sends, and follows no redirect by itself."""

    client: TestClient[Litestar]
    session_id: SessionId | None = None

    def signed_in(self, started: Started) -> "Browser":
        """As after a launch whose cookie came back."""
        self.client.cookies.set(LAUNCH_COOKIE, started.cookie)
        self.session_id = started.session_id
        return self

    def get(self, path: str, *, site: str | None = SAME, accept: str = "text/html") -> Response:
        headers = {"accept": accept, **({"sec-fetch-site": site} if site else {})}
        return self.client.get(path, headers=headers, follow_redirects=False)

    def post(
        self,
        path: str,
        form: Mapping[str, str | list[str]] | None = None,
        *,
        site: str | None = SAME,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """With the session's form token unless another is given."""
        if token is None and self.session_id:
            token = issue(self.session_id)
        sent = {**({"sec-fetch-site": site} if site else {}), **(headers or {})}
        data = {**(form or {}), **({"csrf": token} if token else {})}
        return self.client.post(path, data=data, headers=sent, follow_redirects=False)


@contextmanager
def browsing(app: Litestar, base_url: str = SECURE) -> Iterator[Browser]:
    with TestClient(app, base_url=base_url) as client:
        yield Browser(client)


def addresses(html: str) -> list[str]:
    """Everything on a page that leads somewhere."""
    return re.findall(r'(?:href|src|action|data-url)="([^"]*)"', html)


def _constant(value: T) -> Provider:
    return lambda: value
