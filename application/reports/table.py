"""A report as one table: every file, and the terminal, is written from it and nothing else."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from application.reports.bars import Bar, LevelHead
from application.reports.improvement_report import ImprovementLine

WITHHELD = "withheld"
"""Stands in the place of every number that is withheld."""
Value = str | int | Decimal | None


class ColumnKind(StrEnum):
    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    """In per cent, with one decimal."""


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """`name` is for programs, `title` for people; it leaves the unit to the cells."""

    name: str
    title: str
    kind: ColumnKind = ColumnKind.COUNT

    @property
    def is_number(self) -> bool:
        return self.kind is not ColumnKind.TEXT

    @property
    def bare_title(self) -> str:
        """With the unit, where the cells are numbers and nothing else."""
        return f"{self.title} %" if self.kind is ColumnKind.SHARE else self.title


@dataclass(frozen=True, slots=True)
class ReportTable:
    """`facts` say what was asked for, `rules` what is withheld."""

    name: str
    title: str
    facts: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    bars: tuple[Bar, ...] = ()
    """What a chart of it draws."""
    levels: tuple[LevelHead, ...] = ()
    plans: tuple[ImprovementLine, ...] = ()
    """Terms of which a chart draws how far their action plans have come."""
    plans_title: str = ""


def as_objects(table: ReportTable) -> dict[str, object]:
    """For programs: a row is an object by the names of the columns; what is withheld is None."""
    names = [column.name for column in table.columns]
    return {
        "report": table.name,
        "asked": dict(table.facts),
        "rules": list(table.rules),
        "rows": [
            {name: _bare(value) for name, value in zip(names, row, strict=True)}
            | {"withheld": WITHHELD in row}
            for row in table.rows
        ],
    }


def _bare(value: Value) -> Value:
    return None if value == WITHHELD else value
