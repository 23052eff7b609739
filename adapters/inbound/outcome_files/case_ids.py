"""Identifiers and shapes of CASE: each thing of ours has one UUID and URI, for ever."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from domain.slo import Slo, SloKind

Json = dict[str, Any]
"""An object as its file has it: what of it we know is read, the rest is passed on."""

_OURS = UUID("9f3c1d5e-6d0c-5b0f-9a86-0f6f2f0c7a11")
ITEM_TYPES = {SloKind.COURSE: "CSLO", SloKind.PROGRAM: "PSLO", SloKind.INSTITUTION: "ISLO"}
COURSE_TYPE, ORG_TYPE, FORMER_TYPE = "Course", "Org", "Former wording"
EXTENSION = "attain"
"""Our own facts of an item or association, in the extension mechanism of CASE 1.1."""


def uuid_of(kind: str, *parts: str) -> str:
    return str(uuid5(_OURS, ":".join((kind, *parts))))


def slo_uuid(slo: Slo) -> str:
    """The SLO's own id, which is a UUID already but in data made by hand."""
    try:
        return str(UUID(slo.id))
    except ValueError:
        return uuid_of("slo", slo.id)


def uri(identifier: str) -> str:
    """Names the thing wherever Attain stands: a server may move."""
    return f"urn:uuid:{identifier}"


def link(identifier: str, title: str, known: Mapping[str, str] | None = None) -> Json:
    """A CASE LinkURI; `known` has the URIs of things that came from elsewhere."""
    return {
        "title": title,
        "identifier": identifier,
        "uri": (known or {}).get(identifier, uri(identifier)),
    }


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def identifier_of(node: object) -> str:
    """Of a LinkURI; empty for anything else."""
    found = node.get("identifier") if isinstance(node, dict) else None
    return found if isinstance(found, str) else ""


def text_of(value: object) -> str:
    """Text that every store can hold, blanks around it gone; empty for what is no text."""
    if not isinstance(value, str):
        return ""
    held = value.encode("utf-8", "ignore").decode()
    return held.replace("\x00", "").strip()


def own_facts(node: Json) -> Json:
    extensions = node.get("extensions")
    found = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else {}
