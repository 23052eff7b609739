"""What records made by hand have in common, for colleges without a roster feed.

Their source id begins with `local:`, so that no roster ends them.
"""

from collections.abc import Iterable

from application.errors import Conflict, Invalid
from application.loading.diff import LOCAL
from domain.rostering import comparable_title


def local_source(record_id: str) -> str:
    """The source id of a new record: its own id, so that it is never used twice."""
    return f"{LOCAL}{record_id}"


def is_by_hand(source_id: str) -> bool:
    return source_id.startswith(LOCAL)


def needed(field: str, text: str) -> str:
    """The text with single blanks. Raises Invalid where there is none."""
    bare = " ".join(text.split())
    if not bare:
        raise Invalid(field, "this is needed.")
    return bare


def require_free(field: str, text: str, others: Iterable[str], kind: str) -> None:
    """Raises Invalid where another active record has this code or title."""
    if comparable_title(text) in {comparable_title(other) for other in others}:
        raise Invalid(field, f"another active {kind} has it; choose one of its own.")


def require_empty(count: int, what: str) -> None:
    """Raises Conflict where something active hangs on a record that is to end."""
    if count:
        raise Conflict(f"{count} active {what} belong to it. End or move these first.")
