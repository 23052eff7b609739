"""docs/faults.md, cell by cell: the document says what happens, and that is what happens."""

from collections import Counter
from datetime import timedelta

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.ports.jobs import JobState
from application.refusals import REFUSALS
from tests.contract.fault_house import FaultHouse, a_fault_house
from tests.contract.fault_operation import (
    COMPLETE,
    TOLD,
    Operation,
    Standing,
    carried_out,
    tried_again,
)
from tests.contract.fault_operations import OPERATIONS
from tests.contract.fault_table import Cell, Struck, cells, operations
from tests.stand_ins import FixedClock

A_WHILE = timedelta(minutes=10)


class Calls:
    """Counts the calls of one kind that reach Canvas."""

    def __init__(self, house: FaultHouse, struck: Struck) -> None:
        self.count = 0
        self._struck = struck
        house.canvas.faults.listeners.append(self._heard)

    def _heard(self, method: str, path: str) -> None:
        self.count += self._struck.is_this(method, path)


@pytest.mark.parametrize("cell", cells(), ids=str)
async def test_what_follows_a_fault_and_what_a_second_try_brings(
    cell: Cell, memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> None:
    async with a_fault_house(memory_units, memory_jobs, clock) as house:
        operation = OPERATIONS[cell.struck.operation](house)
        await operation.begin()
        calls = Calls(house, cell.struck)
        cell.fault.strike(house.harness, house.canvas.faults, cell.struck)

        standing = await carried_out(operation)

        usual = cell.struck.of if standing.state == COMPLETE else cell.struck.which
        again = calls.count > usual
        assert (standing, again) == (Standing(cell.slug, cell.state), cell.again)
        assert standing.state in {COMPLETE, TOLD} or standing.slug in REFUSALS
        assert calls.count >= cell.struck.which

        house.canvas.faults.clear()
        clock.at += A_WHILE
        assert await tried_again(operation, standing) == Standing("", COMPLETE)
        await all_is_there_once(operation)


@pytest.mark.parametrize("struck", operations().values(), ids=lambda struck: struck.operation)
async def test_without_a_fault_the_call_is_made_as_often_as_the_document_says(
    struck: Struck, memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> None:
    async with a_fault_house(memory_units, memory_jobs, clock) as house:
        operation = OPERATIONS[struck.operation](house)
        await operation.begin()
        calls = Calls(house, struck)

        assert await carried_out(operation) == Standing("", COMPLETE)

        assert calls.count == struck.of
        await all_is_there_once(operation)


async def all_is_there_once(operation: Operation) -> None:
    """Also after the whole was done once more."""
    await operation.repeat()
    assert operation.shown() == Counter(operation.wanted())
    assert {job.state for job in operation.house.jobs.recent()} <= {JobState.DONE}
    assert operation.house.use.verify_audit()().broken_at is None


def test_no_operation_is_without_its_row_of_faults() -> None:
    assert operations().keys() == OPERATIONS.keys() == {cell.struck.operation for cell in cells()}
