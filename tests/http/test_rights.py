"""Every route names its right, and each role may do exactly what the table says."""

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.params import SkipValidationMarker

from adapters.inbound import http
from adapters.inbound.http import api, csrf_tokens, routes
from adapters.inbound.http.api.doors import DESKS
from adapters.inbound.http.supplies import Provider
from adapters.outbound.runtime.chance import new_id, new_secret
from application.use_cases.access.api_tokens import MakeToken, NewTokenCommand
from application.use_cases.access.use_token import UseToken
from domain.access import RIGHTS, Right, Role
from domain.api_token import TokenScope
from tests.http.support import SAME, Backstage, a_web_app, browsing

Route = tuple[str, str, Right | None]


class UnknownUseCase(RuntimeError):
    """A handler was reached; that is all these tests ask."""


def all_routes() -> list[Route]:
    """Method, path and right of every handler that the product registers."""
    return sorted(
        (method, path, handler.opt.get("right"))
        for handler in routes.ROUTES
        if isinstance(handler, HTTPRouteHandler)
        for path in handler.paths
        for method in handler.http_methods
        if method not in {"OPTIONS", "HEAD"}
    )


def by_program(path: str) -> bool:
    return path.startswith("/api/")


PAGES = [route for route in all_routes() if not by_program(route[1])]
CALLS = [route for route in all_routes() if by_program(route[1])]


def filled(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "x", path)


def refused(answer_status: int) -> bool:
    return answer_status in {401, 403}


@pytest.mark.parametrize(("method", "path", "right"), all_routes())
def test_names_its_right(method: str, path: str, right: Right | None) -> None:
    assert isinstance(right, Right), f"{method} {path} names no right"


def reach(providers: set[str]) -> dict[str, Provider]:
    def unknown() -> object:
        raise UnknownUseCase

    return dict.fromkeys(providers, unknown)


def needed() -> set[str]:
    """Names of everything that handlers ask for besides what the request itself holds."""
    given = {"visit", "request", "data", "house", "session_cookies", "counters", "failures",
             "password_failures", "proxies", "ready_check", "gauges", *routes.VIEWS, *DESKS,
             "token_desk"}  # fmt: skip
    asked = {"list_records", "find_record", "list_tokens", "token_orgs"}
    for handler in routes.ROUTES:
        assert isinstance(handler, HTTPRouteHandler)
        names = handler.parsed_fn_signature.parameters
        asked |= {name for name, field in names.items() if field.has_metadata(SkipValidationMarker)}
    return asked - given


@pytest.fixture
def whole(backstage: Backstage) -> Litestar:
    return a_web_app(backstage, routes=routes.ROUTES, providers=reach(needed()))


@pytest.mark.parametrize("role", [None, *Role])
def test_every_route_as_every_role(
    whole: Litestar, backstage: Backstage, role: Role | None
) -> None:
    wrong = []
    started = backstage.signed_in("walker", role) if role else None
    allowed = RIGHTS[role] if role else frozenset({Right.OPEN_TO_ALL})
    with browsing(whole) as browser:
        for method, path, right in PAGES:
            if started:
                browser.signed_in(
                    backstage.launched(backstage.person("walker"), role or Role.READER)
                )
            headers = {"sec-fetch-site": SAME, "accept": "text/html"}
            if browser.session_id:
                headers["x-csrf-token"] = csrf_tokens.issue(browser.session_id)
            answer = browser.client.request(
                method, filled(path), headers=headers, follow_redirects=False
            )
            if refused(answer.status_code) is (right in allowed) and path not in SPEND_CODES:
                wrong.append((method, path, right, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("scope", TokenScope)
@pytest.mark.parametrize("role", Role)
def test_every_call_by_a_token_of_every_role(
    backstage: Backstage, role: Role, scope: TokenScope
) -> None:
    """A token that may only read is refused whatever changes anything."""
    person_id = backstage.person("walker", role)
    made = MakeToken(backstage.units, backstage.clock, new_id, new_secret)(
        NewTokenCommand("test", person_id, role, scope)
    )
    use_token = UseToken(backstage.units, backstage.clock)
    providers = {**reach(needed()), "use_token": lambda: use_token}
    headers = {"authorization": f"Bearer {made.text}", "if-match": "*"}
    app = a_web_app(backstage, routes=routes.ROUTES, providers=providers)
    wrong = []
    with browsing(app) as browser:
        for method, path, right in CALLS:
            answer = browser.client.request(method, filled(path), headers=headers)
            allowed = right in RIGHTS[role] and (scope is TokenScope.WRITE or method == "GET")
            if refused(answer.status_code) is allowed:
                wrong.append((method, path, right, answer.status_code))
    assert wrong == []


def test_no_call_counts_a_cookie(whole: Litestar, backstage: Backstage) -> None:
    with browsing(whole) as browser:
        browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))
        assert browser.session_id is not None
        headers = {"sec-fetch-site": SAME, "x-csrf-token": csrf_tokens.issue(browser.session_id)}
        answers = {
            browser.client.request(method, filled(path), headers=headers).status_code
            for method, path, _ in CALLS
        }
    assert answers == {401}


def test_no_page_takes_a_token(backstage: Backstage) -> None:
    person_id = backstage.person("stew", Role.DATA_STEWARD)
    made = MakeToken(backstage.units, backstage.clock, new_id, new_secret)(
        NewTokenCommand("test", person_id, scope=TokenScope.WRITE)
    )
    headers = {"authorization": f"Bearer {made.text}", "sec-fetch-site": SAME}
    wrong = []
    with browsing(a_web_app(backstage, routes=routes.ROUTES, providers=reach(needed()))) as browser:
        for method, path, right in PAGES:
            answer = browser.client.request(method, filled(path), headers=headers)
            if right is not Right.OPEN_TO_ALL and not refused(answer.status_code):
                wrong.append((method, path, answer.status_code))
    assert wrong == []


SPEND_CODES = {"/start/{code:str}", "/lti/launch"}
"""Open to all, and 401 is also their own answer to a wrong code or launch."""


def test_every_handler_of_the_package_is_registered() -> None:
    """A page that nobody registered would be walked by no test."""
    registered = {id(one) for one in routes.ROUTES}
    modules = [
        *(f"{http.__name__}.{found.name}" for found in iter_modules(http.__path__)),
        *(f"{api.__name__}.{found.name}" for found in iter_modules(api.__path__)),
    ]
    missing = [
        f"{module}.{name}"
        for module in modules
        for name, value in vars(import_module(module)).items()
        if isinstance(value, HTTPRouteHandler) and id(value) not in registered
    ]
    assert missing == []
