"""`attain rfi`: requests for information, their answers, reminders."""

from datetime import datetime

import rich_click as click

from adapters.inbound.cli.actor import TERMINAL
from adapters.inbound.cli.days import DAY, end_of
from adapters.inbound.cli.output import (
    json_option,
    print_csv,
    print_json,
    print_rows,
    print_table,
    say,
)
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.files.rfi_file import HEADER, rows_of
from application.queries.improvement.rfi_page import RfiView
from application.use_cases.improvement.send_rfi import SendRfiCommand
from application.use_cases.reminders.remind_rfi import MESSAGE, SUBJECT, RemindRfiCommand
from domain.ids import RfiId
from domain.improvement.rfi import AskState
from domain.reflection import Question, QuestionKind

_PREFIXES = {
    "text:": QuestionKind.TEXT,
    "number:": QuestionKind.NUMBER,
    "yes/no:": QuestionKind.YES_NO,
}


@click.group()
def rfi() -> None:
    """Requests for information: send, remind, gather."""


@rfi.command("list")
@json_option
@click.pass_obj
def list_rfis(bench: Workbench, *, as_json: bool) -> None:
    """List what was sent, newest first, with how many have answered."""
    with bench.open_house() as house:
        found = house.rfi_list.all(TERMINAL)
    rows = [
        (one.rfi.id, one.rfi.title, one.org or "the whole college", one.rfi.due_at, one.asked,
         one.counts[AskState.OPENED], one.counts[AskState.ANSWERED], one.counts[AskState.OVERDUE],
         one.rfi.closed)
        for one in found
    ]  # fmt: skip
    header = ("id", "title", "org", "due", "asked", "opened", "answered", "overdue", "closed")
    print_rows(
        header, rows, "No request was sent yet. See `attain rfi send --help`.", as_json=as_json
    )


@rfi.command()
@click.argument("title")
@click.option("--due", type=DAY, required=True, help="YYYY-MM-DD, at the end of that day.")
@click.option("--question", "questions", multiple=True, metavar="PROMPT",
              help="May be repeated; `number:` or `yes/no:` before it asks for such.")  # fmt: skip
@click.option("--template", default="", metavar="ID", help="Its questions instead.")
@click.option("--message", default="", help="What it is for.")
@click.option("--org", default="", help="Code of the org that asks; the whole college without.")
@click.option("--term", default="", help="Name or source id; the current one without.")
@click.option("--person", "people", multiple=True, metavar="TECH_ID")
@click.option("--section", "sections", multiple=True, metavar="TITLE")
@click.option("--to-org", "to_orgs", multiple=True, metavar="CODE", help="Whoever teaches there.")
@json_option
@click.pass_obj
def send(
    bench: Workbench,
    title: str,
    due: datetime,
    questions: tuple[str, ...],
    template: str,
    message: str,
    org: str,
    term: str,
    people: tuple[str, ...],
    sections: tuple[str, ...],
    to_orgs: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Put a questionnaire called TITLE to people, to sections, or to all who teach in orgs."""
    asked = tuple(_question(number, text) for number, text in enumerate(questions, start=1))
    with bench.open_house() as house:
        ends = end_of(due, house.read_college_rules().time)
        command = SendRfiCommand(
            TERMINAL, title, message, ends, asked, template, org, term, people, sections, to_orgs,
        )  # fmt: skip
        sent = house.send_rfi(command)
        view = house.rfi_page(TERMINAL, sent.id)
    if as_json:
        print_json({"id": sent.id, "asked": len(view.lines)})
    else:
        say(f"Sent: {sent.id}, put to {len(view.lines)}. See `attain rfi remind {sent.id}`.")


@rfi.command()
@click.argument("rfi_id", metavar="ID")
@click.option("--format", "wanted", type=click.Choice(["table", "csv", "json"]), default="table")
@json_option
@click.pass_obj
def answers(bench: Workbench, rfi_id: str, wanted: str, *, as_json: bool) -> None:
    """Gather the answers to one request in one table."""
    with bench.open_house() as house:
        view = house.rfi_page(TERMINAL, RfiId(rfi_id))
    header = (*HEADER, *(one.prompt for one in view.rfi.questions))
    if as_json or wanted == "json":
        print_json(_as_json(view))
    elif wanted == "csv":
        print_csv(header, rows_of(view))
    else:
        print_table(header, rows_of(view), "Nobody is asked.")
        say(", ".join(f"{count} {state}" for state, count in view.counts.items()))


@rfi.command()
@click.argument("rfi_id", metavar="ID")
@click.pass_obj
def close(bench: Workbench, rfi_id: str) -> None:
    """Ask no more; what was answered stays."""
    with bench.open_house() as house:
        house.close_rfi(TERMINAL, RfiId(rfi_id), close=True)
    say("Closed.")


@rfi.command()
@click.argument("rfi_id", metavar="ID")
@click.pass_obj
def reopen(bench: Workbench, rfi_id: str) -> None:
    """Ask again those who have not answered."""
    with bench.open_house() as house:
        house.close_rfi(TERMINAL, RfiId(rfi_id), close=False)
    say("Open again.")


@rfi.command()
@click.argument("rfi_id", metavar="ID")
@click.option("--subject", default=SUBJECT, show_default=True)
@click.option("--message", default=MESSAGE, show_default=True)
@click.option("--again", is_flag=True, help="Also those who were reminded of it within a day.")
@click.option("--dry-run", is_flag=True, help="Show who would get what; send nothing.")
@json_option
@click.pass_obj
def remind(
    bench: Workbench,
    rfi_id: str,
    subject: str,
    message: str,
    *,
    again: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Mail those who have not answered; a sample is shown first."""
    command = RemindRfiCommand(TERMINAL, RfiId(rfi_id), subject, message, again)
    with bench.open_house() as house:
        sample = house.sample_rfi_reminders(command)
        one = None if dry_run else house.send_rfi_reminders(command)
    chosen = {waiting.person.id for waiting in sample.chosen}
    rows = [
        (waiting.person.tech_id, waiting.about, waiting.person.id in chosen)
        for waiting in sample.people
    ]
    header = ("person", "sections", "reminded")
    if as_json:
        people = [dict(zip(header, row, strict=True)) for row in rows]
        print_json({"round": one.id if one else None, "can_send": sample.can_send,
                    "people": people})  # fmt: skip
        return
    print_table(header, rows, "Nobody is to be reminded.")
    if sample.sample:
        say(f"\nSubject: {sample.sample.subject}\n\n{sample.sample.text}")
    if one is None:
        say("Dry run: nothing was sent.")
    else:
        say(f"Reminders {one.id} are queued. See `attain calendar reminded {one.id}`.")


def _question(number: int, text: str) -> Question:
    for prefix, kind in _PREFIXES.items():
        if text.lower().startswith(prefix):
            return Question(f"q{number}", text[len(prefix) :].strip(), kind)
    return Question(f"q{number}", text.strip())


def _as_json(view: RfiView) -> dict[str, object]:
    prompts = [question.prompt for question in view.rfi.questions]
    return {
        "id": view.rfi.id,
        "title": view.rfi.title,
        "due_at": view.rfi.due_at,
        "closed_at": view.rfi.closed_at,
        "questions": prompts,
        "answers": [
            {
                "asked": line.asked,
                "tech_id": line.tech_id,
                "state": line.state,
                "answered_by": line.answered_by,
                "answered_at": line.ask.answered_at,
                "answers": line.answers,
            }
            for line in view.lines
        ],
    }
