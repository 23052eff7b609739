"""What a broken rule says to the person who broke it."""

import pytest

from domain.errors import NonsenseValue


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "Enter a title."),
        ("  \n", "Enter a title."),
        ("Ten", "Title “Ten”: enter a title."),
        ("x" * 99, f"Title “{'x' * 59}…”: enter a title."),
    ],
)
def test_what_was_written_is_quoted_and_nothing_else(value: str, said: str) -> None:
    assert str(NonsenseValue("title", value, "enter a title")) == said
