"""An imported CASE framework written again: as it came, with what its SLOs say now."""

import json
from collections.abc import Iterable, Iterator

from adapters.inbound.outcome_files.case_ids import Json, link, text_of
from adapters.inbound.outcome_files.case_items import item_saying
from adapters.inbound.outcome_files.case_making import CaseMaking, CaseNames, changed_at
from adapters.inbound.outcome_files.case_reading import mapped_pair
from adapters.inbound.outcome_files.case_rubrics import RubricWriting
from application.queries.slos.outcome_export import OutcomeExport
from domain.foreign import ForeignRecord, Standard
from domain.ids import SloId
from domain.slo import SloKind


def marks_of(export: OutcomeExport) -> Iterator[ForeignRecord]:
    """What the items of imported frameworks said, each with the SLO that it became."""
    return (
        one for one in export.foreign if one.standard is Standard.CASE and one.slo_id is not None
    )


def framework_again(export: OutcomeExport, framework: ForeignRecord) -> Json:
    """What the file said and we keep nothing of stays word for word."""
    package: Json = json.loads(framework.body)
    slos = {slo.id: slo for slo in export.slos}
    marks = {
        one.identifier: one
        for one in marks_of(export)
        if one.framework == framework.identifier and one.slo_id in slos
    }
    bodies = {identifier: json.loads(one.body) for identifier, one in marks.items()}
    names = CaseNames(
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
        written.append(item_saying(bodies[mark.identifier], slo, changed_at(export, slo)))
    document = link(framework.identifier, text_of(package["CFDocument"].get("title")))
    listed = [slos[slo_id] for slo_id in names.identifiers]
    writing = CaseMaking(export, names, document)
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
    export: OutcomeExport, names: CaseNames, raw: Iterable[Json], kinds: dict[SloId, SloKind]
) -> Iterator[Json]:
    """Associations as they came, without mappings that have ended since."""
    by_name = {identifier: kinds[slo_id] for slo_id, identifier in names.identifiers.items()}
    ids = {identifier: slo_id for slo_id, identifier in names.identifiers.items()}
    holding = {(one.lower_id, one.higher_id) for one in export.mappings}
    for one in raw:
        pair = mapped_pair(one, by_name)
        if pair is None or (ids[pair[0]], ids[pair[1]]) in holding:
            yield one
