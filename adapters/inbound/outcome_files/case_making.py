"""Items and associations of a CASE package that are of our own making."""

from collections.abc import Iterable
from dataclasses import dataclass, field

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
    uri,
    uuid_of,
)
from application.queries.slos.outcome_export import OutcomeExport
from domain.ids import SloId
from domain.slo import Slo
from domain.slo_mapping import SloMapping


@dataclass
class CaseNames:
    """Under which identifier and URI each SLO stands in the package."""

    identifiers: dict[SloId, str]
    uris: dict[str, str] = field(default_factory=dict)

    def link(self, slo: Slo) -> Json:
        return link(self.identifiers[slo.id], f"{slo.code} {slo.title}", self.uris)


def changed_at(export: OutcomeExport, slo: Slo) -> str:
    """Since when its words hold; of an SLO without such a moment, the export's."""
    since = [one.since for one in export.versions.get(slo.id, []) if one.version == slo.version]
    return moment(since[0] if since and since[0] else export.at)


@dataclass(frozen=True, slots=True)
class CaseMaking:
    """Items and associations of our own making."""

    export: OutcomeExport
    names: CaseNames
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
            "lastChangeDateTime": changed_at(self.export, slo),
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
