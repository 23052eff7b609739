"""What an import would change."""

from dataclasses import replace
from decimal import Decimal
from itertools import count
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import ImportId, LmsAssignmentRef, LmsUserRef, PersonId, RowId
from domain.score import BLANK, NOT_ASSESSED, Scored
from domain.score_import.import_plan import ImportLine, ImportPolicy, LineState, plan_import
from domain.score_import.reading import Reading, chosen, matching_criteria
from domain.score_import.source import ScoreSource
from tests import builders, graded
from tests.graded import Table

ANA = PersonId("person-ana")
THESIS = RowId("row-thesis")
policies = st.sampled_from(ImportPolicy)


def plan(
    table: Table, *readings: Reading, policy: ImportPolicy = ImportPolicy.LATEST
) -> tuple[ImportLine, ...]:
    return plan_import(readings, table.desk(*(one.assignment for one in readings)), policy)


def only(lines: tuple[ImportLine, ...]) -> ImportLine:
    (line,) = lines
    return line


def apply(table: Table, lines: tuple[ImportLine, ...]) -> None:
    """Write all that is new or changed, as an import does."""
    for line in lines:
        if line.state not in {LineState.NEW, LineState.CHANGED}:
            continue
        assert line.score is not None
        assert line.level is not None
        written = replace(
            line.score, value=Scored(line.level.points), version=line.score.version + 1
        )
        key = (written.student_id, written.row_id)
        table.scores[key] = written
        table.sources[key] = _source(written.version, key)


def _source(version: int, key: tuple[PersonId, RowId] = (ANA, THESIS)) -> ScoreSource:
    work = builders.a_section_assessment().id
    return ScoreSource(work, *key, ImportId("import-one"), version, ())


@st.composite
def gradings(draw: st.DrawFn) -> list[Reading]:
    """Two students rated on the two rows of one to four assignments."""
    readings = []
    for number in range(draw(st.integers(1, 4))):
        rated = [
            graded.scores(
                student,
                *(graded.given(row, draw(st.integers(1, 4))) for row in ("thesis", "evidence")),
                assignment=f"a{number}", days=draw(st.integers(0, 3)),
            )
            for student in ("ana", "ben")
        ]  # fmt: skip
        readings.append(graded.a_reading(f"a{number}", *rated))
    return readings


class TestStates:
    def test_a_blank_cell_is_new(self) -> None:
        line = only(plan(Table(), graded.a_reading()))
        assert (line.student_id, line.row_id, line.state) == (ANA, THESIS, LineState.NEW)
        assert line.level == builders.a_criterion().levels[2]

    def test_the_score_that_stands_is_the_same(self) -> None:
        table = Table()
        table.stands("ana", "thesis", Scored(Decimal("3.0")))
        assert only(plan(table, graded.a_reading())).state is LineState.SAME

    @pytest.mark.parametrize("value", [Scored(Decimal(2)), NOT_ASSESSED])
    def test_a_score_given_here_is_a_conflict(self, value: Scored) -> None:
        table = Table()
        table.stands("ana", "thesis", value)
        assert only(plan(table, graded.a_reading())).state is LineState.CONFLICT

    def test_a_cell_that_was_emptied_again_is_new(self) -> None:
        table = Table()
        table.stands("ana", "thesis", BLANK, version=4)
        assert only(plan(table, graded.a_reading())).state is LineState.NEW

    def test_an_imported_score_regraded_there_is_changed(self) -> None:
        table = Table()
        table.stands("ana", "thesis", Scored(Decimal(2)), version=5)
        table.sources[ANA, THESIS] = _source(5)
        assert only(plan(table, graded.a_reading())).state is LineState.CHANGED

    def test_an_imported_score_touched_here_since_is_a_conflict(self) -> None:
        table = Table()
        table.stands("ana", "thesis", Scored(Decimal(2)), version=6)
        table.sources[ANA, THESIS] = _source(5)
        assert only(plan(table, graded.a_reading())).state is LineState.CONFLICT

    @given(gradings(), policies)
    def test_applying_twice_shows_only_the_same(
        self, readings: list[Reading], policy: ImportPolicy
    ) -> None:
        table = Table()
        apply(table, plan(table, *readings, policy=policy))
        again = plan(table, *readings, policy=policy)
        assert {line.state for line in again} == {LineState.SAME}


class TestWhatCannotCome:
    @pytest.mark.parametrize(
        ("changes", "reason"),
        [({"posted": False}, "not-posted"), ({"user_ref": LmsUserRef("")}, "anonymous")],
    )
    def test_a_grading_that_cannot_be_used_says_why(
        self, changes: dict[str, object], reason: str
    ) -> None:
        scores = replace(graded.scores(), **changes)  # type: ignore[arg-type] # of its fields
        line = only(plan(Table(), graded.a_reading("draft", scores)))
        assert (line.state, line.reason) == (LineState.CANNOT, reason)

    def test_an_anonymous_assignment_gives_nothing_away(self) -> None:
        line = only(plan(Table(), graded.a_reading(anonymous=True)))
        assert line.reason == "anonymous"

    def test_somebody_unknown_is_said_once_whatever_the_number_of_assignments(self) -> None:
        readings = [
            graded.a_reading(key, graded.scores("zoe", assignment=key)) for key in ("a", "b")
        ]
        line = only(plan(Table(), *readings))
        assert (line.student_id, line.user_ref) == (None, "user-zoe")
        assert line.reason == "not-matched"

    def test_somebody_who_dropped_is_named_and_left(self) -> None:
        line = only(plan(Table(), graded.a_reading("draft", graded.scores("gone"))))
        assert (line.student_id, line.state) == ("person-gone", LineState.CANNOT)
        assert (line.row_id, line.reason) == (None, "dropped")

    def test_a_rating_without_a_level_keeps_its_cell(self) -> None:
        scores = graded.scores("ana", graded.given(points=None))
        line = only(plan(Table(), graded.a_reading("draft", scores)))
        assert (line.student_id, line.row_id, line.reason) == (ANA, THESIS, "comment-only")

    @pytest.mark.parametrize("there", [{"excused": True}, {"given": ()}])
    def test_nothing_given_or_excused_is_left_out(self, there: dict[str, object]) -> None:
        scores = replace(graded.scores(), **there)  # type: ignore[arg-type] # of its fields
        assert plan(Table(), graded.a_reading("draft", scores)) == ()

    def test_rows_that_feed_nothing_are_left_out_of_everything(self) -> None:
        """Of somebody unknown too, and a row that was cut from the rubric since."""
        scores = graded.scores("zoe", graded.given("style"), graded.given("gone"))
        reading = graded.a_reading("draft", scores)
        wider = graded.an_assignment_there("draft", "thesis", "style")
        desk = Table().desk(reading.assignment)
        assert plan_import([replace(reading, assignment=wider)], desk, ImportPolicy.LATEST) == ()

    def test_a_criterion_copied_with_its_id_to_another_rubric_is_not_taken_for_it(self) -> None:
        mine, copy = graded.a_reading("draft"), graded.a_reading("copy")
        desk = Table().desk(mine.assignment)
        lines = plan_import([mine, copy], desk, ImportPolicy.HIGHEST)
        used = [one.assignment_ref for line in lines for one in line.contributions]
        assert used == [mine.assignment.ref]
        assert matching_criteria(copy.assignment, desk.uses) == 0


class TestSeveralAssignments:
    def _readings(self) -> list[Reading]:
        points = count(1)
        return [
            graded.a_reading(
                key, graded.scores("ana", graded.given(points=next(points)), assignment=key,
                                   days=days),
            )
            for key, days in (("early", 0), ("late", 5), ("between", 2))
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("policy", "points", "names"),
        [
            (ImportPolicy.LATEST, 2, ["Late"]),
            (ImportPolicy.HIGHEST, 3, ["Between"]),
            (ImportPolicy.MEAN, 2, ["Early", "Late", "Between"]),
        ],
    )
    def test_the_policy_says_which_counts(
        self, policy: ImportPolicy, points: int, names: list[str]
    ) -> None:
        line = only(plan(Table(), *self._readings(), policy=policy))
        assert line.level is not None
        assert line.level.points == points
        assert [one.assignment_name for one in line.contributions] == names

    def test_only_the_chosen_assignments_count(self) -> None:
        wanted = frozenset({LmsAssignmentRef("early")})
        line = only(plan(Table(), *chosen(self._readings(), wanted)))
        assert line.level is not None
        assert line.level.points == 1

    @given(gradings(), st.randoms(use_true_random=False), policies)
    def test_the_order_of_the_readings_does_not_matter(
        self, readings: list[Reading], random: Random, policy: ImportPolicy
    ) -> None:
        shuffled = list(readings)
        random.shuffle(shuffled)
        assert _levels(plan(Table(), *readings, policy=policy)) == _levels(
            plan(Table(), *shuffled, policy=policy)
        )

    @given(gradings())
    def test_a_mean_lies_between_the_lowest_and_the_highest(self, readings: list[Reading]) -> None:
        for line in plan(Table(), *readings, policy=ImportPolicy.MEAN):
            points = [one.level_points for one in line.contributions]
            assert line.level is not None
            assert min(points) <= line.level.points <= max(points)


def _levels(lines: tuple[ImportLine, ...]) -> dict[tuple[PersonId | None, RowId | None], object]:
    return {(line.student_id, line.row_id): line.level for line in lines}
