"""`attain calendar`: where assessments stand, reminders; links of copied courses."""

from collections import Counter

import rich_click as click

from adapters.inbound.cli.actor import TERMINAL
from adapters.inbound.cli.output import json_option, print_json, print_rows, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.calendar.filters import CalendarFilter
from application.queries.calendar.calendar_page import CalendarLine
from application.use_cases.assessments.close_work import CloseWorkCommand
from application.use_cases.reminders.remind import MESSAGE, SUBJECT, RemindCommand, ReminderSample
from domain.assessment import WorkState
from domain.ids import RoundId

_STATES = click.Choice([state.value for state in WorkState])
_MOST_SHOWN = 500


@click.group(invoke_without_command=True)
@click.option("--term", default="", help="Name or source id; the current one without.")
@click.option("--org", default="", help="Org code, with all below it.")
@click.option("--course", default="", help="Beginning of a course code.")
@click.option("--assessment", default="", help="Code of one assessment.")
@click.option("--state", type=_STATES, default=None, help="Only this state.")
@json_option
@click.pass_context
def calendar(
    context: click.Context,
    term: str,
    org: str,
    course: str,
    assessment: str,
    state: str | None,
    *,
    as_json: bool,
) -> None:
    """The distribution calendar: each assessment in each section, with its state."""
    wanted = CalendarFilter(term, org, course, assessment, state or "")
    context.meta["attain.calendar"] = wanted
    if context.invoked_subcommand:
        return
    bench: Workbench = context.obj
    with bench.open_house() as house:
        lines = house.calendar_export(TERMINAL, wanted)
    if as_json:
        print_json([_as_json(line) for line in lines])
        return
    rows = [
        (one.course_code, one.section, one.assessment, line.row.state, one.due_at,
         f"{one.decided}/{one.needed}", line.teachers)
        for line in lines[:_MOST_SHOWN]
        for one in (line.row.standing,)
    ]  # fmt: skip
    header = ("course", "section", "assessment", "state", "due", "decided", "taught by")
    print_table(header, rows, "No section has an assessment here. See `attain assessment plan`.")
    counts = Counter(line.row.state for line in lines)
    say(", ".join(f"{counts[state]} {state}" for state in WorkState))
    if len(lines) > _MOST_SHOWN:
        say(f"The first {_MOST_SHOWN} of {len(lines)}; narrow it, or take --json.")


@calendar.command()
@click.option("--subject", default=SUBJECT, show_default=True)
@click.option("--message", default=MESSAGE, show_default=True)
@click.option("--again", is_flag=True, help="Also those who were reminded within a day.")
@click.option("--dry-run", is_flag=True, help="Show who would get what; send nothing.")
@json_option
@click.pass_context
def remind(
    context: click.Context,
    subject: str,
    message: str,
    *,
    again: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Mail the people behind what is not complete; options before `remind` choose the rows."""
    wanted: CalendarFilter = context.meta["attain.calendar"]
    command = RemindCommand(TERMINAL, wanted, frozenset(), subject, message, again)
    bench: Workbench = context.obj
    with bench.open_house() as house:
        sample = house.sample_reminders(command)
        one = None if dry_run else house.send_reminders(command)
    if as_json:
        print_json(_sample_as_json(sample, one.id if one else None, again=again))
        return
    rows = [
        (person.person.tech_id, len(person.rows), person.reachable, person.again)
        for person in sample.recipients.people
    ]
    header = ("person", "assessments", "has an address", "reminded within a day")
    print_table(header, rows, "Nobody is to be reminded.")
    if sample.sample:
        say(f"\nSubject: {sample.sample.subject}\n\n{sample.sample.text}")
    if one is None:
        say("Dry run: nothing was sent.")
    else:
        say(f"Reminders {one.id} are queued. See `attain calendar reminded {one.id}`.")


@calendar.command()
@click.argument("round_id", metavar="ID")
@json_option
@click.pass_obj
def reminded(bench: Workbench, round_id: str, *, as_json: bool) -> None:
    """Show what became of a round of reminders, person by person."""
    with bench.open_house() as house:
        view = house.reminder_report(TERMINAL, RoundId(round_id))
    lines = [
        (line.tech_id, line.reminder.state, line.reminder.settled_at, line.reminder.reason)
        for line in view.lines
    ]
    header = ("person", "state", "when", "why not")
    print_rows(header, lines, "Nobody was to be reminded.", as_json=as_json)


@calendar.command()
@click.argument("section")
@click.argument("assessment")
@click.option("--reason", required=True, help="Why it is not assessed.")
@click.pass_obj
def close(bench: Workbench, section: str, assessment: str, reason: str) -> None:
    """Close ASSESSMENT in SECTION as not assessed."""
    with bench.open_house() as house:
        work_id = house.registers.work_named(section, assessment)
        house.close_work(CloseWorkCommand(TERMINAL, work_id, reason))
    say("Closed as not assessed.")


@calendar.command()
@click.argument("section")
@click.argument("assessment")
@click.pass_obj
def reopen(bench: Workbench, section: str, assessment: str) -> None:
    """Reopen ASSESSMENT in SECTION."""
    with bench.open_house() as house:
        house.reopen_work(TERMINAL, house.registers.work_named(section, assessment))
    say("Open again.")


def _as_json(line: CalendarLine) -> dict[str, object]:
    one = line.row.standing
    return {
        "course": one.course_code,
        "section": one.section,
        "assessment": one.assessment,
        "kind": one.kind,
        "state": line.row.state,
        "opens_at": one.opens_at,
        "due_at": one.due_at,
        "planned": one.planned,
        "students": one.students,
        "needed": one.needed,
        "decided": one.decided,
        "reason": one.closed_reason,
        "teachers": line.teachers,
    }


def _sample_as_json(
    sample: ReminderSample, round_id: str | None, *, again: bool
) -> dict[str, object]:
    found = sample.recipients
    chosen = {one.person.id for one in found.chosen(again=again)}
    return {
        "round": round_id,
        "can_send": sample.can_send,
        "people": [
            {
                "tech_id": one.person.tech_id,
                "assessments": len(one.rows),
                "reminded": one.person.id in chosen,
            }
            for one in found.people
        ],
        "sample": {"subject": sample.sample.subject, "text": sample.sample.text}
        if sample.sample
        else None,
    }
