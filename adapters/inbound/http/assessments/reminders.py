"""Reminders from the calendar: a sample first, then a job, and what became of it."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.assessments.calendar import filter_of, query_of
from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Invalid
from application.queries.calendar.reminder_report import ReminderReport, ReminderReportView
from application.use_cases.reminders.remind import (
    MESSAGE,
    SUBJECT,
    RemindCommand,
    ReminderSample,
    SampleReminders,
    SendReminders,
)
from domain.access import Right
from domain.ids import RoundId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class RemindModel:
    """`works` are the chosen rows, none for all; `message` is what stands in the form."""

    command: RemindCommand
    sample: ReminderSample
    problem: Invalid | None = None

    @property
    def back(self) -> str:
        return f"/calendar?{query_of(self.command.filter)}"

    @property
    def hidden(self) -> dict[str, str]:
        wanted = self.command.filter
        names = ("term", "org", "course", "assessment", "state")
        return {name: getattr(wanted, name) for name in names}


@dataclass(frozen=True, slots=True)
class ReportModel:
    view: ReminderReportView


@get("/calendar/remind", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show_sample(
    request: AnyRequest, visit: Injected[Visit], sample_reminders: Injected[SampleReminders]
) -> Response[str]:
    command = _command(visit, FormFields(dict(request.query_params.dict())))
    return page(visit, "remind.html", RemindModel(command, sample_reminders(command)))


@post("/calendar/remind", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def send(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    sample_reminders: Injected[SampleReminders],
    send_reminders: Injected[SendReminders],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    command = _command(visit, sent)
    if sent.text("then") == "sample":
        return page(visit, "remind.html", RemindModel(command, sample_reminders(command)))
    try:
        one = send_reminders(command)
    except Invalid as problem:
        model = RemindModel(command, sample_reminders(command), problem)
        return page(visit, "remind.html", model, status=422)
    return see_other(visit, f"/reminders/{one.id}")


@get("/reminders/{round_id:str}", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def report(
    round_id: FromPath[str], visit: Injected[Visit], reminder_report: Injected[ReminderReport]
) -> Response[str]:
    view = reminder_report(visit.viewer, RoundId(round_id))
    return page(visit, "reminders.html", ReportModel(view))


def _command(visit: Visit, sent: FormFields) -> RemindCommand:
    return RemindCommand(
        visit.viewer,
        filter_of(sent.text),
        frozenset(SectionAssessmentId(work) for work in sent.every("work")),
        sent.text("subject") if "subject" in sent.body else SUBJECT,
        sent.text("message") if "message" in sent.body else MESSAGE,
        sent.text("again") == "yes",
    )


ROUTES = (show_sample, send, report)
