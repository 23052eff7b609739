"""The defects of a load in portions that can be kept and listed."""

from collections.abc import Iterator, Sequence

from application.rosters.load_runs import LoadFindings
from application.rosters.row_errors import RowError
from domain.ids import LoadRunId

PORTION = 500
MOST = 100_000
"""Findings that are kept of one load; all are counted."""


def portions(run_id: LoadRunId, findings: Sequence[RowError]) -> Iterator[LoadFindings]:
    kept = findings[:MOST]
    for number, start in enumerate(range(0, len(kept), PORTION)):
        yield LoadFindings(run_id, number, tuple(kept[start : start + PORTION]))
