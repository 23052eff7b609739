"""One transaction from asynchronous work: opened, worked in, committed, in a thread."""

from collections.abc import Callable
from typing import TypeVar

from application.ports.runtime import Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory

T = TypeVar("T")


async def committed(
    units: UnitOfWorkFactory, transact: Transact, work: Callable[[UnitOfWork], T]
) -> T:
    """What `work` returned, once its writes are committed."""

    def transaction() -> T:
        with units() as unit:
            result = work(unit)
            unit.commit()
        return result

    return await transact(transaction)
