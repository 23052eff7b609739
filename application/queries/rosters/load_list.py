"""Loads of rosters: the list, one of them, and all that it found."""

from collections.abc import Iterator
from dataclasses import dataclass

from application.errors import Conflict
from application.loading.undoing import undoable
from application.ports.load_repositories import LoadPace
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.rosters.load_runs import LoadRun, LoadState
from application.rosters.row_errors import RowError
from domain.ids import LoadRunId, PersonId


@dataclass(frozen=True, slots=True)
class LoadLine:
    """`requested_by` is a person's full name, or `command line`."""

    run: LoadRun
    requested_by: str


@dataclass(frozen=True, slots=True)
class ListLoads:
    units: UnitOfWorkFactory

    def __call__(self, limit: int = 100) -> list[LoadLine]:
        """Newest first."""
        with self.units(write=False) as unit:
            runs = unit.loads.recent(limit)
            names = _names(unit, runs)
        return [LoadLine(run, names.get(run.requested_by, run.requested_by)) for run in runs]


@dataclass(frozen=True, slots=True)
class LoadView:
    """One load with the first portion of what it found.

    `cannot_undo` says why it cannot be undone; empty when it can. `repeats` is the load
    before that had the same content. `doubled` counts pairs for the merge queue.
    """

    run: LoadRun
    requested_by: str
    findings: tuple[RowError, ...]
    cannot_undo: str
    repeats: LoadRun | None
    pace: LoadPace | None
    doubled: int

    @property
    def found(self) -> int:
        return self.run.errors + self.run.warnings


@dataclass(frozen=True, slots=True)
class ReadLoad:
    units: UnitOfWorkFactory

    def __call__(self, run_id: LoadRunId) -> LoadView:
        """Raises: NotFound when there is no such load."""
        with self.units(write=False) as unit:
            run = unit.loads.get(run_id)
            first = unit.loads.findings(run_id, 0)
            doubles = unit.loads.doubles(run_id)
            return LoadView(
                run=run,
                requested_by=_names(unit, [run]).get(run.requested_by, run.requested_by),
                findings=first.findings if first else (),
                cannot_undo=_why_not(unit, run),
                repeats=unit.loads.get(run.repeats) if run.repeats else None,
                pace=unit.loads.pace(run_id),
                doubled=len(doubles.pairs) if doubles else 0,
            )


@dataclass(frozen=True, slots=True)
class ReadFindings:
    units: UnitOfWorkFactory

    def __call__(self, run_id: LoadRunId) -> Iterator[RowError]:
        """All that were kept, portion by portion; each portion is a unit of its own.

        Raises: NotFound when there is no such load.
        """
        with self.units(write=False) as unit:
            unit.loads.get(run_id)
        return self._portions(run_id)

    def _portions(self, run_id: LoadRunId) -> Iterator[RowError]:
        number = 0
        while True:
            with self.units(write=False) as unit:
                portion = unit.loads.findings(run_id, number)
            if portion is None:
                return
            yield from portion.findings
            number += 1


def _why_not(unit: UnitOfWork, run: LoadRun) -> str:
    if run.state is not LoadState.APPLIED:
        return "Nothing of it is stored."
    try:
        undoable(unit, run.id)
    except Conflict as refusal:
        return str(refusal)
    return ""


def _names(unit: UnitOfWork, runs: list[LoadRun]) -> dict[str, str]:
    people = unit.roster.people({PersonId(run.requested_by) for run in runs})
    return {person.id: person.full_name for person in people.values()}
