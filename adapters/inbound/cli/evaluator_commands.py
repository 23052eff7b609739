"""`attain evaluator`: who scores work of a section besides its teachers."""

import rich_click as click

from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.use_cases.scoring.give_to_score import GiveToScoreCommand
from domain.evaluation import Scoring


@click.group()
def evaluator() -> None:
    """Evaluators, and work that is scored twice."""


@evaluator.command("list")
@click.argument("section")
@click.argument("assessment")
@json_option
@click.pass_obj
def list_evaluators(bench: Workbench, section: str, assessment: str, *, as_json: bool) -> None:
    """List who was given ASSESSMENT in SECTION, a title or source id, to score."""
    with bench.open_house() as house:
        work_id = house.registers.work_named(section, assessment)
        view = house.evaluators_page(house.acting_viewer(None), work_id)
    if as_json:
        print_json(view.lines)
        return
    rows = [
        (
            line.tech_id, line.name, "second" if line.is_second else "of record",
            line.hides_names, f"{line.scored} of {line.needed}", line.withdrawn_at,
        )
        for line in view.lines
    ]  # fmt: skip
    header = ("evaluator", "name", "scores", "names hidden", "scored", "taken back")
    print_table(header, rows, "Only its teachers score this.")


@evaluator.command()
@click.argument("section")
@click.argument("assessment")
@click.argument("person")
@click.option("--second", is_flag=True, help="Keep the scores apart, to compare them.")
@click.option("--hide-names", is_flag=True, help="Show numbers instead of students.")
@click.pass_obj
def add(
    bench: Workbench,
    section: str,
    assessment: str,
    person: str,
    *,
    second: bool,
    hide_names: bool,
) -> None:
    """Give ASSESSMENT in SECTION to PERSON, a Tech ID, login or email address, to score."""
    scoring = Scoring.SECOND if second else Scoring.RECORD
    with bench.open_house() as house:
        viewer = house.acting_viewer(None)
        work_id = house.registers.work_named(section, assessment)
        house.give_to_score(GiveToScoreCommand(viewer, work_id, person, scoring, hide_names))
    say(f"{person} may score {assessment} in {section} (scores {scoring}).")


@evaluator.command()
@click.argument("section")
@click.argument("assessment")
@click.argument("tech_id")
@click.pass_obj
def remove(bench: Workbench, section: str, assessment: str, tech_id: str) -> None:
    """Take ASSESSMENT in SECTION back from TECH_ID; what was scored stays."""
    with bench.open_house() as house:
        viewer = house.acting_viewer(None)
        work_id = house.registers.work_named(section, assessment)
        house.take_back(viewer, work_id, house.registers.person(tech_id))
    say(f"{tech_id} scores {assessment} in {section} no more.")


@evaluator.command()
@click.argument("section")
@click.argument("assessment")
@json_option
@click.pass_obj
def agreement(bench: Workbench, section: str, assessment: str, *, as_json: bool) -> None:
    """Show how far each second scorer of ASSESSMENT in SECTION agrees with its scores."""
    with bench.open_house() as house:
        work_id = house.registers.work_named(section, assessment)
        view = house.agreement_page(house.acting_viewer(None), work_id)
    if as_json:
        print_json(
            [
                {
                    "scorer": one.line.tech_id,
                    "both": one.both,
                    "figures": one.figures,
                    "to_decide": len(one.open),
                    "decided": len(one.settled),
                }
                for one in view.comparisons
            ]
        )
        return
    rows = [
        (
            one.line.tech_id, one.both, one.figures.exact, one.figures.adjacent,
            one.figures.kappa, one.figures.weighted_kappa, len(one.open),
        )
        for one in view.comparisons
    ]  # fmt: skip
    header = ("second scorer", "by both", "same %", "adjacent %", "kappa", "weighted", "to decide")
    print_table(header, rows, "This work is not scored twice.")
