"""Documents and workbooks described as data, and what makes files of them.

Whoever wants a PDF or an XLSX says what stands in it; how it looks is the writers' affair.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class Tone(StrEnum):
    """The tint of a cell. It follows the mastery level; a word or number stands beside it."""

    PLAIN = ""
    TOP = "top"
    MET = "met"
    BELOW = "below"
    LOW = "low"
    NONE = "none"
    NA = "na"
    """Not assessed, or withheld."""


class Align(StrEnum):
    START = "start"
    CENTRE = "center"
    END = "end"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    `mark` is a word that stands before the text, for a chosen cell ("Chosen"); `strong` is
    text set bold in a line of its own before `text` (a code before its title).
    """

    text: str
    tone: Tone = Tone.PLAIN
    mark: str = ""
    strong: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is relative to the other columns; None is as wide as its content needs."""

    title: str
    width: Decimal | None = Decimal(1)
    align: Align = Align.START


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and rows with one cell each per column; the header repeats on every page.

    A row is never broken over two pages. The first column holds the heading of its row.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is known under it: `Student` / `Ada Lovelace`."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts, set side by side as room allows."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line breaks in it stay."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG drawing that carries its colours itself: no style sheet of ours reaches it.

    `described` says in words what it shows, for those who cannot see it.
    """

    svg: str
    caption: str
    described: str


Block = Table | Facts | Paragraph | Picture


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document under a heading of its own; an empty title has no heading."""

    title: str
    blocks: tuple[Block, ...]
    new_page: bool = False
    level: int = 2
    """Of the heading: 2 below the document's title, 3 below a part of level 2."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document for people. `language` is its BCP 47 code, `running` stands on every page."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]
    facts: tuple[Fact, ...] = ()
    running: str = ""
    language: str = "en"
    landscape: bool = False
    author: str = ""


class PdfWriter(Protocol):
    def __call__(self, document: Document) -> bytes:
        """The document as a tagged PDF, PDF/UA-1 wherever a font has all its characters.

        It computes for as long as the document is large: call it outside of transactions.

        Raises:
            Invalid: it cannot be set, for a picture that is no SVG say.
        """


class NumberFormat(StrEnum):
    """How the numbers of a column are shown."""

    GENERAL = "General"
    WHOLE = "#,##0"
    TWO_DECIMALS = "0.00"
    PERCENT = "0.0%"
    """The value is a share from 0 to 1."""
    DAY = "yyyy-mm-dd"


SheetValue = str | int | Decimal | date | None
"""Numbers are written as numbers; text as text, never as a formula or an address."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    value: SheetValue
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`choices`: only these may be entered, numbers as numbers; blank always may.

    `told` is shown beside the cell while it is chosen. `open` cells can be changed in a
    protected sheet. `hidden` columns are for reading the file back.
    """

    title: str
    width: int = 14
    """In characters."""
    format: NumberFormat = NumberFormat.GENERAL
    choices: tuple[SheetValue, ...] = ()
    told: str = ""
    open: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """`lead` are lines of text above the header row; header and first columns stay in view."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    lead: tuple[tuple[str, ...], ...] = ()
    frozen_columns: int = 1
    protected: bool = False
    """Cells that are not open cannot be changed by accident; there is no password."""


@dataclass(frozen=True, slots=True)
class Workbook:
    title: str
    sheets: tuple[Sheet, ...]


class WorkbookWriter(Protocol):
    def __call__(self, workbook: Workbook) -> bytes:
        """The workbook as XLSX."""


class CsvWriter(Protocol):
    def __call__(self, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
        """CSV in UTF-8 with its mark; no text in it is taken for a formula."""
