"""A process of the product that kills itself at a chosen point: dying.py POINT WORDS...

It is `attain WORDS` with one method of one class replaced, so that the process is gone, as by
kill -9 or a power cut, before or after that method did its work. The product knows nothing of it.
"""

import os
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Any, Never
from unittest.mock import patch

from adapters.outbound.canvas.gateway import CanvasGateway
from adapters.outbound.persistence.unit_of_work import SqlUnitOfWork
from application.delivery_book import DeliveryBook
from entrypoints.cli import main


def die(*_: object, **__: object) -> Never:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def after(method: Callable[..., None]) -> Callable[..., None]:
    def then_die(*args: Any, **named: Any) -> None:
        method(*args, **named)
        die()

    return then_die


def after_call(method: Callable[..., Coroutine[Any, Any, object]]) -> Callable[..., Any]:
    async def then_die(*args: Any, **named: Any) -> None:
        await method(*args, **named)
        die()

    return then_die


POINTS: dict[str, tuple[type, str, Callable[..., Any]]] = {
    "before the decision is committed": (SqlUnitOfWork, "commit", die),
    "after the decision is committed": (SqlUnitOfWork, "commit", after(SqlUnitOfWork.commit)),
    "before the call goes out": (CanvasGateway, "post_grades", die),
    "before the progress id is stored": (DeliveryBook, "posted", die),
    "while polling": (CanvasGateway, "bulk_report", after_call(CanvasGateway.bulk_report)),
    "before the read-back is stored": (DeliveryBook, "verify", die),
    "before the send is closed": (DeliveryBook, "close", die),
}

if __name__ == "__main__":
    owner, name, instead = POINTS[sys.argv[1]]
    sys.argv = ["attain", *sys.argv[2:]]
    with patch.object(owner, name, instead):
        main()
