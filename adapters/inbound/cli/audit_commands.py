"""`attain audit`: the trail of deeds, and the proof that nobody changed it."""

from datetime import UTC, datetime

import rich_click as click

from adapters.inbound.cli.messages import REFUSED
from adapters.inbound.cli.output import (
    json_option,
    leave,
    print_csv,
    print_json,
    print_table,
    say,
)
from adapters.inbound.cli.workbench import Workbench
from application.queries.settings.audit_trail import ReadAudit
from domain.audit import AuditEntry, AuditFilter

_MOST_SHOWN = 500
_MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


@click.group(invoke_without_command=True)
@click.option("--since", type=_MOMENT, help="From this moment on, in UTC.")
@click.option("--until", type=_MOMENT, help="Before this moment, in UTC.")
@click.option("--who", default="", help="A Tech ID, a login, or `command line`.")
@click.option("--did", default="", help="How the deed begins, such as `imported`.")
@click.option("--to", "subject", default="", help="How the record begins, such as `person:`.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV for spreadsheets.")
@json_option
@click.pass_context
def audit(
    ctx: click.Context,
    since: datetime | None,
    until: datetime | None,
    who: str,
    did: str,
    subject: str,
    *,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Show who did what to which record, oldest first; files have all, a terminal the newest."""
    if ctx.invoked_subcommand is not None:
        return
    bench = ctx.ensure_object(Workbench)
    with bench.open_house() as house:
        read = house.read_audit
        wanted = AuditFilter(_utc(since), _utc(until), read.actor(who), did, subject)
        if as_json:
            print_json(list(read.oldest_first(wanted)))
        elif as_csv:
            print_csv(_HEADER, (_row(entry) for entry in read.oldest_first(wanted)))
        else:
            _print_newest(read, wanted)


_HEADER = ("number", "at", "who", "did", "to", "details")


def _print_newest(read: ReadAudit, wanted: AuditFilter) -> None:
    found = read(wanted, limit=_MOST_SHOWN)
    rows = [_row(entry) for entry in reversed(found.entries)]
    print_table(("", *_HEADER[1:]), rows, "Nothing is recorded there.")
    if found.older is not None:
        say(f"The newest {_MOST_SHOWN}; narrow it, or take --csv or --json for all.")


def _row(entry: AuditEntry) -> tuple[object, ...]:
    return entry.number, entry.at, entry.actor, entry.verb, entry.subject, entry.details


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=UTC)


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
