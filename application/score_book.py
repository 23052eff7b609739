"""Writing scores into an assessment of a section; the first one freezes its rubric."""

from dataclasses import dataclass
from datetime import datetime

from application.ports.unit_of_work import UnitOfWork
from application.score_shelf import shelf_of
from application.workplace import Workplace
from domain.ids import PersonId
from domain.score import Score, ScoreValue

ATTEMPTS = 4
"""How often a call is begun again when another writer was first in between."""


@dataclass(frozen=True, slots=True)
class ScoreBook:
    """`by` writes at the time `at`, within one unit of work."""

    unit: UnitOfWork
    place: Workplace
    by: PersonId
    at: datetime

    def __post_init__(self) -> None:
        """Raises NotScorable where no student is scored (now)."""
        self.place.work.require_scorable(self.place.assessment)

    def write(self, stored: Score, value: ScoreValue, comment: str | None, *, seen: int) -> Score:
        """The cell as it is now; `comment` None keeps the one that is there.

        Raises:
            StaleVersion: the cell was changed since `seen`. Conflict: while this unit ran.
        """
        changed = stored.changed(value, comment, seen=seen, by=self.by, at=self.at)
        return stored if changed is stored else shelf_of(self.unit, self.place).save(changed)

    def freeze(self) -> None:
        """After the writing: if nothing was scored before, the rubric stays as it is now."""
        freeze(self.unit, self.place)


def freeze(unit: UnitOfWork, place: Workplace) -> None:
    """Keep the rubric for this work as it is now, unless one was kept before."""
    frozen = place.work.frozen(place.assessment)
    if frozen is not place.work:
        unit.assessments.save_work(frozen)
