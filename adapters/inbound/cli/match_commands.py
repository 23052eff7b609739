"""`attain match`: matching rules, a trial of them, and the queue of launches that wait."""

from pathlib import Path

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.messages import REFUSED
from adapters.inbound.cli.output import json_option, leave, print_json, print_table, say
from adapters.inbound.cli.queue_commands import queue
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.files.json_file import decode_file
from application.use_cases.matching.matching_rules import SaveMatchingRuleCommand
from application.use_cases.matching.try_rule import RuleTrialReport, TryRuleCommand
from domain.identity import LocalField
from domain.ids import PersonId
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


@match.command("try")
@click.argument("audience", type=_AUDIENCES, metavar="AUDIENCE")
@click.argument("lti_param")
@click.argument("local_field", type=_FIELDS, metavar="LOCAL_FIELD")
@json_option
@click.pass_obj
def try_rule(
    bench: Workbench, audience: str, lti_param: str, local_field: str, *, as_json: bool
) -> None:
    """Try a rule, without saving it, on launches that were made and on Canvas users.

    Tells how many would match, how many nobody, how many more than one, and who would be
    another person than now.
    """
    command = TryRuleCommand(Audience(audience), lti_param, local_field)
    with bench.open_house() as house:
        report = house.run(house.try_rule(command))
    if as_json:
        print_json(report)
    else:
        _tell(report)


match.add_command(queue)


def _tell(report: RuleTrialReport) -> None:
    """The figures, and the changes with the Tech IDs of the people."""
    tried = [("launches", report.launches.trial)]
    tried += [(f"users of {one.site}", one.trial) for one in report.users if one.trial]
    header = ("of", "tried", "match", "nobody", "ambiguous", "others", "changed")
    rows = [
        (name, one.tried, one.matched, one.nobody, one.ambiguous, one.others, one.changed)
        for name, one in tried
    ]
    print_table(header, rows, "Nothing to try.")
    for one in report.users:
        if one.unread:
            say(f"Users of {one.site} were not tried: {one.unread}.")
        elif one.stopped:
            say(f"Only the first {one.most} users of {one.site} were tried.")
    people = {who: person.tech_id for who, person in report.people.items()}
    changes = [
        (name, change.value or "nothing", people.get(change.before or PersonId("")),
         people.get(change.after or PersonId(""), change.reason))
        for name, trial in tried
        for change in trial.changes
    ]  # fmt: skip
    print_table(("of", "sent", "is now", "would be"), changes, "Nobody would change.")
