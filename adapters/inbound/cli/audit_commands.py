"""`attain audit`: the trail of deeds, and the proof that nobody changed it."""

from datetime import UTC, datetime

import rich_click as click

from adapters.inbound.cli.messages import REFUSED
from adapters.inbound.cli.output import json_option, leave, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench

_MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


@click.group(invoke_without_command=True)
@click.option("--since", type=_MOMENT, help="From this moment on, in UTC.")
@json_option
@click.pass_context
def audit(ctx: click.Context, since: datetime | None, *, as_json: bool) -> None:
    """Show who did what to which record, oldest first."""
    if ctx.invoked_subcommand is not None:
        return
    bench = ctx.ensure_object(Workbench)
    moment = None if since is None else since.replace(tzinfo=UTC)
    with bench.open_house() as house:
        entries = house.read_audit(moment)
    if as_json:
        print_json(entries)
        return
    rows = [(e.number, e.at, e.actor, e.verb, e.subject, e.details) for e in entries]
    header = ("", "at", "who", "did", "to", "details")
    print_table(header, rows, "Nothing is recorded there.")


@audit.command()
@json_option
@click.pass_obj
def verify(bench: Workbench, *, as_json: bool) -> None:
    """Prove that no entry was changed or taken out; exit code 3 when one was."""
    with bench.open_house() as house:
        proof = house.verify_audit()
    if as_json:
        print_json(proof)
    elif proof.broken_at is None:
        say(f"The trail is whole. Entries: {proof.entries}.")
    else:
        say(f"Entry {proof.broken_at} does not follow from those before it.")
    leave(0 if proof.broken_at is None else REFUSED)
