from sqlalchemy import Connection, bindparam, delete

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import exchange
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.exchange_repositories import PairingRepository
from domain.ids import OrgId, PersonId, SectionId, SiteId
from domain.lms_site import AccountAuthorisation, OrgPairing, SectionPairing

ACCOUNTS = VersionedRecords(exchange.account_authorisations, AccountAuthorisation)
ORGS = Records(exchange.org_pairings, OrgPairing)
SECTIONS = Records(exchange.section_pairings, SectionPairing)

_ACCOUNTS = ACCOUNTS.select.where(ACCOUNTS.c.site_id == bindparam("site_id")).order_by(
    ACCOUNTS.c.given_at, ACCOUNTS.c.person_id
)
_ORGS = ORGS.select.where(ORGS.c.site_id == bindparam("site_id")).order_by(ORGS.c.org_id)
_UNPAIR = delete(exchange.org_pairings).where(
    ORGS.c.org_id == bindparam("org_id"), ORGS.c.site_id == bindparam("site_id")
)


class SqlPairings(PairingRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accounts(self, site_id: SiteId) -> list[AccountAuthorisation]:
        return ACCOUNTS.fetch(self._connection, _ACCOUNTS, site_id=site_id)

    def save_account(self, authorisation: AccountAuthorisation) -> AccountAuthorisation:
        return ACCOUNTS.save(self._connection, authorisation)

    def orgs(self, site_id: SiteId) -> dict[OrgId, OrgPairing]:
        found = ORGS.fetch(self._connection, _ORGS, site_id=site_id)
        return {pairing.org_id: pairing for pairing in found}

    def pair_org(self, pairing: OrgPairing) -> None:
        ORGS.put(self._connection, [pairing])

    def unpair_org(self, site_id: SiteId, org_id: OrgId) -> None:
        self._connection.execute(_UNPAIR, {"site_id": site_id, "org_id": org_id})

    def section(self, section_id: SectionId, person_id: PersonId) -> SectionPairing | None:
        return SECTIONS.find(self._connection, section_id, person_id)

    def pair_section(self, pairing: SectionPairing) -> None:
        SECTIONS.put(self._connection, [pairing])
