"""What a filled scorecard would do: changes, conflicts, and what is left out of it."""

from dataclasses import dataclass
from enum import StrEnum

from application.queries.works.work_header import WorkHeader
from domain.ids import PersonId, RowId
from domain.score import ScoreValue


class ChangeState(StrEnum):
    CHANGED = "changed"
    CONFLICT = "conflict"
    """Somebody changed the score after the file was downloaded."""


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """`old` is what is stored, `new` what the file says, both as people read them."""

    line: int
    student: str
    key: str
    """As in `SheetStudent`."""
    column: str
    old: str
    new: str
    state: ChangeState
    student_id: PersonId
    row_id: RowId
    value: ScoreValue
    seen: int
    """The version that is stored now."""
    by: str = ""
    """Of a conflict: who changed the score, empty when unknown."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something in the file that is left out; `column` is empty where it is about the row."""

    line: int
    column: str
    value: str
    cause: str


@dataclass(frozen=True, slots=True)
class UploadPlan:
    """Nothing is stored by it. `same` cells say what is stored, or were not touched."""

    header: WorkHeader
    changes: tuple[PlannedChange, ...]
    unclear: tuple[Unclear, ...]
    same: int
    left_out: tuple[str, ...]
    """Columns that are not read."""

    def in_state(self, state: ChangeState) -> tuple[PlannedChange, ...]:
        return tuple(one for one in self.changes if one.state is state)
