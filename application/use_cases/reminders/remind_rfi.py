"""Remind those who have not answered a request: a sample before, then the job of reminders."""

from dataclasses import dataclass

from application.college_rules import college_time
from application.errors import Invalid
from application.improvement.rfi_mail import AwaitedPerson, awaited_people, rfi_mail
from application.improvement.sight import kept_rfi
from application.ports.mail import Mail, MailMessage
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWorkFactory
from application.use_cases.reminders.remind import JOB, require_mail, require_words
from application.viewers import Viewer
from domain.audit import Deed
from domain.ids import RfiId, RoundId
from domain.improvement.rfi import Rfi
from domain.reminder import Reminder, ReminderRound, ReminderState

SUBJECT = "A request for information waits for you"
MESSAGE = "Please answer this request for information in Attain."


@dataclass(frozen=True, slots=True)
class RemindRfiCommand:
    """`again`: also those who were reminded of it within a day."""

    viewer: Viewer
    rfi_id: RfiId
    subject: str = SUBJECT
    message: str = MESSAGE
    again: bool = False


@dataclass(frozen=True, slots=True)
class RfiSample:
    """`sample` is the mail that the first person would get; None where nobody would get one."""

    rfi: Rfi
    people: tuple[AwaitedPerson, ...]
    chosen: tuple[AwaitedPerson, ...]
    sample: MailMessage | None
    can_send: bool
    """A mail server is set up."""


@dataclass(frozen=True, slots=True)
class SampleRfiReminders:
    """Raises: NotFound unless the viewer keeps the org that sent the request."""

    units: UnitOfWorkFactory
    clock: Clock
    mail: Mail
    base_url: str

    def __call__(self, command: RemindRfiCommand) -> RfiSample:
        with self.units(write=False) as unit:
            rfi = kept_rfi(unit, command.viewer, command.rfi_id)
            people = awaited_people(unit, rfi, self.clock.now())
            time = college_time(unit.settings)
        chosen = _chosen(people, again=command.again)
        sample = None
        if chosen:
            sample = rfi_mail(
                rfi, chosen[0], command.subject, command.message, time=time,
                base_url=self.base_url, key="sample",
            )  # fmt: skip
        return RfiSample(rfi, people, chosen, sample, self.mail.is_set_up)


@dataclass(frozen=True, slots=True)
class SendRfiReminders:
    """Decide who is reminded and have the job do it.

    Raises:
        NotFound; Invalid: no mail server, nobody left, or words that cannot be used.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId
    mail: Mail

    def __call__(self, command: RemindRfiCommand) -> ReminderRound:
        require_mail(self.mail)
        require_words(command.subject, command.message)
        now = self.clock.now()
        with self.units() as unit:
            rfi = kept_rfi(unit, command.viewer, command.rfi_id)
            chosen = _chosen(awaited_people(unit, rfi, now), again=command.again)
            if not chosen:
                raise Invalid("recipients", "nobody is left to remind.")
            round_id = RoundId(self.new_id())
            job_id = unit.jobs.enqueue(
                JOB, {"round_id": round_id}, key=f"reminders:{round_id}", lane="reminders"
            )
            one = ReminderRound(
                round_id, rfi.term_id, command.viewer.person_id, now, command.subject.strip(),
                command.message.strip(), job_id, rfi.id,
            )  # fmt: skip
            unit.reminders.save_round(one)
            unit.reminders.put(
                Reminder(round_id, waiting.person.id, (), ReminderState.PENDING, "", None)
                for waiting in chosen
            )
            details = f"{len(chosen)} people"
            unit.audit.record(Deed(command.viewer.actor, "reminded of RFI", rfi.id, details, now))
            unit.commit()
        return one


def _chosen(people: tuple[AwaitedPerson, ...], *, again: bool) -> tuple[AwaitedPerson, ...]:
    return tuple(one for one in people if one.reachable and (again or not one.again))
