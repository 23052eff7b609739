"""Documents as PDF: tagged, with fall-backs, and never a name in the log."""

import re
from decimal import Decimal

import pytest
from structlog.testing import capture_logs

from adapters.outbound.documents.typst_pdf import TypstPdf
from application.errors import Invalid
from application.ports.documents import (
    Cell,
    Column,
    Document,
    Fact,
    Facts,
    Paragraph,
    Part,
    Picture,
    Table,
    Tone,
)

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 4">'
    '<rect width="6" height="4" fill="#3d9f6c"/></svg>'
)
UA_1 = b"pdfuaid"


def a_document(student: str = "Zoë Đặng", **changes: object) -> Document:
    table = Table(
        (Column("SLO"), Column("Exceeds (4)", Decimal(2)), Column("Meets (3)", None)),
        tuple(
            (
                Cell("Reasoning", strong=f"SLO {number}"),
                Cell("States a thesis.\nGives reasons.", Tone.TOP, "Chosen"),
                Cell("*not* #markup $x$", Tone.NA),
            )
            for number in range(60)
        ),
        "The essay",
    )
    parts = (
        Part(student, (Facts((Fact("Tech ID", "C1"),)), table, Paragraph("Well done.\nGo on."))),
        Part("Results", (Picture(DRAWING, "60 % met", "A bar: 60 % met."),), new_page=True),
    )
    return Document("Essay", "ENGL 101", parts, (Fact("Term", "Fall"),), "as of today", **changes)  # type: ignore[arg-type] # fields of Document


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type */Page\b", pdf))


def test_it_is_an_accessible_pdf_of_several_pages() -> None:
    with capture_logs() as logs:
        made = TypstPdf()(a_document(landscape=True))

    assert made.startswith(b"%PDF")
    assert UA_1 in made
    assert b"/StructTreeRoot" in made
    assert pages(made) > 2
    assert logs == [], "the font of ours has all of these characters"


def test_what_looks_like_markup_stays_text() -> None:
    """Run as markup, this would end the making."""
    assert TypstPdf()(a_document('#panic("x") [*')).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["محمد الأحمد", "王小明", "אברהם כהן"])
def test_names_that_our_font_lacks_fall_back_and_are_never_logged(name: str) -> None:
    with capture_logs() as logs:
        made = TypstPdf()(a_document(name))

    assert made.startswith(b"%PDF")
    assert logs[0]["event"] == "pdf-fallback"
    characters = [chr(int(log["character"].removeprefix("U+"), 16)) for log in logs]
    assert set(characters) <= set(name), "one character each"
    assert not any(word in str(logs) for word in name.split())


def test_a_character_that_no_font_has_costs_the_standard_not_the_file() -> None:
    with capture_logs() as logs:
        made = TypstPdf()(a_document("x\u0378y"))

    assert made.startswith(b"%PDF")
    assert UA_1 not in made
    assert b"/StructTreeRoot" in made, "still tagged"
    assert [log["character"] for log in logs] == ["U+0378", "U+0378"]


def test_a_picture_that_is_none_is_refused_without_its_text() -> None:
    document = Document("Essay", "", (Part("", (Picture("<svg Ana", "c", "d"),)),))

    with pytest.raises(Invalid, match="cannot be set") as refused:
        TypstPdf()(document)

    assert "Ana" not in str(refused.value)
