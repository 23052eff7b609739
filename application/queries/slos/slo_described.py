"""Descriptors of one SLO beside those of the scales."""

from dataclasses import dataclass
from decimal import Decimal

from application.ports.unit_of_work import UnitOfWork
from domain.ids import ScaleId
from domain.scale import MasteryLevel
from domain.slo import Slo


@dataclass(frozen=True, slots=True)
class DescribedLevel:
    """`own` is the SLO's descriptor there, `default` that of the scale."""

    points: Decimal
    label: str
    mastery: MasteryLevel
    own: str
    default: str


@dataclass(frozen=True, slots=True)
class DescribedScale:
    """`levels` from the highest to the lowest. A former version is only shown."""

    id: ScaleId
    name: str
    version: int
    is_default: bool
    is_newest: bool
    levels: tuple[DescribedLevel, ...]


def described(unit: UnitOfWork, slo: Slo) -> tuple[DescribedScale, ...]:
    """The newest version of each scale, and former ones on which it has descriptors."""
    scales = unit.outcomes.scales()
    newest = {scale.code: scale.id for scale in sorted(scales, key=lambda one: one.version)}
    own = {one.scale_id for one in slo.descriptors}
    return tuple(
        DescribedScale(
            scale.id,
            scale.name,
            scale.version,
            scale.is_default,
            scale.id in newest.values(),
            tuple(
                DescribedLevel(
                    level.points,
                    level.label,
                    level.mastery,
                    slo.descriptors_on(scale.id).get(level.points, ""),
                    level.descriptor,
                )
                for level in reversed(scale.levels)
            ),
        )
        for scale in scales
        if scale.id in newest.values() or scale.id in own
    )
