"""`attain export`: all data of the college, to be taken elsewhere."""

import csv
from collections.abc import Iterator
from pathlib import Path

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.files.csv_text import csv_lines
from adapters.inbound.files.oneroster_out import OutFile, oneroster_files
from application.errors import Invalid
from application.ports.table_dump import DumpedTable

Written = tuple[str, int]


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def export(bench: Workbench, folder: Path, *, as_json: bool) -> None:
    """Write all data of the college to DIR, which must be new or empty.

    `tables/` holds every record as CSV (docs/export.md); `oneroster/` the roster, which
    `attain load oneroster` reads back. No secret is written; names and scores are, so the
    folder opens for its owner alone.
    """
    _prepare(folder)
    written: list[Written] = []
    with bench.open_house() as house:
        files = oneroster_files(house.read_roster())
        written += [_write_plain(folder / "oneroster", file) for file in files]
        with house.dump_tables() as tables:
            written += [_write_table(folder / "tables", table) for table in tables]
        house.note_export(ACTOR, f"{len(written)} files")
    if as_json:
        print_json([{"file": name, "rows": rows} for name, rows in written])
    else:
        print_table(("file", "rows"), written, "")
        say(f"Written to {folder}.")


def _prepare(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Invalid("DIR", f"{folder} is there already and not empty; name a new folder.")
    try:
        for one in (folder, folder / "oneroster", folder / "tables"):
            one.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise Invalid("DIR", f"{folder} cannot be written to.") from error


def _write_plain(folder: Path, file: OutFile) -> Written:
    with (folder / file.name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(file.header)
        writer.writerows(file.rows)
    return f"oneroster/{file.name}", len(file.rows)


def _write_table(folder: Path, table: DumpedTable) -> Written:
    count = Counted(table.rows)
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as out:
        out.writelines(csv_lines(table.columns, count))
    return f"tables/{table.name}.csv", count.rows


class Counted:
    """Rows on their way to a file, counted."""

    def __init__(self, rows: Iterator[tuple[object, ...]]) -> None:
        self.rows = 0
        self._rows = rows

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        for row in self._rows:
            self.rows += 1
            yield row
