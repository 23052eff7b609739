"""`attain lti`: the switch, consumer keys, the tool's configuration."""

from datetime import timedelta

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.lti.tool_configuration import launch_url, tool_configuration
from application.errors import NotFound
from application.use_cases.lms.consumer_keys import (
    ConsumerKeyLine,
    Credentials,
    NewConsumerKeyCommand,
    RevokeConsumerKeyCommand,
    RotateConsumerKeyCommand,
    ShowSharedSecretCommand,
)
from application.use_cases.lms.lti_switch import SetLtiSwitchCommand


@click.group()
def lti() -> None:
    """LTI: the switch, keys, configuration."""


@lti.command()
@click.pass_obj
def enable(bench: Workbench) -> None:
    """Let launches in, from now on."""
    _switch(bench, enabled=True)


@lti.command()
@click.pass_obj
def disable(bench: Workbench) -> None:
    """Refuse launches politely, from now on; keys and links stay."""
    _switch(bench, enabled=False)


@lti.command()
@json_option
@click.pass_obj
def status(bench: Workbench, *, as_json: bool) -> None:
    """Tell whether launches are let in, and where they go."""
    with bench.open_house() as house:
        enabled, address = house.read_lti_switch(), launch_url(house.base_url)
    if as_json:
        print_json({"enabled": enabled, "launch_url": address})
    else:
        say(f"LTI is {'enabled' if enabled else 'disabled'}. Launch URL: {address}")


@lti.command("config-xml")
@click.pass_obj
def config_xml(bench: Workbench) -> None:
    """Print the XML for Canvas' *Paste XML* form."""
    with bench.open_house() as house:
        click.echo(tool_configuration(house.base_url))


@lti.group()
def key() -> None:
    """Consumer keys and their shared secrets."""


@key.command()
@click.option("--label", default="", help="A note for yourself, such as Production.")
@click.option("--key", "wanted", help="Use this key instead of a fresh one.")
@click.option("--secret", help="Use this secret; others may read it in the process list.")
@json_option
@click.pass_obj
def new(
    bench: Workbench, label: str, wanted: str | None, secret: str | None, *, as_json: bool
) -> None:
    """Make a consumer key and its shared secret."""
    command = NewConsumerKeyCommand(ACTOR, label, wanted, secret)
    with bench.open_house() as house:
        _print_pair(house.new_consumer_key(command), as_json=as_json)


@key.command("list")
@json_option
@click.pass_obj
def list_keys(bench: Workbench, *, as_json: bool) -> None:
    """List all keys, newest first, without their secrets."""
    with bench.open_house() as house:
        keys = house.list_consumer_keys()
    if as_json:
        print_json(keys)
    else:
        _print_keys(keys)


@key.command()
@click.argument("key")
@click.option("--secret", is_flag=True, help="Show the shared secret; the audit trail notes it.")
@json_option
@click.pass_obj
def show(bench: Workbench, key: str, *, secret: bool, as_json: bool) -> None:
    """Show one key; with --secret, its shared secret."""
    with bench.open_house() as house:
        if secret:
            pair = house.show_shared_secret(ShowSharedSecretCommand(ACTOR, key))
            _print_pair(pair, as_json=as_json)
            return
        found = [line for line in house.list_consumer_keys() if line.key == key]
    if not found:
        raise NotFound("This consumer key")
    if as_json:
        print_json(found[0])
    else:
        _print_keys(found)


@key.command()
@click.argument("key")
@click.option(
    "--overlap-days",
    type=click.IntRange(0, 90),
    default=7,
    show_default=True,
    help="How long the former secret stays good.",
)
@json_option
@click.pass_obj
def rotate(bench: Workbench, key: str, overlap_days: int, *, as_json: bool) -> None:
    """Give a key a new secret; the former one stays good for a while."""
    command = RotateConsumerKeyCommand(ACTOR, key, timedelta(days=overlap_days))
    with bench.open_house() as house:
        _print_pair(house.rotate_consumer_key(command), as_json=as_json)


@key.command()
@click.argument("key")
@click.pass_obj
def revoke(bench: Workbench, key: str) -> None:
    """Refuse launches with this key from now on."""
    with bench.open_house() as house:
        house.revoke_consumer_key(RevokeConsumerKeyCommand(ACTOR, key))
    say(f"{key} is revoked.")


def _switch(bench: Workbench, *, enabled: bool) -> None:
    with bench.open_house() as house:
        house.set_lti_switch(SetLtiSwitchCommand(ACTOR, enabled))
    say(f"LTI is {'enabled' if enabled else 'disabled'}.")


def _print_pair(pair: Credentials, *, as_json: bool) -> None:
    if as_json:
        print_json(pair)
    else:
        say(f"Consumer key:  {pair.key}\nShared secret: {pair.secret}")


def _print_keys(keys: list[ConsumerKeyLine]) -> None:
    print_table(
        ("key", "label", "state", "made", "last used"),
        [(k.key, k.label, k.state, k.created_at, k.last_used_at) for k in keys],
        "There is no consumer key yet. Make one with `attain lti key new`.",
    )
