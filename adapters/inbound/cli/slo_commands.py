"""`attain slo`: make, edit, retire, map, target, import and export SLOs."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

import rich_click as click

from adapters.inbound.cli.house import House
from adapters.inbound.cli.messages import REFUSED
from adapters.inbound.cli.output import (
    complain,
    json_option,
    leave,
    print_json,
    print_table,
    say,
)
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.outcome_files.formats import FileFormat, Options, read_outcome_file, written
from adapters.inbound.outcome_files.known import Owner
from application.errors import Invalid
from application.import_report import ImportReport, LineState
from application.queries.slo_list import SloFilter
from application.slos.mapper import Cell
from application.use_cases.keep_slos import (
    ChangeSloStateCommand,
    EditSloCommand,
    NewSloCommand,
)
from application.use_cases.map_slos import MapSlosCommand
from application.use_cases.set_target import SetTargetCommand
from application.viewers import Viewer
from domain.access import Right
from domain.ids import ScaleId
from domain.score import plain
from domain.slo import Edit, SloKind, SloState
from domain.slo_mapping import MappingKind
from domain.target import TargetOf

Command = TypeVar("Command", bound=Callable[..., object])
_CODE = click.argument("slo_code", metavar="CODE")
acting_option: Callable[[Command], Command] = click.option(
    "--as", "tech_id", metavar="TECH_ID", help="Only what this person may do."
)
_way: Callable[[Command], Command] = click.option(
    "--edit",
    "edit",
    type=click.Choice([str(one) for one in Edit]),
    default=str(Edit.WORDING),
    show_default=True,
    help="Whether other words are a correction or a new version.",
)


@click.group()
def slo() -> None:
    """Student learning outcomes."""


@slo.command()
@click.option("--kind", type=click.Choice([str(one) for one in SloKind]), default="cslo",
              show_default=True)  # fmt: skip
@click.option("--code", required=True)
@click.option("--course", default="", metavar="CODE", help="The course of a CSLO.")
@click.option("--org", default="", metavar="CODE", help="The org of a PSLO or ISLO.")
@click.option("--title", required=True)
@click.option("--statement", required=True)
@click.option("--draft", is_flag=True, help="Not to be assessed yet.")
@acting_option
@json_option
@click.pass_obj
def new(
    bench: Workbench,
    kind: str,
    code: str,
    course: str,
    org: str,
    title: str,
    statement: str,
    tech_id: str | None,
    *,
    draft: bool,
    as_json: bool,
) -> None:
    """Make an SLO."""
    with bench.open_house() as house:
        viewer = _viewer(house, tech_id)
        state = SloState.DRAFT if draft else SloState.ACTIVE
        command = NewSloCommand(viewer, SloKind(kind), code, course, org, title, statement, state)
        slo_id = house.new_slo(command)
    if as_json:
        print_json({"id": slo_id})
    else:
        say(f"Made {code}.")


@slo.command()
@_CODE
@click.option("--code", "new_code", help="Another code.")
@click.option("--title")
@click.option("--statement")
@click.option(
    "--descriptor",
    "descriptors",
    multiple=True,
    metavar="SCALE:POINTS=TEXT",
    help="Text for one score level; empty takes the own one away. May be repeated.",
)
@_way
@acting_option
@click.pass_obj
def edit(
    bench: Workbench,
    slo_code: str,
    new_code: str | None,
    title: str | None,
    statement: str | None,
    descriptors: tuple[str, ...],
    edit: str,
    tech_id: str | None,
) -> None:
    """Change code, words or descriptors of an SLO."""
    with bench.open_house() as house:
        viewer, slo_id = _viewer(house, tech_id), house.slo_names(slo_code)
        texts = dict(_descriptor(house, one) for one in descriptors)
        command = EditSloCommand(
            viewer, slo_id, Edit(edit), new_code, title, statement, texts or None
        )
        after = house.edit_slo(command)
    say(f"{after.code} is version {after.version}.")


@slo.command()
@_CODE
@acting_option
@click.pass_obj
def retire(bench: Workbench, slo_code: str, tech_id: str | None) -> None:
    """Take an SLO out of use; its results stay."""
    _move(bench, slo_code, tech_id, SloState.RETIRED)


@slo.command()
@_CODE
@acting_option
@click.pass_obj
def reinstate(bench: Workbench, slo_code: str, tech_id: str | None) -> None:
    """Bring a draft or retired SLO into use."""
    _move(bench, slo_code, tech_id, SloState.ACTIVE)


@slo.command()
@_CODE
@json_option
@click.pass_obj
def show(bench: Workbench, slo_code: str, *, as_json: bool) -> None:
    """Show an SLO with its versions, mappings, target and use."""
    with bench.open_house() as house:
        view = house.slo_page(_viewer(house, None), house.slo_names(slo_code))
    if as_json:
        print_json(view)
        return
    say(f"{view.slo.code}  {view.slo.kind}, {view.owner or 'institution'}, {view.slo.state}")
    say(f"{view.slo.title}: {view.slo.statement}")
    print_table(
        ("version", "title", "from", "until", "replaces"),
        [(one.version, one.title, one.since, one.until, one.replaces) for one in view.versions],
        "",
    )
    rows = [
        (way, one.code, one.mapping_kind, one.from_term, one.until_term)
        for way, mapped in (("to", view.up), ("from", view.down))
        for one in mapped
    ]
    print_table(("mapped", "SLO", "kind", "from", "until"), rows, "It is not mapped.")
    share = view.target.own if view.target.own is not None else view.target.inherited
    say(f"Target: {'none' if share is None else f'{plain(share)} %'}")
    print_table(
        ("sent to", "place", "version", "at", "there"),
        [(one.site, one.place, one.version, one.sent_at, one.live) for one in view.sent],
        "It was never sent to Canvas.",
    )
    print_table(
        ("assessed by", "name", "sections"),
        [(one.code, one.name, one.sections) for one in view.assessed],
        "No assessment has a row for it.",
    )


@slo.command("list")
@click.option("--kind", default="", type=click.Choice(["", *(str(one) for one in SloKind)]))
@click.option("--org", default="", metavar="ID", help="Only of this org and below, by code.")
@click.option("--state", default="all", show_default=True,
              type=click.Choice(["all", *(str(one) for one in SloState)]))  # fmt: skip
@click.option("--search", default="")
@json_option
@click.pass_obj
def list_slos(
    bench: Workbench, kind: str, org: str, state: str, search: str, *, as_json: bool
) -> None:
    """List SLOs by code."""
    with bench.open_house() as house:
        org_id = str(house.sync_scopes.org(org).org_id) if org else ""
        wanted = SloFilter(kind, org_id, "", state, search)
        view = house.slo_list(_viewer(house, None), wanted, size=None)
    if as_json:
        print_json(view.lines)
        return
    rows = [
        (one.code, one.kind, one.owner or None, one.state, one.version, one.title, one.mapped_to)
        for one in view.lines
    ]
    header = ("code", "kind", "owner", "state", "version", "title", "maps to")
    print_table(header, rows, "There is no SLO here. See `attain slo import --help`.")


@slo.command("map")
@click.argument("lower")
@click.argument("higher")
@click.option("--kind", type=click.Choice([str(one) for one in MappingKind]))
@click.option("--from", "term", default="", metavar="TERM", help="First term; else the current.")
@acting_option
@click.pass_obj
def map_slo(
    bench: Workbench, lower: str, higher: str, kind: str | None, term: str, tech_id: str | None
) -> None:
    """Let results of LOWER count for HIGHER: CSLO to PSLO or ISLO, PSLO to ISLO."""
    cell = Cell(mapped=True, kind=MappingKind(kind) if kind else None)
    _map(bench, lower, higher, cell, term, tech_id)


@slo.command()
@click.argument("lower")
@click.argument("higher")
@click.option("--from", "term", default="", metavar="TERM", help="First term without it.")
@acting_option
@click.pass_obj
def unmap(bench: Workbench, lower: str, higher: str, term: str, tech_id: str | None) -> None:
    """End a mapping; results of before still count."""
    _map(bench, lower, higher, Cell(mapped=False), term, tech_id)


@slo.command()
@click.argument("share")
@click.option("--slo", "slo_code", metavar="CODE")
@click.option("--org", metavar="CODE")
@acting_option
@click.pass_obj
def target(
    bench: Workbench, share: str, slo_code: str | None, org: str | None, tech_id: str | None
) -> None:
    """Set the expected SHARE in per cent of an SLO or org; `none` takes it away."""
    if (slo_code is None) == (org is None):
        raise Invalid("target", "give --slo CODE or --org CODE.")
    of, subject = (TargetOf.SLO, slo_code) if slo_code is not None else (TargetOf.ORG, org)
    with bench.open_house() as house:
        number = None if share == "none" else _number(share.removesuffix("%"), "share")
        house.set_target(SetTargetCommand(_viewer(house, tech_id), of, subject or "", number))
    say("Target: none." if number is None else f"Target: {plain(number)} %.")


@slo.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "kind", type=click.Choice([str(one) for one in FileFormat]),
              help="Else told by the content.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@_way
@click.option("--course", default="", metavar="CODE", help="Owner of SLOs that name none.")
@click.option("--org", default="", metavar="CODE", help="Owner of SLOs that name none.")
@click.option("--from", "term", default="", metavar="TERM", help="First term of new mappings.")
@acting_option
@json_option
@click.pass_obj
def import_slos(
    bench: Workbench,
    file: Path,
    kind: str | None,
    edit: str,
    course: str,
    org: str,
    term: str,
    tech_id: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import SLOs from a file (docs/outcome-files.md); all of it or nothing."""
    options = Options(
        FileFormat(kind) if kind else None, Edit(edit), Owner(course, org), term, dry_run
    )
    with bench.open_house() as house:
        register = house.registers.outcomes()
        command = read_outcome_file(file, register, options, _viewer(house, tech_id))
        _finish(house.import_slos(command), as_json=as_json, dry_run=dry_run)


@slo.command()
@click.option("--format", "kind", type=click.Choice([str(one) for one in FileFormat]),
              default=str(FileFormat.JSON), show_default=True)  # fmt: skip
@click.option("--org", default="", metavar="CODE", help="Only of this org and below.")
@click.option("--root-account", default="", metavar="NUMBER", help="Of Canvas; only canvas-csv.")
@click.option("--framework", default="", metavar="ID", help="An imported one; only case.")
@click.pass_obj
def export(bench: Workbench, kind: str, org: str, root_account: str, framework: str) -> None:
    """Print SLOs as a file that `slo import` reads."""
    with bench.open_house() as house:
        found = house.read_outcome_export(_viewer(house, None), org)
    content = written(found, FileFormat(kind), root=root_account, document=framework)
    click.echo(content, nl=False)


def _viewer(house: House, tech_id: str | None) -> Viewer:
    return house.acting_viewer(tech_id, Right.KEEP_OUTCOMES)


def _move(bench: Workbench, code: str, tech_id: str | None, state: SloState) -> None:
    with bench.open_house() as house:
        viewer = _viewer(house, tech_id)
        after = house.change_slo_state(ChangeSloStateCommand(viewer, house.slo_names(code), state))
    say(f"{after.code} is {after.state}.")


def _map(
    bench: Workbench, lower: str, higher: str, cell: Cell, term: str, tech_id: str | None
) -> None:
    with bench.open_house() as house:
        viewer = _viewer(house, tech_id)
        pair = house.slo_names(lower, "lower"), house.slo_names(higher, "higher")
        command = MapSlosCommand(viewer, {pair: cell}, term)
        changed = house.map_slos(command)
    say("Saved." if changed else "It was so already.")


def _descriptor(house: House, written_as: str) -> tuple[tuple[ScaleId, Decimal], str]:
    level, equals, text = written_as.partition("=")
    code, colon, points = level.rpartition(":")
    if not equals or not colon:
        raise Invalid("descriptor", "write SCALE:POINTS=TEXT.")
    listed = house.scale_list().scale(code)
    if listed is None:
        raise Invalid("descriptor", f"no scale has the code {code}.")
    return (listed.scale.id, _number(points, "descriptor")), text


def _number(text: str, field: str) -> Decimal:
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        raise Invalid(field, f"'{text}' is no number.") from None


def _finish(report: ImportReport, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        print_json(report)
    else:
        for problem in report.problems:
            complain(f"{problem.path}: {problem.cause}")
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
