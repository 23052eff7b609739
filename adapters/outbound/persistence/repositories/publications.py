from collections.abc import Iterable

from sqlalchemy import Connection, bindparam

from adapters.outbound.persistence.tables import exchange
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.exchange_repositories import PublicationRepository
from domain.ids import LmsOutcomeRef, SectionAssessmentId, SiteId, SloId
from domain.outcomes.found import OutcomePlace
from domain.outcomes.publication import Publication

PUBLICATIONS = VersionedRecords(exchange.publications, Publication)

_AT_SITE = PUBLICATIONS.select.where(PUBLICATIONS.c.site_id == bindparam("site_id"))
_OF_SITE = _AT_SITE.order_by(PUBLICATIONS.c.id)
_OF_SLOS = _AT_SITE.where(PUBLICATIONS.c.slo_id.in_(bindparam("among", expanding=True)))
_OF_OUTCOMES = _AT_SITE.where(PUBLICATIONS.c.outcome_ref.in_(bindparam("among", expanding=True)))
_OF_PLACE = _AT_SITE.where(
    PUBLICATIONS.c.place == bindparam("place"),
    PUBLICATIONS.c.work_id.is_not_distinct_from(bindparam("work_id")),
)


class SqlPublications(PublicationRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_slos(self, site_id: SiteId, slo_ids: Iterable[SloId]) -> list[Publication]:
        return _by_generation(
            PUBLICATIONS.among(self._connection, _OF_SLOS, slo_ids, site_id=site_id)
        )

    def of_place(
        self, site_id: SiteId, place: OutcomePlace, work_id: SectionAssessmentId | None
    ) -> list[Publication]:
        return _by_generation(
            PUBLICATIONS.fetch(
                self._connection, _OF_PLACE, site_id=site_id, place=place, work_id=work_id
            )
        )

    def of_outcomes(self, site_id: SiteId, refs: Iterable[LmsOutcomeRef]) -> list[Publication]:
        found = PUBLICATIONS.among(self._connection, _OF_OUTCOMES, refs, site_id=site_id)
        return sorted(found, key=lambda one: one.id)

    def of_site(self, site_id: SiteId) -> list[Publication]:
        return PUBLICATIONS.fetch(self._connection, _OF_SITE, site_id=site_id)

    def save(self, publications: Iterable[Publication]) -> list[Publication]:
        return PUBLICATIONS.save_all(self._connection, publications)


def _by_generation(publications: list[Publication]) -> list[Publication]:
    return sorted(publications, key=lambda one: (one.slo_id, one.generation, one.id))
