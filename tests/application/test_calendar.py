from datetime import datetime, timedelta

import pytest

from adapters.inbound.files.calendar_file import calendar_csv
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.calendar.filters import CalendarFilter
from application.errors import Forbidden, Invalid
from application.queries.calendar.calendar_page import CalendarExport, CalendarPage
from application.use_cases.assessments.close_work import CloseWork, CloseWorkCommand
from application.viewers import Viewer
from domain.access import Role
from domain.assessment import AssessmentKind, WorkState, work_state
from domain.ids import CourseId, OrgId, PersonId, RowId, SectionAssessmentId, SectionId
from domain.score import NOT_ASSESSED, Scored, ScoreValue
from domain.work_standing import WorkStanding
from tests.application.library_keeping import (
    KEEPER,
    STEWARD,
    TALK,
    TEACHER,
    TERMINAL,
    Keeping,
    fill,
)
from tests.builders import (
    a_person,
    a_rubric,
    a_score,
    a_section_assessment,
    an_assessment,
    an_enrolment,
)
from tests.stand_ins import NOON, FixedClock

WORK = SectionAssessmentId("work-essay")


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    with memory_units() as unit:
        fill(unit)
        unit.assessments.save_works(
            a_section_assessment(key, assessment_id=TALK, section_id=SectionId(f"section-{key}"))
            for key in ("engl101-02", "chem-01")
        )
        unit.commit()
    return memory_units


@pytest.fixture
def page(units: MemoryUnits, clock: FixedClock) -> CalendarPage:
    return CalendarPage(units, clock)


class TestThePage:
    def test_shows_ones_orgs_with_who_teaches(self, page: CalendarPage) -> None:
        view = page(KEEPER, CalendarFilter())

        assert [(one.row.standing.section, one.row.state, one.teachers) for one in view.lines] == [
            ("ENGL101-01", WorkState.ASSIGNED, ("Tess Ortiz",)),
            ("ENGL101-02", WorkState.ASSIGNED, ("Tom Ortiz",)),
        ]
        assert view.counts[WorkState.ASSIGNED] == 2
        assert len(page(STEWARD, CalendarFilter()).lines) == 3

    @pytest.mark.parametrize(
        ("wanted", "sections"),
        [
            (CalendarFilter(term="Fall 2026", org="ENGL"), ["ENGL101-01", "ENGL101-02"]),
            (CalendarFilter(org="SCIE"), ["CHEM-01"]),
            (CalendarFilter(course="chem"), ["CHEM-01"]),
            (CalendarFilter(assessment="TALK"), ["CHEM-01", "ENGL101-02"]),
            (CalendarFilter(state="overdue"), []),
            (CalendarFilter(term="src-spring"), []),
        ],
    )
    def test_is_filtered(
        self, page: CalendarPage, wanted: CalendarFilter, sections: list[str]
    ) -> None:
        view = page(STEWARD, wanted)

        assert [line.row.standing.section for line in view.lines] == sections

    @pytest.mark.parametrize(
        "wanted",
        [
            CalendarFilter(term="x"),
            CalendarFilter(org="SCIE"),
            CalendarFilter(assessment="x"),
            CalendarFilter(state="x"),
        ],
    )
    def test_names_that_fit_nothing_are_said(
        self, page: CalendarPage, wanted: CalendarFilter
    ) -> None:
        with pytest.raises(Invalid):
            page(KEEPER, wanted)

    def test_counts_stay_when_a_state_is_chosen(
        self, page: CalendarPage, units: MemoryUnits, clock: FixedClock
    ) -> None:
        CloseWork(units, clock)(CloseWorkCommand(KEEPER, WORK, "=Strike()"))

        view = page(KEEPER, CalendarFilter(state="not assessed"))

        assert [line.row.standing.closed_reason for line in view.lines] == ["=Strike()"]
        assert (view.total, view.counts[WorkState.ASSIGNED]) == (1, 1)

    def test_is_for_keepers(self, page: CalendarPage) -> None:
        with pytest.raises(Forbidden):
            page(TEACHER, CalendarFilter())
        with pytest.raises(Forbidden):
            page(Viewer(PersonId("person-rita"), Role.READER), CalendarFilter())

    def test_a_page_holds_a_hundred(self, page: CalendarPage, units: MemoryUnits) -> None:
        with units() as unit:
            for number in range(105):
                unit.assessments.save(an_assessment(f"a{number:03}"))
                unit.assessments.save_work(a_section_assessment(f"a{number:03}"))
            unit.commit()

        first, last, beyond = (page(KEEPER, CalendarFilter(), n) for n in (1, 2, 99))

        assert (first.pages, len(first.lines), len(last.lines)) == (2, 100, 7)
        assert beyond.page == 2


def test_the_export_is_safe_in_a_spreadsheet(units: MemoryUnits, clock: FixedClock) -> None:
    CloseWork(units, clock)(CloseWorkCommand(KEEPER, WORK, "=Strike()"))

    text = calendar_csv(CalendarExport(units, clock)(TERMINAL, CalendarFilter())).decode()

    assert text.startswith("\ufeffcourse,section,")
    assert "'=Strike()" in text
    assert ",=Strike()" not in text
    assert text.count("\r\n") == 4


class TestTheState:
    """Counted in the database or told from the scores: the same word."""

    @pytest.mark.parametrize("due", [None, NOON - timedelta(days=1), NOON + timedelta(days=1)])
    @pytest.mark.parametrize("reflected", [True, False])
    @pytest.mark.parametrize("closed", [True, False])
    @pytest.mark.parametrize("cells", [0, 1, 4])
    def test_is_that_of_the_scores(
        self, due: datetime | None, cells: int, *, reflected: bool, closed: bool
    ) -> None:
        rows = [RowId("row-thesis"), RowId("row-evidence")]
        students = (PersonId("person-ana"), PersonId("person-ben"))
        places = [(student, row) for student in students for row in rows][:cells]
        given: dict[PersonId, dict[RowId, ScoreValue]] = {}
        for number, (student, row) in enumerate(places):
            value = NOT_ASSESSED if number % 2 else Scored(a_rubric().criteria[0].highest)
            given.setdefault(student, {})[row] = value
        standing = WorkStanding(
            WORK, TALK, "Talk", AssessmentKind.OUTCOMES, SectionId("s"), "S",
            CourseId("c"), "C", OrgId("o"), None, due,
            planned=True, closed_reason="Strike" if closed else "", students=2, needed=4,
            decided=cells, reflected=reflected,
        )  # fmt: skip

        told = work_state(
            a_rubric(), given, students, due, NOON,
            reflected=reflected, closed=closed,
        )  # fmt: skip
        assert standing.state(NOON) is told

    def test_a_collective_one_is_never_complete_by_scores(
        self, units: MemoryUnits, clock: FixedClock
    ) -> None:
        Keeping(units).change(kind=AssessmentKind.COLLECTIVE)
        with units() as unit:
            unit.roster.put_people([a_person("zoe")])
            unit.roster.put_enrolments([an_enrolment("zoe", "engl101-02")])
            work = next(
                one
                for one in unit.assessments.works_of(TALK)
                if one.section_id == "section-engl101-02"
            )
            for row in ("thesis", "evidence"):
                unit.scores.save(a_score("zoe", row, section_assessment_id=work.id))
            unit.commit()

        view = CalendarPage(units, clock)(KEEPER, CalendarFilter(assessment="TALK"))

        assert [line.row.state for line in view.lines] == [WorkState.ASSIGNED]
