"""How a place of the LMS is written in SQL."""

from adapters.outbound.persistence.columns import Written
from domain.outcomes.found import OutcomePlace, PlaceKind


class PlaceText(Written[OutcomePlace]):
    """A place of the LMS as its one text, such as `course:17`."""

    cache_ok = True

    def written(self, value: OutcomePlace) -> str:
        return str(value)

    def read(self, stored: str) -> OutcomePlace:
        kind, _, ref = stored.partition(":")
        return OutcomePlace(PlaceKind(kind), ref)
