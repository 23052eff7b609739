"""Requests for information as they go out and come in."""

from datetime import datetime

from adapters.inbound.http.api.questions import (
    AnswerIn,
    AnswerOut,
    QuestionIn,
    QuestionOut,
    answers_out,
    questions_out,
)
from adapters.inbound.http.api.wire import In, Line, Out, Prose, Zoned
from application.queries.improvement.improvement_records import AskRecord
from domain.improvement.rfi import AskState, Rfi


class RfiOut(Out, frozen=True):
    """`orgId` null: of the whole college. `sentBy` null: the command line."""

    id: str
    title: str
    message: str
    org_id: str | None
    term_id: str
    questions: list[QuestionOut]
    due_at: datetime
    sent_by: str | None
    sent_at: datetime
    closed_at: datetime | None
    version: int


class RfiIn(In, frozen=True):
    """Put to `people` by Tech ID, `sections` by Title or source id, faculty of `toOrgs` by code.

    `org` is the code of the org that asks, `term` an id, a source id or a name. Questions are
    given here, or by the id of a `template`.
    """

    title: Line
    due_at: Zoned
    message: Prose = ""
    questions: tuple[QuestionIn, ...] = ()
    template: Line | None = None
    org: Line | None = None
    term: Line | None = None
    people: tuple[Line, ...] = ()
    sections: tuple[Line, ...] = ()
    to_orgs: tuple[Line, ...] = ()


class RfiClosed(In, frozen=True):
    """Closed, nobody answers any more; what was answered stays."""

    closed: bool


class RfiAnswerOut(Out, frozen=True):
    """Of one person or section asked; `answers` are empty until they are given."""

    id: str
    person_id: str | None
    section_id: str | None
    state: AskState
    answers: list[AnswerOut]
    answered_by: str | None
    answered_at: datetime | None


class AskOut(Out, frozen=True):
    """What is put to the caller, or to a section that they teach (`sectionId`).

    `answers` are saved, and read by those who asked once `answeredAt` is set.
    """

    id: str
    rfi_id: str
    title: str
    message: str
    due_at: datetime
    section_id: str | None
    state: AskState
    questions: list[QuestionOut]
    answers: list[AnswerOut]
    answered_at: datetime | None
    version: int


class AskAnswers(In, frozen=True):
    """`give`: those who asked can read them. What was given once stays given."""

    answers: tuple[AnswerIn, ...]
    give: bool = False


def rfi_out(rfi: Rfi) -> RfiOut:
    return RfiOut(
        rfi.id, rfi.title, rfi.message, rfi.org_id, rfi.term_id, questions_out(rfi.questions),
        rfi.due_at, rfi.sent_by, rfi.sent_at, rfi.closed_at, rfi.version,
    )  # fmt: skip


def rfi_answer_out(one: AskRecord) -> RfiAnswerOut:
    """Saved answers are for those asked alone."""
    ask = one.ask
    given = answers_out(ask.answers) if ask.answered_at else []
    return RfiAnswerOut(
        ask.id, ask.person_id, ask.section_id, one.state, given, ask.answered_by, ask.answered_at
    )


def ask_out(one: AskRecord) -> AskOut:
    ask, rfi = one.ask, one.rfi
    return AskOut(
        ask.id, rfi.id, rfi.title, rfi.message, rfi.due_at, ask.section_id, one.state,
        questions_out(rfi.questions), answers_out(ask.answers), ask.answered_at, ask.version,
    )  # fmt: skip
