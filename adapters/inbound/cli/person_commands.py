"""`attain person`: people made by hand, roles, one-time sign-in links."""

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.output import json_option, print_json, print_table, say, shown
from adapters.inbound.cli.workbench import Workbench
from application.use_cases.merge_people import MergePeopleCommand
from application.use_cases.people import NewPersonCommand
from application.use_cases.sign_in import NewSignInLinkCommand
from domain.access import Role

_ROLES = click.Choice(["data-steward", "coordinator", "faculty", "student"])


@click.group()
def person() -> None:
    """People, roles, sign-in links."""


@person.command()
@click.option("--tech-id", required=True, help="The permanent number of the person.")
@click.option("--login", help="The name the person logs in with.")
@click.option("--email")
@click.option("--name", help="'Family, Given' or 'Given Family'.")
@click.option("--role", type=_ROLES, required=True)
@click.option("--org", metavar="CODE", help="Grant the role in this org only.")
@json_option
@click.pass_obj
def new(
    bench: Workbench,
    tech_id: str,
    login: str | None,
    email: str | None,
    name: str | None,
    role: str,
    org: str | None,
    *,
    as_json: bool,
) -> None:
    """Make a person, or give one who is known the role.

    Login, email and name are needed for somebody new.
    """
    command = NewPersonCommand(ACTOR, tech_id, Role(role), login, email, name, org)
    with bench.open_house() as house:
        report = house.new_person(command)
    if as_json:
        print_json(report)
    else:
        say(f"{tech_id} {'was made' if report.made else 'was known'} and is {role}.")


@person.command("sign-in-link")
@click.argument("tech_id")
@json_option
@click.pass_obj
def sign_in_link(bench: Workbench, tech_id: str, *, as_json: bool) -> None:
    """Print a link that signs this person in once. It is shown only now."""
    with bench.open_house() as house:
        link = house.new_sign_in_link(NewSignInLinkCommand(ACTOR, tech_id))
        url = f"{house.base_url.rstrip('/')}{link.path}"
    if as_json:
        print_json({"url": url, "expires_at": link.expires_at})
    else:
        say(f"{url}\nGood once, until {shown(link.expires_at)}.")


@person.command()
@click.argument("tech_id")
@click.argument("into", metavar="INTO_TECH_ID")
@click.option("--dry-run", is_flag=True, help="Only tell what would move and what contradicts.")
@json_option
@click.pass_obj
def merge(bench: Workbench, tech_id: str, into: str, *, dry_run: bool, as_json: bool) -> None:
    """Make the record TECH_ID one with INTO_TECH_ID, of the same person.

    `attain match queue undo` takes it back.
    """
    with bench.open_house() as house:
        gone, kept = house.people_by_tech_id(tech_id, into)
        report = house.merge_people(MergePeopleCommand(ACTOR, gone, kept, dry_run))
    if as_json:
        print_json(report)
        return
    rows = [(one.kind, one.count) for one in report.moved]
    print_table(("kind", "moved"), rows, "Nothing moves but the names.")
    for one in report.contradictions:
        say(f"Both have a {one.kind}, and they differ: {one.place.replace(chr(10), ' / ')}")
    say(f"{tech_id} {'was' if report.merged else 'would be'} merged into {into}.")
