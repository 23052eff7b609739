"""Recording scores, own grades, release and reflection, over memory units."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Invalid, NotFound
from application.ports.unit_of_work import UnitOfWork
from application.use_cases.scoring.record_scores import (
    CellAnswer,
    CellChange,
    InConflict,
    RecordScores,
    RecordScoresCommand,
    RecordScoresReport,
    Refused,
    Saved,
)
from application.use_cases.scoring.reflect import Reflect, ReflectCommand
from application.use_cases.scoring.release_results import ReleaseResults, ReleaseResultsCommand
from application.use_cases.scoring.set_own_grade import SetOwnGrade, SetOwnGradeCommand
from domain.assessment import SectionAssessment
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.reflection import asking
from domain.rostering import EnrolmentRole
from domain.score import NOT_ASSESSED, Scored
from tests.builders import (
    College,
    a_link,
    a_person,
    a_rubric,
    an_assessment,
    an_enrolment,
)
from tests.stand_ins import FixedClock

WORK = SectionAssessmentId("work-essay")
TESS, TOM, ANA, BEN = (PersonId(f"person-{key}") for key in ("tess", "tom", "ana", "ben"))
THESIS, EVIDENCE = RowId("row-thesis"), RowId("row-evidence")


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    """One section with two students, taught by tess and tom."""
    with memory_units() as unit:
        College().store(unit)
        unit.roster.put_people([a_person("tom", given_name="Tom"), a_person("zoe")])
        unit.roster.put_enrolments([an_enrolment("tom", role=EnrolmentRole.TEACHER)])
        unit.commit()
    return memory_units


@pytest.fixture
def record(units: MemoryUnits, clock: FixedClock) -> Callable[..., RecordScoresReport]:
    use_case = RecordScores(units, clock)

    def call(*changes: CellChange, by: PersonId = TESS) -> RecordScoresReport:
        return use_case(RecordScoresCommand(by, WORK, changes))

    return call


Record = Callable[..., RecordScoresReport]


def change(
    value: str, *, student: PersonId = ANA, row: RowId = THESIS, seen: int = 0
) -> CellChange:
    return CellChange(student, row, value, seen)


def only(report: RecordScoresReport) -> CellAnswer:
    (answer,) = report.answers
    return answer


def look(units: MemoryUnits) -> UnitOfWork:
    return units(write=False)


def work_in(units: MemoryUnits) -> SectionAssessment:
    with look(units) as unit:
        return unit.assessments.work(WORK)


class TestRecordingScores:
    def test_a_score_is_saved_with_its_next_version(self, record: Record) -> None:
        first = only(record(change("3")))
        second = only(record(change("4", seen=1)))

        assert isinstance(first, Saved)
        assert isinstance(second, Saved)
        assert (first.score.version, second.score.version) == (1, 2)

    def test_saying_it_again_saves_nothing_and_is_saved(
        self, record: Record, units: MemoryUnits
    ) -> None:
        record(change("3"))
        again = only(record(change("3")))

        assert isinstance(again, Saved)
        assert again.score.version == 1
        with look(units) as unit:
            assert [entry.verb for entry in unit.audit.entries()] == ["scored"]

    def test_another_persons_change_is_a_conflict_with_value_and_name(
        self, record: Record, units: MemoryUnits
    ) -> None:
        record(change("2"), by=TOM)

        answer = only(record(change("4")))

        assert isinstance(answer, InConflict)
        assert answer.score.value == Scored(Decimal(2))
        assert answer.by == "Tom Ortiz"
        with look(units) as unit:
            assert unit.scores.cell(WORK, ANA, THESIS).value == Scored(Decimal(2))

    def test_two_people_in_different_cells_never_conflict(self, record: Record) -> None:
        record(change("2"), by=TOM)

        assert isinstance(only(record(change("4", row=EVIDENCE))), Saved)

    @pytest.mark.parametrize("value", ["9", "good", "0", "1e999999999"])
    def test_what_the_row_does_not_offer_is_refused(self, record: Record, value: str) -> None:
        assert isinstance(only(record(change(value))), Refused)

    def test_one_refused_cell_does_not_stop_the_others(self, record: Record) -> None:
        report = record(change("9"), change("NA", row=EVIDENCE), change("4", student=BEN))

        kinds = [type(answer) for answer in report.answers]
        assert kinds == [Refused, Saved, Saved]

    def test_somebody_who_is_no_student_there_is_refused(self, record: Record) -> None:
        assert isinstance(only(record(change("3", student=PersonId("person-zoe")))), Refused)
        assert isinstance(only(record(change("3", student=TESS))), Refused)

    def test_a_strange_row_is_refused(self, record: Record) -> None:
        assert isinstance(only(record(change("3", row=RowId("row-none")))), Refused)

    @pytest.mark.parametrize("who", ["zoe", "ana"])
    def test_only_teachers_of_the_section_may(self, record: Record, who: str) -> None:
        with pytest.raises(NotFound):
            record(change("3"), by=PersonId(f"person-{who}"))

    def test_the_report_says_where_the_student_stands(self, record: Record) -> None:
        report = record(change("4"), change("2", row=EVIDENCE))

        assert report.standings[ANA].recommendation.points == Decimal("75.00")

    def test_an_active_links_points_count(self, record: Record, units: MemoryUnits) -> None:
        with units() as unit:
            unit.links.save(a_link(points_possible=Decimal(20)))
            unit.commit()

        report = record(change("4"), change("NA", row=EVIDENCE))

        assert report.standings[ANA].recommendation.points == Decimal("20.00")

    def test_the_first_score_freezes_the_rubric(self, record: Record, units: MemoryUnits) -> None:
        before = work_in(units).snapshot
        record(change("4"))
        with units() as unit:
            edited = an_assessment(rubric=a_rubric("other"), version=1)
            unit.assessments.save(edited)
            unit.commit()

        answer = only(record(change("3", row=EVIDENCE)))

        assert before is None
        assert work_in(units).snapshot == a_rubric()
        assert isinstance(answer, Saved)

    def test_nothing_saved_freezes_nothing(self, record: Record, units: MemoryUnits) -> None:
        record(change("9"))

        assert work_in(units).snapshot is None
        with look(units) as unit:
            assert unit.audit.entries() == []

    def test_the_audit_trail_has_one_entry_without_values_or_names(
        self, record: Record, units: MemoryUnits
    ) -> None:
        record(change("4"), change("NA", row=EVIDENCE), change("2", student=BEN))

        with look(units) as unit:
            (entry,) = unit.audit.entries()
        assert (entry.actor, entry.verb, entry.subject) == (TESS, "scored", WORK)
        assert entry.details == "3 scores written"

    def test_a_comment_is_kept_when_none_is_sent(self, record: Record, units: MemoryUnits) -> None:
        record(CellChange(ANA, THESIS, NOT_ASSESSED, 0, "Was ill."))
        record(change("3", seen=1))

        with look(units) as unit:
            assert unit.scores.cell(WORK, ANA, THESIS).comment == "Was ill."

    def test_a_writer_in_between_makes_it_begin_again(
        self, units: MemoryUnits, clock: FixedClock
    ) -> None:
        attempts = []

        def racing(*, write: bool = True) -> UnitOfWork:
            attempts.append(write)
            if len(attempts) == 1:
                raise Conflict("Another writer was first.")
            return units(write=write)

        report = RecordScores(racing, clock)(RecordScoresCommand(TESS, WORK, (change("3"),)))

        assert isinstance(only(report), Saved)
        assert len(attempts) == 2

    def test_a_writer_always_in_between_is_a_conflict(self, clock: FixedClock) -> None:
        def losing(*, write: bool = True) -> UnitOfWork:
            raise Conflict("Another writer was first.")

        with pytest.raises(Conflict):
            RecordScores(losing, clock)(RecordScoresCommand(TESS, WORK, (change("3"),)))


class TestOwnGrade:
    @pytest.fixture
    def set_own_grade(self, units: MemoryUnits, clock: FixedClock) -> SetOwnGrade:
        return SetOwnGrade(units, clock)

    def test_is_kept_in_two_decimals_and_taken_back(self, set_own_grade: SetOwnGrade) -> None:
        given = set_own_grade(SetOwnGradeCommand(TESS, WORK, ANA, Decimal("87.505"), 0))
        gone = set_own_grade(SetOwnGradeCommand(TESS, WORK, ANA, None, 1))

        assert given is not None
        assert gone is not None
        assert (given.points, gone.points) == (Decimal("87.51"), None)

    @pytest.mark.parametrize("points", ["-0.01", "100.01", "NaN", "Infinity"])
    def test_stays_within_the_points_possible(
        self, set_own_grade: SetOwnGrade, points: str
    ) -> None:
        with pytest.raises(Invalid):
            set_own_grade(SetOwnGradeCommand(TESS, WORK, ANA, Decimal(points), 0))

    def test_another_persons_grade_is_not_overwritten(self, set_own_grade: SetOwnGrade) -> None:
        set_own_grade(SetOwnGradeCommand(TOM, WORK, ANA, Decimal(50), 0))

        with pytest.raises(Conflict):
            set_own_grade(SetOwnGradeCommand(TESS, WORK, ANA, Decimal(60), 0))

    def test_saying_the_same_again_changes_nothing(self, set_own_grade: SetOwnGrade) -> None:
        first = set_own_grade(SetOwnGradeCommand(TESS, WORK, ANA, Decimal(50), 0))

        assert set_own_grade(SetOwnGradeCommand(TESS, WORK, ANA, Decimal(50), 0)) == first

    def test_is_for_students_of_the_section(self, set_own_grade: SetOwnGrade) -> None:
        with pytest.raises(NotFound):
            set_own_grade(SetOwnGradeCommand(TESS, WORK, TOM, Decimal(50), 0))


class TestRelease:
    def test_shows_and_hides_and_keeps_the_first_time(
        self, units: MemoryUnits, clock: FixedClock
    ) -> None:
        release = ReleaseResults(units, clock)
        release(ReleaseResultsCommand(TESS, WORK, released=True))
        first = clock.now()
        clock.advance(hours=1)
        release(ReleaseResultsCommand(TESS, WORK, released=True))
        kept = work_in(units).released_at
        release(ReleaseResultsCommand(TESS, WORK, released=False))

        assert kept == first
        assert work_in(units).released_at is None
        with look(units) as unit:
            verbs = [entry.verb for entry in unit.audit.entries()]
        assert verbs == ["released results", "hid results"]


class TestReflection:
    @pytest.fixture
    def reflect(self, units: MemoryUnits, clock: FixedClock) -> Reflect:
        with units() as unit:
            unit.assessments.save(an_assessment(reflection=asking("What next?"), version=1))
            unit.commit()
        return Reflect(units, clock)

    def test_is_private_until_submitted_and_stays_submitted(
        self, reflect: Reflect, clock: FixedClock
    ) -> None:
        saved = reflect(ReflectCommand(TESS, WORK, {"q1": "More time."}, submit=False, seen=0))
        submitted = reflect(ReflectCommand(TESS, WORK, {"q1": "More time."}, submit=True, seen=1))
        clock.advance(days=1)
        changed = reflect(ReflectCommand(TESS, WORK, {"q1": "Less time."}, submit=False, seen=2))

        assert saved.submitted_at is None
        assert submitted.submitted_at == changed.submitted_at == clock.now() - timedelta(days=1)

    def test_without_a_word_it_cannot_be_submitted(self, reflect: Reflect) -> None:
        with pytest.raises(Invalid):
            reflect(ReflectCommand(TESS, WORK, {"q1": "  \n"}, submit=True, seen=0))

    def test_a_second_window_does_not_overwrite(self, reflect: Reflect) -> None:
        reflect(ReflectCommand(TESS, WORK, {"q1": "One."}, submit=False, seen=0))

        with pytest.raises(Conflict):
            reflect(ReflectCommand(TESS, WORK, {"q1": "Other."}, submit=False, seen=0))

    def test_is_only_where_one_is_asked(self, units: MemoryUnits, clock: FixedClock) -> None:
        with pytest.raises(NotFound):
            Reflect(units, clock)(ReflectCommand(TESS, WORK, {"q1": "Text."}, submit=False, seen=0))
