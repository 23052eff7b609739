"""The guard in front of every handler: the right that its decorator names."""

from litestar.handlers import BaseRouteHandler

from adapters.inbound.http.caller import Caller, caller_of
from adapters.inbound.http.pages import ROLE_NAMES
from adapters.inbound.http.visit import AnyConnection, visit_of
from application.errors import Forbidden, NotSignedIn
from domain.access import Right


def check_right(connection: AnyConnection, handler: BaseRouteHandler) -> None:
    """Raises NotSignedIn, and Forbidden also where a handler names no right."""
    right = handler.opt.get("right")
    if not isinstance(right, Right):
        raise Forbidden("This address names no right, so nobody may use it.")
    if right is Right.OPEN_TO_ALL:
        return
    if handler.opt.get("bearer"):
        _check_caller(caller_of(connection), right)
        return
    visit = visit_of(connection)
    if visit.failure is not None:
        raise visit.failure
    if visit.signed_in is None:
        raise NotSignedIn("Your session is over." if visit.lost else "You are not signed in.")
    if not visit.may(right):
        raise Forbidden(f"This page is not for the role {ROLE_NAMES[visit.role]}.")


def _check_caller(caller: Caller, right: Right) -> None:
    if not caller.may(right):
        raise Forbidden(f"This call is not for the role {caller.role}, in which the token acts.")
