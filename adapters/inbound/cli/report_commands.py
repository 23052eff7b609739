"""`attain report`: results as groups, with exactly what the pages withhold."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
import rich_click as click

from adapters.inbound.cli.house import House
from adapters.inbound.cli.output import json_option, print_csv, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.errors import Invalid
from application.reports.asked import KINDS, ReportAsked
from application.reports.report_files import ReportFormat
from application.reports.report_tables import (
    agreement_table,
    disaggregation_table,
    improvement_table,
    participation_table,
    slo_table,
)
from application.reports.table import ReportTable, as_objects
from application.viewers import Viewer
from domain.access import Right

Command = TypeVar("Command", bound=Callable[..., object])
_JSON = "json"
_FORMATS = click.Choice([*(one.value for one in ReportFormat), _JSON])


def _options(command: Command) -> Command:
    """What all reports take: where they look, for whom, and how they are written."""
    for option in (
        json_option,
        click.option("--as", "tech_id", help="Tech ID of whose reach it is; else the college."),
        click.option("--output", type=click.Path(path_type=Path), help="File to write."),
        click.option("--format", "form", type=_FORMATS, default=None, help="Else a table."),
        click.option("--course", default="", help="Beginning of a course code."),
        click.option("--org", default="", help="Org code, with all below it."),
        click.option("--term", default="", help="Name or source id; the current one without."),
    ):
        command = option(command)
    return command


def _of_slos(command: Command) -> Command:
    for option in (
        click.option("--slo", default="", help="Code of one SLO."),
        click.option("--kind", type=click.Choice(list(KINDS)), default=None, help="Else cslo."),
    ):
        command = option(command)
    return command


@click.group()
def report() -> None:
    """Reports: SLO performance, disaggregation, participation, improvement, agreement."""


@report.command()
@_of_slos
@_options
@click.pass_obj
def slo(
    bench: Workbench,
    /,
    form: str | None,
    output: Path | None,
    *,
    as_json: bool,
    **asked: str | None,
) -> None:
    """How many students reached which level; with --slo, term by term."""
    _tell(bench, asked, _JSON if as_json else form, output, _slo)


@report.command()
@_of_slos
@click.option("--by", default="", help="mode, location, program or an attribute that is kept.")
@_options
@click.pass_obj
def disaggregation(
    bench: Workbench,
    /,
    form: str | None,
    output: Path | None,
    *,
    as_json: bool,
    **asked: str | None,
) -> None:
    """One SLO's results by group."""
    _tell(bench, asked, _JSON if as_json else form, output, _disaggregation)


@report.command()
@_options
@click.pass_obj
def participation(
    bench: Workbench,
    /,
    form: str | None,
    output: Path | None,
    *,
    as_json: bool,
    **asked: str | None,
) -> None:
    """Where assessments stand in the sections."""
    _tell(bench, asked, _JSON if as_json else form, output, _participation)


@report.command()
@_options
@click.pass_obj
def agreement(
    bench: Workbench,
    /,
    form: str | None,
    output: Path | None,
    *,
    as_json: bool,
    **asked: str | None,
) -> None:
    """How far two scorers of the same work agree."""
    _tell(bench, asked, _JSON if as_json else form, output, _agreement)


@report.command()
@_options
@click.pass_obj
def improvement(
    bench: Workbench,
    /,
    form: str | None,
    output: Path | None,
    *,
    as_json: bool,
    **asked: str | None,
) -> None:
    """What became of action plans; without --term of all terms."""
    _tell(bench, asked, _JSON if as_json else form, output, _improvement)


def _slo(house: House, viewer: Viewer, asked: ReportAsked) -> ReportTable:
    return slo_table(house.slo_report(viewer, asked))


def _disaggregation(house: House, viewer: Viewer, asked: ReportAsked) -> ReportTable:
    return disaggregation_table(house.disaggregation(viewer, asked))


def _participation(house: House, viewer: Viewer, asked: ReportAsked) -> ReportTable:
    return participation_table(house.participation_report(viewer, asked))


def _improvement(house: House, viewer: Viewer, asked: ReportAsked) -> ReportTable:
    return improvement_table(house.improvement_report(viewer, asked))


def _agreement(house: House, viewer: Viewer, asked: ReportAsked) -> ReportTable:
    return agreement_table(house.agreement_report(viewer, asked))


def _tell(
    bench: Workbench,
    asked: dict[str, str | None],
    form: str | None,
    output: Path | None,
    read: Callable[[House, Viewer, ReportAsked], ReportTable],
) -> None:
    """Raises: Invalid for a format that is no text without a file to write it to."""
    tech_id = asked.pop("tech_id")
    wanted = ReportAsked(**{name: text or "" for name, text in asked.items()})
    if output is None and form in {ReportFormat.XLSX, ReportFormat.PDF}:
        raise Invalid("output", f"name the {form.upper() if form else ''} file to write.")
    with bench.open_house() as house:
        table = read(house, house.acting_viewer(tech_id, Right.READ_REPORTS), wanted)
        if output is not None and form != _JSON:
            chosen = ReportFormat(form) if form else _format_of(output)
            _write(output, house.write_report(table, chosen))
            return
    if form == _JSON:
        _as_json(table, output)
    elif form == ReportFormat.CSV:
        print_csv([column.bare_title for column in table.columns], table.rows)
    else:
        titles = [column.bare_title for column in table.columns]
        print_table(titles, table.rows, "There are no results here.")
        for sentence in table.rules:
            say(sentence)


def _as_json(table: ReportTable, output: Path | None) -> None:
    if output is None:
        print_json(as_objects(table))
        return
    _write(output, msgspec.json.format(msgspec.json.encode(as_objects(table))))


def _format_of(output: Path) -> ReportFormat:
    ending = output.suffix.removeprefix(".").casefold()
    if ending not in set(ReportFormat):
        raise Invalid("format", f"choose one of: {', '.join([*ReportFormat, _JSON])}.")
    return ReportFormat(ending)


def _write(output: Path, content: bytes) -> None:
    try:
        output.write_bytes(content)
    except OSError as error:
        raise Invalid("output", f"{output} cannot be written to.") from error
    say(f"Written to {output}.")
