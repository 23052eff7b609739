"""Wordings, mappings and targets of SLOs, mastery levels, and what foreign files say."""

from collections.abc import Iterable, Mapping
from dataclasses import fields

from adapters.outbound.memory.rows import Rows
from adapters.outbound.memory.store import Transaction
from application.ports.curriculum import CurriculumRepository
from domain.assessment import Assessment
from domain.foreign import ForeignRecord, Standard
from domain.ids import ScaleId, SloId
from domain.scale import MasteryLevel
from domain.slo import Slo, SloHead
from domain.slo_mapping import SloMapping
from domain.slo_version import SloVersion
from domain.target import Target, TargetOf


class MemoryCurriculum(CurriculumRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._slos = Rows[Slo](transaction, "slo", lambda slo: slo.id)
        self._assessments = Rows[Assessment](transaction, "assessment", lambda one: one.id)
        self._versions = Rows[SloVersion](
            transaction, "slo version", lambda one: (one.slo_id, one.version)
        )
        self._mappings = Rows[SloMapping](
            transaction, "slo mapping", lambda one: (one.lower_id, one.higher_id, one.from_term)
        )
        self._mastery = Rows[MasteryLevel](transaction, "mastery level", lambda one: one.code)
        self._targets = Rows[Target](transaction, "target", lambda one: (one.of, one.subject_id))
        self._foreign = Rows[ForeignRecord](
            transaction,
            "foreign record",
            lambda one: (one.standard, one.framework, one.identifier),
        )

    def slo_for_change(self, slo_id: SloId) -> Slo:
        return self._slos.get("This SLO", slo_id)

    def slo_heads(self, among: Iterable[SloId] | None = None) -> list[SloHead]:
        wanted = None if among is None else frozenset(among)
        found = self._slos.where(lambda slo: wanted is None or slo.id in wanted)
        slos = sorted(found, key=lambda slo: (slo.code, slo.id))
        return [SloHead(*(getattr(slo, field.name) for field in fields(SloHead))) for slo in slos]

    def versions(self, slo_ids: Iterable[SloId]) -> Mapping[SloId, list[SloVersion]]:
        wanted = frozenset(slo_ids)
        found: dict[SloId, list[SloVersion]] = {}
        for one in self._versions.where(lambda one: one.slo_id in wanted):
            found.setdefault(one.slo_id, []).append(one)
        return found

    def put_versions(self, versions: Iterable[SloVersion]) -> None:
        self._versions.put(versions)

    def mappings(self) -> list[SloMapping]:
        return self._mappings.all()

    def mappings_of(self, slo_id: SloId) -> list[SloMapping]:
        return self._mappings.where(lambda one: slo_id in {one.lower_id, one.higher_id})

    def put_mappings(self, mappings: Iterable[SloMapping]) -> None:
        self._mappings.put(mappings)

    def drop_mapping(self, mapping: SloMapping) -> None:
        found = self._mappings.find(self._mappings.key_of(mapping))
        self._mappings.remove([found] if found else [])

    def mastery_levels(self) -> list[MasteryLevel]:
        return sorted(self._mastery.all(), key=lambda one: (one.position, one.code))

    def put_mastery_levels(self, levels: Iterable[MasteryLevel]) -> None:
        self._mastery.put(levels)

    def drop_mastery_level(self, code: str) -> None:
        found = self._mastery.find(code)
        self._mastery.remove([found] if found else [])

    def used_scales(self) -> frozenset[ScaleId]:
        return frozenset(one.scale_id for one in self._assessments.all())

    def targets(self) -> list[Target]:
        return self._targets.all()

    def put_target(self, target: Target) -> None:
        self._targets.put([target])

    def drop_target(self, of: TargetOf, subject_id: str) -> None:
        found = self._targets.find((of, subject_id))
        self._targets.remove([found] if found else [])

    def foreign(self, standard: Standard) -> list[ForeignRecord]:
        return self._foreign.where(lambda one: one.standard is standard)

    def foreign_of(self, slo_id: SloId) -> list[ForeignRecord]:
        return self._foreign.where(lambda one: one.slo_id == slo_id)

    def put_foreign(self, records: Iterable[ForeignRecord]) -> None:
        self._foreign.put(records)
