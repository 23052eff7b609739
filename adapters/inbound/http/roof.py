"""All pages under one roof, so that the app meets each path once, with all its methods."""

from collections.abc import Iterable
from typing import Any, Self

from litestar import Router
from litestar.handlers import HTTPRouteHandler
from litestar.types import RouteHandlerMapItem


class Roof(Router):
    """A router whose handlers are its own, made for one app.

    The framework's router makes a route of each handler only for the app to make it again, looks
    through all before it takes the next one, and is copied whole by the app: a quarter of what
    some hundred routes cost at the start. Given to the app one by one, handlers of a path with two
    methods would be registered twice, and their threads wrapped twice.
    """

    def __init__(self, handlers: Iterable[HTTPRouteHandler]) -> None:
        super().__init__("/", route_handlers=[], include_in_schema=False)
        self._by_path: dict[str, RouteHandlerMapItem] = {}
        for handler in handlers:
            handler.owner = self
            for path in handler.paths:
                methods = self._by_path.setdefault(path, {})
                for method in handler.http_methods:
                    methods[method] = handler

    @property
    def route_handler_method_map(self) -> dict[str, RouteHandlerMapItem]:
        """The handlers of each path by method: all that the app asks a router for."""
        return self._by_path

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Itself: nobody else has its handlers."""
        return self
