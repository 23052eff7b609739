"""Questions of reflections, action plans and requests for information."""

from collections.abc import Iterable

from adapters.inbound.http.api.wire import In, Line, Out, Prose
from application.errors import Invalid
from domain.errors import NonsenseValue
from domain.reflection import Question, QuestionKind


class QuestionOut(Out, frozen=True):
    """`choices` only where one is to be chosen."""

    id: str
    prompt: str
    kind: QuestionKind
    required: bool
    choices: list[str]


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
