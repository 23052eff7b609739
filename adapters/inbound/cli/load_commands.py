"""`attain load`: rosters with a dry run and every defect by its place, and loads taken back."""

from pathlib import Path

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.load_output import (
    counted,
    exit_code,
    print_check,
    print_report,
    progress_bar,
)
from adapters.inbound.cli.messages import PARTLY
from adapters.inbound.cli.output import json_option, leave, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.files.finding_rows import finding_lines
from adapters.inbound.files.packages import PACKAGE_KINDS, PackageKind, PackageShelf
from application.later import imported_later
from application.loading.limit import removal_limit
from application.rosters.read_options import ENCODINGS, LoadReading
from domain.ids import LoadRunId

with imported_later(__name__):
    from application.use_cases.lms.check_courses import CheckCoursesCommand
    from application.use_cases.rosters.load_roster import LoadRosterCommand


@click.group()
def load() -> None:
    """Load rosters, look at loads, take the last one back."""


def _command_for(kind: PackageKind) -> click.Command:
    @click.command(
        kind.name,
        help=f"""Load {kind.says}, from a folder or zip.

    Wrong rows are left out and named; the others are loaded, and the exit code is 5. A
    defect of the whole package, or too many removals, stops the load with exit code 3.
    """,
    )
    @click.argument("package", metavar="DIR|ZIP", type=click.Path(path_type=Path))
    @click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
    @click.option(
        "--max-removals",
        default="5%",
        show_default=True,
        metavar="SHARE|COUNT",
        help="Stop when more active people, sections or enrolments would end.",
    )
    @click.option("--rekey", is_flag=True, help="The ids of people are new: know them by Tech ID.")
    @click.option(
        "--move-sections",
        is_flag=True,
        help="Also move sections that hold assessments to another course or term.",
    )
    @click.option("--encoding", type=click.Choice(ENCODINGS), help="Of files that are not UTF-8.")
    @click.option("--org", "orgs", multiple=True, metavar="CODE", help="Only this org and below.")
    @click.option("--term", "terms", multiple=True, metavar="TERM", help="Only this term.")
    @click.option(
        "--whole/--changes",
        "whole",
        default=None,
        help="Without a manifest: files are the whole truth, or only tell what changed.",
    )
    @json_option
    @click.pass_obj
    def run(
        bench: Workbench,
        package: Path,
        max_removals: str,
        encoding: str | None,
        orgs: tuple[str, ...],
        terms: tuple[str, ...],
        whole: bool | None,  # noqa: FBT001 a choice of three
        *,
        dry_run: bool,
        rekey: bool,
        move_sections: bool,
        as_json: bool,
    ) -> None:
        limit = removal_limit(max_removals)
        with bench.open_house() as house, progress_bar(hidden=as_json) as progress:
            progress("reading", 0, 1)
            asked = LoadReading(encoding or ENCODINGS[0], orgs, terms, whole)
            read = PackageShelf()(kind.name, package, asked.over(house.read_roster_reading()))
            report = house.load_roster(
                LoadRosterCommand(
                    ACTOR,
                    read.roster,
                    read.source,
                    dry_run=dry_run,
                    limit=limit,
                    kind=kind.name,
                    rekey=rekey,
                    move_sections=move_sections,
                    progress=progress,
                )
            )
        if as_json:
            print_json(report)
        else:
            print_report(report, dry_run=dry_run)
        leave(exit_code(report))

    return run


for _kind in PACKAGE_KINDS.values():
    load.add_command(_command_for(_kind))


@load.command()
@json_option
@click.pass_obj
def runs(bench: Workbench, *, as_json: bool) -> None:
    """List loads, the newest first."""
    with bench.open_house() as house:
        lines = house.list_loads()
    if as_json:
        print_json([line.run for line in lines])
        return
    print_table(
        ("load", "when", "by", "file", "state", "added", "changed", "ended", "found"),
        [
            (
                line.run.id,
                line.run.requested_at,
                line.requested_by,
                line.run.source,
                line.run.state,
                *counted(line.run),
                f"{line.run.errors} errors, {line.run.warnings} warnings",
            )
            for line in lines
        ],
        "No roster was loaded yet. See `attain load --help`.",
    )


@load.command()
@click.argument("run_id", metavar="RUN")
@json_option
@click.pass_obj
def findings(bench: Workbench, run_id: str, *, as_json: bool) -> None:
    """Print all that a load found, as CSV."""
    with bench.open_house() as house:
        found = list(house.read_findings(LoadRunId(run_id)))
    if as_json:
        print_json(found)
        return
    for line in finding_lines(found):
        click.echo(line, nl=False)


@load.command()
@click.argument("run_id", metavar="RUN")
@click.pass_obj
def undo(bench: Workbench, run_id: str) -> None:
    """Take the last load back: what it changed is as it was, what it added goes.

    It is refused when what the load added is in use by now: nothing with scores is removed.
    """
    with bench.open_house() as house:
        report = house.undo_load(ACTOR, LoadRunId(run_id))
    say(f"Undone: {report.removed} records removed, {report.restored} as they were before.")
    if report.left:
        say(f"{report.left} were changed since by other hands and stay so.")


@load.command()
@click.option("--term", default="", help="Sections of this term only, by its name.")
@click.option("--canvas", "site", default="", help="The Canvas site, where there are several.")
@json_option
@click.pass_obj
def check(bench: Workbench, term: str, site: str, *, as_json: bool) -> None:
    """Compare Section Titles with the Course Codes in Canvas.

    A section finds its Canvas course without asking when exactly one Course Code equals its
    title. Candidates are shown for the others and never taken. Exit code 5 when a section
    has no course, or several.
    """
    with bench.open_house() as house:
        report = house.run(house.check_courses(CheckCoursesCommand(site, term)))
    if as_json:
        print_json(report)
    else:
        print_check(report)
    leave(PARTLY if report.without or report.several else 0)
