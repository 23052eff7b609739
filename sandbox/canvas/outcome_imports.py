"""Outcome imports as jobs: one at a time, in batches, with what they report at the end."""

from collections.abc import Iterator
from copy import copy
from dataclasses import fields
from itertools import islice

from sandbox.canvas.csv_records import MalformedCsv, Record, records
from sandbox.canvas.jobs import Jobs
from sandbox.canvas.outcome_csv import (
    Breakdown,
    FileRefused,
    Row,
    RowRefused,
    checked_header,
    is_blank,
    read_row,
    text_and_separator,
)
from sandbox.canvas.outcome_importer import OutcomeImporter
from sandbox.canvas.outcome_records import Outcome, OutcomeGroup, OutcomeImport, OutcomeLink
from sandbox.canvas.outcome_rubrics import refresh
from sandbox.canvas.state import State

BATCH = 1000
"""Records of one transaction: what breaks one leaves those before it in place."""
Numbered = list[tuple[int, Record]]


def import_later(state: State, jobs: Jobs, job: OutcomeImport) -> None:
    """Queue an import. All imports of the root account run one after another."""
    jobs.add(
        "outcome imports",
        lambda: _begin(state, job),
        lambda: _work(state, job),
        lambda: state.switches.imports_stuck,
    )


def _begin(state: State, job: OutcomeImport) -> None:
    job.workflow_state = "importing"
    job.updated_at = state.clock()


def _work(state: State, job: OutcomeImport) -> None:
    importer = OutcomeImporter(state, job)
    try:
        _read(state, job, importer)
    except FileRefused as error:
        _fail(job, str(error))
    except Breakdown:
        number = state.next_id("error_reports", 48213)
        _fail(job, f"An unexpected error has occurred: see error report {number}")
    else:
        job.workflow_state, job.progress = "succeeded", 100
    job.updated_at = state.clock()
    refresh(state, importer.changed)


def _fail(job: OutcomeImport, message: str) -> None:
    job.workflow_state = "failed"
    job.processing_errors.append((1, message))


def _read(state: State, job: OutcomeImport, importer: OutcomeImporter) -> None:
    if state.switches.imports_fail:
        raise Breakdown
    text, separator = text_and_separator(job.content)
    total = text.count("\n") + 1
    batches = _batches(text, separator)
    opening = next(batches, None)
    if opening is None:
        return
    (_, header), *first = opening
    headers = checked_header(header)
    if not first:
        raise FileRefused("File has no outcomes data")
    for batch in _then(first, batches):
        savepoint = Savepoint(state)
        try:
            _take(state, job, importer, headers, batch)
        except Breakdown:
            savepoint.restore()
            raise
        job.progress = min(100, batch[-1][0] * 100 // total)


def _batches(text: str, separator: str) -> Iterator[Numbered]:
    """Records with their numbers, the header being 1; a batch is read before it is worked on."""
    numbered = enumerate(records(text, separator), start=1)
    try:
        while batch := list(islice(numbered, BATCH)):
            yield batch
    except MalformedCsv as error:
        raise FileRefused("Invalid CSV File") from error


def _then(first: Numbered, others: Iterator[Numbered]) -> Iterator[Numbered]:
    yield first
    yield from others


def _take(
    state: State,
    job: OutcomeImport,
    importer: OutcomeImporter,
    headers: list[str],
    batch: Numbered,
) -> None:
    for number, record in batch:
        try:
            row = _row(state, headers, record)
            if row is not None:
                importer.take(row)
        except RowRefused as error:
            job.processing_errors.extend((number, message) for message in error.messages)


def _row(state: State, headers: list[str], record: Record) -> Row | None:
    """The row of a record; None for a blank one. Canvas breaks down over one with cells missing."""
    if is_blank(record):
        return None
    if len(record) < len(headers):
        raise Breakdown
    return read_row(headers, record, state.switches.decimal_separator)


class Savepoint:
    """Outcomes, folders and links as they were, for a batch that is not to be."""

    def __init__(self, state: State) -> None:
        self._tables: list[dict[int, Outcome] | dict[int, OutcomeGroup] | dict[int, OutcomeLink]]
        self._tables = [state.outcomes, state.outcome_groups, state.outcome_links]
        self._copies = [
            {number: copy(row) for number, row in table.items()} for table in self._tables
        ]

    def restore(self) -> None:
        """Write the old values back. New rows keep their numbers, deleted and without a guid."""
        for table, copies in zip(self._tables, self._copies, strict=True):
            for number, row in table.items():
                if number in copies:
                    for field in fields(row):
                        setattr(row, field.name, getattr(copies[number], field.name))
                    continue
                row.deleted = True
                if not isinstance(row, OutcomeLink):
                    row.vendor_guid = None
