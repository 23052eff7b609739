"""A CASE 1.0 or 1.1 package read: items that are SLOs, and everything else kept as it came."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from adapters.inbound.outcome_files.case_ids import (
    Json,
    identifier_of,
    own_facts,
    slo_uuid,
    text_of,
    uuid_of,
)
from adapters.inbound.outcome_files.case_items import words_of
from adapters.inbound.outcome_files.case_levels import descriptors_of, objects, scale_of
from adapters.inbound.outcome_files.case_package import framework_of, package_of
from adapters.inbound.outcome_files.known import Known
from application.slos.entries import ForeignMark, MapsTo, SloEntry
from domain.foreign import ForeignRecord, Standard
from domain.ids import SloId
from domain.slo import SloKind, SloState
from domain.slo_mapping import MappingKind

MAPPING_TYPES = {"isRelatedTo", "isPartOf"}
_RANK = {SloKind.COURSE: 0, SloKind.PROGRAM: 1, SloKind.INSTITUTION: 2}
_KINDS = {
    "cslo": SloKind.COURSE, "course slo": SloKind.COURSE, "course outcome": SloKind.COURSE,
    "course learning outcome": SloKind.COURSE, "pslo": SloKind.PROGRAM,
    "program slo": SloKind.PROGRAM, "program outcome": SloKind.PROGRAM,
    "program learning outcome": SloKind.PROGRAM, "islo": SloKind.INSTITUTION,
    "institutional slo": SloKind.INSTITUTION, "institutional outcome": SloKind.INSTITUTION,
    "institutional learning outcome": SloKind.INSTITUTION,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseFile:
    """`framework` None: the file is our own, so nothing of it is foreign."""

    entries: tuple[SloEntry, ...]
    framework: ForeignRecord | None


def read_case(content: bytes, known: Known) -> CaseFile:
    """Raises Invalid, naming the place in the file and the cure."""
    package = package_of(content)
    document = text_of(package["CFDocument"].get("identifier"))
    reading = _Reading(known, package, document)
    entries = tuple(reading.entries())
    if document == own_document(known.orgs):
        return CaseFile(entries, None)
    marked = {one.foreign.identifier for one in entries if one.foreign}
    return CaseFile(entries, framework_of(package, document, marked))


def own_document(orgs: Any) -> str:  # noqa: ANN401 any collection of ids
    """The identifier of the document that this college writes."""
    return uuid_of("document", min(orgs, default=""))


def kind_of(item: Json) -> SloKind | None:
    return _KINDS.get(text_of(item.get("CFItemType")).casefold())


class _Reading:
    def __init__(self, known: Known, package: Json, document: str) -> None:
        self._known = known
        self._courses = frozenset(known.courses.values())
        self._orgs = frozenset(known.orgs.values())
        self._document = document
        self._items: dict[str, Json] = {
            text_of(item["identifier"]): item for item in package.get("CFItems", [])
        }
        self._places = {identifier: f"CFItems[{n}]" for n, identifier in enumerate(self._items)}
        self._associations: list[Json] = package.get("CFAssociations", [])
        self._rubrics: list[Json] = package.get("CFRubrics", [])
        self._own = {slo_uuid(slo): slo.id for slo in known.slos.values()}
        self._parents: dict[str, list[str]] = {}
        self._former: set[str] = set()
        for one in self._associations:
            origin, to = _ends(one)
            if one.get("associationType") == "isChildOf":
                self._parents.setdefault(origin, []).append(to)
            elif one.get("associationType") == "replacedBy" and to in self._items:
                self._former.add(origin)
        self._groups = {to for parents in self._parents.values() for to in parents}

    def entries(self) -> Iterator[SloEntry]:
        """Leaves that no newer item replaces, and whatever is typed as an SLO."""
        kinds = {
            identifier: self._kind(identifier)
            for identifier, item in self._items.items()
            if identifier not in self._former
            and (kind_of(item) or (identifier not in self._groups and not _is_group(item)))
        }
        maps_to = self._mappings(kinds)
        described = self._descriptors()
        for identifier, kind in kinds.items():
            yield self._entry(
                identifier, kind, tuple(maps_to.get(identifier, ())), described.get(identifier)
            )

    def _entry(
        self,
        identifier: str,
        kind: SloKind,
        maps_to: tuple[MapsTo, ...],
        described: dict[str, dict[Decimal, str]] | None,
    ) -> SloEntry:
        item, owner = self._items[identifier], self._known.owner
        own: SloId | None = self._own.get(identifier)
        course, org = self._owner(identifier)
        words = words_of(item)
        is_course = kind is SloKind.COURSE
        return SloEntry(
            self._places[identifier],
            words.code,
            kind,
            (course or (None if own else owner.course or None)) if is_course else None,
            None if is_course else org or (None if own else owner.org or None),
            words.title,
            words.statement,
            _state(item),
            described,
            maps_to,
            slo_id=own,
            foreign=None
            if own
            else ForeignMark(Standard.CASE, self._document, identifier, json.dumps(item)),
            alternatives=() if own else words.alternatives,
        )

    def _kind(self, identifier: str) -> SloKind:
        told = kind_of(self._items[identifier])
        if told:
            return told
        course, org = self._owner(identifier)
        if course or org:
            return SloKind.COURSE if course else SloKind.PROGRAM
        return self._known.owner.kind

    def _owner(self, identifier: str) -> tuple[str | None, str | None]:
        """The course, else the org, whose code an item above bears."""
        waiting, seen = list(self._parents.get(identifier, [])), {identifier}
        org: str | None = None
        while waiting:
            at = waiting.pop(0)
            if at in seen or at not in self._items:
                continue
            seen.add(at)
            code = words_of(self._items[at]).code
            if code in self._courses:
                return code, None
            org = org or (code if code in self._orgs else None)
            waiting += self._parents.get(at, [])
        return None, org

    def _mappings(self, kinds: dict[str, SloKind]) -> dict[str, list[MapsTo]]:
        found: dict[str, list[MapsTo]] = {}
        for one in self._associations:
            pair = mapped_pair(one, kinds)
            if pair:
                lower, higher = pair
                code = words_of(self._items[higher]).code
                mapped = MapsTo(code, _mapping_kind(one), self._places[higher])
                found.setdefault(lower, []).append(mapped)
        return found

    def _descriptors(self) -> dict[str, dict[str, dict[Decimal, str]]]:
        """By item, scale and points; only of rubrics whose scores are those of a scale."""
        found: dict[str, dict[str, dict[Decimal, str]]] = {}
        for rubric in self._rubrics:
            for criterion in objects(rubric.get("CFRubricCriteria")):
                scale = scale_of(rubric, criterion, self._known.scales)
                item = identifier_of(criterion.get("CFItemURI"))
                if scale is not None and item in self._items:
                    found.setdefault(item, {})[scale.code] = descriptors_of(criterion, scale)
        return found


def mapped_pair(association: Json, kinds: dict[str, SloKind]) -> tuple[str, str] | None:
    """The lower and the higher item of an association that is a mapping of SLOs."""
    origin, to = _ends(association)
    if association.get("associationType") not in MAPPING_TYPES:
        return None
    if origin not in kinds or to not in kinds:
        return None
    if _RANK[kinds[origin]] == _RANK[kinds[to]]:
        return None
    rises = _RANK[kinds[origin]] < _RANK[kinds[to]]
    if association["associationType"] == "isPartOf":
        return (origin, to) if rises else None
    return (origin, to) if rises else (to, origin)


def _ends(association: Json) -> tuple[str, str]:
    return (
        identifier_of(association.get("originNodeURI")),
        identifier_of(association.get("destinationNodeURI")),
    )


def _is_group(item: Json) -> bool:
    return text_of(item.get("CFItemType")).casefold() in {"course", "org", "former wording"}


def _state(item: Json) -> SloState | None:
    told = own_facts(item).get("state")
    return SloState(told) if told in set(SloState) else None


def _mapping_kind(association: Json) -> MappingKind | None:
    told = own_facts(association).get("kind")
    return MappingKind(told) if told in set(MappingKind) else None
