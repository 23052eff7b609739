"""The file of outcomes: read back by another reader, it says what it was given."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.canvas.outcome_csv import (
    HEADER,
    csv_of,
    errors_by_guid,
    fits,
    root_beside_others,
)
from adapters.rich_text import text_of
from application.ports.lms_outcomes import OutcomeDraft, OutcomeUpload
from domain.ids import LmsAccountRef, LmsFolderRef
from domain.outcomes.content import Calculation, OutcomeContent, OutcomeScale, Rating
from domain.outcomes.found import Found, FoundFolder, OutcomePlace, PlaceKind
from domain.outcomes.sync_plan import FolderWish

PLACE = OutcomePlace(PlaceKind.ACCOUNT, "14")
OURS = FolderWish("attain:1:course:c1", "MATH 101", "Outcomes of the course")
ROOT = FoundFolder(LmsFolderRef("200"), "", "Faculty", "", None)
any_text = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
awkward = st.text(st.sampled_from("a\";,'\r\n\t 🧭é=+-@"), max_size=15)
texts = st.one_of(any_text, awkward)
wholes = st.integers(0, 100).map(Decimal)


@st.composite
def _scales(draw: st.DrawFn) -> OutcomeScale:
    points = sorted(draw(st.lists(wholes, min_size=1, max_size=5)), reverse=True)
    ratings = tuple(Rating(one, draw(texts)) for one in points)
    number = draw(st.one_of(st.none(), st.integers(1, 99)))
    return OutcomeScale(ratings, draw(wholes), Calculation("n_mastery", number))


contents = st.builds(OutcomeContent, texts, texts, texts, st.one_of(st.none(), _scales()))


def records(file: bytes) -> Iterator[list[str]]:
    """RFC 4180, letter by letter, independent of Python's own reader."""
    row: list[str] = []
    cell, quoted, rest = "", False, iter(file.decode())
    for letter in rest:
        if quoted and letter == '"':
            following = next(rest, "")
            if following == '"':
                cell += '"'
                continue
            quoted, letter = False, following  # noqa: PLW2901 what follows the quote
        if quoted:
            cell += letter
        elif letter == '"':
            quoted = True
        elif letter == ",":
            row, cell = [*row, cell], ""
        elif letter == "\n":
            yield [*row, cell.removesuffix("\r")]
            row, cell = [], ""
        else:
            cell += letter


def rows_of(upload: OutcomeUpload, **descriptions: str) -> list[dict[str, Any]]:
    html = {LmsFolderRef(ref.removeprefix("f")): text for ref, text in descriptions.items()}
    header, *rows = records(csv_of(upload, html))
    assert tuple(header) == HEADER
    named = len(HEADER) - 1
    return [dict(zip(HEADER, row[:named], strict=False)) | {"ratings": row[named:]} for row in rows]


def found(*folders: FoundFolder) -> Found:
    return Found(PLACE, LmsAccountRef("1"), (ROOT, *folders), (), mastery_scales=False)


def folder(ref: str, guid: str, *, parent: str = "200", description: str = "") -> FoundFolder:
    above = LmsFolderRef(parent)
    return FoundFolder(LmsFolderRef(ref), guid, f"Title {ref}", description, above)


def draft(
    *folders: str, guid: str = "attain:1:slo:s1", content: OutcomeContent | None = None
) -> OutcomeDraft:
    plain = OutcomeContent("Claims", "", "", None)
    return OutcomeDraft(guid, content or plain, folders)


def upload(*drafts: OutcomeDraft, there: Found | None = None) -> OutcomeUpload:
    return OutcomeUpload((OURS,), drafts, there or found())


@given(contents)
def test_whatever_an_outcome_says_stands_in_its_row(content: OutcomeContent) -> None:
    (_, row) = rows_of(upload(draft(OURS.guid, content=content)))
    assert (row["title"], row["display_name"]) == (content.title, content.display_name)
    assert (
        text_of(row["description"])
        == content.description.replace("\r\n", "\n").replace("\r", "\n").strip()
    )
    assert (row["parent_guids"], row["object_type"]) == (OURS.guid, "outcome")
    scale = content.scale
    told = row["ratings"]
    pairs = list(zip(told[::2], told[1::2], strict=True))
    wanted = [(f"{one.points:f}", one.description) for one in scale.ratings] if scale else []
    assert pairs == wanted
    assert row["mastery_points"] == (f"{scale.mastery_points:f}" if scale else "")
    assert row["calculation_method"]
    number = scale.calculation.number if scale else None
    assert row["calculation_int"] == ("" if number is None else str(number))


@given(texts, texts)
def test_whatever_a_folder_says_stands_in_its_row(title: str, description: str) -> None:
    wish = FolderWish("g", title, description)
    (row,) = rows_of(OutcomeUpload((wish,), (), found()))
    assert (row["vendor_guid"], row["title"], row["parent_guids"]) == ("g", title, "")
    assert (row["object_type"], row["calculation_method"], row["ratings"]) == ("group", "", [])


@given(st.lists(st.tuples(st.integers(1, 30), texts), max_size=25), st.integers(0, 12))
def test_an_error_finds_its_guid_by_the_number_of_its_row(
    told: list[tuple[int, str]], count: int
) -> None:
    drafts = [draft(OURS.guid, guid=f"attain:1:slo:s{at}") for at in range(count)]
    sent = upload(*drafts, there=found(folder("201", "mf.ct"), folder("202", "x y")))
    guids = [row["vendor_guid"] for row in rows_of(sent)]
    rows = dict(enumerate(guids, start=2))
    assert errors_by_guid(sent, told).keys() == {rows[at] for at, _ in told if at in rows}


def test_several_errors_of_one_row_are_joined() -> None:
    errors = errors_by_guid(upload(draft(OURS.guid)), [(3, "Too long"), (3, "Too short")])
    assert errors == {"attain:1:slo:s1": "Too long; Too short"}


def test_folders_of_others_are_repeated_with_all_above_them() -> None:
    there = found(
        folder("203", "low", parent="202", description="read as text"),
        folder("202", "", parent="201"),
        folder("201", "mf.ct"),
        folder("204", "not.asked"),
    )
    rows = rows_of(upload(draft(OURS.guid, "203"), there=there), f203="<p><b>Rich</b></p>")
    named = [(row["vendor_guid"], row["title"], row["parent_guids"]) for row in rows[:-1]]
    assert named == [
        ("mf.ct", "Title 201", ""),
        ("canvas_outcome_group:202", "Title 202", "mf.ct"),
        ("low", "Title 203", "canvas_outcome_group:202"),
        (OURS.guid, OURS.title, ""),
    ]
    assert rows[2]["description"] == "<p><b>Rich</b></p>"
    assert rows[-1]["parent_guids"] == f"{OURS.guid} low"


def test_our_folder_stays_where_somebody_moved_it() -> None:
    there = found(folder("205", OURS.guid, parent="201"), folder("201", "mf.ct"))
    rows = rows_of(upload(draft("205"), there=there))
    assert [(row["vendor_guid"], row["parent_guids"]) for row in rows] == [
        ("mf.ct", ""),
        (OURS.guid, "mf.ct"),
        ("attain:1:slo:s1", OURS.guid),
    ]
    assert rows[1]["title"] == OURS.title


@pytest.mark.parametrize("guid", ["", "two words", " around ", "twice"])
def test_a_folder_without_a_good_guid_is_named_by_its_id(guid: str) -> None:
    there = found(folder("201", guid), folder("202", "twice"))
    (row, *_) = rows_of(upload(draft("201"), there=there))
    assert row["vendor_guid"] == "canvas_outcome_group:201"


@given(st.permutations(range(1, 8)), st.data())
def test_no_folder_stands_in_the_file_after_what_names_it(
    order: list[int], data: st.DataObject
) -> None:
    parents = {at: data.draw(st.integers(0, at - 1)) for at in range(1, 8)}
    folders = [folder(str(at), f"g{at}", parent=str(parents[at] or 200)) for at in order]
    asked = data.draw(st.lists(st.sampled_from(order), unique=True))
    seen: set[str] = set()
    for row in rows_of(upload(draft(*map(str, asked)), there=found(*folders))):
        assert set(row["parent_guids"].split()) <= seen
        assert row["vendor_guid"] not in seen
        seen.add(row["vendor_guid"])


def test_the_root_folder_is_named_by_naming_none() -> None:
    assert rows_of(upload(draft("200")))[-1]["parent_guids"] == ""
    assert root_beside_others(draft("200"), found()) is None
    assert root_beside_others(draft("200", OURS.guid), found()) == "200"


@pytest.mark.parametrize(
    ("points", "fitting"), [("4", True), ("4.0", True), ("4E+1", True), ("3.5", False)]
)
def test_only_whole_numbers_fit(points: str, fitting: bool) -> None:
    number = Decimal(points)
    highest = OutcomeScale((Rating(number, "a"), Rating(Decimal(0), "b")), Decimal(0))
    mastery = OutcomeScale((Rating(Decimal(90), "a"),), number)
    for scale in (highest, mastery):
        assert fits(OutcomeContent("t", "", "", scale)) is fitting


def test_a_folder_that_nobody_knows_is_left_for_canvas_to_refuse() -> None:
    names = rows_of(upload(draft("unknown", OURS.guid)))[-1]["parent_guids"].split()
    assert names == ["unknown", OURS.guid]
