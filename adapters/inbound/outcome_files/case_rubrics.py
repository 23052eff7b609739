"""Performance descriptors as CASE rubrics: one rubric a scale, one criterion an SLO."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from adapters.inbound.outcome_files.case_ids import (
    Json,
    identifier_of,
    link,
    moment,
    uri,
    uuid_of,
)
from adapters.inbound.outcome_files.case_levels import descriptors_of, scale_of, scored_levels
from application.queries.slos.outcome_export import OutcomeExport
from domain.ids import ScaleId, SloId
from domain.scale import AssessmentScale
from domain.slo import Slo

Telling = tuple[str, ScaleId]
"""Of which item, on which scale, a criterion tells."""


@dataclass(frozen=True, slots=True)
class RubricWriting:
    export: OutcomeExport
    identifiers: Mapping[SloId, str]
    uris: Mapping[str, str]

    def of(self, slos: Iterable[Slo], raw: list[Json]) -> list[Json]:
        """Rubrics as they came, with what was edited here, and ours for what they do not tell."""
        by_name = {self.identifiers[slo.id]: slo for slo in slos}
        told = self._told(raw)
        kept = [self._edited(rubric, by_name, told) for rubric in raw]
        made = [
            rubric
            for scale in self.export.scales
            for rubric in self._made(
                scale,
                [slo for name, slo in by_name.items() if (name, scale.id) not in told],
            )
        ]
        return [*kept, *made]

    def _told(self, raw: list[Json]) -> dict[Telling, Json]:
        """The criterion that was read for an item on a scale: of several the last."""
        return {
            (identifier_of(criterion.get("CFItemURI")), scale.id): criterion
            for rubric in raw
            for criterion in rubric.get("CFRubricCriteria") or []
            if (scale := scale_of(rubric, criterion, self.export.scales))
        }

    def _edited(
        self, rubric: Json, by_name: Mapping[str, Slo], told: Mapping[Telling, Json]
    ) -> Json:
        criteria = rubric.get("CFRubricCriteria")
        if not isinstance(criteria, list):
            return rubric
        return {
            **rubric,
            "CFRubricCriteria": [self._criterion(rubric, one, by_name, told) for one in criteria],
        }

    def _criterion(
        self,
        rubric: Json,
        criterion: Json,
        by_name: Mapping[str, Slo],
        told: Mapping[Telling, Json],
    ) -> Json:
        item = identifier_of(criterion.get("CFItemURI"))
        slo, scale = by_name.get(item), scale_of(rubric, criterion, self.export.scales)
        if slo is None or scale is None or told[item, scale.id] is not criterion:
            return criterion
        read, now = descriptors_of(criterion, scale), slo.descriptors_on(scale.id)
        if read == now:
            return criterion
        default = {level.points: level.descriptor for level in scale.levels}
        edited = {
            id(level): now.get(points, default[points])
            for points, level in scored_levels(criterion)
            if read.get(points) != now.get(points)
        }
        levels = [
            {**level, "description": edited[id(level)]} if id(level) in edited else level
            for level in criterion["CFRubricCriterionLevels"]
        ]
        return {**criterion, "CFRubricCriterionLevels": levels}

    def _made(self, scale: AssessmentScale, slos: list[Slo]) -> Iterator[Json]:
        described = [slo for slo in slos if slo.descriptors_on(scale.id)]
        if not described:
            return
        identifier = uuid_of("rubric", scale.id, *sorted(slo.id for slo in described))
        yield {
            "identifier": identifier,
            "uri": uri(identifier),
            "title": scale.name,
            "lastChangeDateTime": moment(self.export.at),
            "CFRubricCriteria": [
                self._own_criterion(identifier, scale, slo, place)
                for place, slo in enumerate(described, start=1)
            ],
        }

    def _own_criterion(self, rubric: str, scale: AssessmentScale, slo: Slo, place: int) -> Json:
        identifier = uuid_of("criterion", scale.id, slo.id)
        item = self.identifiers[slo.id]
        own = slo.descriptors_on(scale.id)
        return {
            "identifier": identifier,
            "uri": uri(identifier),
            "category": slo.code,
            "description": slo.title,
            "CFItemURI": link(item, slo.code, self.uris),
            "position": place,
            "rubricId": rubric,
            "CFRubricCriterionLevels": [
                {
                    "identifier": (level_id := uuid_of("level", scale.id, slo.id, str(number))),
                    "uri": uri(level_id),
                    "quality": level.label,
                    "score": _number(level.points),
                    "description": own.get(level.points, level.descriptor),
                    "position": number,
                    "rubricCriterionId": identifier,
                }
                for number, level in enumerate(reversed(scale.levels), start=1)
            ],
            "lastChangeDateTime": moment(self.export.at),
        }


def _number(points: Decimal) -> int | float:
    return int(points) if points == points.to_integral_value() else float(points)
