"""For what SLOs count: their mappings, and the target of SLOs and orgs."""

import rich_click as click

from adapters.inbound.cli.output import say
from adapters.inbound.cli.slo_keeper import acting_option, keeper, number
from adapters.inbound.cli.workbench import Workbench
from application.errors import Invalid
from application.slos.mapper import Cell
from application.use_cases.slos.map_slos import MapSlosCommand
from application.use_cases.slos.set_target import SetTargetCommand
from domain.score import plain
from domain.slo_mapping import MappingKind
from domain.target import TargetOf


@click.command("map")
@click.argument("lower")
@click.argument("higher")
@click.option("--kind", type=click.Choice([str(one) for one in MappingKind]))
@click.option("--from", "term", default="", metavar="TERM", help="First term; else the current.")
@acting_option
@click.pass_obj
def map_slo(
    bench: Workbench, lower: str, higher: str, kind: str | None, term: str, tech_id: str | None
) -> None:
    """Let results of LOWER count for HIGHER: CSLO to PSLO or ISLO, PSLO to ISLO."""
    cell = Cell(mapped=True, kind=MappingKind(kind) if kind else None)
    _map(bench, lower, higher, cell, term, tech_id)


@click.command()
@click.argument("lower")
@click.argument("higher")
@click.option("--from", "term", default="", metavar="TERM", help="First term without it.")
@acting_option
@click.pass_obj
def unmap(bench: Workbench, lower: str, higher: str, term: str, tech_id: str | None) -> None:
    """End a mapping; results of before still count."""
    _map(bench, lower, higher, Cell(mapped=False), term, tech_id)


@click.command()
@click.argument("share")
@click.option("--slo", "slo_code", metavar="CODE")
@click.option("--org", metavar="CODE")
@acting_option
@click.pass_obj
def target(
    bench: Workbench, share: str, slo_code: str | None, org: str | None, tech_id: str | None
) -> None:
    """Set the expected SHARE in per cent of an SLO or org; `none` takes it away."""
    if (slo_code is None) == (org is None):
        raise Invalid("target", "give --slo CODE or --org CODE.")
    of, subject = (TargetOf.SLO, slo_code) if slo_code is not None else (TargetOf.ORG, org)
    with bench.open_house() as house:
        wanted = None if share == "none" else number(share.removesuffix("%"), "share")
        house.set_target(SetTargetCommand(keeper(house, tech_id), of, subject or "", wanted))
    say("Target: none." if wanted is None else f"Target: {plain(wanted)} %.")


def _map(
    bench: Workbench, lower: str, higher: str, cell: Cell, term: str, tech_id: str | None
) -> None:
    with bench.open_house() as house:
        viewer = keeper(house, tech_id)
        pair = house.slo_names(lower, "lower"), house.slo_names(higher, "higher")
        command = MapSlosCommand(viewer, {pair: cell}, term)
        changed = house.map_slos(command)
    say("Saved." if changed else "It was so already.")
