"""Who is reminded of what, and the mail that each person gets."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from application.calendar.filters import Calendar, CalendarFilter, CalendarRow, calendar_of
from application.ports.mail import MailMessage
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer
from domain.assessment import WorkState
from domain.college_time import CollegeTime
from domain.ids import PersonId, SectionAssessmentId, SectionId
from domain.rostering import Person

UNFINISHED = frozenset({WorkState.ASSIGNED, WorkState.IN_PROGRESS, WorkState.OVERDUE})
QUIET = timedelta(days=1)
"""Within this time nobody is reminded twice unless it is asked for."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """`again`: reminded within a day already. Without an address nobody can be reminded."""

    person: Person
    rows: tuple[CalendarRow, ...]
    again: bool

    @property
    def reachable(self) -> bool:
        return "@" in self.person.email


@dataclass(frozen=True, slots=True)
class Recipients:
    """By name. `alone` are rows that nobody teaches."""

    calendar: Calendar
    people: tuple[Recipient, ...]
    alone: tuple[CalendarRow, ...]

    def chosen(self, *, again: bool) -> tuple[Recipient, ...]:
        return tuple(one for one in self.people if one.reachable and (again or not one.again))


def recipients_of(
    unit: UnitOfWork,
    viewer: Viewer,
    wanted: CalendarFilter,
    works: Collection[SectionAssessmentId],
    now: datetime,
) -> Recipients:
    """People behind unfinished rows; `works` empty takes all rows of the filter.

    Raises: Forbidden, Invalid.
    """
    calendar = calendar_of(unit, viewer, wanted, now)
    rows = [
        row
        for row in calendar.shown
        if row.state in UNFINISHED and (not works or row.standing.work_id in works)
    ]
    taught = unit.standings.teachers({row.standing.section_id for row in rows})
    reminded = {one.person_id for one in unit.reminders.reminded_since(now - QUIET)}
    people = _people(rows, taught)
    return Recipients(
        calendar,
        tuple(Recipient(person, tuple(own), person.id in reminded) for person, own in people),
        tuple(row for row in rows if row.standing.section_id not in taught),
    )


def _people(
    rows: Iterable[CalendarRow], taught: dict[SectionId, list[Person]]
) -> list[tuple[Person, list[CalendarRow]]]:
    found: dict[PersonId, tuple[Person, list[CalendarRow]]] = {}
    for row in rows:
        for person in taught.get(row.standing.section_id, []):
            found.setdefault(person.id, (person, []))[1].append(row)
    return sorted(found.values(), key=lambda one: (one[0].list_name, one[0].id))


def reminder_mail(
    person: Person,
    rows: Iterable[CalendarRow],
    subject: str,
    message: str,
    *,
    time: CollegeTime,
    base_url: str,
    key: str,
) -> MailMessage:
    """Plain text; no student is named in it."""
    lines = [f"Dear {person.full_name},", "", message.strip(), ""]
    for row in rows:
        one = row.standing
        due = f", due {time.local(one.due_at):%-d %b %Y}" if one.due_at else ""
        lines.append(f"- {one.assessment}, {one.section}{due}: {row.state}")
    lines += ["", f"Open Attain: {base_url}/assessments"]
    return MailMessage(person.email, subject.strip(), "\n".join(lines) + "\n", key)
