from sqlalchemy import Connection, bindparam, delete

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import access
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.access_repositories import SiteRepository
from domain.ids import AuthorisationId, PersonId, SiteId
from domain.lms_site import Authorisation, ConsentRequest, LmsSite
from domain.rostering import collation_key

SITES = VersionedRecords(access.sites, LmsSite)
AUTHORISATIONS = VersionedRecords(access.authorisations, Authorisation)
CONSENTS = Records(access.consents, ConsentRequest)

_NAMED = SITES.select.where(SITES.c.name == bindparam("name"))
_AT_SITE = AUTHORISATIONS.select.where(AUTHORISATIONS.c.site_id == bindparam("site_id")).order_by(
    AUTHORISATIONS.c.id
)
_NEWEST = (
    AUTHORISATIONS.select.where(
        AUTHORISATIONS.c.site_id == bindparam("site_id"),
        AUTHORISATIONS.c.person_id == bindparam("person_id"),
    )
    .order_by(AUTHORISATIONS.c.authorised_at.desc(), AUTHORISATIONS.c.id.desc())
    .limit(1)
)
_TAKE = (
    delete(access.consents)
    .where(CONSENTS.c.state_hash == bindparam("state_hash"))
    .returning(*CONSENTS.columns)
)


class SqlSites(SiteRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sites(self) -> list[LmsSite]:
        found = SITES.all(self._connection)
        return sorted(found, key=lambda site: (collation_key(site.name), site.id))

    def get(self, site_id: SiteId) -> LmsSite:
        return SITES.get(self._connection, "This LMS site", site_id)

    def named(self, name: str) -> LmsSite | None:
        return SITES.first(self._connection, _NAMED, name=name)

    def save(self, site: LmsSite) -> LmsSite:
        return SITES.save(self._connection, site)

    def authorisation(self, site_id: SiteId, person_id: PersonId) -> Authorisation | None:
        return AUTHORISATIONS.first(self._connection, _NEWEST, site_id=site_id, person_id=person_id)

    def authorisations(self, site_id: SiteId) -> list[Authorisation]:
        return AUTHORISATIONS.fetch(self._connection, _AT_SITE, site_id=site_id)

    def authorisation_by_id(self, authorisation_id: AuthorisationId) -> Authorisation:
        return AUTHORISATIONS.get(self._connection, "This authorisation", authorisation_id)

    def save_authorisation(self, authorisation: Authorisation) -> Authorisation:
        return AUTHORISATIONS.save(self._connection, authorisation)

    def add_consent(self, request: ConsentRequest) -> None:
        CONSENTS.put(self._connection, [request])

    def take_consent(self, state_hash: str) -> ConsentRequest | None:
        row = self._connection.execute(_TAKE, {"state_hash": state_hash}).first()
        return None if row is None else CONSENTS.record(row)
