"""`attain load`: rosters, with a dry run and every defect by its place."""

from pathlib import Path

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.messages import PARTLY, REFUSED
from adapters.inbound.cli.output import complain, json_option, leave, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.files.oneroster import read_oneroster
from application.rosters.limit import removal_limit
from application.rosters.records import RowError
from application.use_cases.load_roster import LoadRosterCommand, LoadRosterReport

_SHOWN = 50


@click.group()
def load() -> None:
    """Load rosters."""


@load.command()
@click.argument("package", metavar="DIR|ZIP", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@click.option(
    "--max-removals",
    default="5%",
    show_default=True,
    metavar="SHARE|COUNT",
    help="Stop when more active people, sections or enrolments would end.",
)
@json_option
@click.pass_obj
def oneroster(
    bench: Workbench, package: Path, max_removals: str, *, dry_run: bool, as_json: bool
) -> None:
    """Load OneRoster 1.1 CSV from a folder or zip.

    Wrong rows are left out and named; the others are loaded, and the exit code is 5. A
    defect of the whole package, or too many removals, stops the load with exit code 3.
    """
    limit = removal_limit(max_removals)
    with bench.open_house() as house:
        upload = read_oneroster(package)
        command = LoadRosterCommand(
            ACTOR, upload.roster, upload.source, dry_run=dry_run, limit=limit
        )
        report = house.load_roster(command)
    if as_json:
        print_json(report)
    else:
        _print_report(report, dry_run=dry_run)
    leave(_exit_code(report))


def _exit_code(report: LoadRosterReport) -> int:
    if report.stopped:
        return REFUSED
    return PARTLY if report.has_row_errors else 0


def _print_report(report: LoadRosterReport, *, dry_run: bool) -> None:
    for error in report.errors[:_SHOWN]:
        complain(_line(error))
    if len(report.errors) > _SHOWN:
        complain(f"... and {len(report.errors) - _SHOWN} more; see them all with --json.")
    print_table(
        ("", "added", "changed", "ended", "same", "refused"),
        [(c.kind, c.added, c.changed, c.ended, c.same, c.refused) for c in report.counts],
        "",
    )
    if report.stopped:
        complain(f"Nothing was loaded. {report.stopped}")
    elif dry_run:
        say("Dry run: nothing was changed.")
    else:
        say("Loaded.")


def _line(error: RowError) -> str:
    place = ":".join(part for part in (error.file, str(error.line or ""), error.column) if part)
    value = f" '{error.value}'" if error.value else ""
    return f"{error.severity} {place}{value}: {error.cause}"
