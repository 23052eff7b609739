"""One transaction over all repositories, in memory."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from adapters.outbound.memory.access import (
    MemoryIdentities,
    MemoryRegistrations,
    MemorySessions,
    MemorySites,
)
from adapters.outbound.memory.api_tokens import MemoryApiTokens
from adapters.outbound.memory.curriculum import MemoryCurriculum
from adapters.outbound.memory.directory import MemoryDirectory, MemoryPasswords
from adapters.outbound.memory.evaluation import (
    MemoryCounts,
    MemoryEvaluations,
    MemoryReflections,
)
from adapters.outbound.memory.evidence import MemoryEvidence
from adapters.outbound.memory.exchange import (
    MemoryPairings,
    MemoryPublications,
    MemorySyncRuns,
)
from adapters.outbound.memory.improvement import (
    MemoryActionPlans,
    MemoryQuestionTemplates,
    MemoryRfis,
)
from adapters.outbound.memory.listings import MemoryListings
from adapters.outbound.memory.loads import MemoryLoads, MemoryRosterBulk
from adapters.outbound.memory.matching import MemoryMatching, MemoryMerges
from adapters.outbound.memory.planning import (
    MemoryOffers,
    MemoryPlans,
    MemoryReminders,
    MemoryStandings,
)
from adapters.outbound.memory.portfolio import (
    MemoryIssuedCredentials,
    MemoryPortfolios,
    MemorySigningKeys,
)
from adapters.outbound.memory.results import MemoryResults
from adapters.outbound.memory.roster import MemoryRoster
from adapters.outbound.memory.score_imports import MemoryImports
from adapters.outbound.memory.scoring import MemoryAssessments, MemoryOutcomes, MemoryScores
from adapters.outbound.memory.sending import MemoryDeliveries, MemoryLinks
from adapters.outbound.memory.store import Store, Transaction
from adapters.outbound.memory.student_work import MemoryDlas, MemorySelfAssessments
from adapters.outbound.memory.system import MemoryAuditTrail, MemorySettings
from application.ports.jobs import JobQueue
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory

AfterCommit = Callable[[Callable[[], None]], None]
"""Takes an action that is done when, and only when, the unit has committed."""
MakeQueue = Callable[[AfterCommit], JobQueue]


class MemoryUnitOfWork(UnitOfWork):
    """Writers queue at the entrance, as with SQLite; readers keep the state they began with."""

    def __init__(self, store: Store, make_queue: MakeQueue, *, write: bool) -> None:
        self._store = store
        self._make_queue = make_queue
        self._write = write
        self._begun: Transaction | None = None

    def __enter__(self) -> Self:
        self._begun = Transaction(self._store, write=self._write)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._transaction.close()

    def commit(self) -> None:
        self._transaction.commit()

    @property
    def _transaction(self) -> Transaction:
        if self._begun is None:
            raise RuntimeError("This unit of work was not entered.")
        return self._begun

    @property
    def roster(self) -> MemoryRoster:
        return MemoryRoster(self._transaction)

    @property
    def outcomes(self) -> MemoryOutcomes:
        return MemoryOutcomes(self._transaction)

    @property
    def curriculum(self) -> MemoryCurriculum:
        return MemoryCurriculum(self._transaction)

    @property
    def assessments(self) -> MemoryAssessments:
        return MemoryAssessments(self._transaction)

    @property
    def scores(self) -> MemoryScores:
        return MemoryScores(self._transaction)

    @property
    def links(self) -> MemoryLinks:
        return MemoryLinks(self._transaction)

    @property
    def deliveries(self) -> MemoryDeliveries:
        return MemoryDeliveries(self._transaction)

    @property
    def identities(self) -> MemoryIdentities:
        return MemoryIdentities(self._transaction)

    @property
    def matching(self) -> MemoryMatching:
        return MemoryMatching(self._transaction)

    @property
    def merges(self) -> MemoryMerges:
        return MemoryMerges(self._transaction)

    @property
    def registrations(self) -> MemoryRegistrations:
        return MemoryRegistrations(self._transaction)

    @property
    def sites(self) -> MemorySites:
        return MemorySites(self._transaction)

    @property
    def sessions(self) -> MemorySessions:
        return MemorySessions(self._transaction)

    @property
    def settings(self) -> MemorySettings:
        return MemorySettings(self._transaction)

    @property
    def audit(self) -> MemoryAuditTrail:
        return MemoryAuditTrail(self._transaction)

    @property
    def publications(self) -> MemoryPublications:
        return MemoryPublications(self._transaction)

    @property
    def sync_runs(self) -> MemorySyncRuns:
        return MemorySyncRuns(self._transaction)

    @property
    def imports(self) -> MemoryImports:
        return MemoryImports(self._transaction)

    @property
    def pairings(self) -> MemoryPairings:
        return MemoryPairings(self._transaction)

    @property
    def loads(self) -> MemoryLoads:
        return MemoryLoads(self._transaction)

    @property
    def bulk(self) -> MemoryRosterBulk:
        return MemoryRosterBulk(self._transaction)

    @property
    def directory(self) -> MemoryDirectory:
        return MemoryDirectory(self._transaction)

    @property
    def passwords(self) -> MemoryPasswords:
        return MemoryPasswords(self._transaction)

    @property
    def plans(self) -> MemoryPlans:
        return MemoryPlans(self._transaction)

    @property
    def standings(self) -> MemoryStandings:
        return MemoryStandings(self._transaction)

    @property
    def reminders(self) -> MemoryReminders:
        return MemoryReminders(self._transaction)

    @property
    def offers(self) -> MemoryOffers:
        return MemoryOffers(self._transaction)

    @property
    def dlas(self) -> MemoryDlas:
        return MemoryDlas(self._transaction)

    @property
    def self_assessments(self) -> MemorySelfAssessments:
        return MemorySelfAssessments(self._transaction)

    @property
    def portfolios(self) -> MemoryPortfolios:
        return MemoryPortfolios(self._transaction)

    @property
    def signing_keys(self) -> MemorySigningKeys:
        return MemorySigningKeys(self._transaction)

    @property
    def issued_credentials(self) -> MemoryIssuedCredentials:
        return MemoryIssuedCredentials(self._transaction)

    @property
    def action_plans(self) -> MemoryActionPlans:
        return MemoryActionPlans(self._transaction)

    @property
    def rfis(self) -> MemoryRfis:
        return MemoryRfis(self._transaction)

    @property
    def question_templates(self) -> MemoryQuestionTemplates:
        return MemoryQuestionTemplates(self._transaction)

    @property
    def api_tokens(self) -> MemoryApiTokens:
        return MemoryApiTokens(self._transaction)

    @property
    def evidence(self) -> MemoryEvidence:
        return MemoryEvidence(self._transaction)

    @property
    def counts(self) -> MemoryCounts:
        return MemoryCounts(self._transaction)

    @property
    def evaluations(self) -> MemoryEvaluations:
        return MemoryEvaluations(self._transaction)

    @property
    def reflections(self) -> MemoryReflections:
        return MemoryReflections(self._transaction)

    @property
    def listings(self) -> MemoryListings:
        return MemoryListings(self._transaction)

    @property
    def results(self) -> MemoryResults:
        return MemoryResults(self._transaction)

    @property
    def jobs(self) -> JobQueue:
        return self._make_queue(self._transaction.after_commit)


class MemoryUnits(UnitOfWorkFactory):
    def __init__(self, store: Store, make_queue: MakeQueue) -> None:
        self._store = store
        self._make_queue = make_queue

    def __call__(self, *, write: bool = True) -> MemoryUnitOfWork:
        return MemoryUnitOfWork(self._store, self._make_queue, write=write)
