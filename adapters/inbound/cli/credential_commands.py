"""`attain credentials`, `attain portfolio`: signing keys, and what a student keeps and shares."""

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from domain.credential import SigningKey


@click.group()
def credentials() -> None:
    """Credentials of students: the keys that sign them."""


@credentials.group()
def key() -> None:
    """The college's signing keys."""


@key.command("new")
@json_option
@click.pass_obj
def new_key(bench: Workbench, *, as_json: bool) -> None:
    """Make a key that signs from now on. Earlier ones stay published, so what they signed holds."""
    with bench.open_house() as house:
        made = house.make_signing_key(ACTOR)
    if as_json:
        print_json(_told(made))
    else:
        say(f"The key {made.id} signs from now on.")


@key.command("list")
@json_option
@click.pass_obj
def list_keys(bench: Workbench, *, as_json: bool) -> None:
    """List the keys, newest first."""
    with bench.open_house() as house:
        keys = house.list_signing_keys()
    if as_json:
        print_json([_told(one) for one in keys])
        return
    print_table(
        ["Id", "State", "Made", "Retired"],
        [(one.id, _state(one), one.made_at, one.retired_at) for one in keys],
        "There is no key yet. The first collection of a student makes one.",
    )


@click.group()
def portfolio() -> None:
    """EPortfolios of students."""


@portfolio.command("list")
@click.argument("tech_id")
@json_option
@click.pass_obj
def list_collections(bench: Workbench, tech_id: str, *, as_json: bool) -> None:
    """List the collections of a student and how often each is shared; not what is in them."""
    with bench.open_house() as house:
        view = house.portfolio_page(house.person_by_tech_id(tech_id).id)
    if as_json:
        print_json(view)
        return
    print_table(
        ["Id", "Title", "Items", "Open shares", "Changed", "Removed"],
        [
            (one.id, one.title, one.items, one.open_shares, one.changed_at, removed)
            for removed, lines in ((False, view.collections), (True, view.removed))
            for one in lines
        ],
        "There is no collection.",
    )


def _told(one: SigningKey) -> dict[str, object]:
    """Without the private half."""
    return {
        "id": one.id, "state": _state(one), "made_at": one.made_at, "retired_at": one.retired_at,
    }  # fmt: skip


def _state(one: SigningKey) -> str:
    return "signs" if one.active else "retired"
