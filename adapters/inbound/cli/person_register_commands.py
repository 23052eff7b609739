"""`attain person list` and `show`."""

import rich_click as click

from adapters.inbound.cli.output import json_option, print_json, print_table, say, shown
from adapters.inbound.cli.person_role_commands import ROLES
from adapters.inbound.cli.workbench import Workbench
from application.ports.people_repositories import Standing
from application.queries.people.people_register import PeopleFilter, PersonLine
from application.queries.people.person_page import PersonView
from domain.access import Role

_STANDINGS = click.Choice([standing.value for standing in Standing])


@click.command("list")
@click.option("--search", default="", help="Beginning of a name, login, Tech ID or e-mail.")
@click.option("--role", type=ROLES, help="Who holds this role, granted or by enrolment.")
@click.option("--org", metavar="CODE", help="In this org or below it.")
@click.option("--standing", type=_STANDINGS, default=Standing.ACTIVE.value, show_default=True)
@click.option("--page", type=click.IntRange(1), default=1, help="Of 100 people each.")
@json_option
@click.pass_obj
def list_people(
    bench: Workbench,
    search: str,
    role: str | None,
    org: str | None,
    standing: str,
    page: int,
    *,
    as_json: bool,
) -> None:
    """List people by name."""
    with bench.open_house() as house:
        org_id = None if org is None else house.lookup.org(org)
        wanted = PeopleFilter(
            search, Role(role) if role else None, org_id, Standing(standing), page
        )
        found = house.people_register(wanted)
    if as_json:
        print_json({"total": found.total, "page": found.page, "pages": found.pages,
                    "people": [_described(line) for line in found.lines]})  # fmt: skip
        return
    rows = [
        (p.tech_id, p.list_name, p.login, p.email, _roles(line), "" if p.active else "ended")
        for line in found.lines
        for p in [line.person]
    ]
    header = ("Tech ID", "name", "login", "e-mail", "roles granted", "standing")
    print_table(header, rows, "Nobody fits.")
    if found.pages > 1:
        say(f"Page {found.page} of {found.pages}, {found.total} people.")


@click.command()
@click.argument("tech_id")
@json_option
@click.pass_obj
def show(bench: Workbench, tech_id: str, *, as_json: bool) -> None:
    """Show one person: roles, enrolments, and how the person signs in."""
    with bench.open_house() as house:
        view = house.read_person(house.lookup.person(tech_id))
    if as_json:
        print_json(view)
        return
    person = view.person
    say(f"{person.list_name} ({person.tech_id}){'' if person.active else ', ended'}")
    say(f"Login {shown(person.login or None)}, e-mail {shown(person.email or None)}")
    _tables(view)
    since = f"since {shown(view.password_since)}" if view.password_since else "none"
    say(f"Live sessions: {len(view.sessions)}. Local password: {since}.")


def _tables(view: PersonView) -> None:
    roles = [
        (line.role, line.code or "whole college", line.granted_by or "a roster", line.granted_at)
        for line in view.grants
    ]
    roles += [(role, "sections", "enrolments", None) for role in view.brought]
    print_table(("role", "where", "by", "since"), roles, "No roles.")
    rows = [
        (line.term, line.section, line.course, line.role, "" if line.active else "ended")
        for line in view.enrolments
    ]
    print_table(("term", "section", "course", "as", "standing"), rows, "No enrolments.")


def _roles(line: PersonLine) -> str:
    return ", ".join(f"{one.role}@{one.org}" if one.org else one.role for one in line.roles)


def _described(line: PersonLine) -> dict[str, object]:
    person = line.person
    return {
        "id": person.id, "tech_id": person.tech_id, "login": person.login, "email": person.email,
        "given_name": person.given_name, "family_name": person.family_name,
        "active": person.active, "roles": line.roles,
    }  # fmt: skip
