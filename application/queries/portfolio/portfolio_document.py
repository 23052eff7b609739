"""A collection as a document for people, to be printed or kept as PDF."""

from collections.abc import Iterator
from dataclasses import dataclass

from application.college_rules import CollegeRules
from application.own_words import in_words
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
from application.queries.portfolio.portfolio_items import CollectionView, ItemView, ResultLine
from application.queries.portfolio.portfolio_pages import ReadCollection
from domain.ids import CollectionId, PersonId

_COLUMNS = ("SLO", "Level", "What this level means")


@dataclass(frozen=True, slots=True)
class PrintCollection:
    read_collection: ReadCollection
    pdf: PdfWriter

    def __call__(
        self, person_id: PersonId, collection_id: CollectionId, rules: CollegeRules
    ) -> bytes:
        """The collection as PDF, in the college's words. Raises NotFound but for its owner."""
        return self.pdf(collection_document(self.read_collection(person_id, collection_id), rules))


def collection_document(view: CollectionView, rules: CollegeRules) -> Document:
    """What a visitor would see: what is no longer there is left out."""
    words = rules.spoken()
    columns = tuple(Column(in_words(words, title)) for title in _COLUMNS)
    changed = rules.time.day_of(view.collection.changed_at)
    own = view.collection
    about = (Part("", (Paragraph(own.reflection),)),) if own.reflection else ()
    items = tuple(
        Part(one.title, tuple(_blocks(one, columns))) for one in view.items if one.is_there
    )
    return Document(
        title=own.title,
        subtitle="ePortfolio",
        parts=(*about, *items),
        facts=(Fact("Student", view.owner), Fact("Changed", changed.isoformat())),
        running=f"{view.owner}: {own.title}",
        author=view.owner,
    )


def _blocks(one: ItemView, columns: tuple[Column, ...]) -> Iterator[Block]:
    if one.place:
        yield Paragraph(one.place)
    if one.lines:
        yield Table(columns, tuple(_row(line) for line in one.lines))
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
