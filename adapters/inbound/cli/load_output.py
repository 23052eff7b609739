"""A load at the terminal: its progress, what it did, and what it found."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from adapters.inbound.cli.messages import PARTLY, REFUSED
from adapters.inbound.cli.output import complain, print_table, say
from application.later import imported_later
from application.ports.progress import Progress as Tell
from application.rosters.load_runs import LoadRun
from application.rosters.row_errors import RowError

with imported_later(__name__):
    from application.use_cases.lms.check_courses import CheckCoursesReport
    from application.use_cases.rosters.load_roster import LoadRosterReport
    from domain.course_codes import CodedCourse, SectionMatch

_SHOWN = 50


@contextmanager
def progress_bar(*, hidden: bool) -> Iterator[Tell]:
    """On standard error, and only where somebody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    is_watched = sys.stderr.isatty() and not hidden
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, transient=True, disable=not is_watched) as bar:
        task = bar.add_task("", total=None)

        def tell(doing: str, done: int, total: int) -> None:
            shown = total if total > 1 else None
            bar.update(task, description=doing.capitalize(), completed=done, total=shown)

        yield tell


def exit_code(report: LoadRosterReport) -> int:
    if report.stopped:
        return REFUSED
    return PARTLY if report.has_row_errors else 0


def counted(run: LoadRun) -> tuple[int, int, int]:
    """Added, changed and ended records of all kinds."""
    counts = run.counts
    return (
        sum(one.added for one in counts),
        sum(one.changed for one in counts),
        sum(one.ended for one in counts),
    )


def print_report(report: LoadRosterReport, *, dry_run: bool) -> None:
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
        say(f"Dry run: nothing was changed.{_repeated(report)}")
    else:
        say(f"Loaded.{_repeated(report)}")


def _repeated(report: LoadRosterReport) -> str:
    if report.changes_nothing:
        same = " These are the files of the last load;" if report.repeats else ""
        return f"{same} Nothing changes." if not same else f"{same} nothing changes."
    if report.repeats:
        return " These are the files of the last load; records were changed since."
    return ""


def _line(error: RowError) -> str:
    place = ":".join(part for part in (error.file, str(error.line or ""), error.column) if part)
    value = f" '{error.value}'" if error.value else ""
    return f"{error.severity} {place}{value}: {error.cause}"


def print_check(report: CheckCoursesReport) -> None:
    say(
        f"{_have(report.well, 'section')} {'its' if report.well == 1 else 'their'} course"
        f" in {report.site}, {_have(report.without)} none, {_have(report.several)} several;"
        f" {_of_none(len(report.check.unclaimed))} of no section."
    )
    rows = [
        (one.term, one.title, _found(one.courses), _offered(one))
        for one in report.check.sections
        if not one.is_well
    ]
    if rows:
        print_table(("term", "section", "courses", "candidates"), rows, "")
    if report.check.unclaimed:
        print_table(
            ("course of no section", "Course Code", "SIS id", "term", "state"),
            [(c.ref, c.code, c.sis_id, c.term, c.state) for c in report.check.unclaimed],
            "",
        )


def _have(count: int, what: str = "") -> str:
    one = count == 1
    named = f" {what}{'' if one else 's'}" if what else ""
    return f"{count}{named} {'has' if one else 'have'}"


def _of_none(count: int) -> str:
    return "1 course is" if count == 1 else f"{count} courses are"


def _found(courses: Sequence[CodedCourse]) -> str:
    named = (f"{c.ref} ({c.sis_id or 'no SIS id'}, {c.term}, {c.state})" for c in courses)
    return ", ".join(named) or "none"


def _offered(match: SectionMatch) -> str:
    named = (f"{c.course.code} [{c.course.ref}]: {c.nearness}" for c in match.candidates)
    return "; ".join(named) or "-"
