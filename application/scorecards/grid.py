"""The scorecard as a table that can come back: its columns, and the mark of each row.

The last column is ours. Its heading names the assessment and the rubric, its cells say for
each score which version was written out and what it was. So an untouched cell is told from
a changed one, and a score that somebody else changed meanwhile from one that nobody did.
"""

import zlib
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, count

from application.ports.documents import SheetValue
from application.queries.works.levels import RowHead
from application.scorecards.sheet import KEY, TECH_ID, ScoreSheet, SheetStudent
from application.scorecards.shown import NOT_ASSESSED
from domain.ids import SectionAssessmentId

STUDENT, SCORE = "Student", "Score"
MARK = "attain"
_ROW_MARK, _SCORE_MARK = "v", "="


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """What a cell was when the file was made."""

    version: int
    value: str


def column_titles(rows: tuple[RowHead, ...]) -> tuple[str, ...]:
    """A title for each row of the rubric, each once: its code, where that tells it apart."""
    codes = Counter(row.code for row in rows)
    taken = {name.casefold() for name in (STUDENT, SCORE, TECH_ID, KEY)}
    titles = []
    for number, row in enumerate(rows, start=1):
        name = _plain(row.code if codes[row.code] == 1 else "") or _plain(row.title)
        titles.append(_free(name or f"Row {number}", taken))
        taken.add(titles[-1].casefold())
    return tuple(titles)


def mark_title(work_id: SectionAssessmentId, rows: tuple[RowHead, ...]) -> str:
    """Names the work and its rows, so that the file finds back to nothing else."""
    return f"{MARK} {work_id} {_print_of(rows)}"


def mark_of(student: SheetStudent, rows: tuple[RowHead, ...], *, completed: bool) -> str:
    """`v 2:3 0: 1:NA =7.5`: version and value of each cell, then the score, as it was."""
    cells = [student.cell(row.id) for row in rows]
    written = (f"{cell.version}:{cell.value if completed else ''}" for cell in cells)
    points = student.recommendation.points if completed else ""
    return " ".join((_ROW_MARK, *written, f"{_SCORE_MARK}{points}"))


def read_mark(mark: str, width: int) -> tuple[WrittenOut, ...] | None:
    """None when it is not as we write it."""
    first, *cells = mark.split(" ")
    if cells and cells[-1].startswith(_SCORE_MARK):
        cells.pop()
    if first != _ROW_MARK or len(cells) != width:
        return None
    found = []
    for cell in cells:
        version, colon, value = cell.partition(":")
        if not colon or not (version.isascii() and version.isdecimal()):
            return None
        found.append(WrittenOut(int(version), value))
    return tuple(found)


def read_score_mark(mark: str) -> str | None:
    """The score that the file showed; None where the mark does not tell, as older ones do not."""
    last = mark.rpartition(" ")[2]
    return last.removeprefix(_SCORE_MARK) if last.startswith(_SCORE_MARK) else None


def value_cell(value: str) -> SheetValue:
    """A score as a spreadsheet holds it: a number, `N/A`, or nothing."""
    if value == "NA":
        return NOT_ASSESSED
    return Decimal(value) if value else None


def grid_header(sheet: ScoreSheet) -> tuple[str, ...]:
    return (
        sheet.key_title,
        STUDENT,
        *column_titles(sheet.rows),
        SCORE,
        mark_title(sheet.header.work_id, sheet.rows),
    )


def grid_rows(sheet: ScoreSheet, *, completed: bool) -> tuple[tuple[SheetValue, ...], ...]:
    """A row for each student; `Score` is the recommended one where there is one."""
    return tuple(_row(sheet, student, completed=completed) for student in sheet.students)


def _row(sheet: ScoreSheet, student: SheetStudent, *, completed: bool) -> tuple[SheetValue, ...]:
    values = (student.cell(row.id).value if completed else "" for row in sheet.rows)
    points = student.recommendation.points if completed else ""
    return (
        student.key,
        student.name,
        *(value_cell(value) for value in values),
        Decimal(points) if points else None,
        mark_of(student, sheet.rows, completed=completed),
    )


def _plain(name: str) -> str:
    """As it comes back from a spreadsheet: on one line, without signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())


def _free(name: str, taken: set[str]) -> str:
    numbered = chain([name], (f"{name} ({number})" for number in count(2)))
    return next(one for one in numbered if one.casefold() not in taken)


def _print_of(rows: tuple[RowHead, ...]) -> str:
    """Tells one rubric from another, also when only its levels differ."""
    told = "\n".join(f"{row.id} {' '.join(level.points for level in row.levels)}" for row in rows)
    return f"{zlib.crc32(told.encode()):08x}"
