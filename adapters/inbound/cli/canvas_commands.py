"""`attain canvas`: sites, their developer keys, and who authorised."""

import sys
from pathlib import Path

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.house import House
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.errors import Invalid, NotFound
from application.use_cases.lms_sites import ConfigureSiteCommand, SiteLine


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
    """Show all sites or the one named, and how many people authorised."""
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
        page = f"{house.base_url.rstrip('/')}/authorise"
    say(f"Sign in to Attain as yourself, open {page} and press Authorize beside {site.name}.")


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
