"""`attain slo` and `attain scale`: what is assessed and how."""

from pathlib import Path

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.import_report import finish
from adapters.inbound.cli.output import json_option, print_json, print_table
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.files.slo_file import SloFile, slo_file
from adapters.inbound.files.slo_file import read_slos as read_slo_file
from domain.score import plain

_FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def slo() -> None:
    """Student learning outcomes."""


@click.group()
def scale() -> None:
    """Assessment scales."""


@slo.command("import")
@_FILE
@json_option
@click.pass_obj
def import_slos(bench: Workbench, file: Path, *, as_json: bool) -> None:
    """Import scales and SLOs from a JSON file (docs/formats.md); all of it or nothing."""
    command = read_slo_file(file, ACTOR)
    with bench.open_house() as house:
        finish(house.import_slos(command), as_json=as_json)


@slo.command("list")
@json_option
@click.pass_obj
def list_slos(bench: Workbench, *, as_json: bool) -> None:
    """List all SLOs by code."""
    if as_json:
        print_json(_export(bench).slos)
        return
    rows = [(s.code, s.kind, s.course or s.org, s.state, s.title) for s in _export(bench).slos]
    header = ("code", "kind", "owner", "state", "title")
    print_table(header, rows, "There is no SLO yet. See `attain slo import --help`.")


@slo.command()
@click.pass_obj
def export(bench: Workbench) -> None:
    """Print scales and SLOs as the JSON that `slo import` reads."""
    print_json(_export(bench))


@scale.command("list")
@json_option
@click.pass_obj
def list_scales(bench: Workbench, *, as_json: bool) -> None:
    """List the scales, the default first, with every version."""
    with bench.open_house() as house:
        scales = house.registers.outcomes().scales
    if as_json:
        print_json(scales)
        return
    rows = [
        (s.code, s.version, s.is_default, s.name,
         [f"{plain(level.points)} {level.label}" for level in s.levels])
        for s in scales
    ]  # fmt: skip
    header = ("code", "version", "default", "name", "levels")
    print_table(header, rows, "There is no scale yet. See `attain slo import --help`.")


def _export(bench: Workbench) -> SloFile:
    with bench.open_house() as house:
        stored = house.registers.outcomes()
    return slo_file(stored.scales, stored.slos, stored.courses, stored.orgs)
