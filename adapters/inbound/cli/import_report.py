"""The end of an import command: what was done, or every problem by its place."""

from typing import Any

from adapters.inbound.cli.messages import REFUSED
from adapters.inbound.cli.output import complain, leave, print_json, print_table, say
from application.import_report import ImportReport, LineState

_MOST_SHOWN = 100


def finish(report: ImportReport, *, as_json: bool, dry_run: bool = False) -> None:
    if as_json:
        print_json(report)
    else:
        for problem in report.problems[:_MOST_SHOWN]:
            complain(f"{problem.path}: {problem.cause}")
        if len(report.problems) > _MOST_SHOWN:
            complain(f"And {len(report.problems) - _MOST_SHOWN} more; --json has them all.")
        _say_lines(report, dry_run=dry_run)
        for count in report.counts:
            say(str(count))
        if report.problems:
            complain("Nothing was imported.")
        elif dry_run:
            say("Dry run: nothing was changed.")
    leave(REFUSED if report.problems else 0)


def _say_lines(report: ImportReport, *, dry_run: bool) -> None:
    """Each SLO that would change; an import itself says only the counts."""
    if not dry_run or report.problems:
        return
    rows: list[tuple[Any, ...]] = [
        (line.state, line.code, line.title, line.changed, line.path)
        for line in report.lines
        if line.state is not LineState.SAME
    ]
    print_table(("what", "SLO", "title", "differs", "place"), rows, "Nothing would change.")
