"""`attain assessment`: what is assessed and how."""

from pathlib import Path

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.messages import REFUSED
from adapters.inbound.cli.output import complain, json_option, leave, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.files.assessment_file import read_assessments
from application.import_report import ImportReport
from domain.score import plain

_FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def assessment() -> None:
    """Assessments."""


@assessment.command("import")
@_FILE
@json_option
@click.pass_obj
def import_assessments(bench: Workbench, file: Path, *, as_json: bool) -> None:
    """Import assessments from a JSON file (docs/formats.md); all of it or nothing."""
    command = read_assessments(file, ACTOR)
    with bench.open_house() as house:
        _finish(house.import_assessments(command), as_json=as_json)


@assessment.command("list")
@json_option
@click.pass_obj
def list_assessments(bench: Workbench, *, as_json: bool) -> None:
    """List all assessments by name, with the sections that use them."""
    with bench.open_house() as house:
        lines = house.registers.assessments()
    if as_json:
        print_json(lines)
        return
    rows = [
        (a.code, a.name, a.kind, a.purpose, a.rows, plain(a.points_possible), a.sections)
        for a in lines
    ]
    header = ("code", "name", "kind", "purpose", "rows", "points", "sections")
    print_table(header, rows, "There is no assessment yet. See `attain assessment import --help`.")


def _finish(report: ImportReport, *, as_json: bool) -> None:
    if as_json:
        print_json(report)
    else:
        for problem in report.problems:
            complain(f"{problem.path}: {problem.cause}")
        for count in report.counts:
            say(str(count))
        if report.problems:
            complain("Nothing was imported.")
    leave(REFUSED if report.problems else 0)
