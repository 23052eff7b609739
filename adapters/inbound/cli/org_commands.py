"""`attain org`: the tree of orgs, and orgs made by hand."""

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.use_cases.rosters.keep_orgs import SaveOrgCommand

_KIND = "Such as college, division, department or program."


@click.group()
def org() -> None:
    """Orgs: the tree of the college."""


@org.command("list")
@click.option("--ended", is_flag=True, help="Those that have ended, too.")
@json_option
@click.pass_obj
def list_orgs(bench: Workbench, *, ended: bool, as_json: bool) -> None:
    """List orgs as a tree."""
    with bench.open_house() as house:
        lines = house.list_orgs(ended=ended)
    if as_json:
        print_json(lines)
        return
    rows = [
        ("  " * one.depth + one.org.name, one.org.code, one.org.kind, one.courses, one.holders,
         one.paired or None, "" if one.org.active else "ended")
        for one in lines
    ]  # fmt: skip
    header = ("org", "code", "kind", "courses", "roles", "Canvas account", "standing")
    print_table(header, rows, "No org yet.")


@org.command()
@click.argument("code")
@json_option
@click.pass_obj
def show(bench: Workbench, code: str, *, as_json: bool) -> None:
    """Show one org, what is below it, and who holds roles there."""
    with bench.open_house() as house:
        view = house.read_org(house.lookup.org(code))
    if as_json:
        print_json(view)
        return
    say(f"{view.org.name} ({view.org.code}), {view.org.kind}, {view.courses} courses")
    for below in view.below:
        say(f"  {below.name} ({below.code})")
    rows = [(one.person.list_name, one.person.tech_id, one.role) for one in view.holders]
    print_table(("name", "Tech ID", "role"), rows, "Nobody holds a role here.")


@org.command()
@click.option("--code", required=True)
@click.option("--name", required=True)
@click.option("--kind", default="department", show_default=True, help=_KIND)
@click.option("--parent", metavar="CODE", help="The org above; else at the root.")
@click.pass_obj
def new(bench: Workbench, code: str, name: str, kind: str, parent: str | None) -> None:
    """Make an org by hand. No roster ends it."""
    with bench.open_house() as house:
        parent_id = house.lookup.org(parent) if parent else None
        made = house.save_org(SaveOrgCommand(ACTOR, None, code, name, kind, parent_id))
    say(f"{made.code} is made.")


@org.command()
@click.argument("code")
@click.option("--code", "new_code", metavar="NEW", help="Another code.")
@click.option("--name")
@click.option("--kind", help=_KIND)
@click.option("--parent", metavar="CODE", help="Move it below this org; '' to the root.")
@click.option("--end/--restore", "ends", default=None, help="End the org, or undo that.")
@click.pass_obj
def edit(
    bench: Workbench,
    code: str,
    new_code: str | None,
    name: str | None,
    kind: str | None,
    parent: str | None,
    *,
    ends: bool | None,
) -> None:
    """Change an org. What is left out stays."""
    with bench.open_house() as house:
        now = house.read_org(house.lookup.org(code)).org
        above = house.lookup.org(parent) if parent else None
        command = SaveOrgCommand(
            ACTOR,
            now.id,
            new_code or now.code,
            name or now.name,
            kind or now.kind,
            now.parent_id if parent is None else above,
            now.active if ends is None else not ends,
        )
        saved = house.save_org(command)
    say(f"{saved.code} is saved.")
