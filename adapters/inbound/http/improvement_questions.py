"""Questions of a template as fields of a form: `prompt-1`, `answer-1`, `options-1`, ..."""

from collections.abc import Iterable

from adapters.inbound.http.form_fields import FormBody, FormFields
from application.errors import Invalid
from domain.errors import NonsenseValue
from domain.reflection import Question, QuestionKind

MOST = 30
SPARE, FEWEST = 2, 4
"""How many empty questions follow those that are there, and how many are drawn at least."""


def questions_of(sent: FormFields) -> tuple[Question, ...]:
    """Those with a prompt, in their order. Raises: Invalid naming the field."""
    found: list[Question] = []
    for number in range(1, MOST + 1):
        if prompt := sent.text(f"prompt-{number}").strip():
            found.append(_question(sent, number, prompt, len(found) + 1))
    return tuple(found)


def fields_of(questions: Iterable[Question]) -> FormBody:
    body: FormBody = {}
    for number, question in enumerate(questions, start=1):
        body[f"prompt-{number}"] = question.prompt
        body[f"answer-{number}"] = question.kind
        body[f"required-{number}"] = "yes" if question.required else ""
        body[f"options-{number}"] = "\n".join(question.choices)
    return body


def rows_of(sent: FormFields) -> range:
    """Numbers of the questions to draw: those with a prompt, and some to spare."""
    filled = [n for n in range(1, MOST + 1) if sent.text(f"prompt-{n}").strip()]
    return range(1, min(MOST, max(FEWEST, max(filled, default=0) + SPARE)) + 1)


def _question(sent: FormFields, number: int, prompt: str, place: int) -> Question:
    options = (line.strip() for line in sent.text(f"options-{number}").split("\n"))
    choices = tuple(dict.fromkeys(line for line in options if line))
    try:
        kind = QuestionKind(sent.text(f"answer-{number}"))
    except ValueError:
        raise Invalid(f"answer-{number}", "choose one of those listed.") from None
    is_choice, required = kind is QuestionKind.CHOICE, sent.text(f"required-{number}") == "yes"
    try:
        return Question(f"q{place}", prompt, kind, required, choices if is_choice else ())
    except NonsenseValue:
        cure = "write at least two options, one on each line."
        raise Invalid(f"options-{number}", cure) from None
