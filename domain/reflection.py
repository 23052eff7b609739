"""Reflections: what an evaluator answers after scoring, on the questions of a template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from domain.errors import NonsenseValue
from domain.ids import OrgId, PersonId, ReflectionTemplateId, SectionAssessmentId

YES, NO = "yes", "no"


class QuestionKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    YES_NO = "yes/no"


@dataclass(frozen=True, slots=True)
class Question:
    """`id` names the question within its template, so that answers find it again."""

    id: str
    prompt: str
    kind: QuestionKind = QuestionKind.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.prompt.strip():
            raise NonsenseValue("question", "", "write what is asked")
        if self.kind is QuestionKind.CHOICE and len(set(self.choices)) < 2:  # noqa: PLR2004
            raise NonsenseValue("question", self.prompt, "a choice needs at least two options")

    def fault_of(self, text: str) -> str:
        """Why `text` is no answer to this question, empty when it is one or says nothing."""
        if not text.strip():
            return ""
        match self.kind:
            case QuestionKind.CHOICE if text not in self.choices:
                return "choose one of those listed"
            case QuestionKind.YES_NO if text not in {YES, NO}:
                return "answer yes or no"
            case QuestionKind.NUMBER if not _is_number(text):
                return "give a number"
            case _:
                return ""


@dataclass(frozen=True, slots=True)
class ReflectionTemplate:
    """Questions in their order; without any, no reflection is asked for."""

    questions: tuple[Question, ...] = ()

    def __post_init__(self) -> None:
        ids = [question.id for question in self.questions]
        if len(ids) != len(set(ids)):
            raise NonsenseValue("questions", "", "ask each question once")

    @property
    def asks(self) -> bool:
        return bool(self.questions)

    def missing(self, answers: Mapping[str, str]) -> Question | None:
        """The first required question without an answer.

        Where nothing is required, one answer at least is: an empty reflection says nothing.
        """
        for question in self.questions:
            if question.required and not answers.get(question.id, "").strip():
                return question
        answered = any(answers.get(question.id, "").strip() for question in self.questions)
        return None if answered or not self.questions else self.questions[0]


def asking(prompt: str) -> ReflectionTemplate:
    """The template of one question that wants a text; of none when the prompt is empty."""
    if not prompt.strip():
        return ReflectionTemplate()
    return ReflectionTemplate((Question("q1", prompt.strip()),))


@dataclass(frozen=True, slots=True)
class CollegeTemplate:
    """A template with a name, which assessments can take; they take a copy of its questions.

    `org_id` None: for the whole college. A retired one is offered no more.
    """

    id: ReflectionTemplateId
    name: str
    org_id: OrgId | None
    template: ReflectionTemplate
    retired: bool
    version: int

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise NonsenseValue("name", self.name, "give the template a name")
        if not self.template.asks:
            raise NonsenseValue("questions", "", "ask at least one question")


@dataclass(frozen=True, slots=True)
class Answer:
    """`prompt` is the question as it was answered: templates change, answers stay."""

    question_id: str
    prompt: str
    text: str


@dataclass(frozen=True, slots=True)
class Reflection:
    """An evaluator's answers after scoring; `submitted_at` None means saved privately.

    `asked` are the questions as they were when the first answer was saved: a template that
    changes later changes nothing here. `shared_at`: since when the department reads it too.
    """

    section_assessment_id: SectionAssessmentId
    person_id: PersonId
    answers: tuple[Answer, ...]
    submitted_at: datetime | None
    version: int
    asked: ReflectionTemplate | None = None
    shared_at: datetime | None = None

    @property
    def texts(self) -> dict[str, str]:
        """What was answered, by question id."""
        return {answer.question_id: answer.text for answer in self.answers}


def _is_number(text: str) -> bool:
    try:
        return Decimal(text.strip()).is_finite()
    except InvalidOperation:
        return False
