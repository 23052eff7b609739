"""A process of the product that kills itself at a chosen point.

It is `attain WORDS` with one method of one class replaced, so that the process is gone, as by
kill -9 or a power cut, before or after that method did its work. The product knows nothing of it.
"""

import os
import signal
from collections.abc import Callable, Coroutine
from multiprocessing.process import BaseProcess
from typing import Any, Never
from unittest.mock import patch

from adapters.outbound.canvas.gateway import CanvasGateway
from adapters.outbound.persistence.repositories.loads import SqlLoads
from adapters.outbound.persistence.repositories.roster_bulk import SqlRosterBulk
from adapters.outbound.persistence.unit_of_work import SqlUnitOfWork
from application.loading.applying import Application
from application.outcome_sync.book import SyncBook
from application.score_import.book import ImportBook
from application.sending.delivery_book import DeliveryBook
from application.use_cases.score_import.apply_import import ApplyImport
from application.use_cases.score_import.read_scores import ReadLmsScores
from entrypoints.cli import main
from tests.forked import FORKS, Output, become


def die(*_: object, **__: object) -> Never:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def after(method: Callable[..., object]) -> Callable[..., None]:
    def then_die(*args: Any, **named: Any) -> None:
        method(*args, **named)
        die()

    return then_die


def after_call(method: Callable[..., Coroutine[Any, Any, object]]) -> Callable[..., Any]:
    async def then_die(*args: Any, **named: Any) -> None:
        await method(*args, **named)
        die()

    return then_die


async def die_at_last_look(book: SyncBook, *args: Any, last: bool = False) -> object:
    return die() if last else await _SETTLE(book, *args)


_SETTLE = SyncBook.settle
POINTS: dict[str, tuple[type, str, Callable[..., Any]]] = {
    "before the decision is committed": (SqlUnitOfWork, "commit", die),
    "after the decision is committed": (SqlUnitOfWork, "commit", after(SqlUnitOfWork.commit)),
    "before the call goes out": (CanvasGateway, "post_grades", die),
    "before the progress id is stored": (DeliveryBook, "posted", die),
    "while polling": (CanvasGateway, "bulk_report", after_call(CanvasGateway.bulk_report)),
    "before the read-back is stored": (DeliveryBook, "verify", die),
    "before the send is closed": (DeliveryBook, "close", die),
    "before the upload goes out": (CanvasGateway, "upload_outcomes", die),
    "before the upload's reference is stored": (SyncBook, "put_upload", die),
    "while the upload is worked on": (
        CanvasGateway,
        "upload_report",
        after_call(CanvasGateway.upload_report),
    ),
    "between two outcomes": (CanvasGateway, "add_outcome", after_call(CanvasGateway.add_outcome)),
    "between two removals": (
        CanvasGateway,
        "unlink_outcome",
        after_call(CanvasGateway.unlink_outcome),
    ),
    "before the empty folder goes": (CanvasGateway, "remove_folder", die),
    "before the outcomes are settled": (SyncBook, "settle", die_at_last_look),
    "before the run is closed": (SyncBook, "close", die),
    "before anything is read": (ReadLmsScores, "carry_out", die),
    "before the assignments are stored": (ImportBook, "listed", die),
    "after the assignments are stored": (ImportBook, "listed", after_call(ImportBook.listed)),
    "between two portions": (ImportBook, "arrived", after_call(ImportBook.arrived)),
    "before the reading is closed": (ImportBook, "close", die),
    "between two kinds of a load": (SqlRosterBulk, "put", after(SqlRosterBulk.put)),
    "in the middle of a load": (Application, "_note_aliases", die),
    "before the load is committed": (SqlLoads, "put_findings", after(SqlLoads.put_findings)),
    "in the middle of applying": (ApplyImport, "_applied", after(ApplyImport._applied)),
    "after the scores are written": (ApplyImport, "__call__", after(ApplyImport.__call__)),
}


def dying(
    point: str, words: tuple[str, ...], environment: dict[str, str], output: Output
) -> BaseProcess:
    """`attain WORDS`, begun; it is gone when it comes to the point."""
    process = FORKS.Process(target=_until_death, args=(point, words, environment, output))
    process.start()
    return process


def _until_death(
    point: str, words: tuple[str, ...], environment: dict[str, str], output: Output
) -> None:
    become(words, environment, output)
    owner, name, instead = POINTS[point]
    with patch.object(owner, name, instead):
        main()
