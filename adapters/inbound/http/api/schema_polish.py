"""What the framework cannot say of our routes: names, examples, headers, rights."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from adapters.inbound.http.api.examples import EXAMPLES
from adapters.inbound.http.api.wire import In

_PAGE = re.compile(rb"Listed_[\w.]*?(\w+)Out_")
_PROBLEM, _ANY = "application/problem+json", "*/*"


def polished(made: dict[str, Any], rights: Mapping[str, str]) -> dict[str, Any]:
    """The document as clients shall read it; `rights` are by operation."""
    written = _PAGE.sub(rb"\1Page", msgspec.json.encode(made))
    document: dict[str, Any] = msgspec.json.decode(written)
    schemas = document["components"]["schemas"]
    for name in _closed():
        schemas[name]["additionalProperties"] = False
    for name, example in EXAMPLES.items():
        schemas[name]["examples"] = [example]
    for method, operation in _operations(document):
        _say_right(operation, method, rights[operation["operationId"]])
        _name(operation)
        _plain_parameters(operation)
        _own_problems(operation)
        _name_headers(operation, method)
    return document


def _closed() -> Iterator[str]:
    """Names of the shapes that take no unknown field."""
    waiting = [*In.__subclasses__()]
    while waiting:
        shape = waiting.pop()
        waiting += shape.__subclasses__()
        yield shape.__name__


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in document["paths"].values():
        for method in ("get", "post", "put", "patch"):
            if method in item:
                yield method, item[method]


def _say_right(operation: dict[str, Any], method: str, right: str) -> None:
    scope = "" if method == "get" else " Scope: *write*."
    said = operation.get("description", "")
    operation["description"] = f"{said}\n\nRight: *{right}*.{scope}".strip()


def _name(operation: dict[str, Any]) -> None:
    words = operation["operationId"].replace("_", " ")
    operation["summary"] = words[0].upper() + words[1:]


def _plain_parameters(operation: dict[str, Any]) -> None:
    """A parameter of an address is left out, never null."""
    for parameter in operation.get("parameters", []):
        offered = parameter["schema"].get("oneOf", [])
        real = [one for one in offered if one.get("type") != "null"]
        if len(real) == 1:
            parameter["schema"] = real[0]
        if parameter["name"] == "If-Match":
            parameter["required"] = True


def _own_problems(operation: dict[str, Any]) -> None:
    """The framework adds a 400 in a form of its own, which we never answer."""
    bad = operation["responses"].get("400")
    if bad and _PROBLEM not in bad["content"]:
        del operation["responses"]["400"]
    for status in ("401", "429"):
        operation["responses"][status]["headers"] = {
            "401": {"WWW-Authenticate": _header("`Bearer`.")},
            "429": {"Retry-After": _header("Seconds to wait.")},
        }[status]


def _name_headers(operation: dict[str, Any], method: str) -> None:
    for status, response in operation["responses"].items():
        if not status.startswith("2"):
            continue
        media, content = next(iter(response["content"].items()))
        if media == _ANY:
            content["schema"] = {"type": "string", "format": "binary"}
            continue
        if content["schema"].get("$ref", "").endswith("Page"):
            response["headers"] = {"Link": _header('`rel="next"`, where more follow.')}
        elif "404" in operation["responses"] or method in {"put", "post"}:
            response["headers"] = {"ETag": _header("The state of the record.")}
        if method == "post" and status != "200":
            response["headers"]["Location"] = _header("Where the record stands.")


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}
