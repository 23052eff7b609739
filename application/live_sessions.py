"""The live sessions of a person: how each began, its handle, and ending them."""

from datetime import datetime
from hashlib import sha256

from application.ports.unit_of_work import UnitOfWork
from domain.ids import PersonId, SessionId
from domain.session import Session

OPENED_KEY = "opened"
"""In the context: how the session began where not by its own launch, for its person to read."""
IN_WINDOW = "own window"


def live_sessions(unit: UnitOfWork, person_id: PersonId, now: datetime) -> list[Session]:
    """Newest first."""
    return [one for one in unit.sessions.of_person(person_id) if one.is_live(now)]


def end_all(
    unit: UnitOfWork, person_id: PersonId, now: datetime, *, but: SessionId | None = None
) -> int:
    """End all but one, and say how many."""
    ending = [one for one in live_sessions(unit, person_id, now) if one.id != but]
    for session in ending:
        unit.sessions.end(session.id, now)
    return len(ending)


def handle_of(session_id: SessionId) -> str:
    """Twelve signs from which the id, a key of form tokens, cannot be told."""
    return sha256(f"handle:{session_id}".encode()).hexdigest()[:12]
