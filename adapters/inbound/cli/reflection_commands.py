"""`attain reflection`: what evaluators wrote after scoring."""

import rich_click as click

from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.queries.scoring.reflection_list import ReflectionsAsked


@click.group()
def reflection() -> None:
    """Reflections."""


@reflection.command("list")
@click.option("--term", default="", help="Name or source id of a term.")
@click.option("--org", default="", help="Code of an org, with all below it.")
@click.option("--page", default=1, type=click.IntRange(min=1), help="Fifty stand on a page.")
@json_option
@click.pass_obj
def list_reflections(bench: Workbench, term: str, org: str, page: int, *, as_json: bool) -> None:
    """List reflections that were submitted or shared, newest first."""
    with bench.open_house() as house:
        asked = ReflectionsAsked(
            house.lookup.term(term) if term else "", house.lookup.org(org) if org else "", page
        )
        view = house.reflection_list(house.acting_viewer(None), asked)
    if as_json:
        print_json(view.found)
        return
    rows = [
        (
            one.reflection.submitted_at, one.writer, one.assessment, one.section_title,
            one.term_name, one.reflection.shared_at is not None,
        )
        for one in view.found
    ]  # fmt: skip
    header = ("submitted", "written by", "assessment", "section", "term", "shared")
    print_table(header, rows, "No reflection was submitted there.")
    if view.more:
        say(f"More: --page {page + 1}")
