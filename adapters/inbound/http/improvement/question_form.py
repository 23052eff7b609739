"""Questions of a template as fields of a form: `prompt-1`, `answer-1`, `options-1`, ..."""

from collections.abc import Iterable

from adapters.inbound.http.form_fields import FormBody, FormFields
from application.errors import Invalid
from domain.errors import NonsenseValue
from domain.reflection import Question, QuestionKind

SPARE = 4
"""How many empty rows, criteria or questions, follow those that are there."""
MOST = 60
"""More criteria than any rubric has; a form may not ask us for more work."""


def questions_in(sent: FormFields) -> tuple[Question, ...]:
    """Those with a prompt, in the order in which they stand. Raises: Invalid naming the field."""
    questions: list[Question] = []
    for number in numbers_after(sent, "prompt-"):
        prompt = sent.text(f"prompt-{number}").strip()
        if prompt:
            questions.append(_question(sent, number, prompt, len(questions) + 1))
    return tuple(questions)


def question_fields(questions: Iterable[Question]) -> FormBody:
    body: FormBody = {}
    for number, question in enumerate(questions, start=1):
        body[f"prompt-{number}"] = question.prompt
        body[f"answer-{number}"] = question.kind
        body[f"required-{number}"] = "yes" if question.required else ""
        body[f"options-{number}"] = "\n".join(question.choices)
    return body


def drawn_questions(sent: FormFields) -> range:
    return range(1, rows_drawn(sent, "prompt-", 1) + 1)


def numbers_after(sent: FormFields, prefix: str) -> list[int]:
    """The numbers behind a prefix that were sent, in order."""
    found = (rest for rest in sent.after(prefix) if rest.isascii() and rest.isdecimal())
    return sorted(number for rest in found if (number := int(rest)) <= MOST)


def rows_drawn(sent: FormFields, prefix: str, fewest: int) -> int:
    """How many rows a form draws: those that hold something, and some to spare."""
    filled = [
        number for number in numbers_after(sent, prefix) if sent.text(f"{prefix}{number}").strip()
    ]
    return min(MOST, max(fewest, max(filled, default=0) + SPARE))


def _question(sent: FormFields, number: int, prompt: str, place: int) -> Question:
    options = (line.strip() for line in sent.text(f"options-{number}").split("\n"))
    choices = tuple(dict.fromkeys(line for line in options if line))
    try:
        kind = QuestionKind(sent.text(f"answer-{number}"))
    except ValueError:
        raise Invalid(f"answer-{number}", "choose one of those listed.") from None
    try:
        return Question(
            f"q{place}",
            prompt,
            kind,
            sent.text(f"required-{number}") == "yes",
            choices if kind is QuestionKind.CHOICE else (),
        )
    except NonsenseValue:
        cure = "write at least two options, one on each line."
        raise Invalid(f"options-{number}", cure) from None
