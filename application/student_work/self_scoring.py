"""When a student may assess themself."""

from application.errors import Conflict
from application.workplace import Workplace


def why_closed(place: Workplace) -> str:
    """Why nobody can assess themself here now; empty when they can."""
    if place.work.released_at is not None:
        return "The results are released, so self-assessment is over."
    if place.work.closed:
        return "This assessment is closed, so there is nothing to assess."
    return "" if place.takes_students else "This assessment names no single students."


def require_open(place: Workplace) -> None:
    """Raises Conflict, which says why."""
    if reason := why_closed(place):
        raise Conflict(reason)
