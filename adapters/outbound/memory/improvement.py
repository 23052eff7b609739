"""Action plans, requests for information and their templates."""

from collections.abc import Collection, Iterable

from adapters.outbound.memory.rows import VersionedRows
from adapters.outbound.memory.store import Transaction
from application.ports.improvement_repositories import (
    ActionPlanRepository,
    QuestionTemplateRepository,
    RfiRepository,
)
from domain.ids import ActionPlanId, AskId, OrgId, PersonId, RfiId, SectionId, TemplateId
from domain.improvement.action_plan import ActionPlan
from domain.improvement.question_template import QuestionTemplate
from domain.improvement.rfi import Rfi, RfiAsk


class MemoryActionPlans(ActionPlanRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._plans = VersionedRows[ActionPlan](transaction, "action plan", lambda one: one.id)

    def get(self, plan_id: ActionPlanId) -> ActionPlan:
        return self._plans.get("This action plan", plan_id)

    def save(self, plan: ActionPlan) -> ActionPlan:
        return self._plans.save(plan)

    def in_orgs(self, org_ids: Collection[OrgId] | None) -> list[ActionPlan]:
        return _newest(self._plans.where(lambda one: org_ids is None or one.org_id in org_ids))

    def to_answer(
        self, person_id: PersonId | None, section_ids: Collection[SectionId]
    ) -> list[ActionPlan]:
        return _newest(
            self._plans.where(
                lambda one: one.owner.section_id in section_ids or person_id in one.asked_ids
            )
        )


class MemoryRfis(RfiRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._rfis = VersionedRows[Rfi](transaction, "rfi", lambda one: one.id)
        self._asks = VersionedRows[RfiAsk](
            transaction,
            "rfi ask",
            lambda one: one.id,
            unique=lambda one: (one.rfi_id, one.person_id, one.section_id),
        )

    def get(self, rfi_id: RfiId) -> Rfi:
        return self._rfis.get("This request for information", rfi_id)

    def save(self, rfi: Rfi) -> Rfi:
        return self._rfis.save(rfi)

    def in_orgs(self, org_ids: Collection[OrgId] | None) -> list[Rfi]:
        found = self._rfis.where(lambda one: org_ids is None or one.org_id in org_ids)
        return sorted(found, key=lambda one: (one.sent_at, one.id), reverse=True)

    def ask(self, ask_id: AskId) -> RfiAsk:
        return self._asks.get("This request for information", ask_id)

    def save_asks(self, asks: Iterable[RfiAsk]) -> list[RfiAsk]:
        return self._asks.save_all(asks)

    def asks_of(self, rfi_ids: Collection[RfiId]) -> list[RfiAsk]:
        return self._asks.where(lambda one: one.rfi_id in rfi_ids)

    def asks_to(self, person_id: PersonId, section_ids: Collection[SectionId]) -> list[RfiAsk]:
        return self._asks.where(
            lambda one: one.person_id == person_id or one.section_id in section_ids
        )


class MemoryQuestionTemplates(QuestionTemplateRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._templates = VersionedRows[QuestionTemplate](
            transaction, "question template", lambda one: one.id
        )

    def get(self, template_id: TemplateId) -> QuestionTemplate:
        return self._templates.get("This template", template_id)

    def save(self, template: QuestionTemplate) -> QuestionTemplate:
        return self._templates.save(template)

    def all(self) -> list[QuestionTemplate]:
        return sorted(self._templates.all(), key=lambda one: (one.name, one.id))


def _newest(plans: list[ActionPlan]) -> list[ActionPlan]:
    return sorted(plans, key=lambda one: (one.made_at, one.id), reverse=True)
