"""A key that enforces scopes lets every call through that we make."""

import pytest

from adapters.outbound.canvas.scopes import SCOPES
from sandbox.canvas.scopes import allows

PLACES = ("/api/v1/accounts/14", "/api/v1/courses/1")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/permissions"),
        ("GET", "/root_outcome_group"),
        ("GET", "/outcome_groups"),
        ("GET", "/outcome_groups/200"),
        ("PUT", "/outcome_groups/200"),
        ("DELETE", "/outcome_groups/200"),
        ("POST", "/outcome_groups/200/subgroups"),
        ("POST", "/outcome_groups/200/outcomes"),
        ("PUT", "/outcome_groups/200/outcomes/311"),
        ("DELETE", "/outcome_groups/200/outcomes/311"),
        ("GET", "/outcome_group_links"),
        ("POST", "/outcome_imports"),
        ("GET", "/outcome_imports/12"),
    ],
)
def test_every_call_to_a_place_has_its_scope(place: str, method: str, path: str) -> None:
    assert allows(list(SCOPES), method, place + path)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/accounts"),
        ("GET", "/api/v1/accounts/14/sub_accounts"),
        ("GET", "/api/v1/accounts/1/features/enabled"),
        ("GET", "/api/v1/courses"),
        ("GET", "/api/v1/outcomes/311"),
        ("PUT", "/api/v1/outcomes/311"),
        ("GET", "/api/v1/courses/1/assignments"),
        ("GET", "/api/v1/courses/1/assignments/9"),
        ("GET", "/api/v1/courses/1/assignments/9/submissions"),
        ("GET", "/api/v1/courses/1/students/submissions"),
        ("GET", "/api/v1/courses/1/enrollments"),
        ("POST", "/api/v1/courses/1/rubrics"),
    ],
)
def test_every_other_call_has_its_scope(method: str, path: str) -> None:
    assert allows(list(SCOPES), method, path)


def test_no_scope_is_named_twice() -> None:
    assert len(set(SCOPES)) == len(SCOPES)


def test_the_scope_of_an_import_is_spelled_as_canvas_lists_it() -> None:
    group = "(/group/:learning_outcome_group_id)"
    assert f"url:POST|/api/v1/accounts/:account_id/outcome_imports{group}" in SCOPES
