"""Directed Learning Activities: what a student is asked to do, and how far that has come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import IllegalMove, NonsenseValue
from domain.ids import AssignedDlaId, DlaId, PersonId, SectionAssessmentId, SectionId, SloId
from domain.web_link import WebLink

_WHAT = "This DLA"


class DlaState(StrEnum):
    ASSIGNED = "assigned"
    STARTED = "started"
    HANDED_IN = "handed in"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    OVERDUE = "overdue"
    """Past due and with the student. It is told from the clock and never stored."""


WITH_STUDENT = frozenset({DlaState.ASSIGNED, DlaState.STARTED, DlaState.RETURNED})
"""Stored states in which the student has something to do."""


@dataclass(frozen=True, slots=True)
class Dla:
    """An activity, made once and assigned as often as it is needed. It belongs to its maker."""

    id: DlaId
    owner_id: PersonId
    title: str
    instructions: str
    links: tuple[WebLink, ...]
    hand_in: str
    """What the student is to hand in."""
    slo_id: SloId | None
    made_at: datetime
    retired_at: datetime | None
    """Since when it is offered for no new assigning; students who have it keep it."""
    version: int

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise NonsenseValue("title", self.title, "enter a title")
        if not self.instructions.strip():
            raise NonsenseValue("instructions", self.instructions, "say what the student does")

    def retired(self, at: datetime | None) -> "Dla":
        """Out of use, or with None back in use. Saying it again keeps the first time."""
        if (at is None) is (self.retired_at is None):
            return self
        return replace(self, retired_at=at)


@dataclass(frozen=True, slots=True)
class DlaStep:
    """One move of the past. `text` is what was handed in then, or the word of the teacher."""

    state: DlaState
    at: datetime
    by: PersonId
    text: str = ""


@dataclass(frozen=True, slots=True)
class AssignedDla:
    """A DLA as one student of one section has it; each has it there once.

    `text` is what the student has written so far; what was handed in once stays in `steps`,
    whatever is written later. Files and links are attached as evidence.
    """

    id: AssignedDlaId
    dla_id: DlaId
    section_id: SectionId
    student_id: PersonId
    work_id: SectionAssessmentId | None
    """The assessment whose results led to it; None where it was assigned by choice."""
    due_at: datetime | None
    state: DlaState
    text: str
    steps: tuple[DlaStep, ...]
    assigned_by: PersonId
    assigned_at: datetime
    version: int

    def __post_init__(self) -> None:
        if self.state is DlaState.OVERDUE:
            raise NonsenseValue("state", "", "overdue is told from the due date")

    def standing(self, now: datetime) -> DlaState:
        """The state as people meet it."""
        late = self.due_at is not None and now > self.due_at
        return DlaState.OVERDUE if late and self.state in WITH_STUDENT else self.state

    @property
    def word(self) -> str:
        """What the teacher said last; empty when nothing."""
        said = (DlaState.ACCEPTED, DlaState.RETURNED)
        return next((step.text for step in reversed(self.steps) if step.state in said), "")

    @property
    def handed_in_at(self) -> datetime | None:
        """When something was handed in last."""
        handed = (step.at for step in reversed(self.steps) if step.state is DlaState.HANDED_IN)
        return next(handed, None)

    @property
    def with_student(self) -> bool:
        """The student has something to do."""
        return self.state in WITH_STUDENT

    @property
    def untouched(self) -> bool:
        """The student has not begun, so that it can be taken away again."""
        return self.state is DlaState.ASSIGNED

    def written(self, text: str, at: datetime) -> "AssignedDla":
        """Kept as a draft; the first one starts the DLA. Raises IllegalMove once handed in."""
        self._require(WITH_STUDENT, DlaState.STARTED)
        first = self.state is DlaState.ASSIGNED
        moved = self._moved(DlaState.STARTED, at, self.student_id) if first else self
        return replace(moved, text=text)

    def begun(self, at: datetime) -> "AssignedDla":
        """Something was attached, which starts the DLA. Raises IllegalMove once handed in."""
        return self.written(self.text, at)

    def handed_in(self, text: str, at: datetime, attached: Sequence[str] = ()) -> "AssignedDla":
        """Late ones too. `attached` is what the evidence with it is called.

        Raises:
            IllegalMove: it is with the teacher, or accepted.
            NonsenseValue: there is nothing to hand in.
        """
        self._require(WITH_STUDENT, DlaState.HANDED_IN)
        if not text.strip() and not attached:
            raise NonsenseValue("text", text, "write something, or attach a file or a link")
        parts = (text.strip(), ", ".join(attached))
        given = "\n\n".join(part for part in parts if part)
        moved = self._moved(DlaState.HANDED_IN, at, self.student_id, given)
        return replace(moved, text=text)

    def taken_back(self, at: datetime) -> "AssignedDla":
        """Back with the student, who handed in too early. Raises IllegalMove once decided."""
        self._require({DlaState.HANDED_IN}, DlaState.STARTED)
        return self._moved(DlaState.STARTED, at, self.student_id)

    def accepted(self, word: str, at: datetime, by: PersonId) -> "AssignedDla":
        """Also after it was returned by mistake. Raises IllegalMove before it is handed in."""
        self._require({DlaState.HANDED_IN, DlaState.RETURNED}, DlaState.ACCEPTED)
        return self._moved(DlaState.ACCEPTED, at, by, word.strip())

    def returned(self, word: str, at: datetime, by: PersonId) -> "AssignedDla":
        """Also after it was accepted by mistake.

        Raises:
            IllegalMove: it was not handed in.
            NonsenseValue: without a word the student would not know what to do.
        """
        self._require({DlaState.HANDED_IN, DlaState.ACCEPTED}, DlaState.RETURNED)
        if not word.strip():
            raise NonsenseValue("word", word, "tell the student what to change")
        return self._moved(DlaState.RETURNED, at, by, word.strip())

    def _require(self, allowed: set[DlaState] | frozenset[DlaState], wanted: DlaState) -> None:
        if self.state not in allowed:
            raise IllegalMove(_WHAT, self.state, wanted)

    def _moved(self, to: DlaState, at: datetime, by: PersonId, text: str = "") -> "AssignedDla":
        return replace(self, state=to, steps=(*self.steps, DlaStep(to, at, by, text)))
