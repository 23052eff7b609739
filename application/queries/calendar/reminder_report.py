"""What became of a round of reminders, person by person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from application.viewers import Viewer, kept_orgs
from domain.ids import RoundId
from domain.reminder import Reminder, ReminderRound, ReminderState


@dataclass(frozen=True, slots=True)
class ReminderLine:
    name: str
    tech_id: str
    reminder: Reminder


@dataclass(frozen=True, slots=True)
class ReminderReportView:
    round: ReminderRound
    lines: tuple[ReminderLine, ...]
    counts: Mapping[ReminderState, int]

    @property
    def moving(self) -> bool:
        return any(self.counts[state] for state in (ReminderState.PENDING, ReminderState.SENDING))


@dataclass(frozen=True, slots=True)
class ReminderReport:
    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, round_id: RoundId) -> ReminderReportView:
        """Raises: NotFound for those who did not ask for the round and run no system."""
        with self.units(write=False) as unit:
            kept_orgs(unit, viewer)
            one = unit.reminders.round(round_id)
            if not viewer.sees_all and one.asked_by != viewer.person_id:
                raise NotFound("This round of reminders")
            reminders = unit.reminders.of_round(round_id)
            people = unit.roster.people(reminder.person_id for reminder in reminders)
        counts = Counter(reminder.state for reminder in reminders)
        lines = (
            ReminderLine(people[one.person_id].full_name, people[one.person_id].tech_id, one)
            for one in reminders
        )
        return ReminderReportView(
            one,
            tuple(sorted(lines, key=lambda line: (line.name, line.tech_id))),
            {state: counts[state] for state in ReminderState},
        )
