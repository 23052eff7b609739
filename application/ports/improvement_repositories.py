"""Where action plans, requests for information and their templates are kept.

`get...`, `save...` keep the promises of `application.ports.repositories`.
"""

from collections.abc import Collection, Iterable
from typing import Protocol

from domain.ids import ActionPlanId, AskId, OrgId, PersonId, RfiId, SectionId, TemplateId
from domain.improvement.action_plan import ActionPlan
from domain.improvement.question_template import QuestionTemplate
from domain.improvement.rfi import Rfi, RfiAsk


class ActionPlanRepository(Protocol):
    """Lists stand newest first."""

    def get(self, plan_id: ActionPlanId) -> ActionPlan: ...
    def save(self, plan: ActionPlan) -> ActionPlan: ...
    def in_orgs(self, org_ids: Collection[OrgId] | None) -> list[ActionPlan]:
        """Of these orgs, not of those below them; None means all."""

    def to_answer(
        self, person_id: PersonId | None, section_ids: Collection[SectionId]
    ) -> list[ActionPlan]:
        """Owned by one of these sections, or asking this person by name."""


class RfiRepository(Protocol):
    def get(self, rfi_id: RfiId) -> Rfi: ...
    def save(self, rfi: Rfi) -> Rfi: ...
    def in_orgs(self, org_ids: Collection[OrgId] | None) -> list[Rfi]:
        """Of these orgs, newest first; None means all, those of the whole college too."""

    def ask(self, ask_id: AskId) -> RfiAsk: ...
    def save_asks(self, asks: Iterable[RfiAsk]) -> list[RfiAsk]:
        """All of them, or Conflict: also when somebody is asked twice by one request."""

    def asks_of(self, rfi_ids: Collection[RfiId]) -> list[RfiAsk]:
        """By id."""

    def asks_to(self, person_id: PersonId, section_ids: Collection[SectionId]) -> list[RfiAsk]:
        """Put to the person or to one of these sections, by id."""


class QuestionTemplateRepository(Protocol):
    def get(self, template_id: TemplateId) -> QuestionTemplate: ...
    def save(self, template: QuestionTemplate) -> QuestionTemplate: ...
    def all(self) -> list[QuestionTemplate]:
        """By name, retired ones too."""
