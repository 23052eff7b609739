from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.launch_context import LaunchContext
from application.queries.home.due_items import DueKind
from application.queries.home.home_page import HomePage, HomeView
from application.term_guard import term_warning
from application.viewers import Viewer
from domain.assessment import AssessmentKind
from domain.ids import SectionId
from domain.reflection import asking
from domain.rostering import Term
from tests.application.improving import TOM, Improving, scored_college
from tests.application.library_keeping import SPRING, TEACHER
from tests.builders import a_dla, a_score, a_term, an_assigned_dla
from tests.improvement_builders import an_ask, an_rfi
from tests.stand_ins import NOON, FixedClock

NO_LAUNCH = LaunchContext()
FROM_SPRING = LaunchContext(section_ids="section-spring-01")
OVER = a_term("old", starts_on=date(2026, 1, 12), ends_on=date(2026, 5, 15))
COMING = a_term("spring", starts_on=date(2027, 1, 18), ends_on=date(2027, 5, 21))


@pytest.fixture
def college(memory_units: MemoryUnits, clock: FixedClock) -> Improving:
    scored_college(memory_units)
    return Improving(memory_units, clock)


def home(
    college: Improving,
    viewer: Viewer = TEACHER,
    context: LaunchContext = NO_LAUNCH,
    wanted: str = "",
) -> HomeView:
    return HomePage(college.units, college.clock)(viewer, context, wanted)


def told(view: HomeView) -> Mapping[str, list[tuple[str, str]]]:
    return {group.section: [(one.kind, one.title) for one in group.items] for group in view.groups}


def change(college: Improving, **changes: Any) -> None:
    with college.units() as unit:
        stored = unit.assessments.all()[0]
        unit.assessments.save(replace(stored, **changes))
        unit.commit()


class TestWhatIsDue:
    def test_stands_by_section_and_due_date(self, college: Improving) -> None:
        college.start(due_at=NOON + timedelta(days=1))
        with college.units() as unit:
            unit.rfis.save(an_rfi(due_at=NOON + timedelta(days=2)))
            of_section = an_ask("x", person_id=None, section_id=SectionId("section-engl101-01"))
            unit.rfis.save_asks([an_ask(), of_section])
            unit.commit()

        view = home(college)

        assert told(view) == {
            "": [("RFI", "Office hours")],
            "ENGL101-01": [
                ("Action plan", "Clearer theses"), ("RFI", "Office hours"), ("Assessment", "Essay"),
            ],
        }  # fmt: skip
        assert (view.warning, view.teaches_here, view.elsewhere) == ("", True, ())

    def test_dlas_handed_in_wait_to_be_accepted(self, college: Improving) -> None:
        dla, first, draft = a_dla(), an_assigned_dla(), an_assigned_dla("ben")
        with college.units() as unit:
            unit.dlas.save(dla)
            unit.dlas.save_assigned([first.handed_in("Mine.", NOON), draft])
            unit.commit()

        (found,) = [one for one in home(college).groups[0].items if one.kind is DueKind.DLA]

        assert (found.title, found.state) == (dla.title, "1 handed in, to accept")
        query = f"state=handed+in&section={first.section_id}&dla={dla.id}"
        assert found.path == f"/dlas?{query}"
        assert told(home(college, TOM)) == {}

    def test_late_things_say_so(self, college: Improving) -> None:
        college.start(due_at=NOON - timedelta(days=1))
        with college.units() as unit:
            unit.rfis.save(an_rfi(due_at=NOON - timedelta(days=1)))
            unit.rfis.save_asks([an_ask()])
            unit.commit()

        late = {one.kind: one.late for group in home(college).groups for one in group.items}

        assert late == {"RFI": True, "Action plan": True, "Assessment": False}

    def test_what_is_scored_waits_for_its_reflection(self, college: Improving) -> None:
        change(college, reflection=asking("What next?"))
        with college.units() as unit:
            for who in ("ana", "ben"):
                unit.scores.save(a_score(who))
            unit.commit()

        (item,) = home(college).groups[0].items

        assert (item.kind, item.path) == ("Reflection", "/works/work-essay/reflection")

    def test_collective_ones_lead_to_their_state(self, college: Improving) -> None:
        change(college, kind=AssessmentKind.COLLECTIVE)

        (item,) = home(college).groups[0].items

        assert item.path == "/works/work-essay/state"

    def test_nothing_of_others_stands_there(self, college: Improving) -> None:
        college.start()

        view = home(college, TOM)

        assert (view.groups, view.teaches_here) == ((), True)
        nobody = home(college, Viewer(None, None))
        assert (nobody.groups, nobody.teaches_here) == ((), False)


class TestTheTerm:
    def test_is_that_of_the_launch_and_a_wrong_one_says_so(self, college: Improving) -> None:
        college.start()
        view = home(college, context=FROM_SPRING)

        assert view.term is not None
        assert (view.term.id, view.launched) == (SPRING, True)
        assert view.warning == (
            "Spring 2026 begins only on 18 Jan 2027. The current term is Fall 2026."
        )
        assert [group.term for group in view.elsewhere] == ["Fall 2026"]

    def test_can_be_chosen(self, college: Improving) -> None:
        view = home(college, context=FROM_SPRING, wanted="term-fall")

        assert (view.warning, view.launched) == ("", False)
        assert [term.name for term in view.terms] == ["Spring 2026", "Fall 2026"]

    @pytest.mark.parametrize(
        ("term", "said"),
        [
            (OVER, "Old 2026 ended on 15 May 2026. The current term is Fall 2026."),
            (COMING, "Spring 2026 begins only on 18 Jan 2027. The current term is Fall 2026."),
            (a_term("x", active=False), "X 2026 is not active. The current term is Fall 2026."),
            (a_term(), ""),
        ],
    )
    def test_any_page_can_ask(self, term: Term, said: str) -> None:
        assert term_warning(term, [a_term(), term], NOON.date()) == said
        assert term_warning(OVER, [OVER], NOON.date()) == ""
