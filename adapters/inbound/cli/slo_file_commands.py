"""SLOs as files: imported whole or not at all, exported as imports read them."""

from pathlib import Path

import rich_click as click

from adapters.inbound.cli.import_report import finish
from adapters.inbound.cli.output import json_option
from adapters.inbound.cli.slo_keeper import acting_option, edit_option, keeper
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.outcome_files.formats import FileFormat, Options, read_outcome_file, written
from adapters.inbound.outcome_files.known import Owner
from domain.slo import Edit


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "kind", type=click.Choice([str(one) for one in FileFormat]),
              help="Else told by the content.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@edit_option
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
        command = read_outcome_file(file, register, options, keeper(house, tech_id))
        finish(house.import_slos(command), as_json=as_json, dry_run=dry_run)


@click.command()
@click.option("--format", "kind", type=click.Choice([str(one) for one in FileFormat]),
              default=str(FileFormat.JSON), show_default=True)  # fmt: skip
@click.option("--org", default="", metavar="CODE", help="Only of this org and below.")
@click.option("--root-account", default="", metavar="NUMBER", help="Of Canvas; only canvas-csv.")
@click.option("--framework", default="", metavar="ID", help="An imported one; only case.")
@click.pass_obj
def export(bench: Workbench, kind: str, org: str, root_account: str, framework: str) -> None:
    """Print SLOs as a file that `slo import` reads."""
    with bench.open_house() as house:
        found = house.read_outcome_export(keeper(house, None), org)
    content = written(found, FileFormat(kind), root=root_account, document=framework)
    click.echo(content, nl=False)
