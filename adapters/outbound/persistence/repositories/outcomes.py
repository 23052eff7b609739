from collections.abc import Iterable

from sqlalchemy import Connection, bindparam

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import scoring
from application.ports.repositories import OutcomeRepository
from domain.ids import CourseId, ScaleId, SloId
from domain.scale import AssessmentScale
from domain.slo import Slo, SloState

SCALES = Records(scoring.scales, AssessmentScale)
SLOS = Records(scoring.slos, Slo)

_SCALES = SCALES.select.order_by(
    SCALES.c.is_default.desc(), SCALES.c.code, SCALES.c.version, SCALES.c.id
)
_SLOS = SLOS.select.order_by(SLOS.c.code, SLOS.c.id)
_OF_COURSE = _SLOS.where(
    SLOS.c.course_id == bindparam("course_id"), SLOS.c.state == SloState.ACTIVE
)
_BY_ID = SLOS.select.where(SLOS.c.id.in_(bindparam("among", expanding=True)))


class SqlOutcomes(OutcomeRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def scales(self) -> list[AssessmentScale]:
        return SCALES.fetch(self._connection, _SCALES)

    def scale(self, scale_id: ScaleId) -> AssessmentScale:
        return SCALES.get(self._connection, "This scale", scale_id)

    def put_scales(self, scales: Iterable[AssessmentScale]) -> None:
        """What ceases to be the default goes first: there may never be two."""
        ordered = sorted(scales, key=lambda scale: scale.is_default)
        SCALES.put(self._connection, ordered)

    def slos(self) -> list[Slo]:
        return SLOS.fetch(self._connection, _SLOS)

    def slos_of_course(self, course_id: CourseId) -> list[Slo]:
        return SLOS.fetch(self._connection, _OF_COURSE, course_id=course_id)

    def slos_by_id(self, ids: Iterable[SloId]) -> dict[SloId, Slo]:
        return {slo.id: slo for slo in SLOS.among(self._connection, _BY_ID, ids)}

    def put_slos(self, slos: Iterable[Slo]) -> None:
        SLOS.put(self._connection, slos)
