"""What handlers are supplied with, by parameter name: each with just what it asks for."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from inspect import signature

from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.types import ControllerRouterHandler

Provider = Callable[[], object]


def provide(provider: Provider) -> Provide:
    """A dependency from anything callable; the framework wants a plain function."""

    def supply() -> object:
        return provider()

    return Provide(supply, sync_to_thread=False)


def supplied(
    routes: Iterable[ControllerRouterHandler], supplies: Mapping[str, Provide]
) -> list[HTTPRouteHandler]:
    """The routes, each with those dependencies that it needs, also by way of others.

    The framework compares all dependencies in the reach of a handler with each other, for every
    handler anew: some hundreds given to the whole app take seconds to start.
    """
    return [_supplied(route, supplies) for route in routes]


def _supplied(route: ControllerRouterHandler, supplies: Mapping[str, Provide]) -> HTTPRouteHandler:
    if not isinstance(route, HTTPRouteHandler):
        raise TypeError(route)
    own = copy(route)
    own.dependencies = _needed(own.fn, {**supplies, **_of(route)}, {})
    return own


def _of(route: HTTPRouteHandler) -> dict[str, Provide]:
    """What the handler names itself."""
    named = (route.dependencies or {}).items()
    return {name: one if isinstance(one, Provide) else Provide(one) for name, one in named}


def _needed(
    asking: Callable[..., object], supplies: Mapping[str, Provide], found: dict[str, Provide]
) -> dict[str, Provide]:
    for name in signature(asking).parameters:
        if name in supplies and name not in found:
            found[name] = supplies[name]
            _needed(supplies[name].dependency, supplies, found)
    return found
