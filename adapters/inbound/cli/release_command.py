"""`attain scores release`: show a section's students their results, or hide them again."""

import rich_click as click

from adapters.inbound.cli.actor import as_option
from adapters.inbound.cli.output import json_option, print_json, say
from adapters.inbound.cli.workbench import Workbench
from application.use_cases.scoring.release_results import ReleaseResultsCommand


@click.command()
@click.argument("section")
@click.argument("assessment")
@as_option("The teacher who does it.")
@click.option("--take-back", is_flag=True, help="Hide them from students again.")
@json_option
@click.pass_obj
def release(
    bench: Workbench, section: str, assessment: str, tech_id: str, *, take_back: bool, as_json: bool
) -> None:
    """Show the students of SECTION their results of ASSESSMENT.

    SECTION is a title or source id, ASSESSMENT a code. Each student sees only their own.
    """
    with bench.open_house() as house:
        place = house.registers.work_of(section, assessment, tech_id)
        command = ReleaseResultsCommand(place.person_id, place.work_id, not take_back)
        report = house.release_results(command)
    if as_json:
        print_json(report)
        return
    done = "hidden from" if report.released_at is None else "released to"
    again = "" if report.changed else " They were before."
    say(f"The results are {done} {report.students} students.{again}")
