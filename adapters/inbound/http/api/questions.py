"""Questions of reflections, action plans and requests, and the answers to them."""

from collections.abc import Iterable

from adapters.inbound.http.api.wire import In, Line, Out, Prose, shapes
from application.errors import Invalid
from domain.errors import NonsenseValue
from domain.reflection import Answer, Question, QuestionKind


class QuestionOut(Out, frozen=True):
    """`choices` only where one is to be chosen."""

    id: str
    prompt: str
    kind: QuestionKind
    required: bool
    choices: list[str]


class AnswerOut(Out, frozen=True):
    """`prompt` is the question as it was answered."""

    question_id: str
    prompt: str
    text: str


class AnswerIn(In, frozen=True):
    question_id: Line
    text: Prose


class QuestionIn(In, frozen=True):
    prompt: Prose
    kind: QuestionKind = QuestionKind.TEXT
    required: bool = True
    choices: tuple[Line, ...] = ()


def questions_out(questions: Iterable[Question]) -> list[QuestionOut]:
    return [QuestionOut(q.id, q.prompt, q.kind, q.required, list(q.choices)) for q in questions]


def questions_in(field: str, written: Iterable[QuestionIn]) -> tuple[Question, ...]:
    """They are named by their place. Raises: Invalid with this field, for what is no question."""
    try:
        return tuple(
            Question(f"q{number}", one.prompt, one.kind, one.required, one.choices)
            for number, one in enumerate(written, start=1)
        )
    except NonsenseValue as broken:
        raise Invalid(field, str(broken)) from broken


def answers_out(answers: Iterable[Answer]) -> list[AnswerOut]:
    return shapes(AnswerOut, answers)


def texts_of(answers: Iterable[AnswerIn]) -> dict[str, str]:
    """By question id."""
    return {one.question_id: one.text for one in answers}
