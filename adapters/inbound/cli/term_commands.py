"""`attain term`: terms, and terms made by hand."""

from datetime import datetime

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.days import DAY
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.use_cases.rosters.keep_orgs import SaveTermCommand


@click.group()
def term() -> None:
    """Terms."""


@term.command("list")
@json_option
@click.pass_obj
def list_terms(bench: Workbench, *, as_json: bool) -> None:
    """List terms, the newest first."""
    with bench.open_house() as house:
        lines = house.list_terms()
    if as_json:
        print_json(lines)
        return
    rows = [
        (one.term.name, one.term.kind, one.term.starts_on, one.term.ends_on, one.sections,
         "current" if one.current else "" if one.term.active else "ended")
        for one in lines
    ]  # fmt: skip
    header = ("term", "kind", "first day", "last day", "sections", "standing")
    print_table(header, rows, "No term yet.")


@term.command()
@click.option("--name", required=True, help="Such as 'Fall 2026'.")
@click.option("--from", "starts", type=DAY, required=True, help="First day, 2026-08-24.")
@click.option("--to", "ends", type=DAY, required=True, help="Last day.")
@click.option("--kind", default="semester", show_default=True)
@click.pass_obj
def new(bench: Workbench, name: str, starts: datetime, ends: datetime, kind: str) -> None:
    """Make a term by hand. No roster ends it."""
    command = SaveTermCommand(ACTOR, None, name, kind, starts.date(), ends.date())
    with bench.open_house() as house:
        made = house.save_term(command)
    say(f"{made.name} is made.")


@term.command()
@click.argument("name")
@click.option("--name", "new_name", metavar="NEW", help="Another name.")
@click.option("--from", "starts", type=DAY, help="First day.")
@click.option("--to", "last", type=DAY, help="Last day.")
@click.option("--kind")
@click.option("--end/--restore", "ends", default=None, help="End the term, or undo that.")
@click.pass_obj
def edit(
    bench: Workbench,
    name: str,
    new_name: str | None,
    starts: datetime | None,
    last: datetime | None,
    kind: str | None,
    *,
    ends: bool | None,
) -> None:
    """Change a term. What is left out stays."""
    with bench.open_house() as house:
        term_id = house.lookup.term(name)
        now = next(one.term for one in house.list_terms() if one.term.id == term_id)
        command = SaveTermCommand(
            ACTOR,
            now.id,
            new_name or now.name,
            kind or now.kind,
            starts.date() if starts else now.starts_on,
            last.date() if last else now.ends_on,
            now.active if ends is None else not ends,
        )
        saved = house.save_term(command)
    say(f"{saved.name} is saved.")
