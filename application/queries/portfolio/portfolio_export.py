"""A collection as it is taken away: all that stands in it, and its signed credentials."""

from dataclasses import dataclass

from application.queries.portfolio.own_credentials import OwnCredentials
from application.queries.portfolio.portfolio_items import CollectionView
from application.queries.portfolio.portfolio_pages import ReadCollection
from domain.ids import CollectionId, PersonId


@dataclass(frozen=True, slots=True)
class CollectionExport:
    """`badges` are signed credentials by number, `record` all of them in one envelope."""

    view: CollectionView
    badges: dict[str, str]
    record: str


@dataclass(frozen=True, slots=True)
class ExportCollection:
    read_collection: ReadCollection
    credentials: OwnCredentials

    def __call__(self, person_id: PersonId, collection_id: CollectionId) -> CollectionExport:
        """Raises NotFound for anybody but its owner; Conflict without a signing key."""
        view = self.read_collection(person_id, collection_id)
        badges = self.credentials.badges(person_id, view.works)
        record = self.credentials.record(person_id, view.works) if badges else ""
        return CollectionExport(view, badges, record)
