"""CSV written for spreadsheets comes back as it was, and computes nothing there."""

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from adapters.inbound.files.csv_text import MARK, csv_lines, unsafe

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix(MARK), newline="")))


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=5))
def test_cells_come_back_and_none_begins_like_a_formula(rows: list[list[str]]) -> None:
    text = "".join(csv_lines(("a", "b"), rows))
    back = read_back(text)[1:]
    assert [[unsafe(cell) for cell in row] for row in back] == rows
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in back for cell in row
    )


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert list(csv_lines(("n", "m"), [(-3, None)])) == [f"{MARK}n,m\r\n", "-3,\r\n"]
