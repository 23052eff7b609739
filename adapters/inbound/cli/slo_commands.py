"""`attain slo`: make, edit, retire and show SLOs."""

from decimal import Decimal

import rich_click as click

from adapters.inbound.cli.house import House
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.slo_file_commands import export, import_slos
from adapters.inbound.cli.slo_keeper import acting_option, edit_option, keeper, number
from adapters.inbound.cli.slo_map_commands import map_slo, target, unmap
from adapters.inbound.cli.workbench import Workbench
from application.errors import Invalid
from application.queries.slos.slo_list import SloFilter
from application.use_cases.slos.keep_slos import (
    ChangeSloStateCommand,
    EditSloCommand,
    NewSloCommand,
)
from domain.ids import ScaleId
from domain.score import plain
from domain.slo import Edit, SloKind, SloState

_CODE = click.argument("slo_code", metavar="CODE")


@click.group()
def slo() -> None:
    """Student learning outcomes."""


@slo.command()
@click.option("--kind", type=click.Choice([str(one) for one in SloKind]), default="cslo",
              show_default=True)  # fmt: skip
@click.option("--code", required=True)
@click.option("--course", default="", metavar="CODE", help="The course of a CSLO.")
@click.option("--org", default="", metavar="CODE", help="The org of a PSLO or ISLO.")
@click.option("--title", required=True)
@click.option("--statement", required=True)
@click.option("--draft", is_flag=True, help="Not to be assessed yet.")
@acting_option
@json_option
@click.pass_obj
def new(
    bench: Workbench,
    kind: str,
    code: str,
    course: str,
    org: str,
    title: str,
    statement: str,
    tech_id: str | None,
    *,
    draft: bool,
    as_json: bool,
) -> None:
    """Make an SLO."""
    with bench.open_house() as house:
        viewer = keeper(house, tech_id)
        state = SloState.DRAFT if draft else SloState.ACTIVE
        command = NewSloCommand(viewer, SloKind(kind), code, course, org, title, statement, state)
        slo_id = house.new_slo(command)
    if as_json:
        print_json({"id": slo_id})
    else:
        say(f"Made {code}.")


@slo.command()
@_CODE
@click.option("--code", "new_code", help="Another code.")
@click.option("--title")
@click.option("--statement")
@click.option(
    "--descriptor",
    "descriptors",
    multiple=True,
    metavar="SCALE:POINTS=TEXT",
    help="Text for one score level; empty takes the own one away. May be repeated.",
)
@edit_option
@acting_option
@click.pass_obj
def edit(
    bench: Workbench,
    slo_code: str,
    new_code: str | None,
    title: str | None,
    statement: str | None,
    descriptors: tuple[str, ...],
    edit: str,
    tech_id: str | None,
) -> None:
    """Change code, words or descriptors of an SLO."""
    with bench.open_house() as house:
        viewer, slo_id = keeper(house, tech_id), house.slo_names(slo_code)
        texts = dict(_descriptor(house, one) for one in descriptors)
        command = EditSloCommand(
            viewer, slo_id, Edit(edit), new_code, title, statement, texts or None
        )
        after = house.edit_slo(command)
    say(f"{after.code} is version {after.version}.")


@slo.command()
@_CODE
@acting_option
@click.pass_obj
def retire(bench: Workbench, slo_code: str, tech_id: str | None) -> None:
    """Take an SLO out of use; its results stay."""
    _move(bench, slo_code, tech_id, SloState.RETIRED)


@slo.command()
@_CODE
@acting_option
@click.pass_obj
def reinstate(bench: Workbench, slo_code: str, tech_id: str | None) -> None:
    """Bring a draft or retired SLO into use."""
    _move(bench, slo_code, tech_id, SloState.ACTIVE)


@slo.command()
@_CODE
@json_option
@click.pass_obj
def show(bench: Workbench, slo_code: str, *, as_json: bool) -> None:
    """Show an SLO with its versions, mappings, target and use."""
    with bench.open_house() as house:
        view = house.slo_page(keeper(house, None), house.slo_names(slo_code))
    if as_json:
        print_json(view)
        return
    say(f"{view.slo.code}  {view.slo.kind}, {view.owner or 'institution'}, {view.slo.state}")
    say(f"{view.slo.title}: {view.slo.statement}")
    print_table(
        ("version", "title", "from", "until", "replaces"),
        [(one.version, one.title, one.since, one.until, one.replaces) for one in view.versions],
        "",
    )
    rows = [
        (way, one.code, one.mapping_kind, one.from_term, one.until_term)
        for way, mapped in (("to", view.up), ("from", view.down))
        for one in mapped
    ]
    print_table(("mapped", "SLO", "kind", "from", "until"), rows, "It is not mapped.")
    share = view.target.own if view.target.own is not None else view.target.inherited
    say(f"Target: {'none' if share is None else f'{plain(share)} %'}")
    print_table(
        ("sent to", "place", "version", "at", "there"),
        [(one.site, one.place, one.version, one.sent_at, one.live) for one in view.sent],
        "It was never sent to Canvas.",
    )
    print_table(
        ("assessed by", "name", "sections"),
        [(one.code, one.name, one.sections) for one in view.assessed],
        "No assessment has a row for it.",
    )


@slo.command("list")
@click.option("--kind", default="", type=click.Choice(["", *(str(one) for one in SloKind)]))
@click.option("--org", default="", metavar="ID", help="Only of this org and below, by code.")
@click.option("--state", default="all", show_default=True,
              type=click.Choice(["all", *(str(one) for one in SloState)]))  # fmt: skip
@click.option("--search", default="")
@json_option
@click.pass_obj
def list_slos(
    bench: Workbench, kind: str, org: str, state: str, search: str, *, as_json: bool
) -> None:
    """List SLOs by code."""
    with bench.open_house() as house:
        org_id = str(house.sync_scopes.org(org).org_id) if org else ""
        wanted = SloFilter(kind, org_id, "", state, search)
        view = house.slo_list(keeper(house, None), wanted, size=None)
    if as_json:
        print_json(view.lines)
        return
    rows = [
        (one.code, one.kind, one.owner or None, one.state, one.version, one.title, one.mapped_to)
        for one in view.lines
    ]
    header = ("code", "kind", "owner", "state", "version", "title", "maps to")
    print_table(header, rows, "There is no SLO here. See `attain slo import --help`.")


for command in (map_slo, unmap, target, import_slos, export):
    slo.add_command(command)


def _move(bench: Workbench, code: str, tech_id: str | None, state: SloState) -> None:
    with bench.open_house() as house:
        viewer = keeper(house, tech_id)
        after = house.change_slo_state(ChangeSloStateCommand(viewer, house.slo_names(code), state))
    say(f"{after.code} is {after.state}.")


def _descriptor(house: House, written_as: str) -> tuple[tuple[ScaleId, Decimal], str]:
    level, equals, text = written_as.partition("=")
    code, colon, points = level.rpartition(":")
    if not equals or not colon:
        raise Invalid("descriptor", "write SCALE:POINTS=TEXT.")
    listed = house.scale_list().scale(code)
    if listed is None:
        raise Invalid("descriptor", f"no scale has the code {code}.")
    return (listed.scale.id, number(points, "descriptor")), text
