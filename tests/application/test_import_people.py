"""Whose scores an import brings: matching, the queue of cases, and replaying."""

from dataclasses import replace

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.use_cases.matching.matching_queue import ResolveQueuedCommand
from application.use_cases.score_import.replay_imports import Replayed
from domain.ids import LmsAssignmentRef, LmsUserRef
from domain.score_import.import_plan import LineState
from domain.score_import.import_run import ImportCounts
from tests.application.importing import ImportRoom, person
from tests.builders import a_person, a_section, a_site, an_enrolment
from tests.stand_ins import FixedClock

STEWARD = "person-tess"


@pytest.fixture
def room(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ImportRoom:
    """Canvas knows no ID of Cy, so that nobody can tell who he is."""
    room = ImportRoom(memory_units, memory_jobs, clock)
    account(room, "cy", sis_id=None)
    return room


@pytest.fixture
def essay(room: ImportRoom) -> LmsAssignmentRef:
    ref = room.rubric_on("thesis")
    for name in ("ana", "cy"):
        room.rated(ref, name, thesis=3)
    return ref


def account(room: ImportRoom, name: str, **changes: str | None) -> None:
    """Change how the LMS names a student."""
    roster = room.lms.state.rosters[room.course]
    held = roster[room.refs[name]]
    roster[room.refs[name]] = replace(held, account=replace(held.account, **changes))  # type: ignore[arg-type] # its fields


def leave(room: ImportRoom, name: str, *, college_too: bool = False) -> None:
    """The next roster ends the enrolment, as it does for a student who dropped."""
    with room.units() as unit:
        ended = [
            replace(one, active=False)
            for one in unit.roster.all_enrolments()
            if one.person_id == person(name)
        ]
        unit.roster.put_enrolments(ended)
        unit.roster.put_people([replace(a_person(name), active=not college_too)])
        unit.commit()


def decide(room: ImportRoom, tech_id: str) -> None:
    """A steward names the person behind the only case in the queue."""
    with room.units(write=False) as unit:
        (case,) = unit.identities.queue()
    room.resolve(ResolveQueuedCommand(STEWARD, case.id, tech_id))


class TestWhoIsMeant:
    async def test_somebody_whom_nothing_names_waits_in_the_queue_once(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        view = room.view(await room.read())
        assert [line.reason for line in view.lines if line.reason] == ["not-matched"]
        await room.read()
        assert room.queued() == [("key:guid", room.refs["cy"], "nothing-sent")]

    async def test_without_a_link_the_address_of_the_site_names_the_platform(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        with room.units() as unit:
            (link,) = unit.links.in_sections([a_section().id])
            unit.links.save(replace(link, site_id=None))
            unit.commit()
        await room.read()
        assert room.queued()[0][0] == a_site().url

    async def test_a_value_shared_by_two_names_neither(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        account(room, "cy", sis_id="Cana")
        view = room.view(await room.read())
        assert {line.reason for line in view.lines} == {"not-matched"}
        assert {reason for _, _, reason in room.queued()} == {"several"}

    async def test_somebody_of_the_college_who_is_not_enrolled_is_told_and_not_queued(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        with room.units() as unit:
            unit.roster.put_people([a_person("zoe")])
            unit.commit()
        account(room, "cy", sis_id="Czoe")
        view = room.view(await room.read())
        told = [(line.state, line.reason) for line in view.lines if line.reason]
        assert told == [(LineState.ELSEWHERE, "not-in-section")]
        assert view.counted(LineState.CANNOT) == 0
        assert room.queued() == []

    @pytest.mark.parametrize("college_too", [False, True], ids=["the section", "the college"])
    async def test_somebody_who_left_is_named_with_the_reason_and_not_queued(
        self, room: ImportRoom, essay: LmsAssignmentRef, college_too: bool
    ) -> None:
        account(room, "cy", sis_id="Ccy")
        leave(room, "cy", college_too=college_too)
        view = room.view(await room.read())
        told = [(line.tech_id, line.state, line.reason) for line in view.lines if line.reason]
        assert told == [("Ccy", LineState.CANNOT, "dropped")]
        assert "dropped the section" in view.refusals[0][0]
        assert room.queued() == []
        assert (await room.imported()).written == 1
        assert room.stands("cy") == {}

    async def test_somebody_who_changed_to_another_section_of_the_course_belongs_there(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        account(room, "cy", sis_id="Ccy")
        leave(room, "cy")
        with room.units() as unit:
            unit.roster.put_sections([a_section("engl101-02")])
            unit.roster.put_enrolments([an_enrolment("cy", "engl101-02")])
            unit.commit()
        view = room.view(await room.read())
        assert [line.reason for line in view.lines if line.reason] == ["not-in-section"]

    async def test_who_was_rated_on_nothing_that_counts_is_no_case(self, room: ImportRoom) -> None:
        room.rated(room.rubric_on("thesis"), "ana", thesis=3)
        await room.read()
        assert room.queued() == []

    async def test_a_test_student_is_left_out_silently(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        """Gradings name it like any student, the roster does not."""
        import_id = await room.read()
        with room.units() as unit:
            (reading,) = unit.imports.readings(import_id)
            tester = replace(reading.scores[0], user_ref=LmsUserRef("tester"))
            more = replace(reading, scores=(*reading.scores, tester))
            unit.imports.put_readings(import_id, [more])
            unit.commit()
        assert len(room.view(import_id).lines) == 2


class TestReplaying:
    async def test_the_preview_of_what_was_read_follows_the_decision(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        import_id = await room.read()
        decide(room, "Ccy")
        assert room.view(import_id).counted(LineState.NEW) == 2
        assert room.queued() == []

    async def test_after_the_import_only_theirs_are_brought_over(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        report = await room.imported()
        assert report.score_import.counts == ImportCounts(new=1, cannot=1)
        decide(room, "Ccy")
        room.score_here("bo", "thesis", 1)
        assert room.replay_all("command line") == [Replayed(report.score_import.id, 1)]
        assert room.stands("cy") == {"thesis": "3"}
        one = room.score_import(report.score_import.id)
        assert one.counts == ImportCounts(new=2, cannot=0)
        assert room.replay_all("command line") == []

    async def test_a_score_given_here_meanwhile_stays(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        report = await room.imported()
        decide(room, "Ccy")
        room.score_here("cy", "thesis", 1)
        assert room.replay(report.score_import.id, STEWARD).written == 0
        assert room.stands("cy") == {"thesis": "1"}

    async def test_a_decision_for_somebody_outside_the_section_brings_nothing(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        with room.units() as unit:
            unit.roster.put_people([a_person("zoe")])
            unit.commit()
        import_id = await room.read()
        decide(room, "Czoe")
        reasons = [line.reason for line in room.view(import_id).lines if line.reason]
        assert reasons == ["not-in-section"]

    async def test_an_undone_import_is_not_replayed(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        report = await room.imported()
        room.undo(room.score_import(report.score_import.id).requested_by, report.score_import.id)
        decide(room, "Ccy")
        assert room.replay_all("command line") == []
