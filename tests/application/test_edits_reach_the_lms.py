"""What an edit of an SLO means for its outcome in the LMS, which a class was assessed on."""

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.use_cases.slos.keep_slos import (
    ChangeSloState,
    ChangeSloStateCommand,
    EditSlo,
    EditSloCommand,
)
from application.viewers import Viewer
from domain.ids import SloId
from domain.outcomes.sync_plan import Step
from domain.slo import Edit, SloState
from tests.application.syncing import SyncDesk
from tests.stand_ins import FixedClock

STEWARD = Viewer(None, None)
THESIS = SloId("slo-thesis")


@pytest.fixture
async def desk(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> SyncDesk:
    """The SLO is in the LMS, and students were assessed on it there."""
    made = SyncDesk(memory_units, memory_jobs, clock, slos=("thesis",))
    await made.sync()
    made.align(made.ref("thesis"), assessed=True)
    return made


@pytest.mark.parametrize(
    ("edit", "step"), [(Edit.WORDING, Step.REPLACE), (Edit.CORRECTION, Step.CHANGE)]
)
async def test_another_wording_is_a_new_outcome_and_a_correction_the_same(
    desk: SyncDesk, edit: Edit, step: Step
) -> None:
    EditSlo(desk.units, desk.clock)(
        EditSloCommand(STEWARD, THESIS, edit, statement="State and defend a thesis.")
    )

    (line,) = (await desk.plan()).lines

    assert line.step is step


async def test_what_is_retired_goes_from_the_folder_and_comes_back(desk: SyncDesk) -> None:
    change = ChangeSloState(desk.units, desk.clock)

    change(ChangeSloStateCommand(STEWARD, THESIS, SloState.RETIRED))
    assert [line.step for line in (await desk.plan()).lines] == [Step.BLOCKED]

    change(ChangeSloStateCommand(STEWARD, THESIS, SloState.ACTIVE))
    assert [line.step for line in (await desk.plan()).lines] == [Step.NOTHING]
