"""The book of scales: what was used is never edited, and exactly one scale is the default."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from application.ports.runtime import NewId
from application.ports.unit_of_work import UnitOfWork
from domain.ids import ScaleId
from domain.scale import AssessmentScale, ScoreLevel
from domain.slo import PerformanceDescriptor, Slo


class ScaleBook:
    """Scales are known by code; `newest` has the newest version of each."""

    def __init__(self, unit: UnitOfWork, new_id: NewId) -> None:
        self._unit = unit
        self._new_id = new_id
        self.stored = unit.outcomes.scales()
        self.used = unit.curriculum.used_scales()
        by_version = sorted(self.stored, key=lambda scale: scale.version)
        self.newest = {scale.code: scale for scale in by_version}

    def wanted(
        self, code: str, name: str, levels: tuple[ScoreLevel, ...], *, is_default: bool
    ) -> AssessmentScale:
        """The scale as it shall be: a used one with other levels is its next version.

        Raises:
            NonsenseValue: fewer than two levels, or levels out of order.
        """
        before = self.newest.get(code)
        if before is None:
            new_id = ScaleId(self._new_id())
            return AssessmentScale(new_id, code, name, 1, is_default, levels)
        wanted = AssessmentScale(before.id, code, name, before.version, is_default, levels)
        if before.id in self.used and levels != before.levels:
            return replace(wanted, id=ScaleId(self._new_id()), version=before.version + 1)
        return wanted

    def write(self, scales: Iterable[AssessmentScale]) -> list[AssessmentScale]:
        """Store them, and carry descriptors to new versions; answers all that was stored.

        The last that wants to be the default is it; without one, the default stays.
        """
        changed = {scale.id: scale for scale in scales}
        settled = _with_one_default(self.stored, changed)
        self._unit.outcomes.put_scales(settled)
        carried = {
            before.id: scale
            for scale in changed.values()
            if (before := self.newest.get(scale.code)) and before.id != scale.id
        }
        if carried:
            slos = self._unit.outcomes.slos()
            moved = [described_anew(slo, carried) for slo in slos]
            self._unit.outcomes.put_slos(
                new for old, new in zip(slos, moved, strict=True) if old != new
            )
        self.newest |= {scale.code: scale for scale in settled if _is_newest(scale, self.newest)}
        return settled


def described_anew(slo: Slo, carried: Mapping[ScaleId, AssessmentScale]) -> Slo:
    """Its descriptors on old versions of scales stand on the new ones too, where points fit."""
    taken = {(one.scale_id, one.points) for one in slo.descriptors}
    added = tuple(
        PerformanceDescriptor(new.id, one.points, one.text)
        for one in slo.descriptors
        if (new := carried.get(one.scale_id))
        and any(level.points == one.points for level in new.levels)
        and (new.id, one.points) not in taken
    )
    return replace(slo, descriptors=(*slo.descriptors, *added)) if added else slo


def _with_one_default(
    stored: list[AssessmentScale], changed: Mapping[ScaleId, AssessmentScale]
) -> list[AssessmentScale]:
    after = {scale.id: scale for scale in stored} | dict(changed)
    wishing = [scale.id for scale in changed.values() if scale.is_default]
    former = [scale.id for scale in stored if scale.is_default]
    chosen = next(iter([*reversed(wishing), *former, *after]), None)
    settled = [replace(scale, is_default=scale.id == chosen) for scale in after.values()]
    before = {scale.id: scale for scale in stored}
    return [scale for scale in settled if scale != before.get(scale.id)]


def _is_newest(scale: AssessmentScale, newest: Mapping[str, AssessmentScale]) -> bool:
    known = newest.get(scale.code)
    return known is None or scale.version >= known.version
