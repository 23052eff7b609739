"""OpenAPI 3.1 of the API, made from its routes."""

from functools import cache
from importlib.metadata import version
from typing import Any

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme, Tag
from litestar.params import SkipValidationMarker

from adapters.inbound.http.api.doors import DESKS
from adapters.inbound.http.api.routes import ROUTES
from adapters.inbound.http.api.schema_polish import polished

_ABOUT = """\
Bearer tokens only: `attain person token TECH_ID`, or the page *API tokens*. A token acts as its
person in one role, and sees what that role sees; what it may not see is not there (404).

Lists come page by page in the order of their ids: follow `next`, or the header
`Link: <...>; rel="next"`, until it is null. Numbers are text, so that nothing of them is lost.

What can be changed carries an `ETag`; a change names it in `If-Match`. Errors are RFC 9457
problems whose `type` ends in a slug that never changes. How to begin: `docs/api.md`."""
_TAGS = (
    Tag("Tokens", "The token itself."),
    Tag("Roster", "Orgs, terms, courses, sections, people and enrolments."),
    Tag("Outcomes and assessments", "Scales, SLOs, and definitions of assessments."),
    Tag("Assessments in sections and scores", "Where assessments stand, and what was scored."),
    Tag("DLAs and self-assessment", "What students do beside being scored."),
    Tag("Evidence", "Files, links and LMS submissions that results rest on."),
    Tag("Improvement", "Action plans, and requests for information."),
    Tag("Reports", "Results as groups, withheld as on the pages."),
    Tag("Exchange with the LMS", "Sites, links, synchronisations, imports, sends."),
    Tag("Rosters", "Loads of rosters."),
    Tag("Settings", "What data stewards set."),
)


@cache
def document() -> dict[str, Any]:
    """Made when it is first asked for, which takes most of a second, and kept.

    It comes from an app of its own that answers nothing: the one that serves knows pages too.
    """
    handlers = [one for one in ROUTES if isinstance(one, HTTPRouteHandler)]
    app = Litestar(
        route_handlers=[Router("/", route_handlers=handlers)],
        dependencies={name: _stand_in() for name in _asked_for(handlers)},
        openapi_config=OpenAPIConfig(
            title="Attain",
            version=version("attain"),
            description=_ABOUT,
            tags=list(_TAGS),
            use_handler_docstrings=True,
            security=[{"bearer": []}],
            components=Components(
                security_schemes={
                    "bearer": SecurityScheme(
                        type="http", scheme="bearer", description="Begins with `attain_`."
                    )
                }
            ),
        ),
        logging_config=None,
    )
    rights = {str(handler.operation_id): str(handler.opt["right"]) for handler in handlers}
    return polished(app.openapi_schema.to_schema(), rights)


def _stand_in() -> Provide:
    """For a use case: the schema calls none."""

    def nothing() -> None:
        return None

    return Provide(nothing, sync_to_thread=False)


def _asked_for(handlers: list[HTTPRouteHandler]) -> set[str]:
    """The names by which handlers, and the desks of `reading`, ask for use cases."""
    asked = {
        name
        for handler in handlers
        for name, field in handler.parsed_fn_signature.parameters.items()
        if field.has_metadata(SkipValidationMarker)
    }
    return {"list_records", "find_record"} | asked - set(DESKS)
