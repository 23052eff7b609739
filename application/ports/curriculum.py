"""Where the history, the mappings and the targets of SLOs are kept, and mastery levels.

`put_...` insert or replace by key. Lists are ordered as said, else by key.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from domain.foreign import ForeignRecord, Standard
from domain.ids import ScaleId, SloId
from domain.scale import MasteryLevel
from domain.slo import Slo, SloHead
from domain.slo_mapping import SloMapping
from domain.slo_version import SloVersion
from domain.target import Target, TargetOf


class CurriculumRepository(Protocol):
    def slo_for_change(self, slo_id: SloId) -> Slo:
        """The SLO; until this unit ends nobody else changes it. Raises NotFound."""

    def slo_heads(self, among: Iterable[SloId] | None = None) -> list[SloHead]:
        """These or all SLOs without their descriptors, by code: quick where there are many."""

    def versions(self, slo_ids: Iterable[SloId]) -> Mapping[SloId, list[SloVersion]]:
        """Oldest first; an SLO without any is left out."""

    def put_versions(self, versions: Iterable[SloVersion]) -> None: ...

    def mappings(self) -> list[SloMapping]: ...
    def mappings_of(self, slo_id: SloId) -> list[SloMapping]:
        """Up and down, ended ones too."""

    def put_mappings(self, mappings: Iterable[SloMapping]) -> None: ...
    def drop_mapping(self, mapping: SloMapping) -> None:
        """Forget one that never held in any term."""

    def mastery_levels(self) -> list[MasteryLevel]:
        """Lowest first."""

    def put_mastery_levels(self, levels: Iterable[MasteryLevel]) -> None: ...
    def drop_mastery_level(self, code: str) -> None: ...
    def used_scales(self) -> frozenset[ScaleId]:
        """Scales that an assessment uses."""

    def targets(self) -> list[Target]: ...
    def put_target(self, target: Target) -> None: ...
    def drop_target(self, of: TargetOf, subject_id: str) -> None:
        """Dropping what is not there changes nothing."""

    def foreign(self, standard: Standard) -> list[ForeignRecord]: ...
    def foreign_of(self, slo_id: SloId) -> list[ForeignRecord]: ...
    def put_foreign(self, records: Iterable[ForeignRecord]) -> None: ...
