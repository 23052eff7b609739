"""Import LMS Scores: reading, and what of it fits an assessment."""

from dataclasses import replace

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, LmsUnauthorised, LmsUnavailable, NotFound
from application.ports.jobs import JobState
from application.use_cases.score_import.begin_import import resume_waiting_imports
from domain.assessment import AssessmentKind
from domain.ids import (
    AssessmentId,
    LmsAssignmentRef,
    LmsCourseRef,
    LmsOutcomeRef,
    RowId,
    SiteId,
    SloId,
)
from domain.outcomes.guids import slo_guid
from domain.score_import.import_plan import LineState
from domain.score_import.import_run import ImportState
from tests.application.importing import SITE, ImportRoom, by_cell, person
from tests.application.sending import TEACHER, WORK
from tests.builders import a_criterion
from tests.exchange_builders import a_placed_rubric, a_publication
from tests.stand_ins import FixedClock


@pytest.fixture
def room(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ImportRoom:
    return ImportRoom(memory_units, memory_jobs, clock)


@pytest.fixture
def essay(room: ImportRoom) -> LmsAssignmentRef:
    """Ana is rated on both rows, Bo on one."""
    ref = room.rubric_on()
    room.rated(ref, "ana", thesis=3, evidence=4)
    room.rated(ref, "bo", thesis=2)
    return ref


class TestReading:
    async def test_what_was_given_is_there_for_the_preview_without_the_lms(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        import_id = await room.read()
        room.lms.failures.append(LmsUnavailable("Away."))
        view = room.view(import_id)
        assert view.score_import.state is ImportState.READ
        assert [ref for ref, _ in view.assignments] == [essay]
        assert view.counted(LineState.NEW) == view.writes == 3
        line = by_cell(view.lines)["Cana", "THESIS"]
        assert (line.name, line.becomes, line.level) == ("Ortiz, Ana", "3", "Met")
        assert (line.sources[0].rating, line.sources[0].points) == ("Rated 3", "3")

    async def test_only_who_teaches_may_begin_or_look(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        import_id = await room.read()
        with pytest.raises(NotFound):
            room.begin(person("ana"), WORK, SITE, room.course, "ENGL101")
        with pytest.raises(NotFound):
            room.preview(person("ana"), import_id)
        with pytest.raises(NotFound):
            room.begin(TEACHER, WORK, SiteId("site-other"), room.course, "ENGL101")

    async def test_it_can_be_read_at_once_without_a_worker(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        told: list[tuple[int, int]] = []
        import_id = room.begin(TEACHER, WORK, SITE, room.course, "ENGL101", inline=True)
        await room.reader.read(import_id, lambda done, total: told.append((done, total)))
        assert room.score_import(import_id).state is ImportState.READ
        assert told == [(0, 1), (1, 1)]
        assert room.jobs.recent() == []

    async def test_assignments_without_a_fitting_rubric_are_not_read(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        import_id = await room.read()
        with room.units(write=False) as unit:
            readings = unit.imports.readings(import_id)
        assert [one.assignment.ref for one in readings] == [essay]
        assert len(room.lms.state.assignments) > 1

    async def test_a_short_outage_is_waited_out(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.lms.failures.extend([LmsUnavailable("Down."), LmsUnavailable("Down.")])
        import_id = await room.read()
        assert room.score_import(import_id).state is ImportState.READ

    async def test_a_long_outage_fails_and_can_be_tried_again(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.lms.failures.extend(LmsUnavailable("Down.") for _ in range(5))
        import_id = await room.read()
        assert room.score_import(import_id).reason == "unavailable"
        room.retry_import(TEACHER, import_id)
        await room.runner.run_all()
        assert room.view(import_id).writes == 3
        with pytest.raises(Conflict):
            room.retry_import(TEACHER, import_id)

    async def test_a_course_that_is_gone_is_told(self, room: ImportRoom) -> None:
        import_id = room.begin(TEACHER, WORK, SITE, LmsCourseRef("gone"), "Gone")
        await room.runner.run_all()
        one = room.score_import(import_id)
        assert (one.state, one.reason) == (ImportState.FAILED, "course-missing")

    async def test_lost_authorisation_waits_and_goes_on_when_it_is_given_again(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        import_id = room.begin(TEACHER, WORK, SITE, room.course, "ENGL101")
        room.lms.failures.append(LmsUnauthorised("Consent is gone."))
        await room.runner.run_all()
        assert room.score_import(import_id).state is ImportState.WAITING
        with room.units() as unit:
            resume_waiting_imports(unit, SITE, person("somebody else"))
            resume_waiting_imports(unit, SITE, TEACHER)
            unit.commit()
        await room.runner.run_all()
        assert room.view(import_id).writes == 3

    async def test_a_job_taken_up_again_at_any_step_reads_everything_once(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        import_id = await room.read()
        before = room.view(import_id)
        job = room.jobs.recent()[0]
        for kept in (0, 1, 2):
            known = room.jobs.known(job.id)
            del known.steps[kept:]
            room.jobs.change(job.id, state=JobState.RUNNING)
            await room.runner.run_all()
            assert room.view(import_id) == before

    async def test_what_was_read_before_is_forgotten(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        first, second = await room.read(), await room.read()
        assert room.view(first).lines == ()
        assert room.view(second).writes == 3


class TestWhatFits:
    async def test_choices_name_what_matches_and_the_linked_one_first(
        self, room: ImportRoom
    ) -> None:
        part = room.rubric_on("thesis", "style")
        room.rubric_on(assignment=room.assignment)
        room.rated(room.assignment, "ana", thesis=3)
        view = room.choices(TEACHER, await room.read())
        assert [(one.ref, one.matching, one.criteria) for one in view.assignments] == [
            (room.assignment, 2, 2), (part, 1, 2),
        ]  # fmt: skip
        assert [(one.linked, one.rated) for one in view.assignments] == [(True, 1), (False, 0)]
        assert [(one.ref, one.title) for one in view.foreign] == [("outcome-style", "Style")]

    async def test_a_retired_outcome_and_one_of_another_place_still_count(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        with room.units() as unit:
            stored = unit.publications.of_outcomes(SITE, [LmsOutcomeRef("outcome-thesis")])
            unit.publications.save([replace(stored[0], live=False, generation=2)])
            unit.commit()
        assert room.view(await room.read()).writes == 3

    async def test_a_guid_of_ours_tells_the_slo_when_our_own_record_is_lost(
        self, room: ImportRoom
    ) -> None:
        ref = room.rubric_on("lost")
        criterion = room.criteria[f"{ref}/lost"]
        guid = slo_guid("1", SloId("slo-thesis"), 3)  # type: ignore[arg-type] # an account's ref
        room.lms.state.rubrics.given_rubric(room.course, ref, [replace(criterion, guid=guid)])
        room.rated(ref, "ana", lost=4)
        line = room.view(await room.read()).lines[0]
        assert (line.row_code, line.becomes) == ("THESIS", "4")

    async def test_a_rubric_that_we_placed_names_its_rows_by_itself(self, room: ImportRoom) -> None:
        ref = room.rubric_on("plain")
        criterion = replace(room.criteria[f"{ref}/plain"], outcome_ref=None)
        room.lms.state.rubrics.given_rubric(room.course, ref, [criterion])
        room.rated(ref, "ana", plain=2)
        placed = a_placed_rubric(ref)
        row = replace(placed.criteria[0], row_id=RowId("row-evidence"), criterion_ref=criterion.ref)
        with room.units() as unit:
            unit.imports.put_placed(replace(placed, criteria=(row,)))
            unit.commit()
        line = room.view(await room.read()).lines[0]
        assert (line.row_code, line.becomes) == ("EVIDENCE", "2")

    async def test_an_outcome_sent_with_another_scale_goes_by_its_mastery_levels(
        self, room: ImportRoom
    ) -> None:
        publication = a_publication("wide", slo_id=SloId("slo-thesis"))
        upside = tuple(
            replace(one, mastery=code)
            for one, code in zip(
                publication.meanings, ("exceeded", "met", "developing", "beginning"), strict=True
            )
        )
        with room.units() as unit:
            unit.publications.save([replace(publication, meanings=upside)])
            unit.commit()
        ref = room.rubric_on("wide")
        room.rated(ref, "ana", wide=1)
        line = room.view(await room.read()).lines[0]
        assert (line.becomes, line.level, line.sources[0].exact) == ("4", "Exceeded", False)

    async def test_an_outcome_overrides_the_recommended_level_of_student_oriented_work(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        """Its own row takes the level, not the criteria from which it is recommended."""
        with room.units() as unit:
            stored = unit.assessments.get(AssessmentId("assessment-essay"))
            part = replace(a_criterion("part"), slo_ids=(SloId("slo-thesis"),))
            rubric = replace(stored.rubric, criteria=(part,), outcomes=stored.rubric.criteria[:1])
            unit.assessments.save(replace(stored, kind=AssessmentKind.STUDENT, rubric=rubric))
            unit.commit()
        await room.imported()
        assert room.stands("ana") == {"thesis": "3"}
