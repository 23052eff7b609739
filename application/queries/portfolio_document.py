"""A collection as a document for people, to be printed or kept as PDF."""

from collections.abc import Iterator
from dataclasses import dataclass

from application.ports.documents import (
    Block,
    Cell,
    Column,
    Document,
    Fact,
    Paragraph,
    Part,
    PdfWriter,
    Table,
    Tone,
)
from application.queries.portfolio_items import CollectionView, ItemView, ResultLine
from application.queries.portfolio_pages import ReadCollection
from domain.ids import CollectionId, PersonId

_COLUMNS = (Column("SLO"), Column("Level"), Column("What this level means"))


@dataclass(frozen=True, slots=True)
class PrintCollection:
    read_collection: ReadCollection
    pdf: PdfWriter

    def __call__(self, person_id: PersonId, collection_id: CollectionId) -> bytes:
        """The collection as PDF. Raises NotFound for anybody but its owner."""
        return self.pdf(collection_document(self.read_collection(person_id, collection_id)))


def collection_document(view: CollectionView) -> Document:
    """What a visitor would see: what is no longer there is left out."""
    own = view.collection
    about = (Part("", (Paragraph(own.reflection),)),) if own.reflection else ()
    items = tuple(Part(one.title, tuple(_blocks(one))) for one in view.items if one.is_there)
    return Document(
        title=own.title,
        subtitle="ePortfolio",
        parts=(*about, *items),
        facts=(Fact("Student", view.owner), Fact("Changed", f"{own.changed_at:%Y-%m-%d}")),
        running=f"{view.owner}: {own.title}",
        author=view.owner,
    )


def _blocks(one: ItemView) -> Iterator[Block]:
    if one.place:
        yield Paragraph(one.place)
    if one.lines:
        yield Table(_COLUMNS, tuple(_row(line) for line in one.lines))
    for text in (one.description, one.url, one.file.name if one.file else "", one.item.reflection):
        if text:
            yield Paragraph(text)


def _row(line: ResultLine) -> tuple[Cell, ...]:
    level = line.level
    tone = Tone(line.tone) if level else Tone.PLAIN
    return (
        Cell(line.head.title, strong=line.head.code),
        Cell(line.words, tone),
        Cell(level.descriptor if level else ""),
    )
