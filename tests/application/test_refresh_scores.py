"""Imports that a section makes by itself."""

from datetime import timedelta
from typing import Any

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Invalid, LmsUnauthorised, NotFound
from application.use_cases.score_import.begin_import import resume_waiting_imports
from application.use_cases.score_import.schedule_import import SetRefreshCommand
from domain.ids import LmsAssignmentRef
from domain.rostering import EnrolmentRole
from domain.score_import.import_run import ImportCounts, ImportState, RefreshPlan, ScoreImport
from tests.application.importing import SITE, ImportRoom, person
from tests.application.sending import TEACHER, WORK
from tests.builders import an_enrolment
from tests.stand_ins import NOON, FixedClock


@pytest.fixture
def room(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ImportRoom:
    return ImportRoom(memory_units, memory_jobs, clock)


@pytest.fixture
async def essay(room: ImportRoom) -> LmsAssignmentRef:
    """Imported once, and to be read again every six hours."""
    ref = room.rubric_on()
    room.rated(ref, "ana", thesis=3)
    report = await room.imported()
    assert switch(room, import_id=report.score_import.id, every_hours=6) is not None
    return ref


def switch(room: ImportRoom, **command: Any) -> RefreshPlan | None:
    return room.set_refresh(
        SetRefreshCommand(**{"person_id": TEACHER, "work_id": WORK, "active": True, **command})
    )


async def due(room: ImportRoom, *, hours: int = 6) -> int:
    room.clock.advance(hours=hours)
    begun = room.refresh_due()
    await room.runner.run_all()
    return begun


def last(room: ImportRoom) -> ScoreImport:
    with room.units(write=False) as unit:
        return unit.imports.of_work(WORK)[0]


class TestSwitching:
    async def test_a_plan_takes_over_what_was_chosen_in_the_import(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        with room.units(write=False) as unit:
            plan = unit.imports.refresh_plan(WORK)
        assert plan is not None
        assert (plan.assignments, plan.set_by, plan.active) == ((essay,), TEACHER, True)
        assert plan.next_at == NOON + timedelta(hours=6)

    async def test_switched_off_it_rests(self, room: ImportRoom, essay: LmsAssignmentRef) -> None:
        assert switch(room, active=False) is not None
        assert await due(room) == 0

    async def test_what_is_missing_or_not_ones_own_is_refused(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        mine = last(room).id
        with pytest.raises(Invalid):
            switch(room)
        with pytest.raises(Invalid):
            switch(room, import_id=mine, every_hours=0)
        with pytest.raises(NotFound):
            switch(room, import_id=mine, person_id=person("ana"))

    def test_none_is_switched_off_where_there_is_none(self, room: ImportRoom) -> None:
        assert switch(room, active=False) is None


class TestRefreshing:
    async def test_what_is_new_or_regraded_comes_over_by_itself(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.rated(essay, "ana", thesis=4)
        room.rated(essay, "bo", thesis=2)
        assert await due(room) == 1
        assert (room.stands("ana"), room.stands("bo")) == ({"thesis": "4"}, {"thesis": "2"})
        one = last(room)
        assert (one.scheduled, one.state) == (True, ImportState.APPLIED)
        assert one.counts == ImportCounts(new=1, changed=1)

    async def test_a_score_given_here_is_never_replaced(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.score_here("ana", "thesis", 1)
        await due(room)
        assert room.stands("ana") == {"thesis": "1"}
        assert last(room).counts == ImportCounts(conflicts=1)

    async def test_only_the_assignments_of_the_plan_are_read(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        other = room.rubric_on("thesis")
        room.rated(other, "cy", thesis=4)
        await due(room)
        assert room.stands("cy") == {}

    async def test_each_due_time_begins_one_import_and_missed_ones_are_skipped(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        assert await due(room, hours=5) == 0
        assert await due(room, hours=26) == 1
        assert room.refresh_due() == 0
        with room.units(write=False) as unit:
            plan = unit.imports.refresh_plan(WORK)
        assert plan is not None
        assert plan.next_at == NOON + timedelta(hours=36)
        assert plan.last_import == last(room).id

    async def test_without_authorisation_one_import_waits_and_no_second_is_begun(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.rated(essay, "bo", thesis=2)
        room.lms.failures.append(LmsUnauthorised("Consent is gone."))
        assert await due(room) == 1
        assert last(room).state is ImportState.WAITING
        assert await due(room) == 0
        with room.units() as unit:
            resume_waiting_imports(unit, SITE, TEACHER)
            unit.commit()
        await room.runner.run_all()
        assert last(room).state is ImportState.APPLIED
        assert room.stands("bo") == {"thesis": "2"}
        assert await due(room) == 1

    async def test_it_ends_when_who_set_it_teaches_there_no_more(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        teaching = an_enrolment("tess", role=EnrolmentRole.TEACHER, active=False)
        with room.units() as unit:
            unit.roster.put_enrolments([teaching])
            unit.commit()
        assert await due(room) == 0
        with room.units(write=False) as unit:
            plan = unit.imports.refresh_plan(WORK)
        assert plan is not None
        assert not plan.active

    async def test_undoing_an_import_stops_it_from_coming_back(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        assert room.undo(TEACHER, last(room).id).refresh_stopped
        assert await due(room) == 0
        assert room.stands("ana") == {"thesis": ""}
