"""Templates: questions that are asked again and again."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import NonsenseValue
from domain.ids import OrgId, TemplateId
from domain.reflection import Question, ReflectionTemplate


class TemplateUse(StrEnum):
    ACTION_PLAN = "action plan"
    RFI = "RFI"


@dataclass(frozen=True, slots=True)
class QuestionTemplate:
    """`org_id` None: offered to the whole college. Retired ones are offered no more.

    What is made from a template takes a copy of its questions: a later change of the template
    changes no plan and no request that is there.
    """

    id: TemplateId
    use: TemplateUse
    name: str
    org_id: OrgId | None
    questions: tuple[Question, ...]
    retired_at: datetime | None
    version: int

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise NonsenseValue("name", self.name, "give the template a name")
        require_questions(self.questions)

    @property
    def offered(self) -> bool:
        return self.retired_at is None

    def retired(self, at: datetime) -> "QuestionTemplate":
        return replace(self, retired_at=self.retired_at or at)

    def restored(self) -> "QuestionTemplate":
        return replace(self, retired_at=None)


def require_questions(questions: tuple[Question, ...]) -> None:
    """Raises NonsenseValue where nothing is asked, or a question stands twice."""
    if not questions:
        raise NonsenseValue("questions", "", "ask at least one question")
    ReflectionTemplate(questions)
