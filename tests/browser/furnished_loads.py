"""Loads of rosters in every state that their pages can show."""

from application.ports.load_repositories import LoadPace
from application.ports.unit_of_work import UnitOfWork
from application.rosters.load_runs import (
    Doubled,
    KindCount,
    LoadDoubles,
    LoadFindings,
    LoadRun,
    LoadState,
)
from application.rosters.records import CountedKind
from application.rosters.row_errors import RowError, Severity
from application.rosters.unread_roles import Gives, told
from domain.identity import LocalField
from domain.ids import JobId, LoadRunId, PersonId
from tests.loading import a_load_run
from tests.stand_ins import NOON

_COUNTS = tuple(
    KindCount(kind, 12 * number, number, 3, 4_000 * number, number % 3)
    for number, kind in enumerate(CountedKind)
)
_FINDINGS = (
    RowError("users.csv", 7, "email", "a…@…edu", "line 3 has this email too", Severity.WARNING),
    RowError("enrollments.csv", 412, "classSourcedId", "s-9041",
             "classes.csv has no such class, or it has ended"),
    *told("roles.csv", Gives.ORG_ROLE, {"principal": 12, "ext:dean": 1}),
    *told("enrollments.csv", Gives.PLACE, {"proctor": 3}),
)  # fmt: skip
_STEW, _JOB = PersonId("person-stew"), JobId("load-job")


def _run(state: LoadState, **changes: object) -> LoadRun:
    given = {"requested_by": _STEW, "job_id": _JOB, "counts": _COUNTS, "errors": 1, "warnings": 1}
    return a_load_run(state.value, state=state, **{**given, **changes})


_RUNS = (
    _run(LoadState.PREVIEWED),
    _run(LoadState.CHECKING, counts=(), errors=0, warnings=0, finished_at=None, job_id=None),
    _run(LoadState.STOPPED, over_limit=True,
         reason="312 of 4000 active enrolments would end, more than 5 %. Check that the files"
         " are whole; if it is meant, raise --max-removals."),
    _run(LoadState.FAILED, counts=(), errors=0, warnings=0,
         reason="package: roster.zip is no zip, or its upload was cut."),
    _run(LoadState.UNDONE, job_id=None, undone_by=_STEW, undone_at=NOON),
    _run(LoadState.UNCHANGED, job_id=None, counts=(), errors=0, warnings=0),
    _run(LoadState.APPLIED, job_id=None),
)  # fmt: skip
PREVIEWED, CHECKING, STOPPED, FAILED, UNDONE, UNCHANGED, APPLIED = (run.id for run in _RUNS)


def furnish_loads(unit: UnitOfWork) -> None:
    for run in _RUNS:
        unit.loads.save(run)
        if run.errors:
            unit.loads.put_findings(run.id, [LoadFindings(run.id, 0, _FINDINGS)])
    pair = Doubled(PersonId("person-s000"), PersonId("person-s001"), LocalField.EMAIL)
    unit.loads.put_doubles(LoadDoubles(PREVIEWED, (pair,)))
    unit.loads.put_pace(LoadPace(LoadRunId(CHECKING), "comparing", 60_000, 360_000))
