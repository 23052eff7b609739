"""What the stores of plans, standings, reminders and offered links promise."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from application.errors import Conflict, NotFound
from application.ports.planning_repositories import StandingFilter
from application.ports.repositories import Uses
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.assessment import AssessmentKind
from domain.ids import (
    AssessmentId,
    CourseId,
    OfferId,
    OrgId,
    PersonId,
    PlanId,
    RoundId,
    RowId,
    SectionAssessmentId,
    SectionId,
    SloId,
    TermId,
)
from domain.link_offer import OfferState
from domain.reflection import asking
from domain.reminder import ReminderState
from domain.rostering import EnrolmentRole
from domain.rubric import Rubric
from domain.score import BLANK, NOT_ASSESSED
from domain.work_standing import WorkStanding
from tests.builders import (
    College,
    a_criterion,
    a_link,
    a_person,
    a_placement,
    a_reflection,
    a_rubric,
    a_score,
    a_section,
    a_section_assessment,
    a_term,
    an_assessment,
    an_enrolment,
)
from tests.planning_builders import a_link_offer, a_plan, a_reminder, a_round
from tests.stand_ins import NOON

FALL, SPRING = TermId("term-fall"), TermId("term-spring")
WORK = SectionAssessmentId("work-essay")
ESSAY = AssessmentId("assessment-essay")
TESS, ANA = PersonId("person-tess"), PersonId("person-ana")
LATER = NOON + timedelta(hours=1)
ALL = StandingFilter()


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.roster.put_terms([a_term("spring")])
        unit.roster.put_sections([a_section("spring", term_id=SPRING)])
        unit.links.save(a_link())
        unit.commit()
    return units


class TestPlans:
    def test_a_plan_comes_back_whole(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            saved = unit.plans.save(a_plan())
            undone = unit.plans.save(saved.undone(LATER))
            with pytest.raises(Conflict):
                unit.plans.save(saved)
            unit.commit()

        with college(write=False) as unit:
            assert unit.plans.get(PlanId("plan-essay")) == undone
            with pytest.raises(NotFound):
                unit.plans.get(PlanId("x"))

    def test_those_of_a_term_and_of_an_assessment(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            later = unit.plans.save(a_plan("later", made_at=LATER))
            first = unit.plans.save(a_plan("first"))
            unit.plans.save(a_plan("spring", term_id=SPRING, made_at=LATER + timedelta(hours=1)))

            assert unit.plans.of_term(FALL) == [first, later]
            found = unit.plans.of_assessment(ESSAY)
            assert [plan.id for plan in found] == ["plan-spring", "plan-later", "plan-first"]


class TestUses:
    def test_sections_and_scored_ones_are_counted(self, college: UnitOfWorkFactory) -> None:
        second = a_section_assessment("second", assessment_id=ESSAY,
                                      section_id=a_section("engl101-02").id)  # fmt: skip
        with college() as unit:
            unit.assessments.save_works([second])
            unit.assessments.save_work(unit.assessments.work(WORK).frozen(an_assessment()))

            assert unit.assessments.uses() == {ESSAY: Uses(2, 1)}
            assert [work.id for work in unit.assessments.works_of(ESSAY)] == [WORK, second.id]

    def test_works_of_a_plan(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            work = replace(unit.assessments.work(WORK), plan_id=PlanId("plan-essay"))
            saved = unit.assessments.save_work(work)

            assert unit.assessments.works_of_plan(PlanId("plan-essay")) == [saved]
            assert unit.assessments.works_of_plan(PlanId("x")) == []

    @pytest.mark.parametrize("mark", ["score", "link", "reflection"])
    def test_what_anything_belongs_to_is_in_use(
        self, college: UnitOfWorkFactory, mark: str
    ) -> None:
        section = a_section("engl101-02").id
        free = a_section_assessment("free", assessment_id=ESSAY, section_id=section)
        with college() as unit:
            unit.assessments.save_work(free)
            assert unit.assessments.works_in_use([free.id]) == set()

            if mark == "score":
                unit.scores.save(a_score(section_assessment_id=free.id))
            elif mark == "link":
                unit.links.save(a_link("free", section_assessment_id=free.id, section_id=section))
            else:
                unit.assessments.save_reflection(a_reflection(section_assessment_id=free.id))

            assert unit.assessments.works_in_use([free.id]) == {free.id}

    def test_removed_ones_are_gone(self, college: UnitOfWorkFactory) -> None:
        free = a_section_assessment("free", assessment_id=ESSAY,
                                    section_id=a_section("engl101-02").id)  # fmt: skip
        with college() as unit:
            unit.assessments.save_work(free)
            unit.assessments.remove_works([free.id])
            unit.commit()

        with college(write=False) as unit, pytest.raises(NotFound):
            unit.assessments.work(free.id)


class TestStandings:
    def of_term(self, units: UnitOfWorkFactory, wanted: StandingFilter = ALL) -> list[WorkStanding]:
        with units(write=False) as unit:
            return unit.standings.of_term(FALL, wanted)

    def test_an_untouched_one(self, college: UnitOfWorkFactory) -> None:
        work = a_section_assessment()

        assert self.of_term(college) == [
            WorkStanding(
                WORK, ESSAY, "Essay", AssessmentKind.OUTCOMES, work.section_id, "ENGL101-01",
                CourseId("course-engl101"), "ENGL101", OrgId("org-english"), None, work.due_at,
                planned=False, closed_reason="", students=2, needed=4, decided=0, reflected=True,
            )
        ]  # fmt: skip

    def test_scores_of_those_enrolled_count_once(self, college: UnitOfWorkFactory) -> None:
        """Who is twice enrolled, or left and came back, is one student; who left is none."""
        with college() as unit:
            unit.roster.put_people([a_person("gone")])
            unit.roster.put_enrolments([
                replace(an_enrolment("ana"), id=an_enrolment("ana", "twice").id),
                replace(an_enrolment("ben"), id=an_enrolment("ben", "before").id, active=False),
                an_enrolment("gone", active=False),
            ])  # fmt: skip
            unit.scores.save(a_score("ana", "thesis"))
            unit.scores.save(a_score("ana", "evidence", value=NOT_ASSESSED))
            unit.scores.save(a_score("ben", "thesis", value=BLANK))
            unit.scores.save(a_score("ben", "evidence"))
            unit.scores.save(a_score("gone", "thesis"))
            unit.commit()

        (standing,) = self.of_term(college)
        assert (standing.students, standing.needed, standing.decided) == (2, 4, 3)

    def test_who_left_the_college_counts_nowhere(self, college: UnitOfWorkFactory) -> None:
        """Neither as a student nor by the scores of before, though the enrolment still stands."""
        with college() as unit:
            unit.scores.save(a_score("ana", "thesis"))
            unit.scores.save(a_score("ben", "thesis"))
            unit.scores.save(a_score("ben", "evidence"))
            unit.roster.put_people([a_person("ben", active=False)])
            unit.commit()

        (standing,) = self.of_term(college)
        assert (standing.students, standing.needed, standing.decided) == (1, 2, 1)

    def test_derived_rows_are_no_entries(self, college: UnitOfWorkFactory) -> None:
        slo = RowId("slo-thesis")
        derived = Rubric((a_criterion("method", slo_ids=(SloId(slo),)),), (a_criterion(id=slo),))
        with college() as unit:
            unit.assessments.save(
                an_assessment(kind=AssessmentKind.STUDENT, rubric=derived, version=1)
            )
            unit.scores.save(a_score("ana", "method"))
            unit.scores.save(a_score("ana", row_id=slo))
            unit.commit()

        (standing,) = self.of_term(college)
        assert (standing.needed, standing.decided) == (2, 1)

    def test_the_frozen_rubric_says_how_much_is_needed(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.assessments.save_work(unit.assessments.work(WORK).frozen(an_assessment()))
            unit.assessments.save(an_assessment(rubric=a_rubric("a", "b", "c"), version=1))
            unit.commit()

        assert [one.needed for one in self.of_term(college)] == [4]

    def test_a_reflection_that_is_asked_for_must_be_submitted(
        self, college: UnitOfWorkFactory
    ) -> None:
        with college() as unit:
            unit.assessments.save(an_assessment(reflection=asking("What next?"), version=1))
            written = unit.assessments.save_reflection(a_reflection())
            unit.commit()
        assert [one.reflected for one in self.of_term(college)] == [False]

        with college() as unit:
            unit.assessments.save_reflection(replace(written, submitted_at=NOON))
            unit.commit()
        assert [one.reflected for one in self.of_term(college)] == [True]

    def test_filters_and_order(self, college: UnitOfWorkFactory) -> None:
        other = SectionId("section-engl101-02")
        with college() as unit:
            unit.assessments.save(an_assessment("talk"))
            unit.assessments.save_works([
                a_section_assessment("talk", section_id=other),
                a_section_assessment("essay-2", assessment_id=ESSAY, section_id=other),
                a_section_assessment("spring", assessment_id=ESSAY,
                                     section_id=SectionId("section-spring")),
            ])  # fmt: skip
            unit.commit()

        assert [one.work_id for one in self.of_term(college)] == [WORK, "work-essay-2", "work-talk"]
        kept = {
            "org": StandingFilter(org_ids={OrgId("org-english")}),
            "no org": StandingFilter(org_ids=()),
            "course": StandingFilter(course_id=CourseId("x")),
            "assessment": StandingFilter(assessment_id=AssessmentId("assessment-talk")),
        }
        counts = {name: len(self.of_term(college, wanted)) for name, wanted in kept.items()}
        assert counts == {"org": 3, "no org": 0, "course": 0, "assessment": 1}

    def test_inactive_sections_are_left_out(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.roster.put_sections([a_section(active=False)])
            assert [one.id for one in unit.standings.sections_of(FALL)] == ["section-engl101-02"]
            unit.commit()

        assert self.of_term(college) == []

    def test_teachers_by_section(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.roster.put_people([a_person("abe", family_name="Abel")])
            unit.roster.put_enrolments([an_enrolment("abe", role=EnrolmentRole.TEACHER)])

            found = unit.standings.teachers([a_section().id, SectionId("section-engl101-02")])

            people = [person.id for person in found[a_section().id]]
            assert (list(found), people) == ([a_section().id], ["person-abe", TESS])


class TestReminders:
    def test_a_round_and_its_reminders_come_back(self, college: UnitOfWorkFactory) -> None:
        sent = a_reminder(state=ReminderState.SENT, settled_at=LATER)
        with college() as unit:
            unit.reminders.save_round(a_round())
            unit.reminders.put([a_reminder(), a_reminder("ana")])
            unit.reminders.put([sent])
            unit.commit()

        with college(write=False) as unit:
            assert unit.reminders.round(RoundId("round-first")) == a_round()
            assert unit.reminders.of_round(RoundId("round-first")) == [a_reminder("ana"), sent]
            assert unit.reminders.one(RoundId("round-first"), ANA) == a_reminder("ana")
            with pytest.raises(NotFound):
                unit.reminders.round(RoundId("x"))

    def test_sent_since_and_on_their_way_count_as_reminded(
        self, college: UnitOfWorkFactory
    ) -> None:
        states = {
            "ana": (ReminderState.SENT, NOON - timedelta(days=2)),
            "ben": (ReminderState.FAILED, LATER),
            "tess": (ReminderState.SENT, LATER),
        }
        with college() as unit:
            unit.reminders.save_round(a_round())
            unit.reminders.save_round(a_round("next"))
            unit.reminders.put(
                a_reminder(key, state=state, settled_at=at) for key, (state, at) in states.items()
            )
            unit.reminders.put([a_reminder("ana", "next")])

            found = unit.reminders.reminded_since(NOON)
            assert [(one.round_id, one.person_id) for one in found] == [
                ("round-first", TESS), ("round-next", ANA),
            ]  # fmt: skip


class TestLinksOfCopiedCourses:
    def test_active_ones_of_the_courses_named(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.links.save(a_link("gone", placement=a_placement("gone"), unlinked_at=NOON))
            elsewhere = a_placement("other", context_id="context-9")
            unit.links.save(a_link("other", placement=elsewhere))

            found = unit.links.of_contexts("key:guid", ["context-1", "context-2"])

            assert [link.id for link in found] == [a_link().id]
            assert unit.links.of_contexts("other:guid", ["context-1"]) == []
            assert unit.links.of_contexts("key:guid", []) == []


class TestOffers:
    def test_an_offer_comes_back_until_it_is_decided(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            saved = unit.offers.save(a_link_offer(points_possible=Decimal("12.5")))
            assert unit.offers.open() == [saved]
            decided = unit.offers.save(saved.decided(OfferState.DECLINED, TESS, LATER))

            assert unit.offers.open() == []
            assert unit.offers.get(OfferId("offer-copy")) == decided
            assert unit.offers.at(decided.placement) == [decided]

    def test_one_for_each_placement_and_section(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.offers.save(a_link_offer())

            with pytest.raises(Conflict):
                unit.offers.save(replace(a_link_offer("again"), placement=a_link_offer().placement))
