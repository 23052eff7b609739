"""The scorecard grid, and the one address to which it and the rubric save cell by cell."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from litestar import Response, get, patch
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from adapters.inbound.http.formats import as_date
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import Visit
from application.queries.scoring.scorecard_page import Cell, ScorecardPage, ScorecardView
from application.queries.works.recommendation_view import recommendation_view
from application.use_cases.scoring.record_scores import (
    CellAnswer,
    CellChange,
    InConflict,
    RecordScores,
    RecordScoresCommand,
    Refused,
    Saved,
    Standing,
)
from domain.access import Right
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.score import plain, value_as_text

Id = Annotated[str, Meta(max_length=64)]


class CellPatch(Struct, frozen=True, forbid_unknown_fields=True):
    """One changed cell: `value` in its written form, `seen` the version looked at."""

    student: Id
    row: Id
    value: Annotated[str, Meta(max_length=20)]
    seen: Annotated[int, Meta(ge=0)]
    comment: Annotated[str, Meta(max_length=10_000)] | None = None


class ScoresPatch(Struct, frozen=True, forbid_unknown_fields=True):
    changes: Annotated[list[CellPatch], Meta(max_length=500)]


class CellState(Struct, frozen=True):
    """`state` is saved, conflict or refused; the rest is what is stored, by whom and when.

    `own`: the stored value is the asking person's own.
    """

    student: str
    row: str
    state: str
    value: str = ""
    comment: str = ""
    version: int = 0
    by: str = ""
    at: datetime | None = None
    own: bool = False
    sentence: str = ""


class SloLevel(Struct, frozen=True):
    """The level recommended for an SLO row of Student-Oriented work; empty while undecided."""

    row: str
    points: str
    label: str


class StudentScore(Struct, frozen=True):
    student: str
    points: str
    possible: str
    decided: int
    total: int
    working: str
    levels: list[SloLevel]


class ScoresAnswer(Struct, frozen=True):
    cells: list[CellState]
    scores: list[StudentScore]


@dataclass(frozen=True, slots=True)
class ScorecardModel:
    """`cells` is what the script needs to know besides what the page shows."""

    view: ScorecardView
    cells: dict[str, object]


@get("/works/{work_id:str}/scorecard", right=Right.SCORE, sync_to_thread=True)
def scorecard(
    work_id: FromPath[str], visit: Injected[Visit], scorecard_page: Injected[ScorecardPage]
) -> Response[str]:
    view = scorecard_page(visit.person_id, SectionAssessmentId(work_id))
    return page(visit, "scorecard.html", ScorecardModel(view, _for_script(view)))


@patch("/works/{work_id:str}/scores", right=Right.SCORE, sync_to_thread=True)
def save_scores(
    work_id: FromPath[str],
    data: JSONBody[ScoresPatch],
    visit: Injected[Visit],
    record_scores: Injected[RecordScores],
) -> ScoresAnswer:
    changes = tuple(_change(cell) for cell in data.changes)
    command = RecordScoresCommand(visit.person_id, SectionAssessmentId(work_id), changes)
    report = record_scores(command)
    return ScoresAnswer(
        [_state(answer, visit.person_id) for answer in report.answers],
        [_score(student, standing) for student, standing in report.standings.items()],
    )


def _change(cell: CellPatch) -> CellChange:
    return CellChange(PersonId(cell.student), RowId(cell.row), cell.value, cell.seen, cell.comment)


def _state(answer: CellAnswer, asking: PersonId) -> CellState:
    ids = (answer.change.student_id, answer.change.row_id)
    match answer:
        case Saved(_, score):
            return CellState(*ids, "saved", value_as_text(score.value), version=score.version)
        case InConflict(_, score, by):
            return CellState(
                *ids, "conflict", value_as_text(score.value), score.comment, score.version,
                by, score.scored_at, score.scored_by == asking,
            )  # fmt: skip
        case Refused(_, sentence):
            return CellState(*ids, "refused", sentence=sentence)


def _score(student: PersonId, standing: Standing) -> StudentScore:
    shown = recommendation_view(standing.recommendation)
    levels = [
        SloLevel(row, plain(level.points) if level else "", level.label if level else "")
        for row, level in standing.slo_levels.items()
    ]
    return StudentScore(
        student, shown.points, shown.possible, shown.decided, shown.total, shown.working, levels
    )


def _for_script(view: ScorecardView) -> dict[str, object]:
    columns = [
        {
            "id": column.id,
            "code": column.code,
            "title": column.title,
            "levels": [
                {
                    "points": level.points,
                    "label": level.label,
                    "descriptor": level.descriptor,
                    "tone": level.tone,
                    "met": level.met,
                }
                for level in column.levels
            ],
        }
        for column in view.columns
    ]
    sources = ["", *dict.fromkeys(_told(c) for line in view.lines for c in line.cells if c.source)]
    students = [
        {
            "id": line.id,
            "versions": [cell.version for cell in line.cells],
            "sources": [sources.index(_told(cell)) for cell in line.cells],
        }
        for line in view.lines
    ]
    return {"columns": columns, "students": students, "sources": sources}


def _told(cell: Cell) -> str:
    """Where its score was imported from; empty for one that was given here."""
    if cell.source is None:
        return ""
    names = ", ".join(cell.source.assignments)
    return f"Imported from {names} on {as_date(cell.source.imported_at)}"


ROUTES = (scorecard, save_scores)
