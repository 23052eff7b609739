"""Results as the scores of now say, for any number of assessments in sections at once."""

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import groupby
from operator import itemgetter

from sqlalchemy import BindParameter, Connection, bindparam, select, type_coerce

from adapters.outbound.persistence.columns import PLAIN_TEXT
from adapters.outbound.persistence.frozen_rubrics import RUBRIC_TEXT, rubric_of
from adapters.outbound.persistence.records import Records, batches
from adapters.outbound.persistence.repositories.curriculum import SqlCurriculum
from adapters.outbound.persistence.tables import rostering, scoring, summaries
from domain.ids import SectionAssessmentId, SloId
from domain.kept_roll_up import RollUp
from domain.result_reading import ReadWork, VersionOf, results_of, version_worded
from domain.results import SloCount, SloResults
from domain.rubric import Criterion
from domain.slo import SloHead
from domain.slo_version import SloVersion

RESULTS = Records(summaries.slo_results, SloResults)
COUNTS = Records(summaries.slo_counts, SloCount)
ROLL_UPS = Records(summaries.roll_ups, RollUp)

_AMONG: BindParameter[str] = bindparam("among", expanding=True)
_work, _assessment, _score = scoring.works.c, scoring.assessments.c, scoring.scores.c
_section = rostering.sections.c
_FACTS = (
    select(
        _work.id, _section.term_id, _section.course_id, _section.id, _assessment.purpose,
        RUBRIC_TEXT,
    )
    .join(scoring.assessments, _assessment.id == _work.assessment_id)
    .join(rostering.sections, _section.id == _work.section_id)
    .where(_work.id.in_(_AMONG))
    .order_by(_work.id)
)  # fmt: skip
_CELLS = (
    select(
        _score.section_assessment_id, _score.student_id, _score.row_id,
        type_coerce(_score.value, PLAIN_TEXT), _score.scored_at,
    )
    .where(_score.section_assessment_id.in_(_AMONG), scoring.IS_DECIDED)
    .order_by(_score.section_assessment_id)
)  # fmt: skip
_KeptVersions = Mapping[tuple[SectionAssessmentId, SloId], int]


def results_now(
    connection: Connection, work_ids: Iterable[SectionAssessmentId], kept: _KeptVersions
) -> list[SloResults]:
    """Of these assessments in sections, unsettled.

    `kept` are versions of SLOs that results were given for: they stay with them, whatever
    became of the SLO's words since.
    """
    wordings = _Wordings(connection)
    found: list[SloResults] = []
    for batch in batches(work_ids):
        cells = {
            work_id: [tuple(row)[1:] for row in rows]
            for work_id, rows in groupby(
                connection.execute(_CELLS, {"among": batch}).all(), key=itemgetter(0)
            )
        }
        works = [
            ReadWork(work_id, term_id, course_id, section_id, purpose, rubric_of(rubric))
            for work_id, term_id, course_id, section_id, purpose, rubric in connection.execute(
                _FACTS, {"among": batch}
            )
            if work_id in cells
        ]
        wordings.look_at(works, kept)
        for work in works:
            found += results_of(work, cells[work.id], wordings.of(work.id, kept))
    return found


class _Wordings:
    """Finds versions by their words, in one statement while the words are those in use."""

    def __init__(self, connection: Connection) -> None:
        self._curriculum = SqlCurriculum(connection)
        self._slos: dict[SloId, SloHead] = {}
        self._versions: dict[SloId, list[SloVersion]] = {}

    def look_at(self, works: Iterable[ReadWork], kept: _KeptVersions) -> None:
        named = {
            slo_id
            for work in works
            for row in work.rubric.rows
            for slo_id in row.slo_ids
            if (work.id, slo_id) not in kept
        }
        self._slos |= {slo.id: slo for slo in self._curriculum.slo_heads(named - self._slos.keys())}

    def of(self, work_id: SectionAssessmentId, kept: _KeptVersions) -> VersionOf:
        return partial(self._version, work_id, kept)

    def _version(
        self, work_id: SectionAssessmentId, kept: _KeptVersions, slo_id: SloId, row: Criterion
    ) -> int:
        if (work_id, slo_id) in kept:
            return kept[work_id, slo_id]
        slo = self._slos.get(slo_id)
        if slo is None or (slo.title, slo.statement) == (row.title, row.description):
            return version_worded(slo, (), row)
        if slo_id not in self._versions:
            self._versions[slo_id] = self._curriculum.versions([slo_id]).get(slo_id, [])
        return version_worded(slo, self._versions[slo_id], row)
