"""`attain dla`: Directed Learning Activities of a teacher, for scripts and terminals."""

from collections.abc import Sequence
from datetime import datetime

import rich_click as click

from adapters.inbound.cli.actor import as_option
from adapters.inbound.cli.days import DAY, end_of
from adapters.inbound.cli.messages import PARTLY
from adapters.inbound.cli.output import json_option, leave, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.errors import Invalid
from application.queries.student_work.assign_choices import AssignWish, Candidate
from application.queries.student_work.dla_desk import OPEN, DlaFilter
from application.use_cases.student_work.assign_dla import AssignDlaCommand
from application.use_cases.student_work.decide_dlas import DecideDlasCommand
from application.use_cases.student_work.keep_dlas import SaveDlaCommand
from domain.access import Right
from domain.dla import DlaState
from domain.ids import AssignedDlaId, DlaId, PersonId, SectionAssessmentId

_STATES = click.Choice([OPEN, *(state.value for state in DlaState)])
_as_teacher = as_option("The teacher who does it.")
_ids = click.argument("ids", nargs=-1, required=True)


@click.group()
def dla() -> None:
    """DLAs: activities that teachers assign to particular students."""


@dla.command()
@_as_teacher
@json_option
@click.pass_obj
def made(bench: Workbench, tech_id: str, *, as_json: bool) -> None:
    """List the DLAs that a teacher made, newest first, those out of use last."""
    with bench.open_house() as house:
        person = _teacher(house.acting_viewer(tech_id, Right.TEACH).person_id)
        lines = house.dla_desk(person, DlaFilter(), None).made
    if as_json:
        print_json(lines)
        return
    rows = [
        (one.dla.id, one.dla.title, one.slo_code, one.students,
         one.counts.get(DlaState.HANDED_IN, 0), one.dla.retired_at is None)
        for one in lines
    ]  # fmt: skip
    header = ("dla", "title", "slo", "students", "to accept", "in use")
    print_table(header, rows, "No DLA yet. Make one with `attain dla new`.")


@dla.command("list")
@_as_teacher
@click.option("--state", type=_STATES, default=None, help="Only this state.")
@click.option("--section", default="", help="Title or source id of one section.")
@json_option
@click.pass_obj
def list_assigned(
    bench: Workbench, tech_id: str, state: str | None, section: str, *, as_json: bool
) -> None:
    """List the DLAs that students of a teacher's sections have, with their state."""
    with bench.open_house() as house:
        person = _teacher(house.acting_viewer(tech_id, Right.TEACH).person_id)
        wanted = DlaFilter(state or "", house.lookup.section(section) if section else "")
        lines = house.dla_desk(person, wanted, None).lines
    if as_json:
        print_json(lines)
        return
    rows = [
        (n.id, n.tech_id, n.title, n.section_title, n.due_at, n.state, n.handed_in_at)
        for n in lines
    ]
    header = ("id", "student", "dla", "section", "due", "state", "handed in")
    print_table(header, rows, "No student of these sections has a DLA.")


@dla.command()
@_as_teacher
@click.option("--title", required=True)
@click.option("--instructions", required=True, help="What the student does.")
@click.option("--link", "links", multiple=True, help="An address, then what it is; repeatable.")
@click.option("--hand-in", default="", help="What the student hands in.")
@click.option("--slo", default="", help="Code or id of the SLO that it practises.")
@json_option
@click.pass_obj
def new(
    bench: Workbench,
    tech_id: str,
    title: str,
    instructions: str,
    links: Sequence[str],
    hand_in: str,
    slo: str,
    *,
    as_json: bool,
) -> None:
    """Make a DLA; then assign it with `attain dla assign`."""
    with bench.open_house() as house:
        person = _teacher(house.acting_viewer(tech_id, Right.TEACH).person_id)
        slo_id = house.slo_names(slo) if slo else None
        command = SaveDlaCommand(
            person, None, title, instructions, "\n".join(links), hand_in, slo_id
        )
        saved = house.save_dla(command)
    if as_json:
        print_json({"id": saved.id, "title": saved.title})
    else:
        say(f"DLA {saved.id} is made.")


@dla.command()
@click.argument("dla_id")
@_as_teacher
@click.option("--restore", is_flag=True, help="Put it back in use.")
@click.pass_obj
def retire(bench: Workbench, dla_id: str, tech_id: str, *, restore: bool) -> None:
    """Take a DLA out of use; students who have it keep it."""
    with bench.open_house() as house:
        person = house.registers.person(tech_id)
        house.retire_dla(person, DlaId(dla_id), retired=not restore)
    say("It is in use again." if restore else "It is out of use.")


@dla.command()
@click.argument("dla_id")
@click.argument("section")
@_as_teacher
@click.option("--student", "students", multiple=True, help="Tech ID; repeatable.")
@click.option("--below", metavar="SLO", default="", help="Those below the threshold on this SLO.")
@click.option("--assessment", default="", help="With --below: code of the assessment.")
@click.option("--due", type=DAY, help="YYYY-MM-DD, the end of that day.")
@json_option
@click.pass_obj
def assign(
    bench: Workbench,
    dla_id: str,
    section: str,
    tech_id: str,
    students: Sequence[str],
    below: str,
    assessment: str,
    due: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Assign a DLA to students of SECTION: those named, or those below on an SLO."""
    if bool(students) is bool(below):
        raise Invalid("student", "name students, or take --below with --assessment.")
    if bool(below) is not bool(assessment):
        raise Invalid("assessment", "--below and --assessment go together.")
    with bench.open_house() as house:
        person, section_id = house.registers.person(tech_id), house.lookup.section(section)
        work_id: SectionAssessmentId | None = None
        if below:
            work_id = house.registers.work_named(section, assessment)
            rows = house.assign_choices(person, AssignWish(work=work_id)).rows
            row = next((one.id for one in rows if below in {one.id, one.code}), None)
            if row is None:
                raise Invalid("below", f"the assessment shows no SLO {below}.")
            wish = AssignWish(dla=dla_id, section=section_id, work=work_id, row=row)
            chosen = _below(house.assign_choices(person, wish).students)
        else:
            chosen = frozenset(house.lookup.person(one) for one in students)
        ends = end_of(due, house.read_college_rules().time)
        command = AssignDlaCommand(person, DlaId(dla_id), section_id, chosen, ends, work_id)
        report = house.assign_dla(command)
    if as_json:
        print_json(report)
    else:
        say(f"Assigned to {report.assigned}; {report.already} had it already.")


@dla.command()
@_ids
@_as_teacher
@click.option("--word", default="", help="What the students read.")
@json_option
@click.pass_obj
def accept(bench: Workbench, ids: Sequence[str], tech_id: str, word: str, *, as_json: bool) -> None:
    """Accept what was handed in, by ids from `attain dla list`."""
    _decide(bench, ids, tech_id, word, accept=True, as_json=as_json)


@dla.command("return")
@_ids
@_as_teacher
@click.option("--word", required=True, help="What the students are to change.")
@json_option
@click.pass_obj
def give_back(
    bench: Workbench, ids: Sequence[str], tech_id: str, word: str, *, as_json: bool
) -> None:
    """Return what was handed in, by ids from `attain dla list`, with a word."""
    _decide(bench, ids, tech_id, word, accept=False, as_json=as_json)


def _decide(
    bench: Workbench, ids: Sequence[str], tech_id: str, word: str, *, accept: bool, as_json: bool
) -> None:
    asked = [AssignedDlaId(one) for one in ids]
    with bench.open_house() as house:
        person = house.registers.person(tech_id)
        report = house.decide_dlas(DecideDlasCommand(person, asked, accept, word))
    if as_json:
        print_json(report)
    else:
        done = "accepted" if accept else "returned"
        say(f"{report.decided} {done}; {report.left} could not be.")
    leave(PARTLY if report.left else 0)


def _below(students: Sequence[Candidate]) -> frozenset[PersonId]:
    return frozenset(one.id for one in students if one.below)


def _teacher(person_id: PersonId | None) -> PersonId:
    if person_id is None:
        raise Invalid("as", "give the Tech ID of exactly one active person.")
    return person_id
