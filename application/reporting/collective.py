"""Counts of Collective work as reports add them in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from application.ports.reporting import CollectiveSource
from application.ports.unit_of_work import UnitOfWork
from domain.ids import SloId
from domain.reporting import CollectiveCounts

CollectiveOf = Callable[[UnitOfWork], CollectiveSource]
"""Where a unit of work has the counts of Collective work."""


@dataclass(frozen=True, slots=True)
class NoCollective(CollectiveSource):
    """Of a college that enters none."""

    def counts(self, slo_ids: Iterable[SloId] | None) -> list[CollectiveCounts]:  # noqa: ARG002
        return []


def no_collective(_unit: UnitOfWork) -> CollectiveSource:
    return NoCollective()
