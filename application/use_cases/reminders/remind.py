"""Reminders by mail: a sample before, a durable job, and what became of each."""

from dataclasses import dataclass

from application.calendar.filters import CalendarFilter
from application.calendar.recipients import Recipients, recipients_of, reminder_mail
from application.college_rules import college_time
from application.errors import Invalid
from application.ports.mail import Mail, MailMessage
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWorkFactory
from application.viewers import Viewer
from domain.audit import Deed
from domain.ids import RoundId, SectionAssessmentId
from domain.reminder import Reminder, ReminderRound, ReminderState

JOB = "send-reminders"
SUBJECT = "Assessments to complete"
MESSAGE = "These assessments of your sections are not complete yet. Please score them in Attain."
_LONGEST_SUBJECT, _LONGEST_MESSAGE = 200, 5_000


@dataclass(frozen=True, slots=True)
class RemindCommand:
    """`works` empty: all unfinished rows of the filter. `again`: also those reminded today."""

    viewer: Viewer
    filter: CalendarFilter
    works: frozenset[SectionAssessmentId] = frozenset()
    subject: str = SUBJECT
    message: str = MESSAGE
    again: bool = False


@dataclass(frozen=True, slots=True)
class ReminderSample:
    """`sample` is the mail that the first person would get; None where nobody would get one."""

    recipients: Recipients
    sample: MailMessage | None
    can_send: bool
    """A mail server is set up."""


@dataclass(frozen=True, slots=True)
class SampleReminders:
    """What would be sent to whom. Raises: Forbidden, Invalid."""

    units: UnitOfWorkFactory
    clock: Clock
    mail: Mail
    base_url: str

    def __call__(self, command: RemindCommand) -> ReminderSample:
        with self.units(write=False) as unit:
            found = recipients_of(
                unit, command.viewer, command.filter, command.works, self.clock.now()
            )
            time = college_time(unit.settings)
        first = next(iter(found.chosen(again=command.again)), None)
        sample = None
        if first is not None:
            sample = reminder_mail(
                first.person,
                first.rows,
                command.subject,
                command.message,
                time=time,
                base_url=self.base_url,
                key="sample",
            )
        return ReminderSample(found, sample, self.mail.is_set_up)


@dataclass(frozen=True, slots=True)
class SendReminders:
    """Decide who is reminded and have a job do it.

    Raises:
        Invalid: no mail server is set up, nobody is left to remind, or the words cannot be
            used.
        Forbidden.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId
    mail: Mail

    def __call__(self, command: RemindCommand) -> ReminderRound:
        require_mail(self.mail)
        require_words(command.subject, command.message)
        now = self.clock.now()
        with self.units() as unit:
            found = recipients_of(unit, command.viewer, command.filter, command.works, now)
            chosen = found.chosen(again=command.again)
            if not chosen or found.calendar.term is None:
                raise Invalid("recipients", "nobody is left to remind.")
            round_id = RoundId(self.new_id())
            job_id = unit.jobs.enqueue(
                JOB, {"round_id": round_id}, key=f"reminders:{round_id}", lane="reminders"
            )
            one = ReminderRound(
                round_id, found.calendar.term.id, command.viewer.person_id, now,
                command.subject.strip(), command.message.strip(), job_id,
            )  # fmt: skip
            unit.reminders.save_round(one)
            unit.reminders.put(
                Reminder(
                    round_id,
                    recipient.person.id,
                    tuple(row.standing.work_id for row in recipient.rows),
                    ReminderState.PENDING,
                    "",
                    None,
                )
                for recipient in chosen
            )
            details = f"{len(chosen)} people"
            subject = f"reminders:{round_id}"
            unit.audit.record(Deed(command.viewer.actor, "sent reminders", subject, details, now))
            unit.commit()
        return one


def require_mail(mail: Mail) -> None:
    """Raises Invalid while no mail server is set up."""
    if not mail.is_set_up:
        cure = "no mail server is set up; set ATTAIN_SMTP_URL and ATTAIN_MAIL_FROM."
        raise Invalid("mail", cure)


def require_words(subject: str, message: str) -> None:
    """Raises Invalid for a subject or message that no mail can have."""
    subject, message = subject.strip(), message.strip()
    if not subject or len(subject) > _LONGEST_SUBJECT or not _is_one_line(subject):
        raise Invalid("subject", f"write one line of at most {_LONGEST_SUBJECT} characters.")
    if not message or len(message) > _LONGEST_MESSAGE:
        raise Invalid("message", f"write at most {_LONGEST_MESSAGE:,} characters.")


def _is_one_line(text: str) -> bool:
    """No line end of any alphabet, and nothing that a header may not hold."""
    return len(text.splitlines()) == 1 and text.isprintable()
