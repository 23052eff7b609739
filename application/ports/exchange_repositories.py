"""Where the exchange of outcomes and scores with the LMS is kept.

`get...`, `save...` and `put...` keep the promises of `application.ports.repositories`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from application.ports.lms import LmsAccount
from domain.ids import (
    ImportId,
    LmsAssignmentRef,
    LmsOutcomeRef,
    OrgId,
    PersonId,
    RowId,
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
from domain.score_import.import_run import ImportedCell, RefreshPlan, ScoreImport
from domain.score_import.placed_rubric import PlacedRubric
from domain.score_import.reading import Reading
from domain.score_import.source import ScoreSource


class PublicationRepository(Protocol):
    """Outcomes in the LMS that stand for our SLOs."""

    def of_slos(self, site_id: SiteId, slo_ids: Iterable[SloId]) -> list[Publication]:
        """All of them, also those not live, by SLO and generation."""

    def of_place(
        self, site_id: SiteId, place: OutcomePlace, work_id: SectionAssessmentId | None
    ) -> list[Publication]:
        """Those of one place and use, also those not live, by SLO and generation."""

    def of_outcomes(self, site_id: SiteId, refs: Iterable[LmsOutcomeRef]) -> list[Publication]:
        """What these outcomes stand for, also those not live."""

    def of_site(self, site_id: SiteId) -> list[Publication]: ...

    def save(self, publications: Iterable[Publication]) -> list[Publication]:
        """Raises Conflict too when the site has another publication with the guid."""


class SyncRunRepository(Protocol):
    def get(self, run_id: SyncRunId) -> SyncRun: ...
    def recent(self, limit: int = 50) -> list[SyncRun]:
        """Newest first."""

    def open_runs(self) -> list[SyncRun]:
        """Not done and not stopped, oldest first."""

    def save(self, run: SyncRun) -> SyncRun: ...
    def items(self, run_id: SyncRunId) -> list[SyncItem]:
        """By number."""

    def put_items(self, items: Iterable[SyncItem]) -> None:
        """Insert or replace by id: only the run's own job writes them."""

    def uploads(self, run_id: SyncRunId) -> list[Upload]:
        """By place and number."""

    def put_upload(self, upload: Upload) -> None: ...


class ImportRepository(Protocol):
    """Imports of scores, what was read for them, and where imported scores came from."""

    def get(self, import_id: ImportId) -> ScoreImport: ...
    def of_work(self, work_id: SectionAssessmentId) -> list[ScoreImport]:
        """Newest first."""

    def applied_in(self, work_ids: Iterable[SectionAssessmentId]) -> list[ScoreImport]:
        """Those that stand, newest first."""

    def waiting(self) -> list[ScoreImport]:
        """Those that wait for an authorisation."""

    def save(self, score_import: ScoreImport) -> ScoreImport: ...
    def readings(self, import_id: ImportId) -> list[Reading]:
        """By assignment."""

    def put_readings(self, import_id: ImportId, readings: Iterable[Reading]) -> None:
        """Insert or replace by assignment."""

    def students(self, import_id: ImportId) -> list[LmsAccount]:
        """The students of the LMS course as they were when it was read, by ref."""

    def put_students(self, import_id: ImportId, students: Iterable[LmsAccount]) -> None:
        """Insert or replace by ref."""

    def forget_readings(self, work_id: SectionAssessmentId, keep: ImportId) -> None:
        """Drop what was read for other imports of the work, their students too.

        Results and sources stay.
        """

    def cells(self, import_id: ImportId) -> list[ImportedCell]: ...
    def put_cells(self, cells: Iterable[ImportedCell]) -> None: ...
    def sources(self, work_id: SectionAssessmentId) -> dict[tuple[PersonId, RowId], ScoreSource]:
        """The newest source of each imported cell."""

    def put_sources(self, sources: Iterable[ScoreSource]) -> None:
        """Insert or replace by cell."""

    def placed_rubrics(
        self, site_id: SiteId, assignments: Iterable[LmsAssignmentRef]
    ) -> list[PlacedRubric]:
        """What we put on these assignments, whichever section it was for, by assignment."""

    def put_placed(self, placed: PlacedRubric) -> None:
        """Insert or replace by site and assignment."""

    def refresh_plan(self, work_id: SectionAssessmentId) -> RefreshPlan | None: ...
    def due_refreshes(self, now: datetime) -> list[RefreshPlan]:
        """Active ones whose time has come, longest overdue first."""

    def save_refresh_plan(self, plan: RefreshPlan) -> RefreshPlan: ...


class PairingRepository(Protocol):
    """Which place of the LMS belongs to which org or section, and who may act on accounts."""

    def accounts(self, site_id: SiteId) -> list[AccountAuthorisation]:
        """In the order in which they were given, severed ones too."""

    def save_account(self, authorisation: AccountAuthorisation) -> AccountAuthorisation:
        """One for each site and person."""

    def orgs(self, site_id: SiteId) -> dict[OrgId, OrgPairing]: ...
    def pair_org(self, pairing: OrgPairing) -> None:
        """Insert or replace by site and org."""

    def unpair_org(self, site_id: SiteId, org_id: OrgId) -> None: ...
    def section(self, section_id: SectionId, person_id: PersonId) -> SectionPairing | None:
        """What this person chose last for the section."""

    def pair_section(self, pairing: SectionPairing) -> None:
        """Insert or replace by section and person."""
