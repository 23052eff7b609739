"""`attain match`: matching rules, a trial of them, and the queue of launches that wait."""

from pathlib import Path

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.messages import REFUSED
from adapters.inbound.cli.output import json_option, leave, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.files.json_file import decode_file
from application.use_cases.matching_queue import ResolveQueuedCommand
from application.use_cases.matching_rules import SaveMatchingRuleCommand
from domain.identity import LocalField
from domain.ids import LaunchId
from domain.launch import Audience

_AUDIENCES = click.Choice([audience.value for audience in Audience])
_FIELDS = click.Choice([field.value for field in LocalField])


@click.group()
def match() -> None:
    """How launches find their person."""


@match.command()
@json_option
@click.pass_obj
def show(bench: Workbench, *, as_json: bool) -> None:
    """Show both rules: for users (faculty and staff) and for students."""
    with bench.open_house() as house:
        rules = house.read_matching_rules()
    if as_json:
        print_json(rules)
    else:
        for audience in Audience:
            rule = rules.of(audience)
            say(f"{audience:8}{rule.lti_param} against {rule.local_field}")


@match.command("set")
@click.argument("audience", type=_AUDIENCES, metavar="AUDIENCE")
@click.argument("lti_param")
@click.argument("local_field", type=_FIELDS, metavar="LOCAL_FIELD")
@click.pass_obj
def set_rule(bench: Workbench, audience: str, lti_param: str, local_field: str) -> None:
    """Compare LTI_PARAM of a launch with LOCAL_FIELD, from the next launch on.

    AUDIENCE is user (faculty and staff) or student, LOCAL_FIELD is tech-id, login or email.
    """
    command = SaveMatchingRuleCommand(ACTOR, Audience(audience), lti_param, local_field)
    with bench.open_house() as house:
        rule = house.save_matching_rule(command)
    say(f"{audience}: {rule.lti_param} against {rule.local_field}")


@match.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def test(bench: Workbench, file: Path, *, as_json: bool) -> None:
    """Try the rules on FILE, a JSON object of launch parameters; exit code 3 for no match."""
    params = decode_file(file, dict[str, str])
    with bench.open_house() as house:
        trial = house.try_match(params)
    if as_json:
        print_json(trial)
    else:
        value = "nothing" if trial.value is None else f"'{trial.value}'"
        people = f" ({', '.join(trial.tech_ids)})" if trial.tech_ids else ""
        say(
            f"As {trial.audience}: {trial.lti_param} is {value}, compared with "
            f"{trial.local_field}: {trial.outcome}{people}."
        )
    leave(0 if trial.outcome == "matched" else REFUSED)


@match.group()
def queue() -> None:
    """Launches whose person a steward must name."""


@queue.command("list")
@json_option
@click.pass_obj
def list_queue(bench: Workbench, *, as_json: bool) -> None:
    """List who waits, newest first, one line for each LMS user."""
    with bench.open_house() as house:
        waiting = house.read_launch_log().queue
    if as_json:
        print_json(waiting)
    else:
        rows = [
            (r.id, r.at, r.reason, r.compared, r.context_label, r.roles, r.reference)
            for r in waiting
        ]
        header = ("id", "launched", "reason", "compared", "course", "roles", "reference")
        print_table(header, rows, "Nobody waits.")


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
@json_option
@click.pass_obj
def replay(bench: Workbench, *, as_json: bool) -> None:
    """Bring over the scores of people who were named since their scores were imported."""
    with bench.open_house() as house:
        replayed = house.replay_imports(ACTOR)
    if as_json:
        print_json(replayed)
    else:
        written = sum(one.written for one in replayed)
        say(f"{written} scores imported by {len(replayed)} imports.")
