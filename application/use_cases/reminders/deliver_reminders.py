"""The job that sends a round of reminders, each at most once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from application.calendar.filters import CalendarRow
from application.calendar.recipients import UNFINISHED, reminder_mail
from application.college_rules import college_time
from application.improvement.rfi_mail import awaited_people, rfi_mail
from application.ports.jobs import JobContext, Payload
from application.ports.mail import Mail, MailFailed, MailMessage
from application.ports.planning_repositories import StandingFilter
from application.ports.runtime import Clock, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.ids import PersonId, RoundId
from domain.reminder import Reminder, ReminderRound, ReminderState

UNKNOWN = "it is not known whether this one went out; the server stopped while it was sent"
GONE = "nothing is left to remind of"


@dataclass(frozen=True, slots=True)
class DeliverReminders:
    """A mail under way when the process died is not sent again: its row says so."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    mail: Mail
    base_url: str

    async def __call__(self, job: JobContext, payload: Payload) -> None:
        round_id = RoundId(payload["round_id"])
        desk = await self.transact(partial(self._read, round_id))
        for number, person_id in enumerate(desk.rows):
            await job.progress(number, len(desk.rows))
            await self._remind(job, desk, person_id)
        await job.progress(len(desk.rows), len(desk.rows))

    async def _remind(self, job: JobContext, desk: "_Desk", person_id: PersonId) -> None:
        round_id = desk.round.id
        try:
            await job.step(f"mail:{person_id}", partial(self._attempt, desk, person_id), attempts=3)
        except MailFailed as failed:
            await self.transact(
                partial(self._settle, round_id, person_id, ReminderState.FAILED, failed.reason)
            )

    async def _attempt(self, desk: "_Desk", person_id: PersonId) -> None:
        """Raises: MailFailed where another try may help."""
        message = await self.transact(partial(self._begin, desk, person_id))
        if message is None:
            return
        settle = partial(self._settle, desk.round.id, person_id)
        try:
            await self.mail.send(message)
        except MailFailed as failed:
            state = ReminderState.FAILED if failed.lasting else ReminderState.PENDING
            await self.transact(partial(settle, state, failed.reason))
            if not failed.lasting:
                raise
            return
        await self.transact(partial(settle, ReminderState.SENT, ""))

    def _read(self, round_id: RoundId) -> "_Desk":
        """As things stand now: what was completed meanwhile is not asked for."""
        now = self.clock.now()
        with self.units(write=False) as unit:
            one = unit.reminders.round(round_id)
            reminders = unit.reminders.of_round(round_id)
            if one.rfi_id is not None:
                return _Desk(one, {reminder.person_id: () for reminder in reminders})
            found = unit.standings.of_term(one.term_id, StandingFilter())
        rows = {s.work_id: CalendarRow(s, s.state(now)) for s in found}
        return _Desk(
            one,
            {
                reminder.person_id: tuple(
                    rows[work_id]
                    for work_id in reminder.work_ids
                    if work_id in rows and rows[work_id].state in UNFINISHED
                )
                for reminder in reminders
            },
        )

    def _begin(self, desk: "_Desk", person_id: PersonId) -> MailMessage | None:
        """The mail, its row marked as on its way; None where none is to be sent."""
        with self.units() as unit:
            one = unit.reminders.one(desk.round.id, person_id)
            message = None
            if one.state is ReminderState.SENDING:
                self._put(unit, one, ReminderState.FAILED, UNKNOWN)
            elif one.state is ReminderState.PENDING:
                message = self._message(unit, desk, one)
                state = ReminderState.SENDING if message else ReminderState.FAILED
                self._put(unit, one, state, "" if message else GONE)
            unit.commit()
        return message

    def _settle(
        self, round_id: RoundId, person_id: PersonId, state: ReminderState, reason: str
    ) -> None:
        with self.units() as unit:
            self._put(unit, unit.reminders.one(round_id, person_id), state, reason)
            unit.commit()

    def _put(self, unit: UnitOfWork, one: Reminder, state: ReminderState, reason: str) -> None:
        moment = self.clock.now()
        unit.reminders.put([replace(one, state=state, reason=reason, settled_at=moment)])

    def _message(self, unit: UnitOfWork, desk: "_Desk", one: Reminder) -> MailMessage | None:
        words, key = desk.round, f"{desk.round.id}.{one.person_id}"
        time = college_time(unit.settings)
        if words.rfi_id is not None:
            rfi = unit.rfis.get(words.rfi_id)
            waiting = awaited_people(unit, rfi, self.clock.now())
            own = next((w for w in waiting if w.person.id == one.person_id), None)
            if own is None:
                return None
            return rfi_mail(
                rfi, own, words.subject, words.message, time=time, base_url=self.base_url, key=key
            )
        rows = desk.rows[one.person_id]
        if not rows:
            return None
        return reminder_mail(
            unit.roster.person(one.person_id),
            rows,
            words.subject,
            words.message,
            time=time,
            base_url=self.base_url,
            key=key,
        )


@dataclass(frozen=True, slots=True)
class _Desk:
    """A round, and for each person what is still unfinished of it.

    Of a request for information the rows are empty: what is not answered is read for each mail.
    """

    round: ReminderRound
    rows: Mapping[PersonId, tuple[CalendarRow, ...]]
