"""What reports ask, answered from kept results and counts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, select
from sqlalchemy.sql.elements import ColumnElement

from adapters.outbound.persistence.records import batches
from adapters.outbound.persistence.summaries.reading import COUNTS, RESULTS, ROLL_UPS
from adapters.outbound.persistence.tables import loading, rostering, scoring, summaries
from application.ports.reporting import ResultRepository
from domain.assessment import Purpose
from domain.counted_cells import counted_cells, to_grain
from domain.ids import CourseId, OrgId, PersonId, SectionAssessmentId, SloId
from domain.kept_roll_up import RollUp
from domain.report_cells import CellSums, cell_key
from domain.reporting import ReportFilter, ResultCell
from domain.results import Place, SloCount, SloResults, StudentKey, student_key

_AMONG: BindParameter[str] = bindparam("among", expanding=True)
_TERMS: BindParameter[str] = bindparam("terms", expanding=True)
_FEW = 1_000
_result, _count = summaries.slo_results.c, summaries.slo_counts.c
_roll_up = summaries.roll_ups.c
_work, _section = scoring.works.c, rostering.sections.c

_COUNTED = select(
    _count.slo_id, _count.slo_version, _count.term_id, _count.course_id, _count.section_id,
    _count.levels, _count.not_assessed,
)  # fmt: skip
_ORGS = select(rostering.courses.c.id, rostering.courses.c.org_id)
_PLACE = (
    _section.id, rostering.courses.c.id, rostering.courses.c.org_id, _section.term_id,
    scoring.assessments.c.purpose, _section.mode, _section.location,
)  # fmt: skip
_PLACES = (
    select(_work.id, *_PLACE)
    .join(scoring.assessments, scoring.assessments.c.id == _work.assessment_id)
    .join(rostering.sections, _section.id == _work.section_id)
    .join(rostering.courses, rostering.courses.c.id == _section.course_id)
)
_PLACED = select(
    _result.slo_id, _result.slo_version, _result.term_id, _result.work_id, _result.levels,
    _result.counted,
)  # fmt: skip
_OF_TERMS = _PLACES.where(_section.term_id.in_(_TERMS))
_RESULTS = RESULTS.select.order_by(_result.work_id, _result.slo_id)
_ASSESSED = select(_count.slo_id).where(_count.purpose == Purpose.SUMMATIVE).distinct()
_GROUPS = select(loading.demographics.c.person_id, loading.demographics.c.value).where(
    loading.demographics.c.attribute == bindparam("attribute")
)
_ATTRIBUTES = (
    select(loading.demographics.c.attribute).distinct().order_by(loading.demographics.c.attribute)
)


class SqlResults(ResultRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def cells(self, wanted: ReportFilter) -> list[ResultCell]:
        if wanted.is_split or wanted.looks_into_courses:
            return to_grain(self._placed(wanted), wanted.grain)
        orgs = self.orgs() if wanted.names_places else {}
        statement = _COUNTED.where(_count.purpose == wanted.purpose)
        return counted_cells(self._among_slos(statement, _count, wanted), orgs, wanted)

    def counts(self, wanted: ReportFilter) -> list[SloCount]:
        statement = COUNTS.select.where(_count.purpose == wanted.purpose)
        return [SloCount(*row) for row in self._among_slos(statement, _count, wanted)]

    def orgs(self) -> Mapping[CourseId, OrgId]:
        return {row[0]: row[1] for row in self._connection.execute(_ORGS)}

    def roll_ups(self, wanted: ReportFilter) -> list[RollUp]:
        return [RollUp(*row) for row in self._among_slos(ROLL_UPS.select, _roll_up, wanted)]

    def keep_roll_ups(self, roll_ups: Iterable[RollUp]) -> None:
        ROLL_UPS.put(self._connection, roll_ups)

    def _placed(self, wanted: ReportFilter) -> list[ResultCell]:
        statement = _PLACED.where(_result.purpose == wanted.purpose)
        if chosen := list(_in_places(wanted)):
            statement = (
                statement.join(scoring.works, _work.id == _result.work_id)
                .join(rostering.sections, _section.id == _work.section_id)
                .join(rostering.courses, rostering.courses.c.id == _section.course_id)
                .where(*chosen)
            )
        rows = list(self._among_slos(statement, _result, wanted))
        places = self._places_behind(wanted, [row[3] for row in rows])
        sums = CellSums()
        for slo_id, version, term_id, work_id, levels, counted in rows:
            key = cell_key(wanted, (slo_id, version, term_id), places[work_id])
            sums.add(key, dict(zip(levels, counted, strict=False)), counted[-1])
        return sums.cells()

    def _places_behind(
        self, wanted: ReportFilter, work_ids: list[SectionAssessmentId]
    ) -> Mapping[SectionAssessmentId, Place]:
        """Named one by one while they are few; else those of the terms, or all."""
        if len(work_ids) <= _FEW:
            return self.places(work_ids)
        if wanted.term_ids is None:
            return self.places(None)
        rows = self._connection.execute(_OF_TERMS, {"terms": tuple(wanted.term_ids)}).all()
        return {SectionAssessmentId(work_id): Place(*place) for work_id, *place in rows}

    def results(self, wanted: ReportFilter) -> Iterator[SloResults]:
        statement = _RESULTS.where(_result.purpose == wanted.purpose)
        return (SloResults(*row) for row in self._among_slos(statement, _result, wanted))

    def _among_slos(
        self,
        statement: Select[Any],
        columns: Any,  # noqa: ANN401 of either table
        wanted: ReportFilter,
    ) -> Iterator[Any]:
        """The rows of the SLOs and terms asked for; an SLO's rows come in one piece."""
        values: dict[str, object] = {}
        if wanted.term_ids is not None:
            statement = statement.where(columns.term_id.in_(_TERMS))
            values["terms"] = tuple(wanted.term_ids)
        if wanted.slo_ids is None:
            yield from self._connection.execute(statement, values).all()
            return
        statement = statement.where(columns.slo_id.in_(_AMONG))
        for batch in batches(sorted(wanted.slo_ids)):
            yield from self._connection.execute(statement, {**values, "among": batch}).all()

    def places(
        self, work_ids: Iterable[SectionAssessmentId] | None
    ) -> Mapping[SectionAssessmentId, Place]:
        if work_ids is None:
            rows = list(self._connection.execute(_PLACES).all())
        else:
            among = _PLACES.where(_work.id.in_(_AMONG))
            rows = [
                row
                for batch in batches(work_ids)
                for row in self._connection.execute(among, {"among": batch}).all()
            ]
        return {SectionAssessmentId(work_id): Place(*place) for work_id, *place in rows}

    def assessed(self) -> set[SloId]:
        return {SloId(slo_id) for slo_id in self._connection.execute(_ASSESSED).scalars()}

    def groups(self, attribute: str) -> Mapping[StudentKey, str]:
        rows = self._connection.execute(_GROUPS, {"attribute": attribute})
        return {student_key(PersonId(person_id)): value for person_id, value in rows}

    def attributes(self) -> list[str]:
        return list(self._connection.execute(_ATTRIBUTES).scalars())


def _in_places(wanted: ReportFilter) -> Iterator[ColumnElement[bool]]:
    chosen: tuple[tuple[ColumnElement[str], frozenset[Any] | None], ...] = (
        (rostering.courses.c.org_id, wanted.org_ids),
        (rostering.courses.c.id, wanted.course_ids),
        (_section.id, wanted.section_ids),
    )
    yield from (column.in_(sorted(ids)) for column, ids in chosen if ids is not None)
