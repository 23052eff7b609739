"""How far two scorers of the same work agree, and where they differ."""

from dataclasses import dataclass
from fractions import Fraction

from application.class_list import Face, numbered
from application.planning.keeping import reached
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.scoring.evaluators_page import EvaluatorLine, evaluator_lines
from application.queries.works.levels import RowHead, row_head
from application.queries.works.work_header import WorkHeader, work_header
from application.viewers import Viewer
from application.workplace import Workplace
from domain.agreement import Agreement, Weighting, agreement
from domain.double_scoring import Compared, compared, pairs
from domain.ids import PersonId, SectionAssessmentId
from domain.rostering import EnrolmentRole
from domain.score import value_as_text


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two values of one cell, as written. `stands` is empty while nobody has decided."""

    student: str
    """What forms call the student."""
    student_name: str
    tech_id: str
    head: RowHead
    first: str
    second: str
    record: str
    """The score of record as it stands now."""
    stands: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares in per cent with one decimal; empty where they say nothing."""

    cells: int
    exact: str
    adjacent: str
    kappa: str
    weighted_kappa: str


@dataclass(frozen=True, slots=True)
class ScorerComparison:
    line: EvaluatorLine
    figures: Figures
    both: int
    """Cells that both have decided, N/A included."""
    open: tuple[Discrepancy, ...]
    settled: tuple[Discrepancy, ...]


@dataclass(frozen=True, slots=True)
class AgreementView:
    header: WorkHeader
    names_hidden: bool
    comparisons: tuple[ScorerComparison, ...]


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """Teachers see their students; those who keep the org see numbers instead of names.

    Raises NotFound for all others.
    """

    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, work_id: SectionAssessmentId) -> AgreementView:
        with self.units(write=False) as unit:
            place = reached(unit, viewer, work_id)
            named = viewer.sees_all or _teaches(unit, viewer, place)
            lines = [line for line in evaluator_lines(unit, place) if line.is_second]
            found = tuple(_compared(unit, place, line, named=named) for line in lines)
            return AgreementView(work_header(unit, place), not named, found)


def figures_of(found: Agreement) -> Figures:
    """As pages and files show them."""
    return Figures(
        found.cells,
        _per_cent(found.exact),
        _per_cent(found.adjacent),
        _number(found.kappa),
        _number(found.weighted_kappa),
    )


def _teaches(unit: UnitOfWork, viewer: Viewer, place: Workplace) -> bool:
    return viewer.person_id is not None and unit.roster.is_enrolled(
        viewer.person_id, place.section.id, EnrolmentRole.TEACHER
    )


def _compared(
    unit: UnitOfWork, place: Workplace, line: EvaluatorLine, *, named: bool
) -> ScorerComparison:
    faces = _faces(unit, place, line.person_id, named=named)
    cells = [
        cell
        for cell in compared(
            place.rubric,
            unit.scores.of_work(place.work.id),
            unit.evaluations.of_scorer(place.work.id, line.person_id),
            unit.evaluations.settled([place.work.id]),
        )
        if cell.student_id in faces
    ]
    order = list(faces)
    cells.sort(key=lambda cell: order.index(cell.student_id))
    return ScorerComparison(
        line,
        figures_of(agreement(pairs(cells), Weighting.LINEAR)),
        len(cells),
        tuple(_discrepancy(faces[c.student_id], c) for c in cells if c.is_open),
        tuple(_discrepancy(faces[c.student_id], c) for c in cells if c.differs and c.settled),
    )


def _faces(
    unit: UnitOfWork, place: Workplace, scorer_id: PersonId, *, named: bool
) -> dict[PersonId, Face]:
    people = unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
    if named:
        return {p.id: Face.of(p) for p in people}
    evaluator = unit.evaluations.evaluator(place.work.id, scorer_id)
    shown = numbered(evaluator, people) if evaluator else ()
    return {face.person_id: face for face in shown}


def _discrepancy(face: Face, cell: Compared) -> Discrepancy:
    return Discrepancy(
        face.id,
        face.list_name,
        face.tech_id,
        row_head(cell.row),
        value_as_text(cell.first),
        value_as_text(cell.second),
        value_as_text(cell.record),
        value_as_text(cell.settled.stands) if cell.settled else "",
    )


def _per_cent(share: Fraction | None) -> str:
    return "" if share is None else f"{float(100 * share):.1f}"


def _number(value: Fraction | None) -> str:
    return "" if value is None else f"{float(value):.2f}"
