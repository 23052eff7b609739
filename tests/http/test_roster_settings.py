"""How rosters are read, set once on a page for every load."""

import pytest

from application.loading.reading import roster_reading
from application.rosters import unread_roles as unread
from application.rosters.load_runs import LoadFindings
from application.rosters.read_options import ReadOptions
from application.rosters.row_errors import RowError
from application.rosters.unread_roles import Gives
from domain.access import Role
from domain.rostering import EnrolmentRole
from tests.http.support import Backstage, Browser
from tests.loading import a_load_run

FORM = {"tech_id": "sourcedId", "tech_id_width": "8", "course_code": "[A-Z]+", "demographics": ""}
GRANT, PLACE = ("grants-word", "grants-role"), ("enrolment-roles-word", "enrolment-roles-role")


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


def with_lines(*lines: tuple[str, str], of: tuple[str, str] = GRANT) -> dict[str, str | list[str]]:
    """The form with lines of one table; the last are left blank, as on the page."""
    words, roles = zip(*lines, ("", ""), ("", ""), strict=True)
    return {**FORM, of[0]: list(words), of[1]: list(roles)}


def test_words_for_roles_are_saved_changed_and_taken_away(
    steward: Browser, backstage: Backstage
) -> None:
    form = with_lines(("principal", "reader"), ("dean, acting", "coordinator"))
    assert steward.post("/settings/rosters", form).status_code == 303
    assert stored(backstage).grants == {
        "dean, acting": Role.COORDINATOR, "principal": Role.READER,
    }  # fmt: skip
    shown = steward.get("/settings/rosters").text
    assert 'value="dean, acting"' in shown
    assert '<option value="reader" selected>Reader</option>' in shown
    form = with_lines(("principal", "evaluator"), ("dean, acting", ""))
    assert steward.post("/settings/rosters", form).status_code == 303
    assert stored(backstage).grants == {"principal": Role.EVALUATOR}
    with backstage.units(write=False) as unit:
        told = [one.details for one in unit.audit.entries() if "grants" in one.subject]
    before = "dean, acting=coordinator, principal=reader"
    assert set(told) == {f"from nothing to {before}", f"from {before} to principal=evaluator"}


def test_words_for_places_in_sections(steward: Browser, backstage: Backstage) -> None:
    form = with_lines(("Lead Teacher", "teacher"), of=PLACE)
    assert steward.post("/settings/rosters", form).status_code == 303
    assert stored(backstage).enrolment_roles == {"Lead Teacher": EnrolmentRole.TEACHER}


@pytest.mark.parametrize(
    ("line", "of", "sentence"),
    [
        (("principal", "data-steward"), GRANT, "A roster never makes a data steward"),
        (("principal", "king"), GRANT, "cannot give"),
        (("", "reader"), GRANT, "write the word"),
        (("student", "teacher"), PLACE, "in every roster"),
    ],
)
def test_a_line_that_cannot_be_is_named_and_stays(
    steward: Browser, backstage: Backstage, line: tuple[str, str], of: tuple[str, str],
    sentence: str,
) -> None:  # fmt: skip
    answer = steward.post("/settings/rosters", with_lines(("aide", line[1]), line, of=of))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="aide"' in answer.text
    assert f'<a href="#{of[0].removesuffix("-word")}">' in answer.text
    assert stored(backstage) == ReadOptions()


def test_words_that_the_last_load_met_are_offered(steward: Browser, backstage: Backstage) -> None:
    found = (
        *unread.told("roles.csv", Gives.ORG_ROLE, {"ext:dean": 3, "principal": 1}),
        RowError("enrollments.csv", 4, "role", "pupil", f"{unread.UNKNOWN_WORD}; use student"),
        RowError("users.csv", 4, "role", "visitor", f"{unread.UNKNOWN_WORD}; use student"),
        RowError("users.csv", 5, "email", "", "this value is empty"),
    )
    with backstage.units() as unit:
        run = unit.loads.save(a_load_run())
        unit.loads.put_findings(run.id, [LoadFindings(run.id, 0, found)])
        unit.commit()
    shown = steward.get("/settings/rosters").text
    assert shown.count("In the last load") == 3
    for word in ("ext:dean", "principal", "pupil"):
        assert f'value="{word}"' in shown
    assert "visitor" not in shown
    steward.post("/settings/rosters", with_lines(("Principal", "reader"), ("ext:dean", "")))
    shown = steward.get("/settings/rosters").text
    assert shown.count("In the last load") == 2
    assert 'value="principal"' not in shown
