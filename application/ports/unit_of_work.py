"""One transaction over all repositories."""

from types import TracebackType
from typing import Protocol, Self

from application.ports.exchange_repositories import (
    ImportRepository,
    PairingRepository,
    PublicationRepository,
    SyncRunRepository,
)
from application.ports.jobs import JobQueue
from application.ports.matching_repositories import MatchingRepository, MergeRepository
from application.ports.repositories import (
    AssessmentRepository,
    AuditTrail,
    DeliveryRepository,
    IdentityRepository,
    LinkRepository,
    OutcomeRepository,
    RegistrationRepository,
    RosterRepository,
    ScoreRepository,
    SessionRepository,
    SettingsRepository,
    SiteRepository,
)


class UnitOfWork(Protocol):
    """Leaving without `commit()` rolls everything back. Never held across a network call.

    Writers wait for each other where the database has one writer; reads inside a unit see
    one state of the database and the unit's own writes.
    """

    @property
    def roster(self) -> RosterRepository: ...
    @property
    def outcomes(self) -> OutcomeRepository: ...
    @property
    def assessments(self) -> AssessmentRepository: ...
    @property
    def scores(self) -> ScoreRepository: ...
    @property
    def links(self) -> LinkRepository: ...
    @property
    def deliveries(self) -> DeliveryRepository: ...
    @property
    def identities(self) -> IdentityRepository: ...
    @property
    def matching(self) -> MatchingRepository: ...
    @property
    def merges(self) -> MergeRepository: ...
    @property
    def registrations(self) -> RegistrationRepository: ...
    @property
    def sites(self) -> SiteRepository: ...
    @property
    def sessions(self) -> SessionRepository: ...
    @property
    def settings(self) -> SettingsRepository: ...
    @property
    def audit(self) -> AuditTrail: ...
    @property
    def publications(self) -> PublicationRepository: ...
    @property
    def sync_runs(self) -> SyncRunRepository: ...
    @property
    def imports(self) -> ImportRepository: ...
    @property
    def pairings(self) -> PairingRepository: ...
    @property
    def jobs(self) -> JobQueue: ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
    def commit(self) -> None: ...


class UnitOfWorkFactory(Protocol):
    def __call__(self, *, write: bool = True) -> UnitOfWork:
        """`write=False` opens a unit that may only read and never waits for writers."""
