"""`attain action-plan`: ask for action plans, look at them, move them on."""

from datetime import datetime

import rich_click as click

from adapters.inbound.cli.actor import TERMINAL
from adapters.inbound.cli.days import DAY, end_of
from adapters.inbound.cli.output import json_option, print_json, print_rows, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.queries.improvement.action_plan_list import ActionPlanFilter, ListedPlan
from application.queries.improvement.action_plan_page import ActionPlanView
from application.use_cases.improvement.move_action_plan import (
    FollowUpActionPlanCommand,
    MoveActionPlanCommand,
)
from application.use_cases.improvement.start_action_plan import StartActionPlanCommand
from domain.ids import ActionPlanId, SectionAssessmentId, SloId
from domain.improvement.action_plan import ActionPlanState, OwnerKind, PlanMove

_KINDS = click.Choice([OwnerKind.SECTION.value, OwnerKind.COURSE.value, OwnerKind.ORG.value])
_STATES = click.Choice(["open", *(state.value for state in ActionPlanState)])
_MOVES = click.Choice(["approve", "send back", "start", "finish", "withdraw"])
_HEADER = ("id", "title", "owner", "term", "slos", "answer due", "by when", "state")


@click.group("action-plan")
def action_plan() -> None:
    """Action plans: what will change because of results."""


@action_plan.command("list")
@click.option("--term", default="", help="Name or source id; all terms without.")
@click.option("--state", type=_STATES, default=None, help="Only this state; open: not ended.")
@json_option
@click.pass_obj
def list_plans(bench: Workbench, term: str, state: str | None, *, as_json: bool) -> None:
    """List action plans, newest first."""
    with bench.open_house() as house:
        term_id = house.plan_choices.term(term) if term else ""
        lines = house.action_plan_list.all(TERMINAL, ActionPlanFilter(term_id, state or ""))
    rows = [_row(line) for line in lines]
    print_rows(
        _HEADER, rows, "There is no action plan. See `attain action-plan request`.", as_json=as_json
    )


@action_plan.command()
@click.argument("plan_id", metavar="ID")
@json_option
@click.pass_obj
def show(bench: Workbench, plan_id: str, *, as_json: bool) -> None:
    """Show one action plan with its answers, its history and what can be cited."""
    with bench.open_house() as house:
        view = house.action_plan_page(TERMINAL, ActionPlanId(plan_id))
    if as_json:
        print_json(_as_json(view))
        return
    plan = view.plan
    say(f"{plan.title}: {view.owner} ({plan.owner.kind}), {view.term}, {plan.state}")
    for answer in plan.answers:
        say(f"\n{answer.prompt}\n  {answer.text or '-'}")
    say(f"\nWho: {plan.who or '-'}. By when: {plan.by_when or '-'}.")
    steps = [(taken.step.at, taken.step.move, taken.by, taken.step.note) for taken in view.history]
    print_table(("when", "move", "by", "note"), steps, "")
    cited = [(one.work_id, one.slo_code, one.assessment, one.section, one.term.name)
             for one in view.citable]  # fmt: skip
    if cited:
        say("\nLater results that can be cited:")
        print_table(("work", "slo", "assessment", "section", "term"), cited, "")


@action_plan.command()
@click.argument("title")
@click.option("--for", "names", multiple=True, required=True, metavar="NAME",
              help="Section Title, Course Code or org code; may be repeated.")  # fmt: skip
@click.option("--kind", type=_KINDS, default=OwnerKind.SECTION.value, show_default=True)
@click.option("--term", default="", help="Name or source id; the current one without.")
@click.option("--assessment", multiple=True, metavar="CODE", help="Whose results it answers.")
@click.option("--slo", multiple=True, metavar="CODE", help="All that those measure, without.")
@click.option("--template", default="", metavar="ID", help="Its questions are asked.")
@click.option("--person", multiple=True, metavar="TECH_ID", help="Who is asked by name.")
@click.option("--reason", default="", help="Why it is asked for.")
@click.option("--due", type=DAY, default=None, help="When the answer is due, YYYY-MM-DD.")
@json_option
@click.pass_obj
def request(
    bench: Workbench,
    title: str,
    names: tuple[str, ...],
    kind: str,
    term: str,
    assessment: tuple[str, ...],
    slo: tuple[str, ...],
    template: str,
    person: tuple[str, ...],
    reason: str,
    due: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Ask for an action plan called TITLE, one for each owner that is named."""
    with bench.open_house() as house:
        due_at = end_of(due, house.read_college_rules().time)
        command = StartActionPlanCommand(
            TERMINAL, title, OwnerKind(kind), names, ask=True, term=term, slos=slo,
            assessments=assessment, template=template, people=person, reason=reason, due_at=due_at,
        )  # fmt: skip
        made = house.start_action_plan(command)
    if as_json:
        print_json([plan.id for plan in made])
        return
    for plan in made:
        say(f"Requested: {plan.id}")


@action_plan.command()
@json_option
@click.pass_obj
def templates(bench: Workbench, *, as_json: bool) -> None:
    """List the templates of questions, for action plans and for requests."""
    with bench.open_house() as house:
        found = house.question_template_list(TERMINAL)
    rows = [(one.id, one.name, one.use, org, len(one.questions), one.offered)
            for one, _, org in found]  # fmt: skip
    header = ("id", "name", "for", "org", "questions", "offered")
    print_rows(header, rows, "There is no template.", as_json=as_json)


@action_plan.command()
@click.argument("plan_id", metavar="ID")
@click.argument("move", type=_MOVES, metavar="MOVE")
@click.option("--note", default="", help="Needed to send back, and to finish.")
@click.pass_obj
def move(bench: Workbench, plan_id: str, move: str, note: str) -> None:
    """Move on an action plan: MOVE is approve, "send back", start, finish or withdraw."""
    command = MoveActionPlanCommand(TERMINAL, ActionPlanId(plan_id), PlanMove(move), note)
    with bench.open_house() as house:
        plan = house.move_action_plan(command)
    say(f"The action plan is {plan.state}.")


@action_plan.command("follow-up")
@click.argument("plan_id", metavar="ID")
@click.argument("work_id", metavar="WORK")
@click.argument("slo", metavar="SLO")
@click.option("--result", required=True, help="What the later result shows.")
@click.pass_obj
def follow_up(bench: Workbench, plan_id: str, work_id: str, slo: str, result: str) -> None:
    """Close the loop by the later result WORK of SLO; `show` lists what can be cited."""
    with bench.open_house() as house:
        view = house.action_plan_page(TERMINAL, ActionPlanId(plan_id))
        slo_id = next((one.id for one in view.slos if slo in {one.code, one.id}), SloId(slo))
        command = FollowUpActionPlanCommand(
            TERMINAL, view.plan.id, slo_id, SectionAssessmentId(work_id), result
        )
        plan = house.follow_up_action_plan(command)
    say(f"The action plan is {plan.state}.")


def _row(line: ListedPlan) -> tuple[object, ...]:
    plan = line.plan
    owner = f"{line.owner} ({plan.owner.kind})"
    return (
        plan.id, plan.title, owner, line.term, line.slos, plan.due_at, plan.by_when, plan.state,
    )  # fmt: skip


def _as_json(view: ActionPlanView) -> dict[str, object]:
    plan = view.plan
    return {
        "id": plan.id,
        "title": plan.title,
        "owner": {"kind": plan.owner.kind, "name": view.owner},
        "term": view.term,
        "state": plan.state,
        "reason": plan.reason,
        "slos": [slo.code for slo in view.slos],
        "results": view.works,
        "answers": plan.answers,
        "who": plan.who,
        "by_when": plan.by_when,
        "resources": plan.resources,
        "due_at": plan.due_at,
        "history": [{"by": taken.by, **_step(taken.step)} for taken in view.history],
        "follow_up": plan.follow_up,
        "citable": view.citable,
    }


def _step(step: object) -> dict[str, object]:
    return {name: getattr(step, name) for name in ("move", "state", "at", "note")}
