"""Saying what an outcome of somebody else's means."""

from decimal import Decimal
from typing import Any

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Invalid, NotFound
from application.use_cases.outcome_sync.map_outcome import MapOutcomeCommand
from domain.ids import ImportId, LmsAssignmentRef, LmsOutcomeRef, SloId
from domain.outcomes.content import Rating
from domain.score_import.import_plan import LineState
from tests.application.importing import SITE, ImportRoom, person
from tests.application.sending import TEACHER, WORK
from tests.stand_ins import FixedClock

STYLE = LmsOutcomeRef("outcome-style")


@pytest.fixture
def room(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ImportRoom:
    return ImportRoom(memory_units, memory_jobs, clock)


@pytest.fixture
async def read(room: ImportRoom) -> ImportId:
    """One assignment whose rubric binds a foreign outcome alone."""
    ref: LmsAssignmentRef = room.rubric_on("style")
    room.rated(ref, "ana", style=4)
    return await room.read()


def declare(room: ImportRoom, slo: str | None, **command: Any) -> None:
    room.map_outcome(
        MapOutcomeCommand(
            **{
                "person_id": TEACHER, "work_id": WORK, "site_id": SITE,
                "course_ref": room.course, "outcome_ref": STYLE, "title": "Style",
                "slo_id": SloId(f"slo-{slo}") if slo else None, **command,
            }
        )
    )  # fmt: skip


class TestMapping:
    async def test_what_was_read_already_follows_the_mapping(
        self, room: ImportRoom, read: ImportId
    ) -> None:
        assert room.view(read).lines == ()
        declare(room, "thesis")
        (line,) = room.view(read).lines
        assert (line.row_code, line.becomes, line.state) == ("THESIS", "4", LineState.NEW)
        choices = room.choices(TEACHER, read)
        assert choices.foreign == ()
        assert [(one.ref, one.slo_id) for one in choices.mapped] == [(STYLE, "slo-thesis")]

    async def test_its_ratings_are_taken_by_their_order(self, room: ImportRoom) -> None:
        ref = room.rubric_on("style")
        scale = [Rating(Decimal(points), str(points)) for points in (10, 7, 5, 0)]
        rubrics = room.lms.state.rubrics
        criterion = rubrics.given_criterion("Style", scale, outcome=STYLE)
        rubrics.given_rubric(room.course, ref, [criterion])
        room.criteria[f"{ref}/style"] = criterion
        room.rated(ref, "ana", style=7)
        declare(room, "thesis")
        (line,) = room.view(await room.read()).lines
        assert (line.becomes, line.sources[0].exact) == ("3", False)

    async def test_the_last_declaration_stands_and_can_be_taken_back(
        self, room: ImportRoom, read: ImportId
    ) -> None:
        declare(room, "thesis")
        declare(room, "evidence")
        assert [line.row_code for line in room.view(read).lines] == ["EVIDENCE"]
        declare(room, None)
        assert room.view(read).lines == ()
        declare(room, "thesis")
        assert [line.row_code for line in room.view(read).lines] == ["THESIS"]

    async def test_saying_the_same_again_is_no_deed(self, room: ImportRoom) -> None:
        for slo in ("thesis", "thesis", None, None):
            declare(room, slo)
        with room.units(write=False) as unit:
            deeds = [entry.verb for entry in unit.audit.entries()]
        assert deeds == ["mapped outcome", "unmapped outcome"]

    async def test_an_outcome_of_ours_keeps_its_meaning(self, room: ImportRoom) -> None:
        with pytest.raises(Conflict):
            declare(room, "evidence", outcome_ref=LmsOutcomeRef("outcome-thesis"))

    async def test_only_slos_of_the_assessment_and_only_its_teacher(self, room: ImportRoom) -> None:
        with pytest.raises(Invalid):
            declare(room, "other")
        with pytest.raises(NotFound):
            declare(room, "thesis", person_id=person("ana"))
