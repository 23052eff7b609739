"""Words for roles that a load met and that give nothing here: told as findings, and found again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from application.rosters.row_errors import RowError, Severity

UNKNOWN_WORD = "this word is not known here"
"""How the cause of a row begins whose word no list of the format has."""
_MOST = 20
"""Words that are told of one file; the most frequent first."""
_COLUMN = "role"


class Gives(StrEnum):
    """What a word for a role may give."""

    ORG_ROLE = "role in its org"
    PLACE = "place in a section"


_FILES = {
    "roles.csv": Gives.ORG_ROLE,
    "enrollments.csv": Gives.PLACE,
    "enrolments.csv": Gives.PLACE,
}


def told(
    file: str, gives: Gives, rows: Mapping[str, int], severity: Severity = Severity.INFO
) -> Iterator[RowError]:
    """A finding for each word, with how many rows have it."""
    for word, count in Counter(rows).most_common(_MOST):
        many = "1 row has" if count == 1 else f"{count} rows have"
        cause = f"{many} this role; {_cure(gives)}"
        yield RowError(file, 0, _COLUMN, word, cause, severity)


def unread_in(findings: Iterable[RowError]) -> dict[Gives, tuple[str, ...]]:
    """The words among the findings of a load, each once, as first met."""
    met: dict[Gives, dict[str, str]] = {gives: {} for gives in Gives}
    for finding in findings:
        gives = _meant(finding)
        if gives and finding.value:
            met[gives].setdefault(finding.value.casefold(), finding.value)
    return {gives: tuple(words.values()) for gives, words in met.items()}


def _meant(finding: RowError) -> Gives | None:
    if finding.column.casefold() != _COLUMN:
        return None
    if finding.cause.startswith(UNKNOWN_WORD):
        return _FILES.get(finding.file.casefold())
    return next((gives for gives in Gives if finding.cause.endswith(_cure(gives))), None)


def _cure(gives: Gives) -> str:
    return f"it gives no {gives} unless the roster settings say which"
