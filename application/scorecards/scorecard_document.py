"""The scorecard as a document: students down, SLOs across."""

from datetime import datetime
from decimal import Decimal

from application.ports.documents import Align, Cell, Column, Document, Fact, Part, Table
from application.queries.works.levels import LevelView, RowHead, common_levels
from application.scorecards.sheet import ScoreSheet, SheetStudent
from application.scorecards.shown import grade, running, subtitle, tone_of, written

_NAME_WIDTH = Decimal("2.6")
_ID_WIDTH = Decimal("1.3")
_SCORE_WIDTH = Decimal("1.4")


def scorecard_document(sheet: ScoreSheet, now: datetime, *, completed: bool) -> Document:
    """With a legend of the levels, and under it what each column stands for."""
    columns = (
        Column("Student", _NAME_WIDTH),
        Column(sheet.key_title, _ID_WIDTH),
        *(Column(row.code or row.title, Decimal(1), Align.CENTRE) for row in sheet.rows),
        *((Column("Score", _SCORE_WIDTH, Align.END),) if completed else ()),
    )
    rows = tuple(_line(sheet, student, completed=completed) for student in sheet.students)
    return Document(
        title=sheet.header.name,
        subtitle=subtitle(sheet),
        parts=(
            Part("", (Table(columns, rows),)),
            Part("What the columns stand for", (_columns_told(sheet),)),
        ),
        facts=_legend(sheet),
        running=running(sheet, now),
        landscape=True,
    )


def _line(sheet: ScoreSheet, student: SheetStudent, *, completed: bool) -> tuple[Cell, ...]:
    named = (Cell(student.name), Cell(student.key))
    if not completed:
        return (*named, *(Cell("") for _ in sheet.rows))
    scores = (_scored(row, student) for row in sheet.rows)
    return (*named, *scores, Cell(grade(student)))


def _scored(row: RowHead, student: SheetStudent) -> Cell:
    value = student.cell(row.id).value
    return Cell(written(value), tone_of(row, value))


def _legend(sheet: ScoreSheet) -> tuple[Fact, ...]:
    shared = common_levels(sheet.rows) if sheet.rows else ()
    told = (Fact(level.points, level.label) for level in shared)
    return (*told, Fact(written("NA"), "not assessed"), Fact(written(""), "not scored"))


def _columns_told(sheet: ScoreSheet) -> Table:
    """With the levels of each, where the legend cannot tell them for all."""
    with_levels = not common_levels(sheet.rows)
    columns = (
        Column(sheet.word("SLO")),
        Column("Statement", Decimal(4)),
        *((Column("Levels"),) if with_levels else ()),
    )
    rows = tuple(
        (
            Cell(row.title, strong=row.code),
            Cell(row.description),
            *((Cell("\n".join(map(_level, row.levels))),) if with_levels else ()),
        )
        for row in sheet.rows
    )
    return Table(columns, rows)


def _level(level: LevelView) -> str:
    return f"{level.points} {level.label}"
