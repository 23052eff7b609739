"""Import LMS Scores: applying what was read, undoing it, and its marks."""

from decimal import Decimal

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Invalid
from application.queries.scoring.scorecard_page import ScorecardPage
from application.queries.works.import_marks import ImportMarks
from application.use_cases.score_import.apply_import import Replacement
from domain.errors import IllegalMove
from domain.ids import (
    ImportId,
    LmsAssignmentRef,
    RowId,
)
from domain.score import BLANK
from domain.score_import.import_plan import ImportPolicy, LineState
from domain.score_import.import_run import ImportCounts, ImportState
from tests.application.importing import SITE, ImportRoom, by_cell, frozen_rubric, person
from tests.application.sending import TEACHER, WORK
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


class TestApplying:
    async def test_scores_their_sources_and_what_stood_before_are_written_at_once(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        report = await room.imported()
        assert (report.written, report.score_import.counts) == (3, ImportCounts(new=3))
        assert report.score_import.state is ImportState.APPLIED
        assert report.score_import.assignments == (essay,)
        assert room.stands("ana") == {"thesis": "3", "evidence": "4"}
        assert room.stands("bo") == {"thesis": "2"}
        with room.units(write=False) as unit:
            cells = unit.imports.cells(report.score_import.id)
            assert {(cell.before, cell.score_version) for cell in cells} == {(BLANK, 1)}
            sources = unit.imports.sources(WORK)
            assert len(sources) == 3
            assert frozen_rubric(unit)
            deeds = [entry.verb for entry in unit.audit.entries()]
        assert deeds == ["began import", "imported scores"]

    async def test_a_second_press_changes_nothing(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        first = await room.imported()
        again = room.applied(first.score_import.id)
        assert (again.written, again.score_import) == (0, first.score_import)

    async def test_a_second_import_shows_only_the_same(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        await room.imported()
        report = await room.imported()
        assert (report.written, report.score_import.counts) == (0, ImportCounts(same=3))

    async def test_what_was_regraded_there_comes_over_and_comments_stay(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        await room.imported()
        room.rated(essay, "bo", thesis=4)
        report = await room.imported()
        assert report.score_import.counts == ImportCounts(changed=1, same=2)
        assert room.stands("bo") == {"thesis": "4"}

    async def test_a_score_given_since_the_preview_is_left_as_a_conflict(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        import_id = await room.read()
        assert room.view(import_id).counted(LineState.CONFLICT) == 0
        room.score_here("bo", "thesis", 1, comment="Well argued.")
        report = room.applied(import_id)
        assert report.score_import.counts == ImportCounts(new=2, conflicts=1)
        assert room.stands("bo") == {"thesis": "1"}

    async def test_a_conflict_is_replaced_only_as_it_was_seen(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.score_here("bo", "thesis", 1, comment="Well argued.")
        room.score_here("ana", "thesis", 1)
        import_id = await room.read()
        lines = by_cell(room.view(import_id).lines)
        chosen = frozenset(
            Replacement(person(name), RowId("row-thesis"), lines[f"C{name}", "THESIS"].seen)
            for name in ("ana", "bo")
        )
        room.score_here("ana", "thesis", 2)
        report = room.applied(import_id, replace=chosen)
        assert report.score_import.counts == ImportCounts(new=1, changed=1, conflicts=1)
        assert room.stands("ana")["thesis"] == "2"
        with room.units(write=False) as unit:
            score = unit.scores.cell(WORK, person("bo"), RowId("row-thesis"))
        assert (score.value.points, score.comment) == (Decimal(2), "Well argued.")  # type: ignore[union-attr] # it is scored

    async def test_all_conflicts_can_be_replaced(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.score_here("bo", "thesis", 1)
        await room.imported(replace_all=True)
        assert room.stands("bo") == {"thesis": "2"}

    async def test_several_assignments_are_combined_by_the_policy(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        later = room.rubric_on("thesis")
        room.rated(later, "ana", thesis=1)
        report = await room.imported(policy=ImportPolicy.HIGHEST)
        assert room.stands("ana")["thesis"] == "3"
        assert report.score_import.policy is ImportPolicy.HIGHEST

    async def test_only_chosen_assignments_count_and_at_least_one_is_asked_for(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        other = room.rubric_on("thesis")
        room.rated(other, "cy", thesis=1)
        import_id = await room.read()
        with pytest.raises(Invalid):
            room.applied(import_id, assignments=frozenset())
        room.applied(import_id, assignments=frozenset({other}))
        assert (room.stands("cy"), room.stands("ana")) == ({"thesis": "1"}, {})

    async def test_nothing_is_applied_before_it_was_read(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        import_id = room.begin(TEACHER, WORK, SITE, room.course, "ENGL101")
        with pytest.raises(IllegalMove):
            room.applied(import_id)

    async def test_what_cannot_come_is_told_with_its_sentence(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.rated(essay, "cy", thesis=None)
        view = room.view(await room.read())
        assert view.counted(LineState.CANNOT) == 1
        assert view.refusals == ((by_cell(view.lines)["Ccy", "THESIS"].sentence, 1),)


class TestUndoing:
    async def test_what_stood_before_comes_back(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.score_here("bo", "thesis", 1)
        report = await room.imported(replace_all=True)
        undone = room.undo(TEACHER, report.score_import.id)
        assert (undone.restored, undone.kept) == (3, 0)
        assert room.stands("ana") == {"thesis": "", "evidence": ""}
        assert room.stands("bo") == {"thesis": "1"}
        assert room.score_import(report.score_import.id).state is ImportState.UNDONE

    async def test_a_score_changed_since_stays_and_is_counted(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        report = await room.imported()
        room.score_here("bo", "thesis", 4)
        undone = room.undo(TEACHER, report.score_import.id)
        assert (undone.restored, undone.kept) == (2, 1)
        assert room.stands("bo") == {"thesis": "4"}

    async def test_undoing_twice_changes_nothing(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        report = await room.imported()
        room.undo(TEACHER, report.score_import.id)
        room.score_here("ana", "thesis", 4)
        assert room.undo(TEACHER, report.score_import.id).restored == 0
        assert room.stands("ana")["thesis"] == "4"

    async def test_the_next_import_brings_it_again(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        report = await room.imported()
        room.undo(TEACHER, report.score_import.id)
        assert (await room.imported()).written == 3

    async def test_what_was_never_applied_cannot_be_undone(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        with pytest.raises(IllegalMove):
            room.undo(TEACHER, await room.read())


class TestMarks:
    async def test_an_assessment_shows_its_last_import_and_each_cell_its_source(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        marks = ImportMarks(room.units)
        assert marks(TEACHER, WORK) is None
        report = await room.imported()
        room.score_here("bo", "thesis", 4)
        mark = marks(TEACHER, WORK)
        assert mark is not None
        assert (mark.import_id, mark.by) == (report.score_import.id, "Tess Ortiz")
        assert mark.assignments == (f"Assignment {essay}",)
        cells = marks.cells(TEACHER, WORK)
        assert set(cells) == {
            (person("ana"), RowId("row-thesis")), (person("ana"), RowId("row-evidence")),
        }  # fmt: skip
        assert {one.assignments for one in cells.values()} == {mark.assignments}
        (ana, *_) = ScorecardPage(room.units)(TEACHER, WORK).lines
        assert [cell.source for cell in ana.cells] == list(cells.values())

    async def test_an_undone_import_leaves_no_mark(
        self, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        report = await room.imported()
        room.undo(TEACHER, ImportId(report.score_import.id))
        marks = ImportMarks(room.units)
        assert marks(TEACHER, WORK) is None
        assert marks.cells(TEACHER, WORK) == {}
