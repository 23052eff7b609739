"""What every use case is made of: the ports, and who acts in the LMS."""

from collections.abc import Callable

from dependency_injector import containers, providers

from application.later import imported_later
from entrypoints.documents import write_csv, write_pdf, write_workbook
from entrypoints.settings import Settings

with imported_later(__name__):
    from application.account_agents import AccountAgents
    from application.gateways import Gateways
    from application.ports.jobs import Jobs
    from application.ports.launches import ConsumerSecrets, NonceLedger
    from application.ports.lms_plugin import LmsPlugins
    from application.ports.passwords import PasswordHasher
    from application.ports.runtime import Clock, NewId, NewSecret, Transact
    from application.ports.secrets import Sealer
    from application.ports.table_dump import TableDump
    from application.ports.unit_of_work import UnitOfWorkFactory
    from application.tokens import Pause, TokenVault

Use = providers.Factory
Once = providers.ThreadSafeSingleton
Need = providers.Dependency


class Needs(containers.DeclarativeContainer):
    """Handed in by the bootstrap, and the few parts that all rooms share."""

    units: Need[UnitOfWorkFactory] = Need()
    clock: Need[Clock] = Need()
    new_id: Need[NewId] = Need()
    new_secret: Need[NewSecret] = Need()
    sealer: Need[Sealer] = Need()
    hasher: Need[PasswordHasher] = Need()
    transact: Need[Transact] = Need()
    pause: Need[Pause] = Need()
    lms: Need[LmsPlugins] = Need()
    jobs: Need[Jobs] = Need()
    consumer_secrets: Need[ConsumerSecrets] = Need()
    nonces: Need[NonceLedger] = Need()
    settings: Need[Settings] = Need()
    schema_is_current: Need[Callable[[], bool]] = Need()
    workers_alive: Need[Callable[[], int]] = Need()
    dump_tables: Need[TableDump] = Need()

    pdf = providers.Object(write_pdf)
    workbooks = providers.Object(write_workbook)
    csv = providers.Object(write_csv)

    base_url = settings.provided.base_url
    redirect_uri = settings.provided.canvas_callback

    vault = Use(TokenVault, units=units, transact=transact, clock=clock, sealer=sealer, pause=pause)
    gateways = Use(Gateways, vault=vault, lms=lms)
    agents = Use(AccountAgents, units=units, transact=transact, clock=clock, gateways=gateways)
