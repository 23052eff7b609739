"""How rosters are read, set once on a page for every load."""

import pytest

from application.loading.reading import roster_reading
from application.rosters.read_options import ReadOptions
from domain.access import Role
from tests.http.support import Backstage, Browser

FORM = {"tech_id": "sourcedId", "tech_id_width": "8", "course_code": "[A-Z]+", "demographics": ""}


@pytest.fixture
def steward(browser: Browser, backstage: Backstage) -> Browser:
    return browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))


def stored(backstage: Backstage) -> ReadOptions:
    with backstage.units(write=False) as unit:
        return roster_reading(unit.settings, backstage.clock.now().date())


def test_what_is_saved_holds_for_the_next_load(steward: Browser, backstage: Backstage) -> None:
    form = {**FORM, "demographics": "sex, age_band"}
    assert steward.post("/settings/rosters", form).status_code == 303
    reading = stored(backstage)
    assert (reading.tech_id, reading.tech_id_width) == ("sourcedId", 8)
    assert reading.demographics == {"sex", "age_band"}
    assert reading.age_on == backstage.clock.now().date()
    with backstage.units(write=False) as unit:
        changed = {entry.subject for entry in unit.audit.entries()}
    assert "setting:rosters.demographics" in changed


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"tech_id": "shoe size"}, "userIds:TYPE"),
        ({"tech_id_width": "many"}, "a number from 0 to 64"),
        ({"course_code": "("}, "cannot be read"),
    ],
)
def test_nonsense_is_named_and_what_was_typed_stays(
    steward: Browser, backstage: Backstage, wrong: dict[str, str], sentence: str
) -> None:
    answer = steward.post("/settings/rosters", {**FORM, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert next(iter(wrong.values())) in answer.text
    assert stored(backstage) == ReadOptions()
