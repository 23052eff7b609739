"""One transaction over all repositories."""

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError as PoolTimeout

from adapters.outbound.persistence.engine import Engines
from adapters.outbound.persistence.errors import refuse
from adapters.outbound.persistence.touched import Touched
from application.errors import StorageUnavailable
from application.later import imported_later
from application.ports.jobs import JobQueue
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory

with imported_later(__name__):
    from adapters.outbound.persistence.listings.lists import SqlListings
    from adapters.outbound.persistence.repositories.action_plans import SqlActionPlans
    from adapters.outbound.persistence.repositories.api_tokens import SqlApiTokens
    from adapters.outbound.persistence.repositories.assessments import SqlAssessments
    from adapters.outbound.persistence.repositories.audit import SqlAuditTrail
    from adapters.outbound.persistence.repositories.counts import SqlCounts
    from adapters.outbound.persistence.repositories.curriculum import SqlCurriculum
    from adapters.outbound.persistence.repositories.deliveries import SqlDeliveries
    from adapters.outbound.persistence.repositories.directory import SqlDirectory, SqlPasswords
    from adapters.outbound.persistence.repositories.evaluations import SqlEvaluations
    from adapters.outbound.persistence.repositories.evidence import SqlEvidence
    from adapters.outbound.persistence.repositories.identities import SqlIdentities
    from adapters.outbound.persistence.repositories.issued_credentials import SqlIssuedCredentials
    from adapters.outbound.persistence.repositories.link_offers import SqlOffers
    from adapters.outbound.persistence.repositories.links import SqlLinks
    from adapters.outbound.persistence.repositories.loads import SqlLoads
    from adapters.outbound.persistence.repositories.matching import SqlMatching
    from adapters.outbound.persistence.repositories.merges import SqlMerges
    from adapters.outbound.persistence.repositories.outcomes import SqlOutcomes
    from adapters.outbound.persistence.repositories.pairings import SqlPairings
    from adapters.outbound.persistence.repositories.plans import SqlPlans
    from adapters.outbound.persistence.repositories.portfolio import SqlPortfolios, SqlSigningKeys
    from adapters.outbound.persistence.repositories.publications import SqlPublications
    from adapters.outbound.persistence.repositories.reflections import SqlReflections
    from adapters.outbound.persistence.repositories.registrations import SqlRegistrations
    from adapters.outbound.persistence.repositories.reminders import SqlReminders
    from adapters.outbound.persistence.repositories.rfis import SqlQuestionTemplates, SqlRfis
    from adapters.outbound.persistence.repositories.roster import SqlRoster
    from adapters.outbound.persistence.repositories.roster_bulk import SqlRosterBulk
    from adapters.outbound.persistence.repositories.score_imports import SqlImports
    from adapters.outbound.persistence.repositories.scores import SqlScores
    from adapters.outbound.persistence.repositories.sessions import SqlSessions
    from adapters.outbound.persistence.repositories.settings import SqlSettings
    from adapters.outbound.persistence.repositories.sites import SqlSites
    from adapters.outbound.persistence.repositories.standings import SqlStandings
    from adapters.outbound.persistence.repositories.student_work import (
        SqlDlas,
        SqlSelfAssessments,
    )
    from adapters.outbound.persistence.repositories.sync_runs import SqlSyncRuns
    from adapters.outbound.persistence.summaries.keeping import keep
    from adapters.outbound.persistence.summaries.results import SqlResults

MakeQueue = Callable[[Connection], JobQueue]
"""The queue whose jobs are written on this connection, in its transaction."""


class SqlUnitOfWork(UnitOfWork):
    """A transaction from entering to leaving.

    SQLite: writers queue at the entrance (BEGIN IMMEDIATE) and every unit sees one state.
    PostgreSQL: readers see one state (REPEATABLE READ); writers see what is committed
    (READ COMMITTED), and versions and unique indexes refuse what would be lost.
    """

    def __init__(self, engine: Engine, make_queue: MakeQueue) -> None:
        self._engine = engine
        self._make_queue = make_queue
        self._open: Connection | None = None
        self._touched = Touched()

    def __enter__(self) -> Self:
        try:
            self._open = self._engine.connect()
        except PoolTimeout as error:
            refuse(error)
        try:
            self._open.begin()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def commit(self) -> None:
        """Raises StorageUnavailable after an error that spoiled the transaction."""
        if _is_spoilt(self._connection):
            raise StorageUnavailable("An earlier step of this unit failed; nothing was stored.")
        keep(self._connection, self._touched)
        self._connection.commit()
        self._close()

    def _close(self) -> None:
        """Give the connection back, which undoes what was not committed.

        SQLite keeps a transaction open whose COMMIT it refused, and SQLAlchemy's `close` takes it
        for ended: after `rollback` the pool looks at the connection itself.
        """
        going, self._open = self._open, None
        if going is not None:
            with going:
                going.rollback()

    @property
    def _connection(self) -> Connection:
        if self._open is None:
            raise RuntimeError("This unit of work is over.")
        return self._open

    @property
    def roster(self) -> SqlRoster:
        return SqlRoster(self._connection, self._touched)

    @property
    def outcomes(self) -> SqlOutcomes:
        return SqlOutcomes(self._connection)

    @property
    def curriculum(self) -> SqlCurriculum:
        return SqlCurriculum(self._connection)

    @property
    def assessments(self) -> SqlAssessments:
        return SqlAssessments(self._connection, self._touched)

    @property
    def scores(self) -> SqlScores:
        return SqlScores(self._connection, self._touched)

    @property
    def links(self) -> SqlLinks:
        return SqlLinks(self._connection)

    @property
    def deliveries(self) -> SqlDeliveries:
        return SqlDeliveries(self._connection)

    @property
    def identities(self) -> SqlIdentities:
        return SqlIdentities(self._connection)

    @property
    def matching(self) -> SqlMatching:
        return SqlMatching(self._connection)

    @property
    def merges(self) -> SqlMerges:
        return SqlMerges(self._connection, self._touched)

    @property
    def registrations(self) -> SqlRegistrations:
        return SqlRegistrations(self._connection)

    @property
    def sites(self) -> SqlSites:
        return SqlSites(self._connection)

    @property
    def sessions(self) -> SqlSessions:
        return SqlSessions(self._connection)

    @property
    def settings(self) -> SqlSettings:
        return SqlSettings(self._connection)

    @property
    def audit(self) -> SqlAuditTrail:
        return SqlAuditTrail(self._connection)

    @property
    def publications(self) -> SqlPublications:
        return SqlPublications(self._connection)

    @property
    def sync_runs(self) -> SqlSyncRuns:
        return SqlSyncRuns(self._connection)

    @property
    def imports(self) -> SqlImports:
        return SqlImports(self._connection)

    @property
    def pairings(self) -> SqlPairings:
        return SqlPairings(self._connection)

    @property
    def loads(self) -> SqlLoads:
        return SqlLoads(self._connection)

    @property
    def bulk(self) -> SqlRosterBulk:
        return SqlRosterBulk(self._connection, self._touched)

    @property
    def directory(self) -> SqlDirectory:
        return SqlDirectory(self._connection)

    @property
    def passwords(self) -> SqlPasswords:
        return SqlPasswords(self._connection)

    @property
    def plans(self) -> SqlPlans:
        return SqlPlans(self._connection)

    @property
    def standings(self) -> SqlStandings:
        return SqlStandings(self._connection)

    @property
    def reminders(self) -> SqlReminders:
        return SqlReminders(self._connection)

    @property
    def offers(self) -> SqlOffers:
        return SqlOffers(self._connection)

    @property
    def dlas(self) -> SqlDlas:
        return SqlDlas(self._connection)

    @property
    def self_assessments(self) -> SqlSelfAssessments:
        return SqlSelfAssessments(self._connection)

    @property
    def portfolios(self) -> SqlPortfolios:
        return SqlPortfolios(self._connection)

    @property
    def signing_keys(self) -> SqlSigningKeys:
        return SqlSigningKeys(self._connection)

    @property
    def issued_credentials(self) -> SqlIssuedCredentials:
        return SqlIssuedCredentials(self._connection)

    @property
    def action_plans(self) -> SqlActionPlans:
        return SqlActionPlans(self._connection)

    @property
    def rfis(self) -> SqlRfis:
        return SqlRfis(self._connection)

    @property
    def question_templates(self) -> SqlQuestionTemplates:
        return SqlQuestionTemplates(self._connection)

    @property
    def api_tokens(self) -> SqlApiTokens:
        return SqlApiTokens(self._connection)

    @property
    def evidence(self) -> SqlEvidence:
        return SqlEvidence(self._connection)

    @property
    def counts(self) -> SqlCounts:
        return SqlCounts(self._connection)

    @property
    def evaluations(self) -> SqlEvaluations:
        return SqlEvaluations(self._connection)

    @property
    def reflections(self) -> SqlReflections:
        return SqlReflections(self._connection)

    @property
    def listings(self) -> SqlListings:
        return SqlListings(self._connection)

    @property
    def results(self) -> SqlResults:
        keep(self._connection, self._touched)
        return SqlResults(self._connection)

    @property
    def jobs(self) -> JobQueue:
        return self._make_queue(self._connection)


class SqlUnits(UnitOfWorkFactory):
    def __init__(self, engines: Engines, make_queue: MakeQueue) -> None:
        self._engines = engines
        self._make_queue = make_queue

    def __call__(self, *, write: bool = True) -> SqlUnitOfWork:
        engine = self._engines.writer if write else self._engines.reader
        return SqlUnitOfWork(engine, self._make_queue)


def _is_spoilt(connection: Connection) -> bool:
    """PostgreSQL answers COMMIT with a silent ROLLBACK once a statement has failed."""
    if connection.dialect.name != "postgresql":
        return False
    driver: Any = connection.connection.driver_connection
    return bool(driver.info.transaction_status.name == "INERROR")
