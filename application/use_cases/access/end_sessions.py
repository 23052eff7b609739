"""Ending sessions: one of them, or all of a person."""

from dataclasses import dataclass

from application.errors import NotFound
from application.live_sessions import end_all, handle_of, live_sessions
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.audit import Deed
from domain.ids import PersonId, SessionId


@dataclass(frozen=True, slots=True)
class EndSessionCommand:
    """`handle` as lists of sessions show it."""

    actor: str
    person_id: PersonId
    handle: str


@dataclass(frozen=True, slots=True)
class EndSession:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: EndSessionCommand) -> None:
        """Raises NotFound when the person has no such live session."""
        now = self.clock.now()
        with self.units() as unit:
            meant = [
                session
                for session in live_sessions(unit, command.person_id, now)
                if handle_of(session.id) == command.handle
            ]
            if not meant:
                raise NotFound("This session")
            unit.sessions.end(meant[0].id, now)
            subject = f"person:{command.person_id}"
            unit.audit.record(
                Deed(command.actor, "ended a session of", subject, command.handle, now)
            )
            unit.commit()


@dataclass(frozen=True, slots=True)
class SignOutEverywhereCommand:
    """`but` is a session that goes on: usually the one that asks."""

    actor: str
    person_id: PersonId
    but: SessionId | None = None


@dataclass(frozen=True, slots=True)
class SignOutEverywhere:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: SignOutEverywhereCommand) -> int:
        """How many sessions ended. Twice is harmless. Raises NotFound for nobody."""
        now = self.clock.now()
        with self.units() as unit:
            person = unit.roster.person(command.person_id)
            ended = end_all(unit, person.id, now, but=command.but)
            if ended:
                unit.audit.record(
                    Deed(command.actor, "signed out", f"person:{person.id}", f"{ended}", now)
                )
            unit.commit()
        return ended
