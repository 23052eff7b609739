"""`attain person`: people made by hand, roles, sign-in."""

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.output import json_option, print_json, print_table, say, shown
from adapters.inbound.cli.person_access_commands import password, sessions, sign_out
from adapters.inbound.cli.person_register_commands import list_people, show
from adapters.inbound.cli.person_role_commands import ROLES, grant, revoke
from adapters.inbound.cli.token_commands import revoke_token, token, tokens
from adapters.inbound.cli.workbench import Workbench
from application.use_cases.access.sign_in import NewSignInLinkCommand
from application.use_cases.matching.merge_people import MergePeopleCommand
from application.use_cases.people.edit_person import EditPersonCommand
from application.use_cases.people.new_people import NewPersonCommand
from domain.access import Role


@click.group()
def person() -> None:
    """People, roles, sign-in links."""


for command in (grant, revoke, list_people, show, sessions, sign_out, password):
    person.add_command(command)


@person.command()
@click.option("--tech-id", required=True, help="The permanent number of the person.")
@click.option("--login", help="The name the person logs in with.")
@click.option("--email")
@click.option("--name", help="'Family, Given' or 'Given Family'.")
@click.option("--role", type=ROLES, required=True)
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


@person.command()
@click.argument("tech_id")
@click.option("--name", help="'Family, Given' or 'Given Family'.")
@click.option("--login")
@click.option("--email")
@click.option("--end/--restore", "ends", default=None, help="End the person, or undo that.")
@click.pass_obj
def edit(
    bench: Workbench,
    tech_id: str,
    name: str | None,
    login: str | None,
    email: str | None,
    *,
    ends: bool | None,
) -> None:
    """Correct what is known of a person, end or restore one.

    Who ends is signed out and cannot sign in; scores stay. The next roster that lists the
    person writes its own values again.
    """
    active = None if ends is None else not ends
    with bench.open_house() as house:
        person_id = house.lookup.person(tech_id)
        house.edit_person(EditPersonCommand(ACTOR, person_id, login, email, name, active))
    say(f"{tech_id} is saved.")


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


person.add_command(token)
person.add_command(tokens)
person.add_command(revoke_token)


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
