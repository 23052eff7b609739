"""RFIs, requests for information: a questionnaire put to people and sections, by a day."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import IllegalMove, NonsenseValue
from domain.ids import AskId, OrgId, PersonId, RfiId, SectionId, TermId
from domain.improvement.question_template import require_questions
from domain.reflection import Answer, Question


class AskState(StrEnum):
    SENT = "sent"
    OPENED = "opened"
    ANSWERED = "answered"
    OVERDUE = "overdue"
    CLOSED = "closed"
    """The request was closed before this one answered."""


OPEN = frozenset({AskState.SENT, AskState.OPENED, AskState.OVERDUE})
"""States in which an answer is still awaited."""


@dataclass(frozen=True, slots=True)
class Rfi:
    """`org_id` None: of the whole college, which Data Stewards send."""

    id: RfiId
    title: str
    message: str
    org_id: OrgId | None
    term_id: TermId
    questions: tuple[Question, ...]
    due_at: datetime
    sent_by: PersonId | None
    """None: the command line."""
    sent_at: datetime
    closed_at: datetime | None
    version: int

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise NonsenseValue("title", "", "enter a title that says what is asked")
        require_questions(self.questions)

    @property
    def closed(self) -> bool:
        return self.closed_at is not None

    def ended(self, at: datetime) -> "Rfi":
        return replace(self, closed_at=self.closed_at or at)

    def reopened(self) -> "Rfi":
        return replace(self, closed_at=None)


@dataclass(frozen=True, slots=True)
class RfiAsk:
    """One copy of a request: put to a person, or to a section, for which any teacher answers.

    Exactly one of `person_id` and `section_id` is given. Answers are saved before they are
    given: `answered_at` None means that only those asked can read them.
    """

    id: AskId
    rfi_id: RfiId
    person_id: PersonId | None
    section_id: SectionId | None
    opened_at: datetime | None
    answers: tuple[Answer, ...]
    answered_at: datetime | None
    answered_by: PersonId | None
    version: int

    def __post_init__(self) -> None:
        if (self.person_id is None) is (self.section_id is None):
            raise NonsenseValue("recipient", "", "put it to one person or to one section")

    @property
    def texts(self) -> dict[str, str]:
        return {answer.question_id: answer.text for answer in self.answers}

    def state(self, rfi: Rfi, now: datetime) -> AskState:
        if self.answered_at is not None:
            return AskState.ANSWERED
        if rfi.closed:
            return AskState.CLOSED
        if now > rfi.due_at:
            return AskState.OVERDUE
        return AskState.OPENED if self.opened_at else AskState.SENT

    def opened(self, at: datetime) -> "RfiAsk":
        return replace(self, opened_at=self.opened_at or at)

    def answered(
        self, rfi: Rfi, answers: tuple[Answer, ...], by: PersonId, at: datetime, *, give: bool
    ) -> "RfiAsk":
        """With these answers, given or only saved; what was given once stays given.

        Raises: IllegalMove once the request is closed.
        """
        if rfi.closed:
            raise IllegalMove("This request for information", "closed", "answered")
        given = give or self.answered_at is not None
        return replace(
            self.opened(at),
            answers=answers,
            answered_at=at if given else None,
            answered_by=by if given else None,
        )
