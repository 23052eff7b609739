"""Planned lines of an import as scores, with what stood before and where they came from."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from application.score_book import ScoreBook
from domain.score import Score, Scored
from domain.score_import.import_plan import ImportLine, LineState
from domain.score_import.import_run import ImportCounts, ImportedCell, ScoreImport
from domain.score_import.source import ScoreSource

_Written = tuple[ImportLine, Score, Score]
"""A line, the score before and the score after it."""


def write_lines(book: ScoreBook, score_import: ScoreImport, lines: Iterable[ImportLine]) -> int:
    """Put each line's level over the score that it was judged against; returns how many.

    Comments stay as they are.

    Raises:
        StaleVersion, Conflict: somebody wrote a cell since it was judged.
    """
    written = list(_written(book, lines))
    if written:
        book.freeze()
    imports = book.unit.imports
    imports.put_cells(_cell(score_import, before, after) for _, before, after in written)
    imports.put_sources(_source(score_import, line, after) for line, _, after in written)
    return len(written)


def counts_of(lines: Collection[ImportLine], replaced: Collection[ImportLine] = ()) -> ImportCounts:
    """What applying did: conflicts that were replaced count as changed."""
    states = Counter(line.state for line in lines)
    return ImportCounts(
        new=states[LineState.NEW],
        changed=states[LineState.CHANGED] + len(replaced),
        same=states[LineState.SAME],
        conflicts=states[LineState.CONFLICT] - len(replaced),
        cannot=states[LineState.CANNOT],
    )


def _written(book: ScoreBook, lines: Iterable[ImportLine]) -> Iterator[_Written]:
    for line in lines:
        if line.score is not None and line.level is not None:
            value = Scored(line.level.points)
            after = book.write(line.score, value, None, seen=line.score.version)
            yield line, line.score, after


def _cell(score_import: ScoreImport, before: Score, after: Score) -> ImportedCell:
    return ImportedCell(
        score_import.id, after.student_id, after.row_id, before.value, after.version
    )


def _source(score_import: ScoreImport, line: ImportLine, after: Score) -> ScoreSource:
    return ScoreSource(
        after.section_assessment_id,
        after.student_id,
        after.row_id,
        score_import.id,
        after.version,
        line.contributions,
    )
