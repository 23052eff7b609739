"""`attain canvas`: sites, their developer keys, and who authorised."""

import sys
from pathlib import Path

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.house import House
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.errors import Invalid, NotFound
from application.refusals import sentence
from application.use_cases.lms.lms_sites import ConfigureSiteCommand, SiteLine
from application.use_cases.lms.pair_orgs import OrgLine, PairOrgCommand


@click.group()
def canvas() -> None:
    """Canvas sites and authorization."""


@canvas.command()
@click.argument("name")
@click.option("--url", required=True, help="Such as https://college.instructure.com.")
@click.option("--client-id", required=True, help="The Tool ID: number of the developer key.")
@click.option(
    "--client-secret-file",
    type=click.Path(path_type=Path),
    help="A file that holds the Tool Key and nothing else; - reads standard input.",
)
@click.option("--account", default="", metavar="ID", help="Account for outcomes of courses.")
@click.option("--test", is_flag=True, help="A test instance; its pages carry a banner.")
@click.pass_obj
def configure(
    bench: Workbench,
    name: str,
    url: str,
    client_id: str,
    client_secret_file: Path | None,
    account: str,
    *,
    test: bool,
) -> None:
    """Set up the Canvas site NAME, or change it.

    Without a secret file the stored Tool Key stays. A secret is never taken from the
    command line itself, where others could read it.
    """
    secret = None if client_secret_file is None else _secret(client_secret_file)
    command = ConfigureSiteCommand(
        ACTOR, name, url, client_id, secret, account_ref=account, test=test
    )
    with bench.open_house() as house:
        site = house.configure_site(command)
        callback = house.canvas_callback
    say(f"{site.name} is {site.url}. Register this redirect URI there: {callback}")


@canvas.command()
@click.argument("name", required=False)
@json_option
@click.pass_obj
def status(bench: Workbench, name: str | None, *, as_json: bool) -> None:
    """Show all sites or the one named, and who authorised."""
    with bench.open_house() as house:
        sites = _sites(house, name)
        callback = house.canvas_callback
    if as_json:
        print_json({"redirect_uri": callback, "sites": sites})
        return
    print_table(
        ("name", "url", "Tool ID", "Tool Key", "account", "test", "active", "authorised"),
        [_row(site) for site in sites],
        "No Canvas site is configured. See `attain canvas configure --help`.",
    )
    for site in sites:
        for line in _holders(site):
            say(f"{site.name}: {line}")
    say(f"Redirect URI: {callback}")


@canvas.command()
@click.argument("name")
@click.pass_obj
def authorize(bench: Workbench, name: str) -> None:
    """Print the page on which you authorise Attain at the site NAME.

    Consent is given in a browser, by the person for whom Attain shall act.
    """
    with bench.open_house() as house:
        site = _sites(house, name)[0]
        base = house.base_url.rstrip("/")
    say(f"Sign in to Attain as yourself, open {base}/authorise and press Authorize beside {name}.")
    say(f"For the account, so for outcomes of courses: {base}/settings/canvas?site={site.name}.")
    for line in _holders(site):
        say(line)


@canvas.command()
@click.argument("name", required=False)
@json_option
@click.pass_obj
def accounts(bench: Workbench, name: str | None, *, as_json: bool) -> None:
    """Show the accounts of the site NAME as a tree, and where the outcomes of each org go.

    Read from Canvas with the account authorisation of the site.
    """
    with bench.open_house() as house:
        site = _only_site(house, name)
        listed = house.run(house.list_org_pairings(site.name, None))
    if as_json:
        print_json({"site": site.name, "unread": listed.tree.unread,
                    "accounts": listed.tree.accounts, "orgs": listed.lines})  # fmt: skip
        return
    if listed.tree.unread:
        say(f"Canvas could not be asked for its accounts: {sentence(listed.tree.unread)}")
    else:
        rows = [("  " * one.depth + one.name, one.ref, one.sis_id) for one in listed.tree.accounts]
        print_table(("account", "id", "SIS ID"), rows, "")
    header = ("org", "code", "courses", "account", "inherited from", "suggestion")
    print_table(header, [_org_row(line) for line in listed.lines], "No org is loaded yet.")


@canvas.command()
@click.argument("org", required=False)
@click.argument("account", required=False)
@click.option("--canvas", "name", help="The Canvas site, when there are several.")
@click.option("--remove", is_flag=True, help="Take the org's own pairing away.")
@click.option("--suggested", is_flag=True, help="Pair all orgs that one account fits.")
@click.pass_obj
def pair(
    bench: Workbench,
    org: str | None,
    account: str | None,
    name: str | None,
    *,
    remove: bool,
    suggested: bool,
) -> None:
    """Send the outcomes of an org's courses to an account; orgs below it inherit that.

    ORG is a code or the roster's id, ACCOUNT the number or SIS ID in Canvas.
    """
    with bench.open_house() as house:
        site = _only_site(house, name)
        if suggested and not org:
            count = house.run(house.accept_suggestions(ACTOR, site.name, None))
            say(f"Paired as suggested: {count}.")
            return
        if not org or bool(account) is remove:
            raise Invalid("pair", "give ORG and ACCOUNT, ORG with --remove, or --suggested.")
        command = PairOrgCommand(ACTOR, site.name, org, account or "")
        paired = house.run(house.pair_org(command))
    if paired is None:
        say(f"{org} has no pairing of its own any more.")
    else:
        say(f"{org} goes to account {paired.account_ref} {paired.account_name}".rstrip() + ".")


def _only_site(house: House, name: str | None) -> SiteLine:
    sites = [site for site in _sites(house, name) if site.active or name]
    if len(sites) != 1:
        raise Invalid("canvas", f"{len(sites)} sites are in use; name one of them.")
    return sites[0]


def _org_row(line: OrgLine) -> tuple[object, ...]:
    goes = line.pairing and f"{line.pairing.account_name} ({line.pairing.account_ref})".strip()
    fit = line.suggestion and f"{line.suggestion.name} ({line.suggestion.ref})"
    name = "  " * line.depth + line.name
    return name, line.code, line.courses, goes, line.inherited_from or None, fit


def _holders(site: SiteLine) -> list[str]:
    """Who may act on the site's account, and how a lost authorisation is mended."""
    if not site.accounts:
        return ["Nobody has authorized the account yet."]
    lines = []
    for one in site.accounts:
        since = f"{one.given_at:%Y-%m-%d %H:%M} UTC"
        if one.holds:
            says = f"{one.person_name} authorized account {one.account_ref} on {since}; it holds."
        else:
            says = f"{one.person_name}: severed ({one.lost_reason}). {one.cure}"
        lines.append(says)
    return lines


def _sites(house: House, name: str | None) -> list[SiteLine]:
    sites = [site for site in house.list_sites() if name in {None, site.name}]
    if name is not None and not sites:
        raise NotFound(f"The Canvas site {name}")
    return sites


def _row(site: SiteLine) -> tuple[object, ...]:
    standing = sum(one.state == "active" for one in site.authorisations)
    secret = "set" if site.has_secret else "missing"
    authorised = f"{standing} of {len(site.authorisations)}"
    return (
        site.name, site.url, site.client_id, secret, site.account_ref or None, site.test,
        site.active, authorised,
    )  # fmt: skip


def _secret(file: Path) -> str:
    try:
        if str(file) == "-":
            return sys.stdin.read().strip()
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Invalid("client-secret-file", f"{file} cannot be read as text.") from None
