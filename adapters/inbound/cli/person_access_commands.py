"""`attain person sessions`, `sign-out` and `password`."""

import sys

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.use_cases.access.end_sessions import EndSessionCommand, SignOutEverywhereCommand
from application.use_cases.access.passwords import RemovePasswordCommand, SetPasswordCommand


@click.command()
@click.argument("tech_id")
@json_option
@click.pass_obj
def sessions(bench: Workbench, tech_id: str, *, as_json: bool) -> None:
    """List the live sessions of a person, newest first."""
    with bench.open_house() as house:
        listed = house.list_sessions(house.lookup.person(tech_id))
    if as_json:
        print_json(listed)
        return
    rows = [
        (one.handle, one.opened, one.lms_origin or None, one.role, one.org or None,
         one.started_at, one.seen_at)
        for one in listed
    ]  # fmt: skip
    header = ("session", "began by", "LMS", "role", "org", "started", "last seen")
    print_table(header, rows, "No live session.")


@click.command("sign-out")
@click.argument("tech_id")
@click.option("--session", "handle", metavar="SESSION", help="Only this one, as listed.")
@click.pass_obj
def sign_out(bench: Workbench, tech_id: str, handle: str | None) -> None:
    """End all sessions of a person, or one of them."""
    with bench.open_house() as house:
        person_id = house.lookup.person(tech_id)
        if handle is None:
            ended = house.sign_out_everywhere(SignOutEverywhereCommand(ACTOR, person_id))
        else:
            house.end_session(EndSessionCommand(ACTOR, person_id, handle))
            ended = 1
    say(f"{ended} {'session' if ended == 1 else 'sessions'} ended.")


@click.command()
@click.argument("tech_id")
@click.option("--remove", is_flag=True, help="Take the password away; other ways in stay.")
@click.pass_obj
def password(bench: Workbench, tech_id: str, *, remove: bool) -> None:
    """Set a local password, asked for here or read from standard input.

    It is never taken from the command line itself, where others could read it. The
    person's sessions end.
    """
    with bench.open_house() as house:
        person_id = house.lookup.person(tech_id)
        if remove:
            house.remove_password(RemovePasswordCommand(ACTOR, person_id))
            say(f"{tech_id} has no local password any more.")
            return
        house.set_password(SetPasswordCommand(ACTOR, person_id, _asked()))
    say(f"The password of {tech_id} is set. The person's sessions have ended.")


def _asked() -> str:
    """From a person at a terminal, twice and unseen; else the first line of the input."""
    if sys.stdin.isatty():
        answer: str = click.prompt("New password", hide_input=True, confirmation_prompt=True)
        return answer
    return sys.stdin.readline().rstrip("\r\n")
