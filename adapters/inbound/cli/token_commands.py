"""`attain person token`, `tokens`, `revoke-token`: how programs are let into the API."""

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.output import json_option, print_json, print_table, say, shown
from adapters.inbound.cli.workbench import Workbench
from application.use_cases.access.api_tokens import (
    DAYS,
    MOST_DAYS,
    NewTokenCommand,
    RevokeTokenCommand,
)
from domain.access import Role
from domain.api_token import ApiToken, TokenScope
from domain.ids import ApiTokenId
from domain.rostering import Org

_ROLES = click.Choice([role.value for role in Role])
_SCOPES = click.Choice([scope.value for scope in TokenScope])


@click.command()
@click.argument("tech_id")
@click.option("--role", type=_ROLES, help="Left out, the one with most rights that is held.")
@click.option("--scope", type=_SCOPES, default=TokenScope.READ.value, show_default=True)
@click.option("--label", default="", help="For yourself: which program it is for.")
@click.option(
    "--expires", "days", type=click.IntRange(1, MOST_DAYS), default=DAYS, show_default=True,
    metavar="DAYS", help="For how many days it is good.",
)  # fmt: skip
@click.option(
    "--org", metavar="CODE",
    help="Reach this org and all below only; else wherever the role is held.",
)  # fmt: skip
@json_option
@click.pass_obj
def token(
    bench: Workbench,
    tech_id: str,
    role: str | None,
    scope: str,
    label: str,
    days: int,
    org: str | None,
    *,
    as_json: bool,
) -> None:
    """Print a token with which a program acts as this person. It is shown only now."""
    with bench.open_house() as house:
        person = house.person_by_tech_id(tech_id)
        asked = Role(role) if role else None
        org_id = None if org is None else house.lookup.org(org)
        made = house.make_token(
            NewTokenCommand(ACTOR, person.id, asked, TokenScope(scope), label, days, org_id)
        )
    if as_json:
        print_json({"token": made.text, **_told(made.token, org or "")})
        return
    until, where = shown(made.token.expires_at), f" in {org}" if org else ""
    say(
        f"{made.text}\nActs as {tech_id} in the role {made.token.role}{where}, {scope}, "
        f"until {until}."
    )


@click.command()
@click.argument("tech_id")
@json_option
@click.pass_obj
def tokens(bench: Workbench, tech_id: str, *, as_json: bool) -> None:
    """List the tokens of this person, newest first, with their last use."""
    with bench.open_house() as house:
        found = house.list_tokens(house.person_by_tech_id(tech_id).id)
    if as_json:
        print_json([{**_told(line.token, _code(line.org)), "state": line.state} for line in found])
        return
    print_table(
        ["Id", "Label", "Role", "Org", "Scope", "State", "Made", "Good until", "Last used"],
        [
            (line.token.id, line.token.label, line.token.role, _code(line.org), line.token.scope,
             line.state, line.token.created_at, line.token.expires_at, line.token.last_used_at)
            for line in found
        ],
        "There is no token. Make one with `attain person token`.",
    )  # fmt: skip


@click.command("revoke-token")
@click.argument("token_id", metavar="ID")
@click.pass_obj
def revoke_token(bench: Workbench, token_id: str) -> None:
    """Revoke a token: its next call is refused. It cannot be brought back."""
    with bench.open_house() as house:
        house.revoke_token(RevokeTokenCommand(ACTOR, ApiTokenId(token_id)))
    say("The token is revoked.")


def _code(org: Org | None) -> str:
    return org.code if org else ""


def _told(one: ApiToken, org: str) -> dict[str, object]:
    """Without the hash, which is nobody's business."""
    return {
        "id": one.id, "role": one.role, "org": org, "scope": one.scope, "label": one.label,
        "created_at": one.created_at, "expires_at": one.expires_at,
        "last_used_at": one.last_used_at, "revoked_at": one.revoked_at,
    }  # fmt: skip
