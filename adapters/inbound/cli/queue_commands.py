"""`attain match queue`: who waits for a decision, decisions and their undoing."""

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.queries.matching.matching_queue_page import CaseDetail
from application.use_cases.matching.dismiss_case import DismissCaseCommand
from application.use_cases.matching.matching_queue import ResolveQueuedCommand
from domain.ids import LaunchId, MatchingDecisionId
from domain.matching_case import CaseKind

_KINDS = click.Choice([kind.value for kind in CaseKind])
_ALL = 1_000_000
"""Scripts want the whole queue, not a page of it."""


@click.group()
def queue() -> None:
    """Launches and people that a steward must decide about."""


@queue.command("list")
@click.option("--kind", type=_KINDS, help="Only cases of this kind.")
@json_option
@click.pass_obj
def list_queue(bench: Workbench, kind: str | None, *, as_json: bool) -> None:
    """List what waits, newest launch first, one line for each LMS user, then duplicate people."""
    with bench.open_house() as house:
        found = house.read_queue(CaseKind(kind) if kind else None, size=_ALL)
    if as_json:
        print_json(found.cases)
        return
    rows = [
        (
            one.id, one.kind, one.at, one.reason, one.compared, one.context_label, one.roles,
            one.reference,
        )
        for one in found.cases
    ]  # fmt: skip
    header = ("id", "kind", "launched", "reason", "compared", "course", "roles", "reference")
    print_table(header, rows, "Nobody waits.")


@queue.command()
@click.argument("case_id", metavar="ID")
@click.option("--find", default="", metavar="WORDS", help="Find further people by these words.")
@json_option
@click.pass_obj
def show(bench: Workbench, case_id: str, find: str, *, as_json: bool) -> None:
    """Show one case: what was sent, ids masked, and who it might be, with the reasons."""
    with bench.open_house() as house:
        detail = house.read_case(case_id, find)
    if as_json:
        print_json(detail)
    else:
        _tell(detail)


@queue.command()
@click.argument("launch_id", metavar="ID")
@click.option("--person", "tech_id", required=True, metavar="TECH_ID")
@click.pass_obj
def resolve(bench: Workbench, launch_id: str, tech_id: str) -> None:
    """Decide that the LMS user behind launch ID is the person with TECH_ID."""
    command = ResolveQueuedCommand(ACTOR, LaunchId(launch_id), tech_id)
    with bench.open_house() as house:
        house.resolve_queued(command)
    say(f"Resolved to {tech_id}. The next launch goes through.")


@queue.command()
@click.argument("case_id", metavar="ID")
@click.option("--reason", required=True, help="Why nothing is to be done.")
@click.pass_obj
def dismiss(bench: Workbench, case_id: str, reason: str) -> None:
    """Put case ID aside until something else is sent."""
    with bench.open_house() as house:
        house.dismiss_case(DismissCaseCommand(ACTOR, case_id, reason))
    say("Dismissed.")


@queue.command()
@json_option
@click.pass_obj
def decisions(bench: Workbench, *, as_json: bool) -> None:
    """List what was decided, newest first, undone decisions too."""
    with bench.open_house() as house:
        found = house.read_decisions(size=_ALL)
    if as_json:
        print_json(found.decisions)
        return
    rows = [
        (one.id, one.decided_at, one.kind, one.verdict, one.compared, one.reason, one.stands)
        for one in found.decisions
    ]
    header = ("id", "decided", "kind", "decision", "compared", "reason", "stands")
    print_table(header, rows, "Nothing was decided yet.")


@queue.command()
@click.argument("decision_id", metavar="DECISION")
@click.pass_obj
def undo(bench: Workbench, decision_id: str) -> None:
    """Take DECISION back: the case waits again, a merge comes apart."""
    with bench.open_house() as house:
        house.undo_decision(MatchingDecisionId(decision_id), ACTOR)
    say("Undone.")


@queue.command()
@json_option
@click.pass_obj
def replay(bench: Workbench, *, as_json: bool) -> None:
    """Look again at who waits; make up for what launches and imports left undone."""
    with bench.open_house() as house:
        told = house.replay_queue(ACTOR)
    if as_json:
        print_json(told)
    else:
        say(
            f"{told.settled} settled by themselves, {told.launches} launches gone through, "
            f"{told.scores} scores imported by {len(told.imports)} imports."
        )


def _tell(detail: CaseDetail) -> None:
    case = detail.case
    say(f"{case.kind}: {case.reason}")
    print_table(("parameter", "value"), detail.sent, "What was sent is not kept.")
    people = [(one.person, ", ".join(one.reasons)) for one in detail.candidates]
    people += [(person, "shares a value") for person in detail.people.values() if not people]
    people += [(person, "found by your words") for person in detail.found]
    rows = [(who.tech_id, who.full_name, who.login, who.active, why) for who, why in people]
    print_table(("tech id", "name", "login", "active", "why"), rows, "No candidates.")
