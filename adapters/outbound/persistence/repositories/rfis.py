from collections.abc import Collection, Iterable

from sqlalchemy import BindParameter, Connection, bindparam, or_

from adapters.outbound.persistence.tables import improvement
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.improvement_repositories import QuestionTemplateRepository, RfiRepository
from domain.ids import AskId, OrgId, PersonId, RfiId, SectionId, TemplateId
from domain.improvement.question_template import QuestionTemplate
from domain.improvement.rfi import Rfi, RfiAsk

RFIS = VersionedRecords(improvement.rfis, Rfi)
ASKS = VersionedRecords(improvement.asks, RfiAsk)
TEMPLATES = VersionedRecords(improvement.templates, QuestionTemplate)
_AMONG: BindParameter[tuple[str, ...]] = bindparam("among", expanding=True)
_ALL = RFIS.select.order_by(RFIS.c.sent_at.desc(), RFIS.c.id.desc())
_IN_ORGS = RFIS.select.where(RFIS.c.org_id.in_(_AMONG))
_OF_RFIS = ASKS.select.where(ASKS.c.rfi_id.in_(_AMONG)).order_by(ASKS.c.id)
_TO = ASKS.select.where(
    or_(ASKS.c.person_id == bindparam("person_id"), ASKS.c.section_id.in_(_AMONG))
).order_by(ASKS.c.id)
_BY_NAME = TEMPLATES.select.order_by(TEMPLATES.c.name, TEMPLATES.c.id)


class SqlRfis(RfiRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, rfi_id: RfiId) -> Rfi:
        return RFIS.get(self._connection, "This request for information", rfi_id)

    def save(self, rfi: Rfi) -> Rfi:
        return RFIS.save(self._connection, rfi)

    def in_orgs(self, org_ids: Collection[OrgId] | None) -> list[Rfi]:
        if org_ids is None:
            return RFIS.fetch(self._connection, _ALL)
        found = RFIS.among(self._connection, _IN_ORGS, org_ids)
        return sorted(found, key=lambda one: (one.sent_at, one.id), reverse=True)

    def ask(self, ask_id: AskId) -> RfiAsk:
        return ASKS.get(self._connection, "This request for information", ask_id)

    def save_asks(self, asks: Iterable[RfiAsk]) -> list[RfiAsk]:
        return ASKS.save_all(self._connection, asks)

    def asks_of(self, rfi_ids: Collection[RfiId]) -> list[RfiAsk]:
        found = ASKS.among(self._connection, _OF_RFIS, rfi_ids)
        return sorted(found, key=lambda one: one.id)

    def asks_to(self, person_id: PersonId, section_ids: Collection[SectionId]) -> list[RfiAsk]:
        return ASKS.fetch(self._connection, _TO, person_id=person_id, among=tuple(section_ids))


class SqlQuestionTemplates(QuestionTemplateRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, template_id: TemplateId) -> QuestionTemplate:
        return TEMPLATES.get(self._connection, "This template", template_id)

    def save(self, template: QuestionTemplate) -> QuestionTemplate:
        return TEMPLATES.save(self._connection, template)

    def all(self) -> list[QuestionTemplate]:
        return TEMPLATES.fetch(self._connection, _BY_NAME)
