"""The page of the docs that names every file and column of `attain export`."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer

from adapters.outbound.persistence.columns import Json, UtcDateTime
from adapters.outbound.persistence.dump import WITHHELD, exported_columns
from adapters.outbound.persistence.tables.base import PREFIX

INTRODUCTION = (
    "`attain export DIR` writes all data of the college to a new folder that only its owner may",
    "open. One reading of the database makes all files, so they fit together.",
    "",
    "- `oneroster/`: the active roster as OneRoster 1.1, each file in full, which",
    "  `attain load oneroster` reads back to the same state. The cells stand as they are.",
    "- `tables/`: every record, ended ones too, one file a kind. UTF-8 with its mark; a text that",
    "  a spreadsheet would take for a formula has an apostrophe before it.",
    "",
    "Left out of `tables/` are secrets, sealed or hashed, what is kept only so that a load can be",
    "taken back, and these kinds of records:",
)


def export_page() -> Iterator[str]:
    yield from ("# Export", "", *INTRODUCTION, "")
    yield from (f"- `{name}`: {reason}" for name, reason in sorted(WITHHELD.items()))
    for name, columns in exported_columns().items():
        yield from ("", f"## `tables/{name}.csv`", "", "| column | holds |", "| --- | --- |")
        yield from (f"| `{column.name}` | {_holds(column)} |" for column in columns)


def _holds(column: Column[Any]) -> str:
    points_to = [key.column.table.name.removeprefix(PREFIX) for key in column.foreign_keys]
    parts = [f"`id` of `{name}`" for name in points_to] or [_kind(column)]
    return ", ".join([*parts, *(["may be empty"] if column.nullable else [])])


def _kind(column: Column[Any]) -> str:
    match column.type:
        case Boolean():
            return "true or false"
        case UtcDateTime():
            return "moment in UTC"
        case Date():
            return "day"
        case Integer():
            return "whole number"
        case Json():
            return "JSON"
        case _:
            return "text"
