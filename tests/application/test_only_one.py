"""What is said of a name that fits none or several."""

import pytest

from application.errors import Invalid
from application.only_one import only_one

BY = ("active section", "title or source id")


def test_the_only_one_is_taken() -> None:
    assert only_one("section", "BIOL", ["it"], *BY) == "it"


@pytest.mark.parametrize(
    ("wanted", "found", "said"),
    [
        (" ", [], "enter the title or source id of one active section."),
        ("X", [], "no active section has the title or source id “X”."),
        (
            "X",
            [1, 2],
            f"more than one {BY[0]} has the {BY[1]} “X”; enter what only one has.",
        ),
    ],
)
def test_a_name_that_fits_none_or_several(wanted: str, found: list[int], said: str) -> None:
    with pytest.raises(Invalid) as refused:
        only_one("section", wanted, found, *BY)
    assert (refused.value.field, refused.value.cure) == ("section", said)


def test_few_choices_are_named() -> None:
    with pytest.raises(Invalid, match=r"“X”. There are: Essay \(7\), Quiz \(8\)"):
        only_one("assignment", "X", [], *BY, ("Essay (7)", "Quiz (8)"))
