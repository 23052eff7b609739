"""A collection for its owner; those of others are not there."""

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork
from domain.ids import CollectionId, PersonId
from domain.portfolio.collection import Collection


def own_collection(
    unit: UnitOfWork, person_id: PersonId, collection_id: CollectionId
) -> Collection:
    """Raises NotFound for a collection of somebody else, as for one that is not there."""
    collection = unit.portfolios.collection(collection_id)
    if collection.owner_id != person_id:
        raise NotFound("This collection")
    return collection
