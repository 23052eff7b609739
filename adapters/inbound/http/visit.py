"""Who asks for this page, and how links and forms of the answer are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection, Request

from adapters.inbound.http import csrf_tokens
from application.college_rules import CollegeRules
from application.errors import NotSignedIn
from application.roles import HeldRole
from application.use_cases.access.sessions import SignedIn
from application.viewers import Viewer
from domain.access import Right, Role, may
from domain.college_time import CollegeTime
from domain.ids import OrgId, PersonId
from domain.rostering import Person
from domain.session import Session

AnyConnection = ASGIConnection[Any, Any, Any, Any]
AnyRequest = Request[Any, Any, Any]
STATE_KEY = "visit"


@dataclass(frozen=True, slots=True)
class House:
    """Where this Attain stands, and what its college decides for itself.

    `base_url` is its public origin, without a slash at its end; `rules` are asked for each page,
    so it must be quick.
    """

    base_url: str
    rules: Callable[[], CollegeRules] = CollegeRules

    @property
    def origin(self) -> str:
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_secure(self) -> bool:
        return self.base_url.startswith("https://")

    def url(self, path: str) -> str:
        return f"{self.base_url}{path}"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. `prefix` is the path token's `/~...`, empty where a cookie came back."""

    house: House
    reference: str
    """Names the request in logs and on error pages."""
    path: str
    address: str
    """Path and query of a page that can be opened again; `/` for the answer to a form."""
    framed: bool
    """The page stands in somebody's frame, so it draws no header of its own."""
    signed_in: SignedIn | None = None
    prefix: str = ""
    lost: bool = False
    """The request named a session that is over or may not be used from there."""
    failure: Exception | None = None
    """Why the session could not be looked up at all."""

    @property
    def by_program(self) -> bool:
        """A call of the API, which is answered in JSON whatever happens."""
        return self.path.startswith("/api/")

    def link(self, path: str) -> str:
        """A path of ours as it must stand in a page, a form or a redirect."""
        return f"{self.prefix}{path}"

    @property
    def words(self) -> Mapping[str, str]:
        """The college's own words for ours."""
        return self.house.rules().spoken()

    @property
    def time(self) -> CollegeTime:
        return self.house.rules().time

    @property
    def session(self) -> Session:
        return self._known().session

    @property
    def person(self) -> Person:
        return self._known().person

    @property
    def person_id(self) -> PersonId:
        return self._known().session.person_id

    @property
    def role(self) -> Role:
        return self._known().session.role

    @property
    def viewer(self) -> Viewer:
        """For queries that ask how far the role reaches."""
        return Viewer(self.person_id, self.role, self.session.org_id)

    @property
    def acting(self) -> HeldRole:
        return self._known().acting

    @property
    def choices(self) -> tuple[HeldRole, ...]:
        return self._known().choices

    @property
    def term(self) -> str:
        return self._known().term

    def org_name(self, org_id: OrgId) -> str:
        return self._known().org_names[org_id]

    @property
    def lms_origin(self) -> str:
        return self.signed_in.session.lms_origin if self.signed_in else ""

    @property
    def csrf(self) -> str:
        """The form token, masked anew each time; empty without a session."""
        return csrf_tokens.issue(self.signed_in.session.id) if self.signed_in else ""

    def may(self, right: Right) -> bool:
        return self.signed_in is not None and may(self.signed_in.session.role, right)

    def _known(self) -> SignedIn:
        if self.signed_in is None:
            raise NotSignedIn("You are not signed in.")
        return self.signed_in


def visit_of(connection: AnyConnection) -> Visit:
    found = connection.scope["state"][STATE_KEY]
    if not isinstance(found, Visit):
        raise TypeError(found)
    return found


def provide_visit(request: AnyRequest) -> Visit:
    return visit_of(request)
