"""A student's own released results over time, SLO by SLO."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.works.levels import LevelView, RowHead, row_head
from application.student_work.reached import reached_value, slo_rows
from application.workplace import Workplace, workplace
from domain.ids import PersonId, SectionAssessmentId, SloId
from domain.rostering import EnrolmentRole, collation_key
from domain.score import Blank, value_as_text, values_by_row


@dataclass(frozen=True, slots=True)
class MyResult:
    """`level` is None for N/A. `own` is the level that the student gave themself, or empty."""

    work_id: SectionAssessmentId
    assessment: str
    course_code: str
    section_title: str
    term_name: str
    term_starts: date
    released_at: datetime
    head: RowHead
    value: str
    level: LevelView | None
    own: str

    @property
    def words(self) -> str:
        return self.head.words(self.value)


@dataclass(frozen=True, slots=True)
class SloResults:
    """One SLO with its results, oldest first, in the words that held for the newest."""

    slo_id: SloId
    code: str
    title: str
    results: tuple[MyResult, ...]

    @property
    def latest(self) -> MyResult:
        return self.results[-1]


@dataclass(frozen=True, slots=True)
class MyResults:
    """By code of the SLO; only what is released, and nothing that is blank."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId) -> tuple[SloResults, ...]:
        with self.units(write=False) as unit:
            found: dict[SloId, list[MyResult]] = {}
            for place in _released(unit, person_id):
                for slo_id, result in _results(unit, place, person_id):
                    found.setdefault(slo_id, []).append(result)
        listed = [_of_slo(slo_id, results) for slo_id, results in found.items()]
        return tuple(sorted(listed, key=lambda one: collation_key(one.code)))


def _released(unit: UnitOfWork, person_id: PersonId) -> list[Workplace]:
    sections = unit.roster.sections_of(person_id, EnrolmentRole.STUDENT)
    works = unit.assessments.works_in([section.id for section in sections])
    places = [workplace(unit, work) for work in works if work.released_at is not None]
    return [place for place in places if place.takes_students]


def _results(
    unit: UnitOfWork, place: Workplace, person_id: PersonId
) -> Iterator[tuple[SloId, MyResult]]:
    values = values_by_row(unit.scores.of_student(place.work.id, person_id).values())
    own = unit.self_assessments.find(place.work.id, person_id)
    chosen = own.by_row if own and own.submitted else {}
    for row in slo_rows(place.rubric):
        value = reached_value(place.rubric, row, values)
        if isinstance(value, Blank) or place.work.released_at is None:
            continue
        head, written = row_head(row), value_as_text(value)
        mine = chosen.get(row.id)
        yield (
            row.slo_ids[0],
            MyResult(
                place.work.id, place.assessment.name, place.course.code, place.section.title,
                place.term.name, place.term.starts_on, place.work.released_at, head, written,
                head.level(written), mine.value if mine else "",
            ),
        )  # fmt: skip


def _of_slo(slo_id: SloId, results: list[MyResult]) -> SloResults:
    ordered = sorted(results, key=lambda one: (one.term_starts, one.released_at, one.work_id))
    newest = ordered[-1].head
    return SloResults(slo_id, newest.code, newest.title, tuple(ordered))
