"""One transaction over all repositories."""

from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from application.later import imported_later

with imported_later(__name__):
    from application.ports.access_repositories import (
        IdentityRepository,
        RegistrationRepository,
        SessionRepository,
        SiteRepository,
    )
    from application.ports.api_tokens import ApiTokenRepository
    from application.ports.curriculum import CurriculumRepository
    from application.ports.evidence_repositories import EvidenceRepository
    from application.ports.exchange_repositories import (
        ImportRepository,
        PairingRepository,
        PublicationRepository,
        SyncRunRepository,
    )
    from application.ports.improvement_repositories import (
        ActionPlanRepository,
        QuestionTemplateRepository,
        RfiRepository,
    )
    from application.ports.jobs import JobQueue
    from application.ports.listings import Listings
    from application.ports.load_repositories import LoadRepository, RosterBulk
    from application.ports.matching_repositories import MatchingRepository, MergeRepository
    from application.ports.people_repositories import DirectoryRepository, PasswordRepository
    from application.ports.planning_repositories import (
        OfferRepository,
        PlanRepository,
        ReminderRepository,
        StandingRepository,
    )
    from application.ports.portfolio_repositories import (
        IssuedCredentialRepository,
        PortfolioRepository,
        SigningKeyRepository,
    )
    from application.ports.reporting import ResultRepository
    from application.ports.repositories import (
        AssessmentRepository,
        OutcomeRepository,
        RosterRepository,
        ScoreRepository,
    )
    from application.ports.scoring_repositories import (
        CountRepository,
        EvaluationRepository,
        ReflectionRepository,
    )
    from application.ports.sending_repositories import DeliveryRepository, LinkRepository
    from application.ports.student_repositories import DlaRepository, SelfAssessmentRepository
    from application.ports.system_repositories import AuditTrail, SettingsRepository


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
    def curriculum(self) -> CurriculumRepository: ...
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
    def loads(self) -> LoadRepository: ...
    @property
    def bulk(self) -> RosterBulk: ...
    @property
    def directory(self) -> DirectoryRepository: ...
    @property
    def passwords(self) -> PasswordRepository: ...
    @property
    def plans(self) -> PlanRepository: ...
    @property
    def standings(self) -> StandingRepository: ...
    @property
    def reminders(self) -> ReminderRepository: ...
    @property
    def offers(self) -> OfferRepository: ...
    @property
    def dlas(self) -> DlaRepository: ...
    @property
    def self_assessments(self) -> SelfAssessmentRepository: ...
    @property
    def portfolios(self) -> PortfolioRepository: ...
    @property
    def signing_keys(self) -> SigningKeyRepository: ...
    @property
    def issued_credentials(self) -> IssuedCredentialRepository: ...
    @property
    def action_plans(self) -> ActionPlanRepository: ...
    @property
    def rfis(self) -> RfiRepository: ...
    @property
    def question_templates(self) -> QuestionTemplateRepository: ...
    @property
    def api_tokens(self) -> ApiTokenRepository: ...
    @property
    def evidence(self) -> EvidenceRepository: ...
    @property
    def counts(self) -> CountRepository: ...
    @property
    def evaluations(self) -> EvaluationRepository: ...
    @property
    def reflections(self) -> ReflectionRepository: ...
    @property
    def listings(self) -> Listings: ...
    @property
    def results(self) -> ResultRepository: ...
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


Precondition = Callable[[UnitOfWork], None]
"""Raises, in the transaction of a deed and before it, when the deed may not be done."""


class UnitOfWorkFactory(Protocol):
    def __call__(self, *, write: bool = True) -> UnitOfWork:
        """`write=False` opens a unit that may only read and never waits for writers."""
