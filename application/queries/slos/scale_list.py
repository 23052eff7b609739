"""Scales with their versions, mastery levels, and where each is in use."""

from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWorkFactory
from domain.scale import AssessmentScale, MasteryLevel


@dataclass(frozen=True, slots=True)
class ListedScale:
    """The newest version, and the former ones, newest first."""

    scale: AssessmentScale
    used: bool
    """An assessment uses this version, so editing makes the next one."""
    former: tuple[AssessmentScale, ...]


@dataclass(frozen=True, slots=True)
class ListedMastery:
    level: MasteryLevel
    held: bool
    """A scale holds it: it keeps its place among the others."""


@dataclass(frozen=True, slots=True)
class ScaleListView:
    scales: tuple[ListedScale, ...]
    """The default first, then by code."""
    mastery: tuple[ListedMastery, ...]
    """Lowest first."""

    def scale(self, code: str) -> ListedScale | None:
        return next((one for one in self.scales if one.scale.code == code), None)

    @property
    def threshold(self) -> str:
        return next((one.level.code for one in self.mastery if one.level.met), "")


@dataclass(frozen=True, slots=True)
class ScaleList:
    units: UnitOfWorkFactory

    def __call__(self) -> ScaleListView:
        with self.units(write=False) as unit:
            by_code: dict[str, list[AssessmentScale]] = {}
            for scale in unit.outcomes.scales():
                by_code.setdefault(scale.code, []).append(scale)
            used = unit.curriculum.used_scales()
            listed = []
            held: set[str] = set()
            for versions in by_code.values():
                newest, *former = sorted(versions, key=lambda one: one.version, reverse=True)
                listed.append(ListedScale(newest, newest.id in used, tuple(former)))
                held |= {level.mastery.code for one in versions for level in one.levels}
            listed.sort(key=lambda one: (not one.scale.is_default, one.scale.code))
            levels = unit.curriculum.mastery_levels()
            return ScaleListView(
                tuple(listed), tuple(ListedMastery(one, one.code in held) for one in levels)
            )
