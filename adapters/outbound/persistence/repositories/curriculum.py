from collections.abc import Iterable, Mapping
from operator import attrgetter

from sqlalchemy import Connection, bindparam, delete, or_, select

from adapters.outbound.persistence.records import Records, batches
from adapters.outbound.persistence.repositories.outcomes import SLOS
from adapters.outbound.persistence.tables import curriculum, scoring
from application.errors import NotFound
from application.ports.curriculum import CurriculumRepository
from domain.foreign import ForeignRecord, Standard
from domain.ids import ScaleId, SloId
from domain.scale import MasteryLevel
from domain.slo import Slo, SloHead
from domain.slo_mapping import SloMapping
from domain.slo_version import SloVersion
from domain.target import Target, TargetOf

VERSIONS = Records(curriculum.slo_versions, SloVersion)
MAPPINGS = Records(curriculum.slo_mappings, SloMapping)
MASTERY = Records(curriculum.mastery_levels, MasteryLevel)
TARGETS = Records(curriculum.targets, Target)
FOREIGN = Records(curriculum.foreign_records, ForeignRecord)

# SQLite leaves the lock out of the statement: its writers queue at the entrance anyway.
_SLO_FOR_CHANGE = SLOS.select.where(SLOS.c.id == bindparam("slo_id")).with_for_update()
_HEADS = select(*tuple(scoring.slos.columns)[:-1]).order_by(SLOS.c.code, SLOS.c.id)
_HEADS_AMONG = _HEADS.where(SLOS.c.id.in_(bindparam("among", expanding=True)))
_VERSIONS_OF = VERSIONS.select.where(
    VERSIONS.c.slo_id.in_(bindparam("among", expanding=True))
).order_by(VERSIONS.c.slo_id, VERSIONS.c.version)
_MAPPINGS_OF = MAPPINGS.select.where(
    or_(MAPPINGS.c.lower_id == bindparam("slo_id"), MAPPINGS.c.higher_id == bindparam("slo_id"))
).order_by(*curriculum.slo_mappings.primary_key)
_DROP_MAPPING = delete(curriculum.slo_mappings).where(
    MAPPINGS.c.lower_id == bindparam("lower_id"),
    MAPPINGS.c.higher_id == bindparam("higher_id"),
    MAPPINGS.c.from_term == bindparam("from_term"),
)
_MASTERY = MASTERY.select.order_by(MASTERY.c.position, MASTERY.c.code)
_DROP_MASTERY = delete(curriculum.mastery_levels).where(MASTERY.c.code == bindparam("code"))
_USED_SCALES = select(scoring.assessments.c.scale_id).distinct()
_DROP_TARGET = delete(curriculum.targets).where(
    TARGETS.c.of == bindparam("of"), TARGETS.c.subject_id == bindparam("subject_id")
)
_FOREIGN = FOREIGN.select.where(FOREIGN.c.standard == bindparam("standard")).order_by(
    FOREIGN.c.framework, FOREIGN.c.identifier
)
_FOREIGN_OF = FOREIGN.select.where(FOREIGN.c.slo_id == bindparam("slo_id")).order_by(
    *curriculum.foreign_records.primary_key
)


class SqlCurriculum(CurriculumRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def slo_for_change(self, slo_id: SloId) -> Slo:
        found = SLOS.first(self._connection, _SLO_FOR_CHANGE, slo_id=slo_id)
        if found is None:
            raise NotFound("This SLO")
        return found

    def slo_heads(self, among: Iterable[SloId] | None = None) -> list[SloHead]:
        if among is None:
            return [SloHead(*row) for row in self._connection.execute(_HEADS).all()]
        found = [
            SloHead(*row)
            for batch in batches(among)
            for row in self._connection.execute(_HEADS_AMONG, {"among": batch}).all()
        ]
        return sorted(found, key=attrgetter("code", "id"))

    def versions(self, slo_ids: Iterable[SloId]) -> Mapping[SloId, list[SloVersion]]:
        found: dict[SloId, list[SloVersion]] = {}
        for one in VERSIONS.among(self._connection, _VERSIONS_OF, slo_ids):
            found.setdefault(one.slo_id, []).append(one)
        return found

    def put_versions(self, versions: Iterable[SloVersion]) -> None:
        VERSIONS.put(self._connection, versions)

    def mappings(self) -> list[SloMapping]:
        return MAPPINGS.all(self._connection)

    def mappings_of(self, slo_id: SloId) -> list[SloMapping]:
        return MAPPINGS.fetch(self._connection, _MAPPINGS_OF, slo_id=slo_id)

    def put_mappings(self, mappings: Iterable[SloMapping]) -> None:
        MAPPINGS.put(self._connection, mappings)

    def drop_mapping(self, mapping: SloMapping) -> None:
        self._connection.execute(
            _DROP_MAPPING,
            {
                "lower_id": mapping.lower_id,
                "higher_id": mapping.higher_id,
                "from_term": mapping.from_term,
            },
        )

    def mastery_levels(self) -> list[MasteryLevel]:
        return MASTERY.fetch(self._connection, _MASTERY)

    def put_mastery_levels(self, levels: Iterable[MasteryLevel]) -> None:
        MASTERY.put(self._connection, levels)

    def drop_mastery_level(self, code: str) -> None:
        self._connection.execute(_DROP_MASTERY, {"code": code})

    def used_scales(self) -> frozenset[ScaleId]:
        return frozenset(ScaleId(row[0]) for row in self._connection.execute(_USED_SCALES))

    def targets(self) -> list[Target]:
        return TARGETS.all(self._connection)

    def put_target(self, target: Target) -> None:
        TARGETS.put(self._connection, [target])

    def drop_target(self, of: TargetOf, subject_id: str) -> None:
        self._connection.execute(_DROP_TARGET, {"of": of, "subject_id": subject_id})

    def foreign(self, standard: Standard) -> list[ForeignRecord]:
        return FOREIGN.fetch(self._connection, _FOREIGN, standard=standard)

    def foreign_of(self, slo_id: SloId) -> list[ForeignRecord]:
        return FOREIGN.fetch(self._connection, _FOREIGN_OF, slo_id=slo_id)

    def put_foreign(self, records: Iterable[ForeignRecord]) -> None:
        FOREIGN.put(self._connection, records)
