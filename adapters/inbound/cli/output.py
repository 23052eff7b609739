"""Answers on the terminal: tables for people, JSON for scripts."""

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec
import rich_click as click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from adapters.inbound.files.csv_text import csv_lines

_WIDE = 200

Command = TypeVar("Command", bound=Callable[..., object])

json_option: Callable[[Command], Command] = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON for scripts."
)


def print_json(answer: object) -> None:
    """Dataclasses become objects, times ISO 8601; bytes never come here."""
    text = msgspec.json.format(msgspec.json.encode(answer), indent=2)
    click.echo(text.decode())


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """A plain table, as wide as the terminal; `empty` is said when there is nothing."""
    listed = list(rows)
    if not listed:
        click.echo(empty)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in header:
        table.add_column(name, overflow="fold")
    for row in listed:
        table.add_row(*(Text(shown(cell)) for cell in row))
    width = None if sys.stdout.isatty() else _WIDE
    Console(file=sys.stdout, width=width, soft_wrap=False, highlight=False).print(table)


def print_rows(
    header: Sequence[str], rows: Sequence[Sequence[object]], empty: str, *, as_json: bool
) -> None:
    """The same as a table or as JSON: objects whose fields are called as the columns."""
    if as_json:
        print_json([dict(zip(header, row, strict=True)) for row in rows])
    else:
        print_table(header, rows, empty)


def print_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    for line in csv_lines(header, rows):
        click.echo(line, nl=False)


def shown(cell: object) -> str:
    match cell:
        case None:
            return "-"
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M} UTC"
        case tuple() | list():
            return ", ".join(shown(part) for part in cell)
        case _:
            return str(cell)


def say(sentence: str) -> None:
    click.echo(sentence)


def complain(sentence: str) -> None:
    click.echo(sentence, err=True)


def leave(code: int) -> None:
    """End the command with this exit code."""
    context: Any = click.get_current_context()
    context.exit(code)
