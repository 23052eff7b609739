"""`attain counts`: how many students reached each level in Collective assessments."""

import rich_click as click

from adapters.inbound.cli.actor import as_option
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.errors import Conflict, Invalid
from application.queries.scoring.counts_page import CountedRow, CountsView
from application.use_cases.scoring.enter_counts import (
    NOT_ASSESSED,
    EnterCountsCommand,
    RowConflict,
    RowRefused,
    RowWanted,
)
from domain.access import Right


@click.group()
def counts() -> None:
    """Counts of Collective assessments."""


@counts.command()
@click.argument("section")
@click.argument("assessment")
@json_option
@click.pass_obj
def show(bench: Workbench, section: str, assessment: str, *, as_json: bool) -> None:
    """Show the counts of ASSESSMENT in SECTION, a title or source id."""
    with bench.open_house() as house:
        work_id = house.registers.work_named(section, assessment)
        view = house.counts_page(house.acting_viewer(None), work_id)
    if as_json:
        print_json(_as_json(view))
        return
    rows = [
        (row.head.code, _levels(row), row.not_assessed, _difference(view, row)) for row in view.rows
    ]
    print_table(("SLO", "levels", "N/A", "difference"), rows, "This assessment has no SLO.")
    say(f"{view.enrolled} enrolled; {view.counted} of {len(view.rows)} SLOs counted.")


@counts.command("set")
@click.argument("section")
@click.argument("assessment")
@click.argument("slo")
@click.argument("levels", nargs=-1, metavar="[LEVEL=STUDENTS]...")
@click.option("--na", type=click.IntRange(min=0), default=0, help="How many were not assessed.")
@click.option("--clear", is_flag=True, help="Make the row blank again.")
@as_option("Whose counts they are.", required=False)
@click.pass_obj
def set_counts(
    bench: Workbench,
    section: str,
    assessment: str,
    slo: str,
    levels: tuple[str, ...],
    na: int,
    tech_id: str | None,
    *,
    clear: bool,
) -> None:
    """Set the counts of one SLO row, such as `4=10 3=15 2=5 --na 1`.

    Levels that are not named count nobody. All together must be the number enrolled.
    """
    if clear is bool(levels or na):
        raise Invalid("levels", "give LEVEL=STUDENTS, or --clear.")
    wanted = {} if clear else _given(levels) | {NOT_ASSESSED: str(na)}
    with bench.open_house() as house:
        viewer = house.acting_viewer(tech_id, Right.SCORE)
        work_id = house.registers.work_named(section, assessment)
        row = _named(house.counts_page(viewer, work_id), slo)
        asked = RowWanted(row.head.id, wanted, row.version)
        (answer,) = house.enter_counts(EnterCountsCommand(viewer, work_id, (asked,)))
    if isinstance(answer, RowRefused):
        raise Invalid("levels", answer.sentence)
    if isinstance(answer, RowConflict):
        raise Conflict("Somebody changed this row at the same moment; look at it again.")
    say(f"{row.head.code}: " + ("blank." if clear else f"{answer.counts.total} students counted."))


def _given(levels: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for level in levels:
        points, equals, students = level.partition("=")
        if not equals:
            raise Invalid("levels", f"'{level}': write LEVEL=STUDENTS, such as 4=10.")
        given[points.strip()] = students
    return given


def _named(view: CountsView, slo: str) -> CountedRow:
    for row in view.rows:
        if slo in {row.head.code, row.head.id}:
            return row
    known = ", ".join(row.head.code for row in view.rows)
    raise Invalid("slo", f"this assessment has {known}.")


def _levels(row: CountedRow) -> str:
    shown = (f"{level.points}: {row.counts.get(level.points, '-')}" for level in row.head.levels)
    return ", ".join(shown)


def _difference(view: CountsView, row: CountedRow) -> str:
    return str(view.enrolled - row.total) if row.not_assessed else "not counted"


def _as_json(view: CountsView) -> dict[str, object]:
    return {
        "enrolled": view.enrolled,
        "rows": [
            {
                "slo": row.head.code,
                "levels": {points: int(students) for points, students in row.counts.items()},
                "not_assessed": int(row.not_assessed) if row.not_assessed else None,
                "counted_at": row.counted_at,
                "version": row.version,
            }
            for row in view.rows
        ],
    }
