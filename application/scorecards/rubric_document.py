"""The rubric as a document: empty to print, or with the chosen levels of each student."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from application.ports.documents import (
    Block,
    Cell,
    Column,
    Document,
    Fact,
    Facts,
    Paragraph,
    Part,
    Table,
)
from application.queries.works.levels import LevelView, RowHead, common_levels
from application.scorecards.sheet import NOTHING, ScoredCell, ScoreSheet, SheetStudent
from application.scorecards.shown import running, student_facts, subtitle, tone_of, written

_HEAD_WIDTH = Decimal("0.9")
CHOSEN = "Chosen"


def rubric_document(
    sheet: ScoreSheet, students: tuple[SheetStudent, ...], now: datetime, *, completed: bool
) -> Document:
    """A part for each student; without students one rubric that bears nobody's name."""
    header = sheet.header
    if students:
        parts = tuple(
            Part(
                student.name,
                (
                    Facts(student_facts(sheet, student, completed=completed)),
                    *_blocks(sheet, student if completed else None),
                ),
                new_page=number > 0,
            )
            for number, student in enumerate(students)
        )
    else:
        parts = (Part("", tuple(_blocks(sheet, None))),)
    return Document(
        title=header.name,
        subtitle=subtitle(sheet),
        parts=parts,
        facts=() if students else (Fact("Student", "_" * 30), Fact("Date", "_" * 12)),
        running=running(sheet, now),
        landscape=True,
    )


def _blocks(sheet: ScoreSheet, student: SheetStudent | None) -> Iterator[Block]:
    """A table for each rubric that the assessment holds, the SLOs, and what was said."""
    for name in dict.fromkeys(sheet.parts[row.id] for row in sheet.rows):
        rows = tuple(row for row in sheet.rows if sheet.parts[row.id] == name)
        yield _table(sheet, rows, student, caption=name)
    if sheet.outcomes and student:
        yield _outcomes(sheet, student)
    if student:
        yield from _comments(sheet, student)


def _table(
    sheet: ScoreSheet, rows: tuple[RowHead, ...], student: SheetStudent | None, *, caption: str
) -> Table:
    shared = common_levels(rows)
    first = sheet.word("SLO") if sheet.header.is_outcomes else "Criterion"
    if shared:
        titles = [f"{level.label} ({level.points})" for level in shared]
    else:
        most = max(len(row.levels) for row in rows)
        titles = [f"Level {number + 1}" for number in range(most)]
    columns = (Column(first, _HEAD_WIDTH), *(Column(title) for title in titles))
    weighted = len({row.weight for row in rows}) > 1
    return Table(
        columns,
        tuple(
            (
                _head(row, student, weighted=weighted),
                *_levels(row, student, len(titles), named=not shared),
            )
            for row in rows
        ),
        caption,
    )


def _head(row: RowHead, student: SheetStudent | None, *, weighted: bool) -> Cell:
    lines = [row.title] if row.code else []
    if weighted:
        lines.append(f"Weight {row.weight}")
    if student:
        lines.append(f"Score: {row.words(_cell(row, student).value)}")
    return Cell("\n".join(lines), strong=row.code or row.title)


def _levels(
    row: RowHead, student: SheetStudent | None, width: int, *, named: bool
) -> Iterator[Cell]:
    value = _cell(row, student).value
    for level in row.levels:
        chosen = bool(value) and level.points == value
        yield Cell(
            level.descriptor or (level.label if not named else ""),
            tone_of(row, value) if chosen else tone_of(row, ""),
            CHOSEN if chosen else "",
            _named(level) if named else "",
        )
    for _ in range(width - len(row.levels)):
        yield Cell("")


def _named(level: LevelView) -> str:
    return f"{level.label} ({level.points})"


def _cell(row: RowHead, student: SheetStudent | None) -> ScoredCell:
    return student.cell(row.id) if student else NOTHING


def _outcomes(sheet: ScoreSheet, student: SheetStudent) -> Table:
    """The level of each SLO: recommended from the criteria, or chosen instead."""
    slo = sheet.word("SLO")
    columns = (Column(slo, Decimal(3)), Column("Recommended level"), Column("Chosen instead"))
    rows = []
    for head in sheet.outcomes:
        level = student.recommended[head.id]
        chosen = student.cell(head.id).value
        recommended = head.words(level.points) if level else written("")
        rows.append(
            (
                Cell(head.title, strong=head.code),
                Cell(recommended, tone_of(head, level.points if level and not chosen else "")),
                Cell(head.words(chosen) if chosen else written(""), tone_of(head, chosen)),
            )
        )
    return Table(columns, tuple(rows), f"{sheet.word('SLOs')} of this student")


def _comments(sheet: ScoreSheet, student: SheetStudent) -> Iterator[Paragraph]:
    for row in sheet.rows:
        said = student.cell(row.id).comment.strip()
        if said:
            yield Paragraph(f"Comment on {row.code or row.title}: {said}")
