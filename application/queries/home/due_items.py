"""One thing that is due, and what its sources are given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer
from domain.ids import PersonId, SectionId, TermId
from domain.rostering import Section


class DueKind(StrEnum):
    ASSESSMENT = "Assessment"
    REFLECTION = "Reflection"
    ACTION_PLAN = "Action plan"
    RFI = "RFI"
    DLA = "DLA"


@dataclass(frozen=True, slots=True)
class DueItem:
    """`section_id` None: of the person, not of one section. `path` opens it."""

    kind: DueKind
    title: str
    state: str
    term_id: TermId
    section_id: SectionId | None
    due_at: datetime | None
    late: bool
    path: str


@dataclass(frozen=True, slots=True)
class DueDesk:
    """`sections` are all that the person teaches, `here` those of the term looked at."""

    viewer: Viewer
    person_id: PersonId
    sections: Mapping[SectionId, Section]
    here: tuple[Section, ...]
    now: datetime


class DueSource(Protocol):
    def __call__(self, unit: UnitOfWork, desk: DueDesk) -> Iterable[DueItem]:
        """What is not done yet. What costs much to read looks only at `desk.here`."""
