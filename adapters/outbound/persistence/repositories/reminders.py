from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import planning
from application.ports.planning_repositories import ReminderRepository
from domain.ids import PersonId, RoundId
from domain.reminder import Reminder, ReminderRound, ReminderState

ROUNDS = Records(planning.reminder_rounds, ReminderRound)
REMINDERS = Records(planning.reminders, Reminder)
_OF_ROUND = REMINDERS.select.where(REMINDERS.c.round_id == bindparam("round_id")).order_by(
    REMINDERS.c.person_id
)
_SINCE = REMINDERS.select.where(
    or_(
        REMINDERS.c.state.in_([ReminderState.PENDING, ReminderState.SENDING]),
        (REMINDERS.c.state == ReminderState.SENT) & (REMINDERS.c.settled_at > bindparam("since")),
    )
).order_by(REMINDERS.c.round_id, REMINDERS.c.person_id)


class SqlReminders(ReminderRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save_round(self, one: ReminderRound) -> None:
        ROUNDS.put(self._connection, [one])

    def round(self, round_id: RoundId) -> ReminderRound:
        return ROUNDS.get(self._connection, "This round of reminders", round_id)

    def put(self, reminders: Iterable[Reminder]) -> None:
        REMINDERS.put(self._connection, reminders)

    def of_round(self, round_id: RoundId) -> list[Reminder]:
        return REMINDERS.fetch(self._connection, _OF_ROUND, round_id=round_id)

    def one(self, round_id: RoundId, person_id: PersonId) -> Reminder:
        return REMINDERS.get(self._connection, "This reminder", round_id, person_id)

    def reminded_since(self, since: datetime) -> list[Reminder]:
        return REMINDERS.fetch(self._connection, _SINCE, since=since)
