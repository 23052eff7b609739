"""Whether all that reports read is what the scores say."""

from contextlib import closing

from sqlalchemy import Connection

from adapters.outbound.persistence.engine import open_engines
from adapters.outbound.persistence.summaries.mending import differences
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.ports.jobs import JobQueue
from application.queries.slos.wrong_roll_ups import wrong_roll_ups


def differences_at(url: str) -> list[str]:
    """A sentence for each difference in the database at this address."""
    with closing(open_engines(url)) as engines:
        with engines.reader.begin() as connection:
            found = list(differences(connection))
        with SqlUnits(engines, _no_queue)(write=False) as unit:
            return [*found, *wrong_roll_ups(unit)]


def _no_queue(_connection: Connection) -> JobQueue:
    raise RuntimeError("Who compares asks for no jobs.")
