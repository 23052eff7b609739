"""A CASE package as its file holds it: what it must have, and what is kept of it."""

import json

from adapters.inbound.outcome_files.case_ids import Json, text_of
from application.errors import Invalid
from domain.foreign import ForeignRecord, Standard


def package_of(content: bytes) -> Json:
    """Raises Invalid, naming the place in the file and the cure."""
    try:
        found = json.loads(content)
    except ValueError as broken:
        raise Invalid("file", f"this is no JSON ({broken}).") from None
    if isinstance(found, dict) and isinstance(found.get("CFPackage"), dict):
        found = found["CFPackage"]
    if not isinstance(found, dict) or not isinstance(found.get("CFDocument"), dict):
        raise Invalid("file", "a CASE package holds a CFDocument; this file has none.")
    if not text_of(found["CFDocument"].get("identifier")):
        raise Invalid("CFDocument.identifier", "a framework without an identifier cannot be kept.")
    for name in ("CFItems", "CFAssociations", "CFRubrics"):
        listed = found.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            raise Invalid(name, "this is a list of objects.")
    _require_items(found.get("CFItems", []))
    return found


def _require_items(items: list[Json]) -> None:
    seen: set[str] = set()
    for number, item in enumerate(items):
        for name in ("identifier", "fullStatement"):
            if not text_of(item.get(name)):
                raise Invalid(f"CFItems[{number}].{name}", "each item has one.")
        identifier = text_of(item["identifier"])
        if identifier in seen:
            raise Invalid(f"CFItems[{number}].identifier", "another item has it too.")
        seen.add(identifier)


def framework_of(package: Json, document: str, marked: set[str]) -> ForeignRecord:
    """All of the file, with a stub in place of each item that is an SLO."""
    items = [
        {"identifier": item["identifier"]} if text_of(item["identifier"]) in marked else item
        for item in package.get("CFItems", [])
    ]
    body = json.dumps({**package, "CFItems": items} if "CFItems" in package else package)
    return ForeignRecord(Standard.CASE, document, document, None, body)
