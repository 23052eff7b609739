"""Reports of a college with a large and a small course, as each role reads them."""

from decimal import Decimal

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Forbidden, Invalid
from application.queries.calendar.participation import Participation
from application.queries.slos.slo_performance import SloPerformance
from application.reports.agreement_report import AgreementReport
from application.reports.asked import ReportAsked
from application.reports.disaggregation import TOGETHER, Disaggregation
from application.reports.improvement_report import (
    STAGES,
    ImprovementLine,
    ImprovementReport,
)
from application.reports.participation_report import ParticipationReport
from application.reports.report_tables import agreement_table, disaggregation_table, slo_table
from application.reports.slo_report import SloReport
from application.reports.table import WITHHELD, as_objects
from application.viewers import Viewer
from domain.access import Role
from domain.assessment import WorkState
from domain.ids import PersonId
from domain.improvement.action_plan import ActionPlanState
from tests.builders import a_person, a_role_grant, an_org
from tests.report_college import (
    PEOPLE,
    a_college_with_reports,
    enter_counts,
    plan_improvement,
)
from tests.stand_ins import FixedClock


@pytest.fixture
def college(memory_units: MemoryUnits) -> MemoryUnits:
    with memory_units() as unit:
        a_college_with_reports(unit)
        unit.commit()
    return memory_units


def viewer(name: str) -> Viewer:
    return Viewer(PersonId(f"person-{name}"), PEOPLE[name])


@pytest.fixture
def slo_report(college: MemoryUnits, clock: FixedClock) -> SloReport:
    return SloReport(college, clock, SloPerformance(college))


@pytest.fixture
def disaggregation(college: MemoryUnits, clock: FixedClock) -> Disaggregation:
    return Disaggregation(college, clock, SloPerformance(college))


@pytest.fixture
def participation(college: MemoryUnits, clock: FixedClock) -> ParticipationReport:
    return ParticipationReport(college, clock, Participation(college))


class TestSloPerformance:
    @pytest.mark.parametrize("name", ["stew", "rita", "cora"])
    def test_a_small_course_is_withheld_from_all_who_read_groups(
        self, slo_report: SloReport, name: str
    ) -> None:
        bars = {bar.label: bar for bar in slo_report(viewer(name), ReportAsked()).bars}
        assert bars["HIST 110-1"].assessed == 30
        assert bars["HIST 290-1"].is_withheld
        assert bars["HIST 290-1"].met is None

    def test_faculty_see_their_own_sections_and_nothing_else(self, slo_report: SloReport) -> None:
        view = slo_report(viewer("tess"), ReportAsked())
        assert [(bar.label, bar.assessed) for bar in view.bars] == [("HIST 290-1", 6)]
        with pytest.raises(Invalid, match="HIST 110-1"):
            slo_report(viewer("tess"), ReportAsked(slo="HIST 110-1"))

    def test_a_higher_slo_leaves_withheld_courses_out_and_says_so(
        self, slo_report: SloReport
    ) -> None:
        (bar,) = slo_report(viewer("rita"), ReportAsked(kind="islo")).bars
        assert (bar.assessed, bar.more_withheld) == (30, True)

    def test_shares_are_compared_with_the_term_before(self, slo_report: SloReport) -> None:
        now = slo_report(viewer("stew"), ReportAsked()).bars[0]
        then = slo_report(viewer("stew"), ReportAsked(term="Spring 2026")).bars[0]
        assert now.before == then.met

    def test_one_slo_is_shown_term_by_term(self, slo_report: SloReport) -> None:
        view = slo_report(viewer("stew"), ReportAsked(slo="HIST 110-1"))
        assert [bar.label for bar in view.trend] == ["Fall 2025", "Spring 2026", "Fall 2026"]

    def test_levels_add_up_and_shares_are_theirs(self, slo_report: SloReport) -> None:
        bar = slo_report(viewer("stew"), ReportAsked()).bars[0]
        reached = sum(one.students for one in bar.shares if one.level.met)
        assert bar.met == (Decimal(100 * reached) / 30).quantize(Decimal("0.1"))

    def test_students_are_refused(self, slo_report: SloReport) -> None:
        with pytest.raises(Forbidden):
            slo_report(viewer("sol"), ReportAsked())

    @pytest.mark.parametrize(
        ("asked", "field"),
        [
            (ReportAsked(term="Never"), "term"),
            (ReportAsked(org="NONE"), "org"),
            (ReportAsked(kind="none"), "kind"),
        ],
    )
    def test_a_name_that_fits_nothing_is_refused(
        self, slo_report: SloReport, asked: ReportAsked, field: str
    ) -> None:
        with pytest.raises(Invalid) as refused:
            slo_report(viewer("stew"), asked)
        assert refused.value.field == field


class TestDisaggregation:
    def test_large_groups_are_shown(self, disaggregation: Disaggregation) -> None:
        view = disaggregation(viewer("rita"), ReportAsked(slo="HIST 110-1", by="mode"))
        assert [(bar.label, bar.assessed) for bar in view.bars] == [
            ("On campus", 17),
            ("Online", 13),
        ]

    def test_modes_of_one_section_are_withheld_from_coordinators(
        self, disaggregation: Disaggregation
    ) -> None:
        view = disaggregation(viewer("cora"), ReportAsked(slo="HIST 110-1", by="mode"))
        shown = [bar.label for bar in view.bars if not bar.is_withheld]
        assert shown == [TOGETHER]

    def test_the_next_smallest_is_withheld_with_a_small_group(
        self, disaggregation: Disaggregation
    ) -> None:
        view = disaggregation(viewer("rita"), ReportAsked(slo="HIST 110-2", by="program"))
        shown = {bar.label: bar.assessed for bar in view.bars if not bar.is_withheld}
        assert shown == {"Nursing": 12, TOGETHER: 18}
        assert view.total is not None
        assert view.total.assessed == 30

    def test_faculty_are_offered_no_attribute_of_students(
        self, disaggregation: Disaggregation
    ) -> None:
        view = disaggregation(viewer("tess"), ReportAsked())
        assert [one.name for one in view.splits] == ["mode", "location"]
        with pytest.raises(Invalid):
            disaggregation(viewer("tess"), ReportAsked(by="program"))


class TestParticipation:
    def test_states_are_counted_by_course(self, participation: ParticipationReport) -> None:
        view = participation(viewer("stew"), ReportAsked())
        assert [(line.code, line.sections) for line in view.lines] == [
            ("HIST 110", 2),
            ("HIST 290", 1),
        ]
        assert view.total.assessments == 3

    def test_faculty_see_their_own_sections(self, participation: ParticipationReport) -> None:
        view = participation(viewer("tess"), ReportAsked())
        assert [line.code for line in view.lines] == ["HIST 290"]
        assert view.never_assessed == ()

    def test_complete_is_a_share_of_all(self, participation: ParticipationReport) -> None:
        line = participation(viewer("stew"), ReportAsked()).total
        assert line.open == line.assessments - line.of(WorkState.COMPLETE)


class TestAgreement:
    def test_figures_are_by_assessment_and_course_and_small_ones_withheld(
        self, college: MemoryUnits, clock: FixedClock
    ) -> None:
        view = AgreementReport(college, clock)(viewer("rita"), ReportAsked())
        told = {line.course_code: line.figures for line in view.lines}
        assert told["HIST 290"] is None
        figures = told["HIST 110"]
        assert figures is not None
        assert figures.cells == 30
        assert 70 < float(figures.exact) < 100
        assert WITHHELD in agreement_table(view).rows[1]

    def test_faculty_see_how_their_own_work_was_scored_twice(
        self, college: MemoryUnits, clock: FixedClock
    ) -> None:
        (line,) = AgreementReport(college, clock)(viewer("tess"), ReportAsked()).lines
        assert line.figures is not None
        assert line.figures.cells == 6


class TestCollective:
    """Twelve students of a third section, entered as counts for HIST 110-2."""

    @pytest.fixture
    def counted(self, college: MemoryUnits) -> MemoryUnits:
        with college() as unit:
            enter_counts(unit)
            unit.commit()
        return college

    @pytest.mark.usefixtures("counted")
    def test_counts_are_in_the_numbers_of_their_slo(self, slo_report: SloReport) -> None:
        bar = slo_report(viewer("rita"), ReportAsked()).bars[1]
        assert (bar.label, bar.assessed) == ("HIST 110-2", 42)

    @pytest.mark.usefixtures("counted")
    def test_a_split_by_an_attribute_tells_them_apart(self, disaggregation: Disaggregation) -> None:
        view = disaggregation(viewer("rita"), ReportAsked(slo="HIST 110-2", by="program"))
        told = {bar.label: bar for bar in view.bars if not bar.is_withheld}
        assert told["Entered as counts"].assessed == 12
        assert [one.students for one in told["Entered as counts"].shares] == [5, 4, 3, 0]

    @pytest.mark.usefixtures("counted")
    def test_counted_work_is_complete(self, participation: ParticipationReport) -> None:
        line = participation(viewer("stew"), ReportAsked(course="HIST 110")).total
        assert line.of(WorkState.COMPLETE) == 1


class TestImprovement:
    @pytest.fixture
    def improvement(self, college: MemoryUnits, clock: FixedClock) -> ImprovementReport:
        with college() as unit:
            plan_improvement(unit)
            unit.commit()
        return ImprovementReport(college, clock)

    def test_plans_are_counted_by_term_and_org(self, improvement: ImprovementReport) -> None:
        view = improvement(viewer("rita"), ReportAsked())
        assert [(one.term, one.org, one.opened, one.closed) for one in view.lines] == [
            ("Fall 2026", "English", 2, 0),
            ("Spring 2026", "English", 2, 1),
        ]
        assert (view.total.opened, view.total.closed_share) == (4, Decimal("33.3"))

    def test_terms_tell_how_far_plans_have_come(self, improvement: ImprovementReport) -> None:
        """Each in one stage, whatever org has them, the newest term first."""
        view = improvement(viewer("rita"), ReportAsked())

        assert [line.term for line in view.terms] == list(
            dict.fromkeys(line.term for line in view.lines)
        )
        assert sum(line.opened for line in view.terms) == view.total.opened
        for line in (*view.terms, view.total):
            assert sum(count for _, count in line.stages) == line.opened
            assert line.stages[0][1] == line.closed

    def test_every_state_is_in_one_stage(self) -> None:
        states = [state for stage in STAGES for state in stage.states]

        assert sorted(states) == sorted(ActionPlanState)

    def test_a_term_narrows_it(self, improvement: ImprovementReport) -> None:
        view = improvement(viewer("rita"), ReportAsked(term="Spring 2026"))
        assert [one.term for one in view.lines] == ["Spring 2026"]
        assert view.total.of(ActionPlanState.WITHDRAWN) == 1

    def test_withdrawn_plans_alone_have_no_share(self) -> None:
        line = ImprovementLine("", "", {ActionPlanState.WITHDRAWN: 2})
        assert (line.opened, line.closed_share) == (2, None)

    def test_faculty_read_of_the_courses_they_teach(self, improvement: ImprovementReport) -> None:
        view = improvement(viewer("tess"), ReportAsked())
        assert view.own_sections
        assert [(one.term, one.opened) for one in view.lines] == [
            ("Fall 2026", 1), ("Spring 2026", 1),
        ]  # fmt: skip

    def test_a_course_leaves_plans_of_orgs_out(self, improvement: ImprovementReport) -> None:
        assert improvement(viewer("cora"), ReportAsked(course="HIST 110")).total.opened == 1

    def test_coordinators_of_another_org_read_nothing_of_it(
        self, improvement: ImprovementReport, college: MemoryUnits
    ) -> None:
        science = an_org("science")
        with college() as unit:
            unit.roster.put_orgs([science])
            unit.roster.put_people([a_person("otto")])
            unit.roster.grant(a_role_grant("otto", role=Role.COORDINATOR, org_id=science.id))
            unit.commit()
        otto = Viewer(PersonId("person-otto"), Role.COORDINATOR)
        assert improvement(otto, ReportAsked()).lines == ()


class TestFiles:
    def test_a_withheld_number_is_in_no_cell(self, slo_report: SloReport) -> None:
        table = slo_table(slo_report(viewer("rita"), ReportAsked()))
        (row,) = [row for row in table.rows if row[0] == "HIST 290-1"]
        assert set(row[2:]) == {WITHHELD, None, "yes"}

    def test_programs_read_null(self, disaggregation: Disaggregation) -> None:
        view = disaggregation(viewer("rita"), ReportAsked(slo="HIST 110-2", by="program"))
        rows = as_objects(disaggregation_table(view))["rows"]
        assert isinstance(rows, list)
        withheld = [row for row in rows if row["withheld"]]
        assert {row["assessed"] for row in withheld} == {None}
        assert len(withheld) == 3
