"""Links of copied LMS courses: noted at a launch, offered, decided once."""

from dataclasses import replace

import pytest

from adapters.inbound.lti.tool_configuration import CUSTOM_FIELDS
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Forbidden
from application.launch_context import LaunchContext
from application.link_offers import ancestors_of, note_offers
from application.queries.lms.link_offers import LinkOffers
from application.use_cases.lms.decide_offers import DecideOffers, DecideOffersCommand
from application.use_cases.lms.link_assessment import LinkAssessment, LinkAssessmentCommand
from application.viewers import Viewer
from domain.access import Role
from domain.ids import AssessmentId, PersonId, SectionAssessmentId, SectionId
from domain.launch import LaunchClaims
from domain.link_offer import OfferState
from sandbox.canvas.course_copies import copy_course
from tests.application.library_keeping import CORA, KEEPER, TALK, TERMINAL, fill
from tests.builders import a_link, a_placement, a_section_assessment
from tests.planning_builders import a_link_offer
from tests.sandbox.college import COURSE, TEACHER, TOOL, Practice
from tests.stand_ins import NOON, CountedIds, FixedClock

ESSAY = AssessmentId("assessment-essay")
TWO = SectionId("section-engl101-02")
TOM = Viewer(PersonId("person-tom"), Role.FACULTY)
TESS = Viewer(PersonId("person-tess"), Role.FACULTY)
COPIED = LaunchContext(
    platform="key:guid", context_id="context-2", resource_link_id="resource-copy",
    resource_title="Essay again", course_ref="102", assignment_ref="502", own_link="link-essay",
    section_ids=TWO, points_possible="50", lms_origin="https://main.lms.test",
)  # fmt: skip


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    """Tess' essay is linked in context-1."""
    with memory_units() as unit:
        fill(unit)
        unit.links.save(a_link())
        unit.commit()
    return memory_units


def launch(
    units: MemoryUnits, context: LaunchContext = COPIED, ancestors: tuple[str, ...] = ()
) -> None:
    with units() as unit:
        note_offers(unit, context, ancestors, CountedIds("offer"), NOON)
        unit.commit()


def plan_essay(units: MemoryUnits) -> None:
    with units() as unit:
        unit.assessments.save_work(a_section_assessment("two", assessment_id=ESSAY, section_id=TWO))
        unit.commit()


class TestNoting:
    def test_a_copied_assignment_is_offered_and_nothing_linked(self, units: MemoryUnits) -> None:
        launch(units)
        launch(units)

        (line,) = LinkOffers(units)(TOM)
        assert (line.assignment, line.assessment, line.section) == (
            "Essay again", "Essay", "ENGL101-02",
        )  # fmt: skip
        assert (line.earlier_section, line.work_id) == ("ENGL101-01", None)
        with units(write=False) as unit:
            assert unit.links.at(a_placement("copy", context_id="context-2")) == []

    @pytest.mark.parametrize(
        "context",
        [
            replace(COPIED, own_link=""),
            replace(COPIED, own_link="link-unknown"),
            replace(COPIED, platform="other:guid"),
            replace(COPIED, context_id="context-1"),
            replace(COPIED, resource_link_id=""),
            replace(COPIED, section_ids=""),
        ],
    )
    def test_other_launches_offer_nothing(self, units: MemoryUnits, context: LaunchContext) -> None:
        launch(units, context)

        assert LinkOffers(units)(TERMINAL) == []

    @pytest.mark.parametrize(
        ("title", "ancestors", "offered"),
        [
            ("Essay", ("context-0", "context-1", "truncated"), 1),
            ("Essay", ("context-0",), 0),
            ("Another", ("context-1",), 0),
            ("", ("context-1",), 0),
        ],
    )
    def test_the_history_of_a_course_tells_too(
        self, units: MemoryUnits, title: str, ancestors: tuple[str, ...], offered: int
    ) -> None:
        launch(units, replace(COPIED, own_link="", resource_title=title), ancestors)

        assert len(LinkOffers(units)(TERMINAL)) == offered

    def test_a_course_copied_in_the_practice_canvas_is_recognised(self, units: MemoryUnits) -> None:
        practice = Practice()
        practice.state.tools[TOOL].custom_fields = dict(CUSTOM_FIELDS)
        source = practice.state.courses[COURSE]
        made = copy_course(practice.state, source, "ARG 102", source.term_id, TEACHER)
        was, now = (
            LaunchClaims(practice.canvas.launch_form(TEACHER, course_id=one, tool_id=TOOL).values)
            for one in (COURSE, made.id)
        )
        assert was.context_id is not None
        with units() as unit:
            placement = a_placement("old", context_id=was.context_id)
            work = SectionAssessmentId("work-essay")
            unit.links.save(a_link("old", placement=placement, title="Argument",
                                   section_assessment_id=work))  # fmt: skip
            unit.commit()
        assert now.context_id is not None
        copied = replace(COPIED, context_id=now.context_id, own_link="", resource_title="Argument")

        launch(units, copied, ancestors_of(was))
        assert LinkOffers(units)(TERMINAL) == []
        launch(units, copied, ancestors_of(now))
        assert [one.assignment for one in LinkOffers(units)(TERMINAL)] == ["Argument"]

    def test_a_title_linked_twice_is_no_guess(self, units: MemoryUnits) -> None:
        with units() as unit:
            unit.assessments.save_work(a_section_assessment("talk", assessment_id=TALK))
            other = a_link("talk", section_assessment_id=SectionAssessmentId("work-talk"))
            unit.links.save(other)
            unit.commit()

        launch(units, replace(COPIED, own_link="", resource_title="Essay"), ("context-1",))

        assert LinkOffers(units)(TERMINAL) == []

    def test_a_link_made_by_hand_answers_the_offer(
        self, units: MemoryUnits, clock: FixedClock
    ) -> None:
        plan_essay(units)
        launch(units)
        work = SectionAssessmentId("work-two")

        LinkAssessment(units, clock, CountedIds("hand"))(
            LinkAssessmentCommand(PersonId("person-tom"), work, COPIED)
        )

        assert LinkOffers(units)(TERMINAL) == []

    def test_it_is_for_those_who_teach_or_keep_the_section(self, units: MemoryUnits) -> None:
        launch(units)

        assert [len(LinkOffers(units)(viewer)) for viewer in (TOM, KEEPER, TESS)] == [1, 1, 0]


class TestDeciding:
    @pytest.fixture
    def decide(self, units: MemoryUnits, clock: FixedClock) -> DecideOffers:
        return DecideOffers(units, clock, CountedIds("made"))

    def test_an_accepted_one_links_the_copied_assignment(
        self, units: MemoryUnits, decide: DecideOffers
    ) -> None:
        plan_essay(units)
        launch(units)

        report = decide(DecideOffersCommand(TOM, accept=True))

        assert (report.decided, report.left) == (1, 0)
        with units(write=False) as unit:
            (link,) = unit.links.at(a_placement("copy", context_id="context-2"))
            assert (link.section_assessment_id, link.assignment_ref) == ("work-two", "502")
            assert (link.linked_by, link.site_id) == ("person-tom", "site-main")
            assert [entry.verb for entry in unit.audit.entries()] == ["accepted link offers"]
        assert LinkOffers(units)(TOM) == []

    def test_without_the_assessment_it_waits(
        self, units: MemoryUnits, decide: DecideOffers
    ) -> None:
        launch(units)

        report = decide(DecideOffersCommand(KEEPER, accept=True))

        assert (report.decided, report.left) == (0, 1)
        assert len(LinkOffers(units)(KEEPER)) == 1

    def test_a_declined_one_is_not_offered_again(
        self, units: MemoryUnits, decide: DecideOffers
    ) -> None:
        launch(units)
        decide(DecideOffersCommand(KEEPER, accept=False))
        launch(units)

        assert LinkOffers(units)(TERMINAL) == []
        with units(write=False) as unit:
            (offer,) = unit.offers.at(a_placement("copy", context_id="context-2"))
        assert (offer.state, offer.decided_by) == (OfferState.DECLINED, CORA)

    def test_only_the_chosen_and_ones_own(self, units: MemoryUnits, decide: DecideOffers) -> None:
        plan_essay(units)
        with units() as unit:
            for key in ("a", "b"):
                unit.offers.save(a_link_offer(key))
            unit.commit()

        chosen = frozenset({a_link_offer("a").id})
        assert decide(DecideOffersCommand(TESS, accept=True, offers=chosen)).decided == 0
        assert decide(DecideOffersCommand(TOM, accept=True, offers=chosen)).decided == 1
        assert [line.id for line in LinkOffers(units)(TOM)] == ["offer-b"]

    def test_a_link_that_was_made_meanwhile_is_kept(
        self, units: MemoryUnits, decide: DecideOffers
    ) -> None:
        plan_essay(units)
        launch(units)
        there = a_link("there", placement=a_placement("copy", context_id="context-2"),
                       section_id=TWO)  # fmt: skip
        with units() as unit:
            unit.links.save(there)
            unit.commit()

        decide(DecideOffersCommand(TOM, accept=True))

        with units(write=False) as unit:
            assert [link.id for link in unit.links.at(there.placement)] == [there.id]

    def test_somebody_decides(self, decide: DecideOffers) -> None:
        with pytest.raises(Forbidden, match="--as"):
            decide(DecideOffersCommand(TERMINAL, accept=True))
