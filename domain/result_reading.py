"""From the scores of one assessment in a section to what each student reached on each SLO."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.assessment import Purpose
from domain.ids import (
    CourseId,
    PersonId,
    RowId,
    SectionAssessmentId,
    SectionId,
    SloId,
    TermId,
)
from domain.recommendation import recommended_slo_level
from domain.results import NO_LEVEL, SloResults, StudentKey, student_key
from domain.rubric import Criterion, Rubric
from domain.scale import MasteryLevel
from domain.score import NotAssessed, Scored, ScoreValue, plain, value_as_text, value_from_text
from domain.slo import Slo, SloHead
from domain.slo_version import SloVersion

Cell = tuple[PersonId, RowId, str, datetime | None]
"""A decided cell: student, row, the score in its written form, and since when."""
VersionOf = Callable[[SloId, Criterion], int]
"""The version of an SLO whose wording a row carries."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_Outcome = tuple[StudentKey, int, int]


@dataclass(frozen=True, slots=True)
class ReadWork:
    """An assessment in a section as its results are counted; `rubric` is the frozen one."""

    id: SectionAssessmentId
    term_id: TermId
    course_id: CourseId
    section_id: SectionId
    purpose: Purpose
    rubric: Rubric


def results_of(work: ReadWork, cells: Iterable[Cell], version_of: VersionOf) -> list[SloResults]:
    """One for each SLO on which anybody has a level or N/A; blank cells are no results.

    In Student-Oriented work an SLO has the level that an evaluator gave it, else the
    recommended one, else none while a criterion is blank.
    """
    by_row: dict[RowId, list[tuple[PersonId, str, int]]] = defaultdict(list)
    for student, row_id, text, at in cells:
        by_row[row_id].append((student, text, _micros(at)))
    found = (
        _packed(work, slo_id, row, outcomes, version_of)
        for slo_id, row, outcomes in _outcomes(work.rubric, by_row)
    )
    return [one for one in found if one.students]


def version_worded(slo: Slo | SloHead | None, kept: Iterable[SloVersion], row: Criterion) -> int:
    """The newest version whose words the row carries, else the one in use.

    A snapshot keeps the words that were assessed; results stay with their version.
    """
    words = (row.title, row.description)
    if slo is None or (slo.title, slo.statement) == words:
        return slo.version if slo else 1
    worded = [one.version for one in kept if (one.title, one.statement) == words]
    return max(worded, default=slo.version)


def _micros(at: datetime | None) -> int:
    return 0 if at is None else (at - _EPOCH) // _MICROSECOND


def _levels(row: Criterion) -> tuple[MasteryLevel, ...]:
    """Those the row stands for, lowest first, each once."""
    return tuple(dict.fromkeys(level.mastery for level in row.levels))


def _outcomes(
    rubric: Rubric, by_row: Mapping[RowId, list[tuple[PersonId, str, int]]]
) -> Iterator[tuple[SloId, Criterion, list[_Outcome]]]:
    if rubric.outcomes:
        values = _by_student(by_row)
        for row in rubric.outcomes:
            for slo_id in row.slo_ids[:1]:
                yield slo_id, row, list(_derived(rubric, row, slo_id, values))
        return
    for row in rubric.criteria:
        outcomes = list(_direct(row, by_row.get(row.id, [])))
        for slo_id in row.slo_ids:
            yield slo_id, row, outcomes


def _direct(row: Criterion, cells: list[tuple[PersonId, str, int]]) -> Iterator[_Outcome]:
    numbers = _numbers(row)
    for student, text, time in cells:
        level = numbers.get(text)
        number = _level_below(row, text) if level is None else level
        yield student_key(student), number, time


def _numbers(row: Criterion) -> dict[str, int]:
    """The number of the mastery level for each score as it is written."""
    place = {mastery: number for number, mastery in enumerate(_levels(row))}
    return {"NA": NO_LEVEL} | {plain(one.points): place[one.mastery] for one in row.levels}


def _level_below(row: Criterion, text: str) -> int:
    """For points between levels, which only foreign files bring: the highest not above."""
    value = value_from_text(text)
    reached = [
        one for one in row.levels if isinstance(value, Scored) and one.points <= value.points
    ]
    return _levels(row).index((reached[-1] if reached else row.levels[0]).mastery)


_Values = dict[RowId, tuple[ScoreValue, int]]


def _by_student(
    by_row: Mapping[RowId, list[tuple[PersonId, str, int]]],
) -> dict[PersonId, _Values]:
    found: dict[PersonId, _Values] = defaultdict(dict)
    for row_id, cells in by_row.items():
        for student, text, time in cells:
            found[student][row_id] = (value_from_text(text), time)
    return found


def _derived(
    rubric: Rubric, row: Criterion, slo_id: SloId, students: Mapping[PersonId, _Values]
) -> Iterator[_Outcome]:
    levels, numbers = _levels(row), _numbers(row)
    mapped = {one.id for one in rubric.criteria if slo_id in one.slo_ids}
    for student, given in students.items():
        if own := given.get(row.id):
            text = value_as_text(own[0])
            yield student_key(student), numbers.get(text, _level_below(row, text)), own[1]
            continue
        values = {row_id: value for row_id, (value, _) in given.items()}
        level = recommended_slo_level(rubric, slo_id, values)
        behind = [given[row_id] for row_id in mapped if row_id in given]
        time = max((at for _, at in behind), default=0)
        if level is not None:
            yield student_key(student), levels.index(level.mastery), time
        elif behind and len(behind) == len(mapped) and all(map(_is_na, behind)):
            yield student_key(student), NO_LEVEL, time


def _is_na(given: tuple[ScoreValue, int]) -> bool:
    return isinstance(given[0], NotAssessed)


def _packed(
    work: ReadWork,
    slo_id: SloId,
    row: Criterion,
    outcomes: list[_Outcome],
    version_of: VersionOf,
) -> SloResults:
    ordered = sorted(outcomes)
    return SloResults(
        work.id,
        slo_id,
        version_of(slo_id, row) if ordered else 0,
        work.term_id,
        work.course_id,
        work.section_id,
        work.purpose,
        tuple(level.code for level in _levels(row)),
        tuple(student for student, _, _ in ordered),
        bytes(level for _, level, _ in ordered),
        tuple(time for _, _, time in ordered),
    )
