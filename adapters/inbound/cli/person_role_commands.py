"""`attain person grant` and `revoke`."""

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.house import House
from adapters.inbound.cli.output import say
from adapters.inbound.cli.workbench import Workbench
from application.use_cases.people.role_grants import RoleCommand
from domain.access import Role

ROLES = click.Choice([role.value for role in Role])
_role = click.option("--role", type=ROLES, required=True)
_org = click.option("--org", metavar="CODE", help="In this org and all below; else everywhere.")


@click.command()
@click.argument("tech_id")
@_role
@_org
@click.pass_obj
def grant(bench: Workbench, tech_id: str, role: str, org: str | None) -> None:
    """Give a person one more role. Twice changes nothing."""
    with bench.open_house() as house:
        house.grant_role(_command(house, tech_id, role, org))
    say(f"{tech_id} is {role}{f' in {org}' if org else ''}.")


@click.command()
@click.argument("tech_id")
@_role
@_org
@click.pass_obj
def revoke(bench: Workbench, tech_id: str, role: str, org: str | None) -> None:
    """Take a granted role away, also from sessions that are open.

    Roles that enrolments bring end with these. The last data steward stays one.
    """
    with bench.open_house() as house:
        house.revoke_role(_command(house, tech_id, role, org))
    say(f"{tech_id} is no longer {role}{f' in {org}' if org else ' by grant'}.")


def _command(house: House, tech_id: str, role: str, org: str | None) -> RoleCommand:
    org_id = None if org is None else house.lookup.org(org)
    return RoleCommand(ACTOR, house.lookup.person(tech_id), Role(role), org_id)
