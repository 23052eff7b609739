"""The grammar of an outcomes file: its header, its rows, and every complaint about them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.canvas.csv_records import Record

REQUIRED = ("title", "vendor_guid", "object_type")
OPTIONAL = (
    "canvas_id",
    "course_id",
    "description",
    "friendly_description",
    "display_name",
    "parent_guids",
    "calculation_method",
    "calculation_int",
    "mastery_points",
    "workflow_state",
)
RATINGS = "ratings"
LONGEST_FRIENDLY = 255
_FLOAT = re.compile(r"\s*[+-]?(\d+(_\d+)*)?(\.\d+(_\d+)*)?([eE][+-]?\d+)?\s*")
_BAD_BYTE = re.compile("[\udc80-\udcff]")
_BOM = b"\xef\xbb\xbf"
GivenRating = tuple[float, str | None]


class FileRefused(Exception):
    """A fault of the file as a whole: the import fails."""


class RowRefused(Exception):
    """A fault of one row: the others are imported. It may have several messages."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages


class Breakdown(Exception):
    """Something that Canvas did not foresee: the import fails with an error report."""


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome or folder as the file has it; `cells` is by header, without the ratings."""

    cells: dict[str, str | None]
    ratings: list[GivenRating]
    mastery_points: float | None

    def text(self, header: str) -> str | None:
        return self.cells.get(header)

    def given(self, header: str) -> str:
        """The text of a cell; empty where the cell is blank or its header is missing."""
        value = self.cells.get(header) or ""
        return value if value.strip() else ""


def text_and_separator(content: bytes) -> tuple[str, str]:
    """The file's text, bad bytes kept as surrogates, and `;` or `,` by what its header holds."""
    if not content:
        raise FileRefused("File has no data")
    text = content.removeprefix(_BOM).decode("utf-8", "surrogateescape")
    header = text.partition("\n")[0]
    return text, ";" if header.count(";") > header.count(",") else ","


def checked_header(record: Record) -> list[str]:
    """The headers before the ratings, which come last. Raises FileRefused, Breakdown."""
    end = record.index(RATINGS) if RATINGS in record else len(record)
    beyond = [cell for cell in record[end + 1 :] if cell and cell.strip()]
    if beyond:
        raise FileRefused(f"Invalid fields after ratings: {inspected(beyond)}")
    headers = [cell for cell in record[:end] if cell is not None]
    if len(headers) < end:
        raise Breakdown
    missing = [name for name in REQUIRED if name not in headers]
    if missing:
        raise FileRefused(f"Missing required fields: {inspected(missing)}")
    invalid = [name for name in headers if name not in REQUIRED + OPTIONAL]
    if invalid:
        raise FileRefused(f"Invalid fields: {inspected(invalid)}")
    return headers


def is_blank(record: Record) -> bool:
    return not any(cell and cell.strip() for cell in record)


def read_row(headers: list[str], record: Record, decimal_separator: str) -> Row:
    """Raises RowRefused."""
    for cell in record:
        if cell and _BAD_BYTE.search(cell):
            raise RowRefused(f"Not a valid utf-8 string: {_inspected(cell)}")
    cells = dict(zip(headers, record, strict=False))
    ratings = _ratings(record[len(headers) :], decimal_separator)
    mastery, given = None, cells.get("mastery_points")
    if given and given.strip():
        mastery = _number(given, "mastery points", decimal_separator)
    if len(cells.get("friendly_description") or "") > LONGEST_FRIENDLY:
        raise RowRefused("Friendly description is too long (maximum is 255 characters)")
    return Row(cells, ratings, mastery)


def _ratings(cells: Record, decimal_separator: str) -> list[GivenRating]:
    """Points and description by turns. Only cells without quotes count as missing at the end."""
    while cells and cells[-1] is None:
        cells = cells[:-1]
    ratings: list[GivenRating] = []
    for tier, start in enumerate(range(0, len(cells), 2), start=1):
        points, description = [*cells[start : start + 2], None][:2]
        if not points or not points.strip():
            raise RowRefused(f"Points for rating tier {tier} not present")
        number = _number(points, f"rating tier {tier} threshold", decimal_separator)
        if ratings and ratings[-1][0] < number:
            raise RowRefused(
                f"Points for tier {tier} must be less than points for prior tier "
                f"({number} is greater than {ratings[-1][0]})"
            )
        ratings.append((number, description))
    return ratings


def _number(text: str, what: str, decimal_separator: str) -> float:
    """A number as the account's locale writes it: what marks thousands there is taken out."""
    thousands = "." if decimal_separator == "," else ","
    plain = text.replace(thousands, "").replace(decimal_separator, ".")
    match = _FLOAT.fullmatch(plain)
    if match is None or not (match[1] or match[3]):
        raise RowRefused(f'Invalid value for {what}: "{text}"')
    return float(plain)


def inspected(texts: Iterable[str]) -> str:
    """A list of texts as Ruby shows it."""
    return f"[{', '.join(_inspected(text) for text in texts)}]"


def _inspected(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    shown = _BAD_BYTE.sub(lambda match: f"\\x{ord(match[0]) - 0xDC00:02X}", escaped)
    return f'"{shown}"'
