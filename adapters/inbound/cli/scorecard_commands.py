"""`attain scorecard`: rubric and scorecard as files, and filled scorecards back in."""

from pathlib import Path

import rich_click as click

from adapters.inbound.cli.actor import as_option
from adapters.inbound.cli.house import House
from adapters.inbound.cli.messages import PARTLY
from adapters.inbound.cli.output import complain, json_option, leave, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.scorecards.filled import read_filled
from application.errors import Invalid
from application.queries.rosters.registers import WorkPlace
from application.scorecards.upload_plan import ChangeState, UploadPlan
from application.scorecards.wanted import EVERYBODY, NOBODY, FileFormat, Subject, Wanted
from application.use_cases.scoring.record_scores import (
    InConflict,
    RecordScoresCommand,
    RecordScoresReport,
    Refused,
    Saved,
)
from application.use_cases.scoring.upload_scorecard import as_cell_changes
from domain.access import Right

_AS = as_option("Who scores there.")
_FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.group()
def scorecard() -> None:
    """Rubric and scorecard as PDF, XLSX or CSV; filled scorecards back in."""


@scorecard.command("export")
@click.argument("section")
@click.argument("assessment")
@_FILE
@_AS
@click.option("--rubric", is_flag=True, help="The rubric instead of the scorecard.")
@click.option(
    "--student",
    metavar="TECH_ID",
    help="With --rubric: only this student's; by the key of the scorecard where names are hidden.",
)
@click.option("--blank", is_flag=True, help="Without scores, to be filled in.")
@click.pass_obj
def export(
    bench: Workbench,
    section: str,
    assessment: str,
    file: Path,
    tech_id: str,
    student: str | None,
    *,
    rubric: bool,
    blank: bool,
) -> None:
    """Write the scorecard of ASSESSMENT in SECTION to FILE: .pdf, .xlsx or .csv.

    SECTION is a title or source id, ASSESSMENT a code. A file that is there is replaced.
    """
    file_format = _format_of(file)
    with bench.open_house() as house:
        place = _place(house, section, assessment, tech_id)
        if not rubric:
            wanted = Wanted(Subject.SCORECARD, file_format, not blank)
        else:
            whom = NOBODY if blank else EVERYBODY
            if student:
                whom = house.downloads_page(place.person_id, place.work_id).student_with(student).id
            wanted = Wanted(Subject.RUBRIC, file_format, not blank, whom)
        made = house.make_download(place.person_id, place.work_id, wanted)
    try:
        file.write_bytes(made.content)
    except OSError as error:
        raise Invalid("file", f"it cannot be written: {error.strerror}.") from error
    say(f"Written to {file}.")


@scorecard.command("import")
@click.argument("section")
@click.argument("assessment")
@_FILE
@_AS
@click.option("--replace-conflicts", is_flag=True, help="Also replace what others changed since.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@json_option
@click.pass_obj
def import_filled(
    bench: Workbench,
    section: str,
    assessment: str,
    file: Path,
    tech_id: str,
    *,
    replace_conflicts: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read a filled scorecard, XLSX or CSV, into ASSESSMENT in SECTION.

    The exit code is 5 when something in the file cannot be read, or stays since somebody
    else changed it after the download.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Invalid("file", f"it cannot be read: {error.strerror}.") from error
    with bench.open_house() as house:
        place = _place(house, section, assessment, tech_id)
        title = house.downloads_page(place.person_id, place.work_id).key_title
        spoken = house.read_college_rules().spoken()
        filled = read_filled(content, spoken.get(title, title))
        plan = house.preview_scorecard(place.person_id, place.work_id, filled)
        report = None if dry_run else _apply(house, place, plan, replace=replace_conflicts)
    if as_json:
        print_json(_as_json(plan, report))
    else:
        _print(plan, report)
    kept = 0 if replace_conflicts else len(plan.in_state(ChangeState.CONFLICT))
    unsaved = report is not None and _saved(report) < len(report.answers)
    leave(PARTLY if plan.unclear or kept or unsaved else 0)


def _place(house: House, section: str, assessment: str, tech_id: str) -> WorkPlace:
    """Raises as `work_of`; Forbidden: no role of the person scores."""
    house.acting_viewer(tech_id, Right.SCORE)
    return house.registers.work_of(section, assessment, tech_id)


def _format_of(file: Path) -> FileFormat:
    """Raises Invalid for another ending."""
    ending = file.suffix.removeprefix(".").lower()
    if ending not in set(FileFormat):
        raise Invalid("file", "let its name end in .pdf, .xlsx or .csv.")
    return FileFormat(ending)


def _apply(
    house: House, place: WorkPlace, plan: UploadPlan, *, replace: bool
) -> RecordScoresReport:
    wanted = plan.changes if replace else plan.in_state(ChangeState.CHANGED)
    command = RecordScoresCommand(place.person_id, place.work_id, as_cell_changes(wanted))
    return house.record_scores(command)


def _saved(report: RecordScoresReport) -> int:
    return sum(isinstance(answer, Saved) for answer in report.answers)


def _as_json(plan: UploadPlan, report: RecordScoresReport | None) -> dict[str, object]:
    return {
        "saved": None if report is None else _saved(report),
        "same": plan.same,
        "columns_left_out": plan.left_out,
        "changes": [
            {
                "row": one.line,
                "tech_id": one.key,
                "column": one.column,
                "old": one.old,
                "new": one.new,
                "state": one.state,
                "changed_by": one.by,
            }
            for one in plan.changes
        ],
        "unclear": [
            {"row": one.line, "column": one.column, "value": one.value, "cause": one.cause}
            for one in plan.unclear
        ],
    }


def _print(plan: UploadPlan, report: RecordScoresReport | None) -> None:
    rows = [
        (one.line, one.key, one.column, one.old, one.new, one.state, one.by) for one in plan.changes
    ]
    header = ("row", "student", "SLO", "now", "in the file", "", "changed by")
    print_table(header, rows, "Everything in the file stands there already.")
    for one in plan.unclear:
        where = f"row {one.line}" + (f", {one.column}" if one.column else "")
        complain(f"{where}: '{one.value}': {one.cause}")
    if report is None:
        say("Dry run: nothing was saved.")
        return
    say(f"Scores saved: {_saved(report)}. Left as they are: {plan.same}.")
    for answer in report.answers:
        match answer:
            case InConflict(_, _, by):
                complain(f"One was changed meanwhile by {by or 'somebody'} and stays.")
            case Refused(_, sentence):
                complain(sentence)
            case Saved():
                continue
