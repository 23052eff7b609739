"""Answers to the questions of an action plan or a request, checked before they are kept."""

from collections.abc import Mapping

from application.errors import Invalid
from domain.reflection import Answer, Question, ReflectionTemplate

LONGEST = 20_000


def checked_answers(
    questions: tuple[Question, ...], texts: Mapping[str, str], *, complete: bool
) -> tuple[Answer, ...]:
    """The answers in the order of their questions; those to other questions are left out.

    `complete`: they are handed over, so that what is required must be there.

    Raises:
        Invalid: an answer is none, or one is missing; the field is the id of the question.
    """
    for question in questions:
        text = texts.get(question.id, "")
        if fault := question.fault_of(text):
            raise Invalid(question.id, f"{fault}.")
        if len(text) > LONGEST:
            raise Invalid(question.id, f"write at most {LONGEST:,} characters.")
    missing = ReflectionTemplate(questions).missing(texts) if complete else None
    if missing:
        raise Invalid(missing.id, "answer this before you hand it in.")
    return tuple(
        Answer(question.id, question.prompt, texts.get(question.id, "")) for question in questions
    )
