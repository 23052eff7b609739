"""Loads with valid defaults; a test names only what it is about."""

from dataclasses import replace
from typing import Any

from application.rosters.load_runs import LoadRun, LoadState
from domain.ids import LoadRunId
from tests.stand_ins import NOON


def a_load_run(key: str = "first", **changes: Any) -> LoadRun:
    run = LoadRun(
        id=LoadRunId(f"load-{key}"),
        kind="oneroster",
        file="roster.zip",
        content_hash="0123456789abcdef",
        requested_by="command line",
        requested_at=NOON,
        limit="5 %",
        rekey=False,
        move_sections=False,
        state=LoadState.APPLIED,
        finished_at=NOON,
    )
    return replace(run, **changes)
