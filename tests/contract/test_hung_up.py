"""A call that we gave up while Canvas still worked on it is not made a second time."""

import asyncio
from collections import Counter

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from tests.contract.fault_house import a_fault_house
from tests.contract.fault_operation import COMPLETE, Standing, carried_out
from tests.contract.fault_sending import SendFewOutcomes
from tests.stand_ins import FixedClock

ADD = r"/outcome_groups/\d+/outcomes$"


async def test_outcomes_under_way_are_waited_for_when_another_one_fails(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> None:
    async with a_fault_house(memory_units, memory_jobs, clock) as house:
        sending = SendFewOutcomes(house)
        await sending.begin()
        house.canvas.faults.add("slow", method="POST", path=ADD, seconds=0.1)
        house.canvas.faults.add("server_error", method="POST", path=ADD)

        assert await carried_out(sending) == Standing("", COMPLETE)

        await asyncio.gather(*house.line.at_work)
        assert sending.shown() == Counter(sending.wanted())
