"""Loads of rosters: what was loaded, by whom, and what came of it."""

from datetime import datetime
from typing import Annotated

from litestar import Response
from litestar.params import FromPath

from adapters.inbound.http.api.asked import named
from adapters.inbound.http.api.doors import reading
from adapters.inbound.http.api.reading import Lists, OneOf
from adapters.inbound.http.api.wire import Listed, Out, shaped
from adapters.inbound.http.injection import Injected
from application.ports.listings import LoadsWanted
from application.rosters.load_runs import LoadRun, LoadState
from application.rosters.records import CountedKind
from domain.access import Right
from domain.ids import LoadRunId

_TAG = "Rosters"


class LoadCountOut(Out, frozen=True):
    """What happened to the records of one kind; `refused` rows were left out for an error."""

    kind: CountedKind
    added: int
    changed: int
    ended: int
    same: int
    refused: int


class LoadRunOut(Out, frozen=True):
    """`requestedBy` is a person's id, or `command line`; `repeats` a load of the same content."""

    id: str
    kind: str
    file: str
    content_hash: str
    requested_by: str
    requested_at: datetime
    state: LoadState
    reason: str
    counts: list[LoadCountOut]
    errors: int
    warnings: int
    repeats: str | None
    finished_at: datetime | None
    undone_at: datetime | None


def load_run_out(run: LoadRun) -> LoadRunOut:
    return shaped(LoadRunOut, run)


@reading("/load-runs", _TAG, Right.RUN_SYSTEM)
def list_load_runs(
    lists: Injected[Lists],
    load_state: Annotated[LoadState | None, named("state", "In which state.")] = None,
) -> Response[Listed[LoadRunOut]]:
    """Loads of rosters, those that stopped or changed nothing too."""
    wanted = LoadsWanted(state=load_state)
    return lists.page(lambda its, _sight, turn: its.load_runs(wanted, turn), load_run_out)


@reading("/load-runs/{load_id:str}", _TAG, Right.RUN_SYSTEM, 404)
def one_load_run(load_id: FromPath[LoadRunId], one_of: Injected[OneOf]) -> Response[LoadRunOut]:
    wanted = LoadsWanted(id=load_id)
    return one_of.shape(
        lambda its, _sight, turn: its.load_runs(wanted, turn), "This load", load_run_out
    )


ROUTES = (list_load_runs, one_load_run)
