"""Outcome answers have the keys and JSON types of the recorded examples."""

from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from tests.sandbox.college import ADMIN, Practice, shown
from tests.sandbox.outcome_steps import (
    ACCOUNT_PATH,
    COURSE_PATH,
    HEADERS,
    a_group,
    align,
    an_outcome,
    assess,
    imported,
    linked,
    root_of,
    send,
    unlinked,
)
from tests.sandbox.test_shapes import Ask, differences

EXAMPLES = Path(__file__).parent / "examples" / "outcomes"
GROUPS = f"{ACCOUNT_PATH}/outcome_groups"
SCALE = {"description": "Yes", "points": 3, "mastery": True, "color": "00FF00"}


def outcome_in_folder(practice: Practice) -> tuple[int, int]:
    group = a_group(practice, vendor_guid="mf.ct")
    outcome = an_outcome(
        practice, group=group, vendor_guid="mf.reason.1", display_name="Reasoning", description="d"
    )
    return group, outcome


def assessed(path: str) -> Ask:
    def ask(practice: Practice) -> httpx.Response:
        group, outcome = outcome_in_folder(practice)
        linked(practice, root_of(practice, COURSE_PATH), outcome)
        assess(practice, align(practice, outcome), points=5.0)
        return practice.get(ADMIN, path.format(group=group, outcome=outcome))

    return ask


def folder(path: str) -> Ask:
    return lambda practice: practice.get(
        ADMIN, path.format(group=a_group(practice, description="d"), root=root_of(practice))
    )


def made(practice: Practice) -> httpx.Response:
    path = f"{GROUPS}/{a_group(practice, vendor_guid='mf.ct')}/outcomes"
    return practice.call(ADMIN, "POST", path, {"title": "CT.3", "vendor_guid": "mf.reason.2"})


def changed(given: dict[str, Any], *, scales: bool = False, **outcome: Any) -> Ask:
    def ask(practice: Practice) -> httpx.Response:
        number = an_outcome(practice, **outcome)
        practice.switches.account_level_mastery_scales = scales
        return practice.call(ADMIN, "PUT", f"/outcomes/{number}", given)

    return ask


def with_scales(practice: Practice) -> httpx.Response:
    number = an_outcome(practice)
    practice.switches.account_level_mastery_scales = True
    return practice.get(ADMIN, f"/outcomes/{number}")


def after(content: str) -> Ask:
    def ask(practice: Practice) -> httpx.Response:
        number = imported(practice, content)["id"]
        return practice.get(ADMIN, f"{ACCOUNT_PATH}/outcome_imports/{number}")

    return ask


def scale(*ratings: dict[str, Any]) -> Ask:
    path = f"{ACCOUNT_PATH}/outcome_proficiency"
    return lambda practice: practice.call(ADMIN, "POST", path, {"ratings": list(ratings)})


def aligned(practice: Practice) -> httpx.Response:
    outcome = an_outcome(practice)
    align(practice, outcome)
    return unlinked(practice, root_of(practice), outcome)


def other_charset(practice: Practice) -> httpx.Response:
    headers = {"Content-Type": "text/csv; charset=latin1"}
    return practice.call(ADMIN, "POST", f"{ACCOUNT_PATH}/outcome_imports", headers=headers)


LINKS = f"{COURSE_PATH}/outcome_group_links?outcome_style=full&outcome_group_style=abbrev"
ASKS: dict[str, Ask] = {
    "outcome_group_links": assessed(LINKS),
    "outcome_group_outcomes": assessed(GROUPS + "/{group}/outcomes"),
    "outcome_group_outcomes_post": made,
    "outcome_groups": folder(GROUPS),
    "outcome_groups_id": folder(GROUPS + "/{group}"),
    "outcome_groups_subgroups": folder(GROUPS + "/{root}/subgroups"),
    "outcomes_id": assessed("/outcomes/{outcome}"),
    "outcomes_id_highest": changed({"calculation_method": "highest"}),
    "outcomes_id_mastery_scales_on": with_scales,
    "root_outcome_group": lambda practice: practice.get(
        ADMIN, f"{ACCOUNT_PATH}/root_outcome_group"
    ),
    "outcome_imports_post": lambda practice: send(practice, HEADERS),
    "outcome_imports_id_failed": after("vendor_guid,object_type\na,outcome"),
    "outcome_imports_id_succeeded": after(f"{HEADERS}\no1,outcome,One,,,"),
    "outcome_imports_id_succeeded_with_row_errors": after(f"{HEADERS}\no1,outcome,One,g,,"),
    "outcome_proficiency": scale(SCALE),
    "error_400_group_string": lambda practice: practice.call(
        ADMIN, "POST", f"{GROUPS}/{root_of(practice)}/subgroups"
    ),
    "error_400_outcome_calculation_int": changed(
        {"calculation_method": "decaying_average", "calculation_int": 1500}
    ),
    "error_400_outcome_calculation_int_unused": changed(
        {"calculation_int": 5}, calculation_method="highest"
    ),
    "error_400_outcome_import_charset": other_charset,
    "error_400_unlink_aligned": aligned,
    "error_403_mastery_scales": changed({"ratings": []}, scales=True),
    "error_404_message_form": lambda practice: practice.get(
        ADMIN, f"{ACCOUNT_PATH}/outcome_imports/latest"
    ),
    "error_422_record_invalid": scale({**SCALE, "mastery": False}),
}
FEWER = {
    "outcomes_id_highest": {"calculation_int"},
    "outcomes_id_mastery_scales_on": {"ratings", "mastery_points", "calculation_method"},
    "outcome_group_outcomes_post": {"description", "ratings"},
}
"""Keys that Canvas does not send, and that a reader must do without."""


def example(name: str) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode((EXAMPLES / f"{name}.json").read_bytes())
    return found


def test_every_example_is_asked_for() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.json")} == set(ASKS)


@pytest.mark.parametrize("name", ASKS)
def test_an_answer_has_the_shape_of_its_example(practice: Practice, name: str) -> None:
    recorded = example(name)

    answer = ASKS[name](practice)

    assert answer.status_code == recorded["_meta"]["status"]
    body = msgspec.json.decode(answer.content) if answer.content else None
    assert differences(recorded["body"], body) == []


@pytest.mark.parametrize("name", [name for name in ASKS if name.startswith("error_")])
def test_an_error_says_exactly_what_canvas_says(practice: Practice, name: str) -> None:
    assert msgspec.json.decode(ASKS[name](practice).content) == example(name)["body"]


@pytest.mark.parametrize("name", FEWER)
def test_what_canvas_leaves_out_is_left_out(practice: Practice, name: str) -> None:
    body = shown(ASKS[name](practice))
    outcome = body.get("outcome", body)
    assert not FEWER[name] & outcome.keys()
