"""`attain assessment`: the library, plans, carrying forward."""

from pathlib import Path

import rich_click as click

from adapters.inbound.cli.actor import ACTOR, TERMINAL, as_option
from adapters.inbound.cli.import_report import finish
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.plan_commands import carry, follow, plan, unplan
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.files.assessment_file import assessment_file, read_assessments
from application.queries.assessments.library_page import LibraryItemView
from domain.assessment import Assessment
from domain.score import plain


@click.group()
def assessment() -> None:
    """Assessments: the library, plans."""


@assessment.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def import_assessments(bench: Workbench, file: Path, *, as_json: bool) -> None:
    """Import assessments from a JSON file (docs/formats.md); all of it or nothing."""
    command = read_assessments(file, ACTOR)
    with bench.open_house() as house:
        finish(house.import_assessments(command), as_json=as_json)


@assessment.command("list")
@json_option
@click.pass_obj
def list_assessments(bench: Workbench, *, as_json: bool) -> None:
    """List all assessments by name; --json names the sections that use them."""
    with bench.open_house() as house:
        lines = house.registers.assessments()
    if as_json:
        print_json(lines)
        return
    rows = [
        (a.code, a.name, a.kind, a.purpose, a.state, a.edition, a.rows, plain(a.points_possible),
         len(a.sections))
        for a in lines
    ]  # fmt: skip
    header = (
        "code", "name", "kind", "purpose", "state", "edition", "rows", "points", "sections",
    )  # fmt: skip
    print_table(header, rows, "There is no assessment yet. See `attain assessment import --help`.")


@assessment.command()
@click.argument("code")
@json_option
@click.pass_obj
def show(bench: Workbench, code: str, *, as_json: bool) -> None:
    """Show one assessment: its rows, plans and uses."""
    with bench.open_house() as house:
        view = house.library_page(TERMINAL, code)
    if as_json:
        print_json(_as_json(view))
        return
    one = view.assessment
    say(f"{one.code}: {one.name}, {one.kind}, {one.purpose}, edition {one.edition}, {one.state}")
    rows = [(row.part, row.code, row.title, plain(row.weight)) for row in one.rubric.criteria]
    print_table(("rubric", "row", "title", "weight"), rows, "It has no rows.")
    plans = [
        (line.plan.id, line.term, line.plan.target.kind, line.names, line.sections,
         line.plan.due_at, line.plan.undone_at)
        for line in view.plans
    ]  # fmt: skip
    header = ("plan", "term", "for", "names", "sections", "due", "undone")
    print_table(header, plans, "It is not planned.")
    uses = [
        (use.term.name, use.sections, sum(use.editions.values()), use.closed) for use in view.uses
    ]
    print_table(("term", "sections", "scored", "not assessed"), uses, "No section uses it.")


@assessment.command()
@click.argument("code", required=False)
@click.pass_obj
def export(bench: Workbench, code: str | None) -> None:
    """Print assessments as the JSON that `assessment import` reads, without their uses."""
    with bench.open_house() as house:
        print_json(assessment_file(house.assessment_export(code)))


@assessment.command()
@click.argument("code")
@click.option("--name", default="", help="Name of the copy.")
@click.pass_obj
def copy(bench: Workbench, code: str, name: str) -> None:
    """Copy an assessment under a new code."""
    with bench.open_house() as house:
        made = house.copy_assessment(TERMINAL, code, name)
    say(f"Copied to {made.code}.")


@assessment.command()
@click.argument("code")
@click.option("--restore", is_flag=True, help="Offer it again.")
@click.pass_obj
def retire(bench: Workbench, code: str, *, restore: bool) -> None:
    """Offer an assessment for no new use; where it is used it stays."""
    with bench.open_house() as house:
        saved = house.retire_assessment(TERMINAL, code, retired=not restore)
    say(f"{saved.code} is {saved.state}.")


@assessment.command()
@click.argument("section")
@click.argument("code")
@as_option("Who teaches there.")
@click.pass_obj
def remove(bench: Workbench, section: str, code: str, tech_id: str) -> None:
    """Take away from SECTION what faculty added there, while nothing belongs to it."""
    with bench.open_house() as house:
        place = house.registers.work_of(section, code, tech_id)
        house.remove_work(place.person_id, place.work_id)
    say("Removed.")


@assessment.command()
@click.argument("code")
@as_option("Its owner.")
@click.option("--take-back", is_flag=True, help="Take the offer back.")
@click.pass_obj
def offer(bench: Workbench, code: str, tech_id: str, *, take_back: bool) -> None:
    """Offer an own assessment to the library."""
    with bench.open_house() as house:
        owner = house.registers.person(tech_id)
        found = house.library_page(TERMINAL, code).assessment
        house.offer_assessment(owner, found.id, offered=not take_back)
    say("Taken back." if take_back else "Offered to the library.")


for command in (plan, unplan, carry, follow):
    assessment.add_command(command)


def _as_json(view: LibraryItemView) -> dict[str, object]:
    one: Assessment = view.assessment
    return {
        "code": one.code,
        "name": one.name,
        "description": one.description,
        "guide": one.guide,
        "kind": one.kind,
        "purpose": one.purpose,
        "state": one.state,
        "edition": one.edition,
        "scale": view.scale,
        "org": view.org or None,
        "library": one.in_library,
        "points_possible": one.points_possible,
        "rubric": one.rubric,
        "reflection": one.reflection.questions,
        "plans": [
            {"id": line.plan.id, "term": line.term, "for": line.plan.target.kind,
             "names": line.names, "more": line.more, "sections": line.sections,
             "opens_at": line.plan.opens_at, "due_at": line.plan.due_at,
             "undone_at": line.plan.undone_at}
            for line in view.plans
        ],
        "uses": [
            {"term": use.term.name, "sections": use.sections, "not_assessed": use.closed,
             "scored_by_edition": {str(n): count for n, count in use.editions.items()}}
            for use in view.uses
        ],
    }  # fmt: skip
