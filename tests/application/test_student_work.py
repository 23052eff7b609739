"""DLAs, self-assessment and own results, over memory units."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Invalid, NotFound
from application.queries.scoring.rubric_page import RubricPage
from application.queries.student_work.assign_choices import AssignChoices, AssignWish
from application.queries.student_work.dla_desk import DlaDesk, DlaFilter, ReadAssigned
from application.queries.student_work.my_dlas import MyDla, MyDlas
from application.queries.student_work.my_results import MyResults
from application.queries.student_work.student_page import StudentPage
from application.use_cases.student_work.assign_dla import AssignDla, AssignDlaCommand, TakeAwayDla
from application.use_cases.student_work.decide_dlas import DecideDlas, DecideDlasCommand
from application.use_cases.student_work.do_dla import TakeDlaBack, WriteDla, WriteDlaCommand
from application.use_cases.student_work.keep_dlas import RetireDla, SaveDla, SaveDlaCommand
from application.use_cases.student_work.self_assess import SelfAssess, SelfAssessCommand
from domain.dla import DlaState
from domain.errors import IllegalMove
from domain.ids import AssignedDlaId, DlaId, PersonId, RowId, SectionAssessmentId, SectionId, SloId
from domain.rostering import EnrolmentRole
from domain.rubric import outcomes_rubric
from domain.score import NOT_ASSESSED, Scored
from domain.self_assessment import SelfAssessment
from tests.builders import (
    College,
    a_person,
    a_scale,
    a_score,
    a_section_assessment,
    a_term,
    an_assessment,
    an_enrolment,
    an_slo,
)
from tests.stand_ins import NOON, CountedIds, FixedClock

WORK = SectionAssessmentId("work-essay")
HERE, THERE = SectionId("section-engl101-01"), SectionId("section-engl101-02")
TESS, TOM, ANA, BEN = (PersonId(f"person-{key}") for key in ("tess", "tom", "ana", "ben"))
THESIS, EVIDENCE = RowId("slo-thesis"), RowId("slo-evidence")
GUIDE = "https://writing.example.edu The guide"


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    """Tess teaches Ana and Ben; Tom teaches the section beside. The rows are SLOs."""
    with memory_units() as unit:
        College().store(unit)
        unit.roster.put_people([a_person("tom")])
        unit.roster.put_enrolments([an_enrolment("tom", "engl101-02", role=EnrolmentRole.TEACHER)])
        slos = [an_slo(), an_slo("evidence")]
        unit.outcomes.put_slos(slos)
        stored = unit.assessments.get(an_assessment().id)
        unit.assessments.save(replace(stored, rubric=outcomes_rubric(slos, a_scale())))
        unit.commit()
    return memory_units


@pytest.fixture
def dla(units: MemoryUnits, clock: FixedClock) -> DlaId:
    save = SaveDla(units, clock, CountedIds("dla"))
    command = SaveDlaCommand(TESS, None, "Thesis", "Write.", GUIDE, "A page.", SloId("slo-thesis"))
    return save(command).id


@pytest.fixture
def anas(units: MemoryUnits, clock: FixedClock, dla: DlaId) -> AssignedDlaId:
    assign(units, clock, dla, ANA)
    (line,) = MyDlas(units, clock)(ANA)
    return line.id


def assign(units: MemoryUnits, clock: FixedClock, dla: DlaId, *who: PersonId) -> tuple[int, int]:
    command = AssignDlaCommand(TESS, dla, HERE, frozenset(who), NOON + timedelta(days=7))
    report = AssignDla(units, clock, CountedIds(f"assigned-{'-'.join(who)}"))(command)
    return report.assigned, report.already


def write(
    units: MemoryUnits, clock: FixedClock, one: AssignedDlaId, text: str, *,
    hand_in: bool = True, seen: int = 1, by: PersonId = ANA,
) -> DlaState:  # fmt: skip
    command = WriteDlaCommand(by, one, text, hand_in, seen)
    return WriteDla(units, clock)(command).state


def verbs(units: MemoryUnits) -> list[str]:
    with units(write=False) as unit:
        return [entry.verb for entry in unit.audit.entries()]


def score(units: MemoryUnits, student: PersonId, row: RowId, value: object) -> None:
    with units() as unit:
        unit.scores.save(a_score(student_id=student, row_id=row, value=value, comment="Good."))
        unit.commit()


def release(units: MemoryUnits) -> None:
    with units() as unit:
        unit.assessments.save_work(unit.assessments.work(WORK).released(NOON))
        unit.commit()


class TestMakingDlas:
    @pytest.mark.parametrize(
        ("change", "field"),
        [({"title": " "}, "title"), ({"instructions": ""}, "instructions"),
         ({"links": "javascript:alert(1)"}, "links"), ({"slo_id": SloId("none")}, "slo")],
    )  # fmt: skip
    def test_names_what_is_wrong(
        self, units: MemoryUnits, clock: FixedClock, change: dict[str, Any], field: str
    ) -> None:
        good = SaveDlaCommand(TESS, None, "Thesis", "Write.")
        with pytest.raises(Invalid) as wrong:
            SaveDla(units, clock, CountedIds("dla"))(replace(good, **change))
        assert wrong.value.field == field

    def test_another_teachers_is_not_there(
        self, units: MemoryUnits, clock: FixedClock, dla: DlaId
    ) -> None:
        with pytest.raises(NotFound):
            SaveDla(units, clock, CountedIds())(SaveDlaCommand(TOM, dla, "Mine", "x", seen=1))
        with pytest.raises(NotFound):
            RetireDla(units, clock)(TOM, dla, retired=True)

    def test_another_window_is_noticed_and_the_same_again_is_not(
        self, units: MemoryUnits, clock: FixedClock, dla: DlaId
    ) -> None:
        save = SaveDla(units, clock, CountedIds())
        changed = SaveDlaCommand(TESS, dla, "Better", "Write.", seen=1)
        save(changed)

        assert save(changed).version == 2
        with pytest.raises(Conflict):
            save(replace(changed, title="Worse"))


class TestAssigning:
    def test_twice_assigns_once(self, units: MemoryUnits, clock: FixedClock, dla: DlaId) -> None:
        assert assign(units, clock, dla, ANA) == (1, 0)
        assert assign(units, clock, dla, ANA, BEN) == (1, 1)
        assert verbs(units) == ["made DLA", "assigned DLA", "assigned DLA"]

    @pytest.mark.parametrize(
        "change",
        [{"actor_id": TOM}, {"section_id": THERE}, {"student_ids": frozenset({ANA, TOM})},
         {"work_id": SectionAssessmentId("none")}, {"dla_id": DlaId("none")}],
    )  # fmt: skip
    def test_what_is_not_ones_own_is_not_there(
        self, units: MemoryUnits, clock: FixedClock, dla: DlaId, change: dict[str, Any]
    ) -> None:
        good = AssignDlaCommand(TESS, dla, HERE, frozenset({ANA}), None)
        with pytest.raises(NotFound):
            AssignDla(units, clock, CountedIds())(replace(good, **change))
        assert MyDlas(units, clock)(ANA) == ()

    def test_nobody_and_yesterday_are_named(
        self, units: MemoryUnits, clock: FixedClock, dla: DlaId
    ) -> None:
        assigning = AssignDla(units, clock, CountedIds())
        good = AssignDlaCommand(TESS, dla, HERE, frozenset({ANA}), None)
        for change, field in (({"student_ids": frozenset()}, "student"), ({"due_at": NOON}, "due")):
            with pytest.raises(Invalid) as wrong:
                assigning(replace(good, **change))
            assert wrong.value.field == field

    def test_a_retired_one_is_assigned_to_nobody_new(
        self, units: MemoryUnits, clock: FixedClock, anas: AssignedDlaId, dla: DlaId
    ) -> None:
        RetireDla(units, clock)(TESS, dla, retired=True)

        with pytest.raises(Conflict):
            assign(units, clock, dla, BEN)
        assert write(units, clock, anas, "A page.") is DlaState.HANDED_IN

    def test_those_below_the_threshold_are_found(
        self, units: MemoryUnits, clock: FixedClock, dla: DlaId, anas: AssignedDlaId
    ) -> None:
        score(units, ANA, THESIS, Scored(a_scale().levels[1].points))
        score(units, BEN, THESIS, NOT_ASSESSED)
        wish = AssignWish(dla=dla, work=WORK, row=THESIS)

        view = AssignChoices(units)(TESS, wish)

        assert view.wish.section == HERE
        assert [(one.id, one.value, one.below, one.has) for one in view.students] == [
            (ANA, "2", True, True),
            (BEN, "NA", False, False),
        ]
        with pytest.raises(NotFound):
            AssignChoices(units)(TOM, wish)
        assert AssignChoices(units)(TOM, AssignWish()).students == ()

    def test_it_is_taken_away_only_before_the_student_begins(
        self, units: MemoryUnits, clock: FixedClock, anas: AssignedDlaId
    ) -> None:
        with pytest.raises(NotFound):
            TakeAwayDla(units, clock)(TOM, anas)
        write(units, clock, anas, "A draft.", hand_in=False)
        with pytest.raises(IllegalMove):
            TakeAwayDla(units, clock)(TESS, anas)


class TestDoing:
    def test_from_the_draft_to_acceptance(
        self, units: MemoryUnits, clock: FixedClock, anas: AssignedDlaId
    ) -> None:
        decide = DecideDlas(units, clock)
        write(units, clock, anas, "A draft.", hand_in=False)
        hidden = ReadAssigned(units, clock)(TESS, anas).text
        write(units, clock, anas, "A page.", seen=2)
        shown = ReadAssigned(units, clock)(TESS, anas)
        decide(DecideDlasCommand(TESS, [anas], accept=False, word="Say why."))
        assert MyDla(units, clock)(ANA, anas).word == "Say why."
        write(units, clock, anas, "Because.", seen=4)
        report = decide(DecideDlasCommand(TESS, [anas, anas], accept=True))

        assert hidden == ""
        assert shown.text == "A page."
        assert (report.decided, report.left) == (1, 0)
        assert MyDla(units, clock)(ANA, anas).line.state is DlaState.ACCEPTED

    def test_it_is_taken_back_before_it_is_decided(
        self, units: MemoryUnits, clock: FixedClock, anas: AssignedDlaId
    ) -> None:
        write(units, clock, anas, "Too early.")

        assert TakeDlaBack(units, clock)(ANA, anas).state is DlaState.STARTED

    def test_nobody_else_reads_or_writes_it(
        self, units: MemoryUnits, clock: FixedClock, anas: AssignedDlaId
    ) -> None:
        for deed in (
            lambda: MyDla(units, clock)(BEN, anas),
            lambda: write(units, clock, anas, "Mine.", by=BEN),
            lambda: TakeDlaBack(units, clock)(BEN, anas),
            lambda: ReadAssigned(units, clock)(TOM, anas),
            lambda: DecideDlas(units, clock)(DecideDlasCommand(TOM, [anas], accept=True)),
        ):
            with pytest.raises(NotFound):
                deed()

    def test_names_what_is_wrong_and_notices_another_window(
        self, units: MemoryUnits, clock: FixedClock, anas: AssignedDlaId
    ) -> None:
        for text in ("", "x" * 20_001):
            with pytest.raises(Invalid) as wrong:
                write(units, clock, anas, text)
            assert wrong.value.field == "text"
        with pytest.raises(Conflict):
            write(units, clock, anas, "x", seen=0)

    def test_what_cannot_be_decided_stops_no_other(
        self, units: MemoryUnits, clock: FixedClock, anas: AssignedDlaId, dla: DlaId
    ) -> None:
        assign(units, clock, dla, BEN)
        write(units, clock, anas, "A page.")
        (bens,) = MyDlas(units, clock)(BEN)

        report = DecideDlas(units, clock)(DecideDlasCommand(TESS, [bens.id, anas], accept=True))

        assert (report.decided, report.left) == (1, 1)

    def test_the_desk_shows_what_waits_first_and_filters(
        self, units: MemoryUnits, clock: FixedClock, anas: AssignedDlaId, dla: DlaId
    ) -> None:
        assign(units, clock, dla, BEN)
        (bens,) = MyDlas(units, clock)(BEN)
        write(units, clock, bens.id, "A page.", by=BEN)
        desk = DlaDesk(units, clock)
        clock.advance(days=30)

        whole = desk(TESS, DlaFilter())
        overdue = desk(TESS, DlaFilter(state="overdue", section=HERE, dla=dla))

        assert [(line.id, line.state) for line in whole.lines] == [
            (bens.id, DlaState.HANDED_IN),
            (anas, DlaState.OVERDUE),
        ]
        assert [line.id for line in overdue.lines] == [anas]
        assert whole.made[0].students == 2
        assert desk(TOM, DlaFilter()).lines == ()


def assess(
    units: MemoryUnits, clock: FixedClock, *, thesis: str = "3", evidence: str = "2",
    submit: bool = True, seen: int = 0, by: PersonId = ANA,
) -> SelfAssessment:  # fmt: skip
    values = {THESIS: thesis, EVIDENCE: evidence, RowId("foreign"): "4"}
    command = SelfAssessCommand(by, WORK, values, {THESIS: " Clear. "}, "All in all.", submit, seen)
    return SelfAssess(units, clock)(command)


class TestSelfAssessment:
    def test_saved_it_may_be_unfinished_and_submitted_it_stays_so(
        self, units: MemoryUnits, clock: FixedClock
    ) -> None:
        draft = assess(units, clock, evidence="", submit=False)
        done = assess(units, clock, seen=1)
        later = assess(units, clock, thesis="4", seen=2, submit=False)

        assert draft.submitted_at is None
        assert done.submitted_at == later.submitted_at == NOON
        assert [(one.row_id, one.value) for one in later.scores] == [(THESIS, "4"), (EVIDENCE, "2")]
        assert later.by_row[THESIS].comment == "Clear."

    @pytest.mark.parametrize("evidence", ["", "NA", "2.5", "99", "x"])
    def test_every_row_needs_one_of_its_levels(
        self, units: MemoryUnits, clock: FixedClock, evidence: str
    ) -> None:
        with pytest.raises(Invalid) as wrong:
            assess(units, clock, evidence=evidence)
        assert wrong.value.field == EVIDENCE

    def test_only_students_of_the_section_and_only_before_release(
        self, units: MemoryUnits, clock: FixedClock
    ) -> None:
        for stranger in (TESS, TOM):
            with pytest.raises(NotFound):
                assess(units, clock, by=stranger)
        release(units)
        with pytest.raises(Conflict):
            assess(units, clock)

    def test_another_window_is_noticed(self, units: MemoryUnits, clock: FixedClock) -> None:
        assess(units, clock)
        with pytest.raises(Conflict):
            assess(units, clock, thesis="1")

    def test_the_teacher_sees_a_row_once_both_have_decided_on_it(
        self, units: MemoryUnits, clock: FixedClock
    ) -> None:
        def seen() -> list[str]:
            sheet = RubricPage(units)(TESS, WORK, ANA).sheet
            assert sheet is not None
            return [row.own.value if row.own else "" for row in sheet.rows] + [sheet.self_note]

        score(units, ANA, THESIS, Scored(a_scale().levels[0].points))
        assess(units, clock, submit=False)
        before = seen()
        assess(units, clock, seen=1)
        one = seen()
        score(units, ANA, EVIDENCE, NOT_ASSESSED)

        assert before == ["", "", ""]
        assert one == ["3", "", ""]
        assert seen() == ["3", "2", "All in all."]

    def test_the_student_sees_both_only_after_release(
        self, units: MemoryUnits, clock: FixedClock
    ) -> None:
        page = StudentPage(units, clock)
        score(units, ANA, THESIS, Scored(a_scale().levels[0].points))
        assess(units, clock)
        before = page(ANA, WORK)
        release(units)
        after = page(ANA, WORK)

        assert [(row.value, row.own) for row in before.rows] == [("", "3"), ("", "2")]
        assert [(row.value, row.own) for row in after.rows] == [("1", "3"), ("", "2")]
        assert (before.own_closed, after.own_closed != "") == ("", True)
        assert [row.own for row in page(BEN, WORK).rows] == ["", ""]

    def test_it_is_no_result(self, units: MemoryUnits, clock: FixedClock) -> None:
        assess(units, clock)
        release(units)

        assert MyResults(units)(ANA) == ()
        with units(write=False) as unit:
            assert unit.scores.of_work(WORK) == []


class TestOwnResults:
    def test_come_by_slo_oldest_first_and_only_when_released(
        self, units: MemoryUnits, clock: FixedClock
    ) -> None:
        earlier = SectionAssessmentId("work-early")
        with units() as unit:
            unit.roster.put_terms([a_term("spring", starts_on=a_term().starts_on.replace(month=1))])
            section = unit.roster.section(THERE)
            unit.roster.put_sections([replace(section, term_id=a_term("spring").id)])
            unit.roster.put_enrolments([an_enrolment("ana", "engl101-02")])
            unit.assessments.save_work(
                a_section_assessment(id=earlier, section_id=THERE, released_at=NOON)
            )
            unit.scores.save(a_score(section_assessment_id=earlier, row_id=THESIS))
            unit.commit()
        score(units, ANA, THESIS, Scored(a_scale().levels[3].points))
        score(units, ANA, EVIDENCE, NOT_ASSESSED)
        score(units, BEN, THESIS, Scored(a_scale().levels[0].points))
        assess(units, clock)
        hidden = MyResults(units)(ANA)
        release(units)
        evidence, thesis = MyResults(units)(ANA)

        assert [one.work_id for slo in hidden for one in slo.results] == [earlier]
        assert [(one.term_name, one.value, one.own) for one in thesis.results] == [
            ("Spring 2026", "3", ""),
            ("Fall 2026", "4", "3"),
        ]
        assert thesis.latest.level is not None
        assert thesis.latest.level.descriptor == "Work is exceeded."
        assert (evidence.latest.value, evidence.latest.level) == ("NA", None)
