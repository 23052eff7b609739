"""The program that calls the API: whom its token stands for, and what it may do."""

from dataclasses import dataclass

from adapters.inbound.http.visit import AnyConnection, AnyRequest
from application.errors import NotSignedIn
from application.use_cases.access.use_token import TokenBearer
from application.viewers import Viewer
from domain.access import Right, Role, may
from domain.ids import PersonId

_STATE_KEY = "caller"


@dataclass(frozen=True, slots=True)
class Caller:
    bearer: TokenBearer

    @property
    def person_id(self) -> PersonId:
        return self.bearer.person.id

    @property
    def role(self) -> Role:
        return self.bearer.token.role

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.person_id, self.role, only_org=self.bearer.token.org_id)

    def may(self, right: Right) -> bool:
        return may(self.role, right)


def note_caller(connection: AnyConnection, caller: Caller) -> None:
    connection.scope["state"][_STATE_KEY] = caller


def caller_of(connection: AnyConnection) -> Caller:
    """Raises NotSignedIn where no token was read."""
    found = connection.scope["state"].get(_STATE_KEY)
    if not isinstance(found, Caller):
        raise NotSignedIn("The API takes a bearer token, made by `attain person token`.")
    return found


def provide_caller(request: AnyRequest) -> Caller:
    return caller_of(request)
