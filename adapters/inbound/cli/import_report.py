"""The end of an import command: what was done, or every problem by its place."""

from adapters.inbound.cli.messages import REFUSED
from adapters.inbound.cli.output import complain, leave, print_json, say
from application.import_report import ImportReport


def finish(report: ImportReport, *, as_json: bool) -> None:
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
