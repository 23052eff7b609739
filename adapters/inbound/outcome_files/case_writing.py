"""SLOs written as a CASE package: a framework as it came, or our own document."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from adapters.inbound.outcome_files.case_ids import (
    COURSE_TYPE,
    EXTENSION,
    FORMER_TYPE,
    ITEM_TYPES,
    ORG_TYPE,
    Json,
    identifier_of,
    link,
    moment,
    slo_uuid,
    text_of,
    uri,
    uuid_of,
)
from adapters.inbound.outcome_files.case_items import item_saying
from adapters.inbound.outcome_files.case_reading import mapped_pair, own_document
from adapters.inbound.outcome_files.case_rubrics import RubricWriting
from application.errors import Invalid
from application.queries.outcome_export import OutcomeExport
from domain.foreign import ForeignRecord, Standard
from domain.ids import SloId
from domain.slo import Slo, SloKind
from domain.slo_mapping import SloMapping


def write_case(export: OutcomeExport, document: str = "") -> bytes:
    """`document` names an imported framework; empty: the one that the scope consists of, if so.

    Raises:
        Invalid: no framework has this identifier.
    """
    frameworks = {
        one.identifier: one
        for one in export.foreign
        if one.standard is Standard.CASE and one.slo_id is None
    }
    if document and document not in frameworks:
        raise Invalid("document", f"no imported framework has the identifier {document}.")
    chosen = frameworks.get(document or _whole_framework(export, frameworks))
    package = _imported(export, chosen) if chosen else _own(export)
    return _as_json(package)


def _as_json(package: Json) -> bytes:
    """Readable, in UTF-8; half of a pair of surrogates, which is no UTF-8, stays escaped."""
    try:
        content = json.dumps(package, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        content = json.dumps(package).encode()
    return msgspec.json.format(content, indent=2)


def frameworks_of(export: OutcomeExport) -> list[tuple[str, str]]:
    """Identifier and title of each imported framework."""
    found = []
    for one in export.foreign:
        if one.standard is Standard.CASE and one.slo_id is None:
            title = text_of(json.loads(one.body)["CFDocument"].get("title"))
            found.append((one.identifier, title or one.identifier))
    return found


def _whole_framework(export: OutcomeExport, frameworks: dict[str, ForeignRecord]) -> str:
    """The only framework whose SLOs are exactly those of the scope; empty when there is none."""
    scope = {slo.id for slo in export.slos}
    members: dict[str, set[SloId]] = {}
    for one in _marks(export):
        members.setdefault(one.framework, set()).add(one.slo_id)  # type: ignore[arg-type] # marks have one
    fitting = [name for name in frameworks if members.get(name, set()) == scope]
    return fitting[0] if len(fitting) == 1 and scope else ""


def _marks(export: OutcomeExport) -> Iterator[ForeignRecord]:
    return (
        one for one in export.foreign if one.standard is Standard.CASE and one.slo_id is not None
    )


@dataclass
class _Names:
    """Under which identifier and URI each SLO stands in the package."""

    identifiers: dict[SloId, str]
    uris: dict[str, str] = field(default_factory=dict)

    def link(self, slo: Slo) -> Json:
        return link(self.identifiers[slo.id], f"{slo.code} {slo.title}", self.uris)


def _imported(export: OutcomeExport, framework: ForeignRecord) -> Json:
    package: Json = json.loads(framework.body)
    slos = {slo.id: slo for slo in export.slos}
    marks = {
        one.identifier: one
        for one in _marks(export)
        if one.framework == framework.identifier and one.slo_id in slos
    }
    bodies = {identifier: json.loads(one.body) for identifier, one in marks.items()}
    names = _Names(
        {one.slo_id: identifier for identifier, one in marks.items() if one.slo_id},
        {identifier: str(body.get("uri", "")) for identifier, body in bodies.items()},
    )
    written: list[Json] = []
    for item in package.get("CFItems", []):
        mark = marks.get(text_of(item["identifier"]))
        if mark is None or mark.slo_id is None:
            if len(item) > 1 or "fullStatement" in item:
                written.append(item)
            continue
        slo = slos[mark.slo_id]
        written.append(item_saying(bodies[mark.identifier], slo, _changed_at(export, slo)))
    document = link(framework.identifier, text_of(package["CFDocument"].get("title")))
    listed = [slos[slo_id] for slo_id in names.identifiers]
    writing = _Writing(export, names, document)
    raw: list[Json] = package.get("CFAssociations", [])
    kept = list(_still_true(export, names, raw, {slo.id: slo.kind for slo in listed}))
    former, replaced = writing.history(listed)
    mapped = writing.mappings(listed, kept)
    rubrics = RubricWriting(export, names.identifiers, names.uris).of(
        listed, package.get("CFRubrics", [])
    )
    return _filled(
        package,
        CFItems=[*written, *former],
        CFAssociations=[*kept, *mapped, *replaced],
        CFRubrics=rubrics,
    )


def _filled(package: Json, **lists: list[Json]) -> Json:
    """Lists that the file did not have and that stay empty are not added."""
    return {**package, **{name: held for name, held in lists.items() if held or name in package}}


def _still_true(
    export: OutcomeExport, names: _Names, raw: Iterable[Json], kinds: dict[SloId, SloKind]
) -> Iterator[Json]:
    """Associations as they came, without mappings that have ended since."""
    by_name = {identifier: kinds[slo_id] for slo_id, identifier in names.identifiers.items()}
    ids = {identifier: slo_id for slo_id, identifier in names.identifiers.items()}
    holding = {(one.lower_id, one.higher_id) for one in export.mappings}
    for one in raw:
        pair = mapped_pair(one, by_name)
        if pair is None or (ids[pair[0]], ids[pair[1]]) in holding:
            yield one


def _own(export: OutcomeExport) -> Json:
    identifier = own_document(export.orgs)
    document = link(identifier, "Student learning outcomes")
    marks = {one.slo_id: one for one in _marks(export)}
    bodies = {slo_id: json.loads(one.body) for slo_id, one in marks.items()}
    names = _Names(
        {
            slo.id: marks[slo.id].identifier if slo.id in marks else slo_uuid(slo)
            for slo in export.slos
        },
        {marks[slo_id].identifier: str(body.get("uri", "")) for slo_id, body in bodies.items()},
    )
    writing = _Writing(export, names, document)
    groups, children = writing.groups()
    items = [
        item_saying(bodies[slo.id], slo, _changed_at(export, slo))
        if slo.id in bodies
        else writing.item(slo)
        for slo in export.slos
    ]
    former, replaced = writing.history(export.slos)
    mapped = writing.mappings(export.slos, [])
    rubrics = RubricWriting(export, names.identifiers, names.uris).of(export.slos, [])
    return {
        "CFDocument": {
            "identifier": identifier,
            "uri": uri(identifier),
            "creator": "Attain",
            "title": "Student learning outcomes",
            "lastChangeDateTime": moment(export.at),
            "caseVersion": "1.1",
            "adoptionStatus": "Implemented",
        },
        "CFItems": [*groups, *items, *former],
        "CFAssociations": [*children, *mapped, *replaced],
        "CFRubrics": rubrics,
    }


def _changed_at(export: OutcomeExport, slo: Slo) -> str:
    since = [one.since for one in export.versions.get(slo.id, []) if one.version == slo.version]
    return moment(since[0] if since and since[0] else export.at)


@dataclass(frozen=True, slots=True)
class _Writing:
    """Items and associations of our own making."""

    export: OutcomeExport
    names: _Names
    document: Json

    def item(self, slo: Slo) -> Json:
        identifier = slo_uuid(slo)
        return {
            "identifier": identifier,
            "uri": uri(identifier),
            "CFDocumentURI": self.document,
            "humanCodingScheme": slo.code,
            "abbreviatedStatement": slo.title,
            "fullStatement": slo.statement,
            "CFItemType": ITEM_TYPES[slo.kind],
            "lastChangeDateTime": _changed_at(self.export, slo),
            "extensions": {EXTENSION: {"state": slo.state, "version": slo.version}},
        }

    def groups(self) -> tuple[list[Json], list[Json]]:
        """Courses and orgs as items above their SLOs, and the associations that say so."""
        made: dict[str, Json] = {}
        children: list[Json] = []
        for slo in self.export.slos:
            group = self._group(slo)
            if group is not None:
                made.setdefault(group["identifier"], group)
                above = link(group["identifier"], group["abbreviatedStatement"])
                key = ("child", slo.id, group["identifier"])
                children.append(self.association("isChildOf", self.names.link(slo), above, key))
        return list(made.values()), children

    def _group(self, slo: Slo) -> Json | None:
        if slo.course_id and slo.course_id in self.export.courses:
            course = self.export.courses[slo.course_id]
            return self._above("course", course.id, course.code, course.title, COURSE_TYPE)
        if slo.org_id and slo.org_id in self.export.orgs:
            org = self.export.orgs[slo.org_id]
            return self._above("org", org.id, org.code, org.name, ORG_TYPE)
        return None

    def _above(self, kind: str, own_id: str, code: str, title: str, item_type: str) -> Json:
        identifier = uuid_of(kind, own_id)
        return {
            "identifier": identifier,
            "uri": uri(identifier),
            "CFDocumentURI": self.document,
            "humanCodingScheme": code,
            "abbreviatedStatement": title,
            "fullStatement": title or code,
            "CFItemType": item_type,
            "lastChangeDateTime": moment(self.export.at),
        }

    def history(self, slos: Iterable[Slo]) -> tuple[list[Json], list[Json]]:
        """Former wordings as items of their own, each replaced by the next."""
        items: list[Json] = []
        replaced: list[Json] = []
        for slo in slos:
            versions = self.export.versions.get(slo.id, [])
            for one in versions:
                if one.until is None or one.version == slo.version:
                    continue
                name = self._former(slo, one.version)
                items.append(
                    {
                        "identifier": name["identifier"],
                        "uri": name["uri"],
                        "CFDocumentURI": self.document,
                        "humanCodingScheme": f"{slo.code} v{one.version}",
                        "abbreviatedStatement": one.title,
                        "fullStatement": one.statement,
                        "CFItemType": FORMER_TYPE,
                        "lastChangeDateTime": moment(one.until),
                    }
                )
                later = [v.version for v in versions if v.version > one.version]
                after = min(later, default=slo.version)
                to = self.names.link(slo) if after == slo.version else self._former(slo, after)
                key = ("replaced", slo.id, str(one.version))
                replaced.append(self.association("replacedBy", name, to, key))
        return items, replaced

    def _former(self, slo: Slo, version: int) -> Json:
        return link(uuid_of("slo", slo.id, str(version)), f"{slo.code} v{version}")

    def mappings(self, slos: Iterable[Slo], there: Iterable[Json]) -> list[Json]:
        """Mappings within the package that no association says yet."""
        by_id = {slo.id: slo for slo in slos}
        said = {
            frozenset(
                (identifier_of(one.get("originNodeURI")),
                 identifier_of(one.get("destinationNodeURI")))
            )
            for one in there
            if one.get("associationType") in {"isRelatedTo", "isPartOf"}
        }  # fmt: skip
        return [
            self._mapping(one, by_id[one.lower_id], by_id[one.higher_id])
            for one in self.export.mappings
            if one.lower_id in by_id
            and one.higher_id in by_id
            and frozenset(
                (self.names.identifiers[one.lower_id], self.names.identifiers[one.higher_id])
            )
            not in said
        ]

    def _mapping(self, one: SloMapping, lower: Slo, higher: Slo) -> Json:
        key = ("mapping", one.lower_id, one.higher_id, one.from_term)
        made = self.association("isRelatedTo", self.names.link(lower), self.names.link(higher), key)
        term = self.export.terms.get(one.from_term)
        facts = {"kind": one.kind, "fromTerm": term.source_id if term else None}
        told = {name: value for name, value in facts.items() if value}
        return {**made, "extensions": {EXTENSION: told}} if told else made

    def association(self, kind: str, origin: Json, to: Json, key: tuple[str, ...]) -> Json:
        identifier = uuid_of(*key)
        return {
            "identifier": identifier,
            "uri": uri(identifier),
            "CFDocumentURI": self.document,
            "associationType": kind,
            "originNodeURI": origin,
            "destinationNodeURI": to,
            "lastChangeDateTime": moment(self.export.at),
        }
