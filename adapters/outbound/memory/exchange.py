"""Outcomes sent to the LMS, the runs that send them, and which place belongs to whom."""

from collections.abc import Iterable

from adapters.outbound.memory.rows import Rows, VersionedRows
from adapters.outbound.memory.store import Transaction
from application.ports.exchange_repositories import (
    PairingRepository,
    PublicationRepository,
    SyncRunRepository,
)
from domain.ids import (
    LmsOutcomeRef,
    OrgId,
    PersonId,
    SectionAssessmentId,
    SectionId,
    SiteId,
    SloId,
    SyncRunId,
)
from domain.lms_site import AccountAuthorisation, OrgPairing, SectionPairing
from domain.outcomes.found import OutcomePlace
from domain.outcomes.publication import Publication
from domain.outcomes.sync_run import SyncItem, SyncRun, Upload


class MemoryPublications(PublicationRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._publications = VersionedRows[Publication](
            transaction,
            "publication",
            lambda one: one.id,
            unique=lambda one: (one.site_id, one.guid) if one.guid else None,
        )

    def of_slos(self, site_id: SiteId, slo_ids: Iterable[SloId]) -> list[Publication]:
        wanted = frozenset(slo_ids)
        return _by_generation(one for one in self.of_site(site_id) if one.slo_id in wanted)

    def of_place(
        self, site_id: SiteId, place: OutcomePlace, work_id: SectionAssessmentId | None
    ) -> list[Publication]:
        return _by_generation(
            one for one in self.of_site(site_id) if one.place == place and one.work_id == work_id
        )

    def of_outcomes(self, site_id: SiteId, refs: Iterable[LmsOutcomeRef]) -> list[Publication]:
        wanted = frozenset(refs)
        return [one for one in self.of_site(site_id) if one.outcome_ref in wanted]

    def of_site(self, site_id: SiteId) -> list[Publication]:
        return self._publications.where(lambda one: one.site_id == site_id)

    def save(self, publications: Iterable[Publication]) -> list[Publication]:
        return self._publications.save_all(publications)


class MemorySyncRuns(SyncRunRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._runs = VersionedRows[SyncRun](transaction, "sync run", lambda run: run.id)
        self._items = Rows[SyncItem](transaction, "sync item", lambda item: item.id)
        self._uploads = Rows[Upload](
            transaction, "upload", lambda one: (one.run_id, str(one.place), one.number)
        )

    def get(self, run_id: SyncRunId) -> SyncRun:
        return self._runs.get("This synchronisation", run_id)

    def recent(self, limit: int = 50) -> list[SyncRun]:
        runs = self._runs.all()
        return sorted(runs, key=lambda run: (run.requested_at, run.id), reverse=True)[:limit]

    def open_runs(self) -> list[SyncRun]:
        runs = self._runs.where(lambda run: run.is_open)
        return sorted(runs, key=lambda run: run.requested_at)

    def save(self, run: SyncRun) -> SyncRun:
        return self._runs.save(run)

    def items(self, run_id: SyncRunId) -> list[SyncItem]:
        items = self._items.where(lambda item: item.run_id == run_id)
        return sorted(items, key=lambda item: item.number)

    def put_items(self, items: Iterable[SyncItem]) -> None:
        self._items.put(items)

    def uploads(self, run_id: SyncRunId) -> list[Upload]:
        return self._uploads.where(lambda one: one.run_id == run_id)

    def put_upload(self, upload: Upload) -> None:
        self._uploads.put([upload])


class MemoryPairings(PairingRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._accounts = VersionedRows[AccountAuthorisation](
            transaction, "account authorisation", lambda one: (one.site_id, one.person_id)
        )
        self._orgs = Rows[OrgPairing](
            transaction, "org pairing", lambda one: (one.org_id, one.site_id)
        )
        self._sections = Rows[SectionPairing](
            transaction, "section pairing", lambda one: (one.section_id, one.person_id)
        )

    def accounts(self, site_id: SiteId) -> list[AccountAuthorisation]:
        accounts = self._accounts.where(lambda one: one.site_id == site_id)
        return sorted(accounts, key=lambda one: one.given_at)

    def save_account(self, authorisation: AccountAuthorisation) -> AccountAuthorisation:
        return self._accounts.save(authorisation)

    def orgs(self, site_id: SiteId) -> dict[OrgId, OrgPairing]:
        return {one.org_id: one for one in self._orgs.where(lambda one: one.site_id == site_id)}

    def pair_org(self, pairing: OrgPairing) -> None:
        self._orgs.put([pairing])

    def unpair_org(self, site_id: SiteId, org_id: OrgId) -> None:
        found = self._orgs.find((org_id, site_id))
        if found is not None:
            self._orgs.remove([found])

    def section(self, section_id: SectionId, person_id: PersonId) -> SectionPairing | None:
        return self._sections.find((section_id, person_id))

    def pair_section(self, pairing: SectionPairing) -> None:
        self._sections.put([pairing])


def _by_generation(publications: Iterable[Publication]) -> list[Publication]:
    return sorted(publications, key=lambda one: (one.slo_id, one.generation))
