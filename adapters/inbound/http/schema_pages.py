"""`/schema`: the API's OpenAPI document for programs, and the same as a page to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response, get

from adapters.inbound.http.api.schema import document
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import AnyRequest, Visit
from domain.access import Right

_HTML, _JSON = "text/html", "application/json"


@dataclass(frozen=True, slots=True)
class Call:
    """One route: its method, path, and what it takes and answers by the names of shapes."""

    method: str
    path: str
    id: str
    summary: str
    said: tuple[str, ...]
    parameters: Sequence[Mapping[str, Any]]
    takes: str
    answers: str
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    name: str
    about: str
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class SchemaPage:
    about: tuple[str, ...]
    rooms: tuple[Room, ...]


@get("/schema", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def schema(request: AnyRequest, visit: Injected[Visit]) -> Response[Any]:
    """The document; a browser, which asks for HTML, gets the page."""
    if request.accept.best_match([_JSON, _HTML]) == _HTML:
        answer: Response[Any] = page(visit, "schema.html", schema_page(document()))
    else:
        answer = Response(document(), media_type=_JSON)
    answer.headers["Vary"] = "Accept"
    return answer


@get("/schema/openapi.json", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def openapi() -> Response[Any]:
    return Response(document(), media_type=_JSON)


def schema_page(made: Mapping[str, Any]) -> SchemaPage:
    calls = [
        (operation["tags"][0], _call(method, path, operation))
        for path, item in made["paths"].items()
        for method, operation in item.items()
    ]
    rooms = [
        Room(
            tag["name"],
            tag.get("description", ""),
            tuple(call for name, call in calls if name == tag["name"]),
        )
        for tag in made["tags"]
    ]
    return SchemaPage(tuple(made["info"]["description"].split("\n\n")), tuple(rooms))


def _call(method: str, path: str, operation: Mapping[str, Any]) -> Call:
    responses = operation["responses"]
    good = next(status for status in responses if status.startswith("2"))
    return Call(
        method=method.upper(),
        path=path,
        id=operation["operationId"],
        summary=operation["summary"],
        said=tuple(operation["description"].replace("*", "").replace("`", "").split("\n\n")),
        parameters=operation.get("parameters", ()),
        takes=_shape(operation.get("requestBody", {})),
        answers=f"{good} {_shape(responses[good])}".strip(),
        refusals=tuple(status for status in responses if status != good),
    )


def _shape(content: Mapping[str, Any]) -> str:
    """The name of the shape."""
    return next(
        (
            str(media["schema"].get("$ref", "")).rpartition("/")[2]
            for media in content.get("content", {}).values()
        ),
        "",
    )


ROUTES = (schema, openapi)
