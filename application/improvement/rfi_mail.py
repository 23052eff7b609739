"""Who is reminded of a request for information, and the mail that each person gets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from application.ports.mail import MailMessage
from application.ports.unit_of_work import UnitOfWork
from domain.college_time import CollegeTime
from domain.ids import PersonId
from domain.improvement.rfi import OPEN, Rfi, RfiAsk
from domain.rostering import Person

QUIET = timedelta(days=1)
"""Within this time nobody is reminded twice of one request unless it is asked for."""


@dataclass(frozen=True, slots=True)
class AwaitedPerson:
    """Somebody who has not answered; `about` names the sections they are to answer for.

    `again`: reminded of this request within a day already.
    """

    person: Person
    asks: tuple[RfiAsk, ...]
    about: tuple[str, ...]
    again: bool

    @property
    def reachable(self) -> bool:
        return "@" in self.person.email


def awaited_people(unit: UnitOfWork, rfi: Rfi, now: datetime) -> tuple[AwaitedPerson, ...]:
    """By name: those asked, and all teachers of the sections asked."""
    asks = [one for one in unit.rfis.asks_of([rfi.id]) if one.state(rfi, now) in OPEN]
    teachers = unit.standings.teachers([one.section_id for one in asks if one.section_id])
    people = unit.roster.people([one.person_id for one in asks if one.person_id])
    found: dict[PersonId, tuple[Person, list[RfiAsk]]] = {}
    for ask in asks:
        own = teachers.get(ask.section_id, []) if ask.section_id else []
        asked = [people[ask.person_id]] if ask.person_id else own
        for person in asked:
            if person.active:
                found.setdefault(person.id, (person, []))[1].append(ask)
    reminded = _reminded(unit, rfi, now)
    waiting = [
        AwaitedPerson(person, tuple(own), _sections(unit, own), person.id in reminded)
        for person, own in found.values()
    ]
    return tuple(sorted(waiting, key=lambda one: (one.person.list_name, one.person.id)))


def rfi_mail(
    rfi: Rfi,
    one: AwaitedPerson,
    subject: str,
    message: str,
    *,
    time: CollegeTime,
    base_url: str,
    key: str,
) -> MailMessage:
    """Plain text with the ways to the questionnaires; nobody else is named in it."""
    lines = [f"Dear {one.person.full_name},", "", message.strip(), ""]
    due = f"{time.local(rfi.due_at):%-d %b %Y}"
    lines += [f"- {rfi.title}, due {due}: {base_url}/rfis/asks/{ask.id}" for ask in one.asks]
    if one.about:
        lines += ["", f"It is about {', '.join(one.about)}."]
    return MailMessage(one.person.email, subject.strip(), "\n".join(lines) + "\n", key)


def _sections(unit: UnitOfWork, asks: Iterable[RfiAsk]) -> tuple[str, ...]:
    ids = [ask.section_id for ask in asks if ask.section_id]
    return tuple(sorted(unit.roster.section(section_id).title for section_id in ids))


def _reminded(unit: UnitOfWork, rfi: Rfi, now: datetime) -> set[PersonId]:
    return {
        one.person_id
        for one in unit.reminders.reminded_since(now - QUIET)
        if unit.reminders.round(one.round_id).rfi_id == rfi.id
    }
