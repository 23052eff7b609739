"""SLOs written as a CASE package: a framework as it came, or our own document."""

import json

import msgspec

from adapters.inbound.outcome_files.case_framework import framework_again, marks_of
from adapters.inbound.outcome_files.case_ids import Json, link, moment, slo_uuid, text_of, uri
from adapters.inbound.outcome_files.case_items import item_saying
from adapters.inbound.outcome_files.case_making import CaseMaking, CaseNames, changed_at
from adapters.inbound.outcome_files.case_reading import own_document
from adapters.inbound.outcome_files.case_rubrics import RubricWriting
from application.errors import Invalid
from application.queries.slos.outcome_export import OutcomeExport
from domain.foreign import ForeignRecord, Standard
from domain.ids import SloId


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
    package = framework_again(export, chosen) if chosen else _own(export)
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
    for one in marks_of(export):
        members.setdefault(one.framework, set()).add(one.slo_id)  # type: ignore[arg-type] # marks have one
    fitting = [name for name in frameworks if members.get(name, set()) == scope]
    return fitting[0] if len(fitting) == 1 and scope else ""


def _own(export: OutcomeExport) -> Json:
    identifier = own_document(export.orgs)
    document = link(identifier, "Student learning outcomes")
    marks = {one.slo_id: one for one in marks_of(export)}
    bodies = {slo_id: json.loads(one.body) for slo_id, one in marks.items()}
    names = CaseNames(
        {
            slo.id: marks[slo.id].identifier if slo.id in marks else slo_uuid(slo)
            for slo in export.slos
        },
        {marks[slo_id].identifier: str(body.get("uri", "")) for slo_id, body in bodies.items()},
    )
    writing = CaseMaking(export, names, document)
    groups, children = writing.groups()
    items = [
        item_saying(bodies[slo.id], slo, changed_at(export, slo))
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
