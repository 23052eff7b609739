"""Every way to do something, gathered from the product, beside the deeds that name it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

import rich_click as click
from litestar.handlers import HTTPRouteHandler

from adapters.inbound.cli.parser import BRANCHES
from adapters.inbound.cli.tree import LazyCommand
from adapters.inbound.http import routes
from domain.access import Right
from tests.documents import deeds
from tests.documents.deeds import Deed, Not

API = "/api/"
ASIDE = {
    "GET /": "goes on to the first page of the role",
    "GET /health/live": "for machines",
    "GET /health/ready": "for machines",
    "GET /metrics": "for machines",
    "GET /static/{asked:str}/{name:str}": "files of the pages",
    "GET /start/{code:str}": "a step of every launch and sign-in",
    "POST /window": "a page in a window of its own",
    "GET /window/{code:str}": "a page in a window of its own",
    "POST /session": "stays signed in",
    "GET /integrations/canvas/callback": "a step of the consent",
    "GET /authorise/state": "for the page that waits",
    "GET /sends/{send_id:str}/state": "for the page that waits",
    "GET /sends/{send_id:str}/events": "for the page that waits",
    "GET /outcomes/runs/{run_id:str}/state": "for the page that waits",
    "GET /outcomes/runs/{run_id:str}/events": "for the page that waits",
    "GET /imports/{import_id:str}/state": "for the page that waits",
    "GET /imports/{import_id:str}/events": "for the page that waits",
    "GET /loads/{run_id:str}/state": "for the page that waits",
    "GET /loads/{run_id:str}/events": "for the page that waits",
    "GET /downloads/{download_id:str}/state": "for the page that waits",
    "GET /downloads/{download_id:str}/events": "for the page that waits",
}
"""Routes that are no deed of anybody, with the reason."""


@dataclass(frozen=True, slots=True)
class Route:
    """`way` is method and path as deeds name it."""

    way: str
    right: Right | None

    @property
    def is_api(self) -> bool:
        return API in self.way


def all_routes() -> list[Route]:
    """Every handler that the product registers, by path."""
    found = [
        (path, method, handler.opt.get("right"))
        for handler in routes.ROUTES
        if isinstance(handler, HTTPRouteHandler)
        for path in handler.paths
        for method in handler.http_methods
        if method not in {"OPTIONS", "HEAD"}
    ]
    return [Route(f"{method} {path}", right) for path, method, right in sorted(found, key=_place)]


def _place(one: tuple[str, str, Right | None]) -> tuple[str, str]:
    return one[0], one[1]


def all_commands() -> dict[str, click.Command]:
    """Every command that does something, by its words after `attain`."""
    found: dict[str, click.Command] = {}
    for name, branch in BRANCHES.items():
        found |= dict(_leaves(name, LazyCommand(name, branch).loaded()))
    return found


def _leaves(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield words, command
        return
    if command.invoke_without_command:
        yield words, command
    for name, below in command.commands.items():
        yield from _leaves(f"{words} {name}", below)


def all_deeds() -> dict[str, tuple[Deed, ...]]:
    """Of every module of `tests.documents.deeds`, by its name."""
    modules = (found.name for found in iter_modules(deeds.__path__))
    return {name: import_module(f"{deeds.__name__}.{name}").DEEDS for name in sorted(modules)}


def every_deed() -> Iterator[Deed]:
    for listed in all_deeds().values():
        yield from listed


def named(field: str) -> Counter[str]:
    """How often each way stands in this field (`command`, `page`, `api`) of the deeds."""
    return Counter(way for deed in every_deed() for way in Deed.several(getattr(deed, field)))


def gaps() -> list[str]:
    """What is done by no deed, twice, or named and not there; each with what to do."""
    pages = named("page") + Counter(ASIDE.keys())
    registered = all_routes()
    return [
        *_missing(
            pages, [r.way for r in registered if not r.is_api], "page",
            "or to ASIDE in tests/documents/surfaces.py",
        ),
        *_missing(named("api"), [r.way for r in registered if r.is_api], "api"),
        *_missing(named("command"), all_commands(), "command"),
    ]  # fmt: skip


def _missing(
    known: Counter[str], there: Iterable[str], field: str, otherwise: str = ""
) -> Iterator[str]:
    ways = set(there)
    for way in sorted(ways - set(known)):
        yield (
            f"{way} is named by no deed. Add it as `{field}=` to the deed that it does, or a new "
            f"Deed, in tests/documents/deeds/ {otherwise}".strip()
        )
    for way in sorted(set(known) - ways):
        yield f"{way} is named as `{field}=` of a deed, but there is no such {field}."
    for way, times in sorted(known.items()):
        if times > 1:
            yield f"{way} is named by {times} deeds; one is enough."


def wrong_rights() -> list[str]:
    """Pages that ask for another right than their deed says."""
    rights = {route.way: route.right for route in all_routes()}
    return [
        f"{way} asks for '{rights[way]}', but the deed '{deed.name}' says '{deed.right}'."
        for deed in every_deed()
        for way in Deed.several(deed.page)
        if way in rights and rights[way] is not deed.right
    ]


def without_a_way() -> list[str]:
    """Deeds that nobody can do."""
    return [
        deed.name
        for deed in every_deed()
        if all(isinstance(one, Not) for one in (deed.command, deed.page, deed.api))
    ]
