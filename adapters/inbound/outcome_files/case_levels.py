"""Levels of CASE rubrics as those of our scales."""

from collections.abc import Iterator
from decimal import Decimal

from adapters.inbound.outcome_files.case_ids import Json, text_of
from domain.scale import AssessmentScale


def scale_of(
    rubric: Json, criterion: Json, scales: tuple[AssessmentScale, ...]
) -> AssessmentScale | None:
    """The scale of the rubric's title, else the default one, if all scores are its points."""
    scores = {points for points, _ in scored_levels(criterion)}
    if not scores:
        return None
    title = text_of(rubric.get("title"))
    named = [one for one in scales if title in {one.code, one.name}]
    for scale in (*named, *scales[:1]):
        if scores <= {level.points for level in scale.levels}:
            return scale
    return None


def descriptors_of(criterion: Json, scale: AssessmentScale) -> dict[Decimal, str]:
    """Those that are not the scale's own."""
    default = {level.points: level.descriptor for level in scale.levels}
    return {
        points: text
        for points, level in scored_levels(criterion)
        if (text := text_of(level.get("description"))) and text != default[points]
    }


def scored_levels(criterion: Json) -> Iterator[tuple[Decimal, Json]]:
    for level in objects(criterion.get("CFRubricCriterionLevels")):
        score = level.get("score")
        if isinstance(score, int | float) and not isinstance(score, bool):
            yield Decimal(repr(score)).normalize() + 0, level


def objects(value: object) -> list[Json]:
    listed = value if isinstance(value, list) else []
    return [one for one in listed if isinstance(one, dict)]
