"""The navigation: what each role finds there, and which place is said to be the current one."""

from functools import partial

import pytest

from adapters.inbound.http.places import GROUPS, navigation
from domain.access import RIGHTS, Role, may


@pytest.mark.parametrize("role", Role)
def test_nobody_is_shown_a_place_that_refuses_them(role: Role) -> None:
    rights = {place.path: place.right for group in GROUPS for place in group.places}
    for path in rights:
        drawn = navigation(partial(may, role), path)
        shown = [stop.path for stop in (*drawn.groups, *drawn.places)]
        assert all(rights[one] in RIGHTS[role] for one in shown)


def test_the_longest_address_names_the_current_place() -> None:
    drawn = navigation(partial(may, Role.DATA_STEWARD), "/settings/canvas/main/accounts")
    assert [stop.label for stop in drawn.groups if stop.current] == ["Integrations"]
    assert [stop.label for stop in drawn.places if stop.current] == ["Canvas"]


def test_a_page_of_no_place_marks_none() -> None:
    drawn = navigation(partial(may, Role.DATA_STEWARD), "/nowhere")
    assert not any(stop.current for stop in drawn.groups)
    assert drawn.places == ()


def test_faculty_go_between_their_assessments_and_the_outcomes() -> None:
    drawn = navigation(partial(may, Role.FACULTY), "/assessments")
    assert [stop.label for stop in drawn.groups] == ["Outcomes", "Assessments", "Improvement"]


def test_one_link_alone_is_not_drawn() -> None:
    assert navigation(partial(may, Role.EVALUATOR), "/outcomes").groups == ()
