"""The JSON file of scales, mastery levels and SLOs (docs/formats.md), both ways."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import msgspec

from adapters.inbound.files.json_file import Part, decode_file, refuse_repeats, source_of
from application.errors import Invalid
from application.use_cases.slos.import_slos import (
    ImportSlosCommand,
    MasteryEntry,
    ScaleEntry,
    ScoreLevelEntry,
    SloEntry,
)
from domain.ids import ScaleId
from domain.scale import AssessmentScale
from domain.score import plain
from domain.slo import Slo, SloKind, SloState

Text = Annotated[str, msgspec.Meta(min_length=1)]


class MasteryPart(Part, frozen=True):
    code: Text
    name: Text
    met: bool


class LevelPart(Part, frozen=True):
    points: Decimal
    label: Text
    mastery: Text
    descriptor: str = ""


class ScalePart(Part, frozen=True):
    code: Text
    name: Text
    levels: tuple[LevelPart, ...]
    default: bool = False


class SloPart(Part, frozen=True):
    code: Text
    title: Text
    statement: Text
    kind: SloKind = SloKind.COURSE
    course: str | None = None
    org: str | None = None
    state: SloState = SloState.ACTIVE
    descriptors: dict[str, dict[Decimal, str]] = msgspec.field(default_factory=dict)


class SloFile(Part, frozen=True):
    mastery_levels: tuple[MasteryPart, ...] = ()
    scales: tuple[ScalePart, ...] = ()
    slos: tuple[SloPart, ...] = ()


def read_slos(path: Path, actor: str) -> ImportSlosCommand:
    """Raises Invalid, naming the place in the file and the cure."""
    content = decode_file(path, SloFile)
    refuse_repeats("mastery_levels", (level.code for level in content.mastery_levels))
    refuse_repeats("scales", (scale.code for scale in content.scales))
    refuse_repeats("slos", (slo.code for slo in content.slos))
    if sum(scale.default for scale in content.scales) > 1:
        raise Invalid("scales", "only one scale is the default.")
    return ImportSlosCommand(
        actor,
        source_of(path),
        tuple(MasteryEntry(m.code, m.name, m.met) for m in content.mastery_levels),
        tuple(_scale(f"scales[{n}]", scale) for n, scale in enumerate(content.scales)),
        tuple(_slo(f"slos[{n}]", slo) for n, slo in enumerate(content.slos)),
    )


def _scale(path: str, part: ScalePart) -> ScaleEntry:
    levels = sorted(part.levels, key=lambda level: level.points)
    return ScaleEntry(
        path,
        part.code,
        part.name,
        part.default,
        tuple(ScoreLevelEntry(v.points, v.label, v.descriptor, v.mastery) for v in levels),
    )


def _slo(path: str, part: SloPart) -> SloEntry:
    return SloEntry(
        path,
        part.code,
        part.kind,
        part.course,
        part.org,
        part.title,
        part.statement,
        part.state,
        part.descriptors,
    )


def slo_file(
    scales: Iterable[AssessmentScale],
    slos: Iterable[Slo],
    courses: Mapping[str, str],
    orgs: Mapping[str, str],
) -> SloFile:
    """What is stored as a file that `slo import` reads back; of each scale the newest version.

    `courses` and `orgs` give the code of an id.
    """
    newest = {scale.code: scale for scale in sorted(scales, key=lambda scale: scale.version)}
    mastery = {v.mastery.code: v.mastery for scale in newest.values() for v in scale.levels}
    codes = {scale.id: scale.code for scale in newest.values()}
    return SloFile(
        tuple(
            MasteryPart(m.code, m.name, m.met)
            for m in sorted(mastery.values(), key=lambda level: level.position)
        ),
        tuple(_scale_part(scale) for scale in newest.values()),
        tuple(
            SloPart(
                slo.code,
                slo.title,
                slo.statement,
                slo.kind,
                courses.get(slo.course_id or ""),
                orgs.get(slo.org_id or ""),
                slo.state,
                _descriptors(slo, codes),
            )
            for slo in slos
        ),
    )


def _scale_part(scale: AssessmentScale) -> ScalePart:
    levels = tuple(LevelPart(v.points, v.label, v.mastery.code, v.descriptor) for v in scale.levels)
    return ScalePart(scale.code, scale.name, levels, scale.is_default)


def _descriptors(slo: Slo, codes: Mapping[ScaleId, str]) -> dict[str, dict[Decimal, str]]:
    by_scale: dict[str, dict[Decimal, str]] = {}
    for descriptor in slo.descriptors:
        if descriptor.scale_id in codes:
            points = Decimal(plain(descriptor.points))
            by_scale.setdefault(codes[descriptor.scale_id], {})[points] = descriptor.text
    return by_scale
