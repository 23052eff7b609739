"""A collection as a document: what a visitor would see, in order."""

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.college_rules import CollegeRules, Word
from application.errors import NotFound
from application.ports.documents import Document, PdfWriter, Table, Tone
from application.queries.portfolio.portfolio_document import PrintCollection
from application.use_cases.portfolio.keep_portfolio import AddItemsCommand
from tests.application.portfolios import ANA, BEN, ESSAY, PROJECT, Portfolios, a_portfolio_college
from tests.stand_ins import FixedClock

AIMS = CollegeRules(words={"slo": Word("slo", "Aim", "Aims")})


class Shown(PdfWriter):
    def __init__(self) -> None:
        self.documents: list[Document] = []

    def __call__(self, document: Document) -> bytes:
        self.documents.append(document)
        return b"%PDF"


def test_it_holds_what_is_there_and_names_nobody_else(
    memory_units: MemoryUnits, clock: FixedClock
) -> None:
    a_portfolio_college(memory_units)
    desk, shown = Portfolios(memory_units, clock), Shown()
    made = desk.make(ANA, "Writing")
    desk.add(AddItemsCommand(ANA, made, (ESSAY, PROJECT), url="https://a.test/"))
    desk.release(PROJECT, released=False)
    printed = PrintCollection(desk.read, shown)

    assert printed(ANA, made, AIMS) == b"%PDF"
    (document,) = shown.documents
    assert (document.title, document.author) == ("Writing", "Ana Ortiz")
    assert [part.title for part in document.parts] == ["Essay", "https://a.test/"]
    (table,) = [block for block in document.parts[0].blocks if isinstance(block, Table)]
    assert [column.title for column in table.columns][:2] == ["Aim", "Level"]
    assert [(row[1].text, row[1].tone) for row in table.rows] == [
        ("3, Met", Tone.MET), ("1, Beginning", Tone.LOW),
    ]  # fmt: skip
    assert not any(word in repr(document) for word in ("Ben", "Tess", "Better than"))
    with pytest.raises(NotFound):
        printed(BEN, made, CollegeRules())
