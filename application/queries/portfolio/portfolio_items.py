"""What the items of a collection show just now: nothing is copied, so nothing outlives it."""

from dataclasses import dataclass
from enum import StrEnum

from application.portfolio_evidence import evidence_among
from application.ports.unit_of_work import UnitOfWork
from application.queries.works.levels import LevelView, RowHead, row_head
from application.released import Released, SloReached, released_results
from domain.evidence import Evidence, EvidenceKind, ScanState
from domain.ids import EvidenceId, SectionAssessmentId
from domain.portfolio.collection import Collection, Item, ItemKind
from domain.score import value_as_text


class Standing(StrEnum):
    THERE = "there"
    NOT_RELEASED = "no longer released"
    GONE = "no longer there"
    CHECKED = "being checked"
    """A file in quarantine, which nobody may open yet."""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One SLO of a result; `value` as written."""

    head: RowHead
    value: str

    @property
    def words(self) -> str:
        return self.head.words(self.value)

    @property
    def tone(self) -> str:
        return self.head.tone(self.value)

    @property
    def level(self) -> LevelView | None:
        return self.head.level(self.value)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file behind an item; `size` in bytes, `key` is that of the store."""

    key: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as it can be seen: names of no other person, no comments, no class figures."""

    item: Item
    standing: Standing
    title: str
    place: str = ""
    """Course and term of a result."""
    lines: tuple[ResultLine, ...] = ()
    description: str = ""
    url: str = ""
    file: FileFacts | None = None

    @property
    def is_there(self) -> bool:
        return self.standing is Standing.THERE


@dataclass(frozen=True, slots=True)
class CollectionView:
    """`items` are those that stand, `gone` those that were taken out."""

    collection: Collection
    owner: str
    items: tuple[ItemView, ...]
    gone: tuple[ItemView, ...]

    @property
    def works(self) -> frozenset[SectionAssessmentId]:
        """Those whose results are shown."""
        return frozenset(
            view.item.work_id for view in self.items if view.is_there and view.item.work_id
        )


def collection_view(unit: UnitOfWork, collection: Collection) -> CollectionView:
    results = released_results(unit, collection.owner_id)
    wanted = (item.evidence_id for item in collection.items if item.evidence_id)
    evidence = evidence_among(unit, wanted)
    owner = unit.roster.person(collection.owner_id).full_name

    def seen(item: Item) -> ItemView:
        match item.kind:
            case ItemKind.RESULT:
                return _result(item, results.get(item.work_id or SectionAssessmentId("")))
            case ItemKind.EVIDENCE:
                return _evidence(item, evidence.get(item.evidence_id or EvidenceId("")))
            case ItemKind.LINK:
                return ItemView(item, Standing.THERE, item.title, url=item.url)

    items, gone = (tuple(map(seen, some)) for some in (collection.standing, collection.gone))
    return CollectionView(collection, owner, items, gone)


def place_of(result: Released) -> str:
    return f"{result.place.course.code} {result.place.course.title}, {result.place.term.name}"


def _result(item: Item, result: Released | None) -> ItemView:
    if result is None:
        return ItemView(item, Standing.NOT_RELEASED, "A result")
    lines = tuple(line_of(one) for one in result.rows)
    return ItemView(item, Standing.THERE, result.place.assessment.name, place_of(result), lines)


def line_of(one: SloReached) -> ResultLine:
    return ResultLine(row_head(one.row), value_as_text(one.value))


def _evidence(item: Item, one: Evidence | None) -> ItemView:
    if one is None or not one.is_kept or one.scan is ScanState.REFUSED:
        return ItemView(item, Standing.GONE, "A piece of evidence")
    if one.kind is not EvidenceKind.FILE:
        return ItemView(item, Standing.THERE, one.title, description=one.description, url=one.url)
    standing = Standing.THERE if one.is_openable else Standing.CHECKED
    file = FileFacts(one.file.key, one.title, one.file.media_type, one.file.size)
    return ItemView(item, standing, one.title, description=one.description, file=file)
