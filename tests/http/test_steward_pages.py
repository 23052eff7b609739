"""What stewards do on their pages, and what those pages must not give away."""

import re
from html import unescape

import pytest
from structlog.testing import capture_logs

from application.use_cases.lms.consumer_keys import (
    Credentials,
    NewConsumerKey,
    NewConsumerKeyCommand,
)
from domain.access import Role
from domain.audit import AuditEntry
from domain.identity import LmsIdentity, LocalField
from domain.ids import PersonId
from tests.builders import a_launch_record
from tests.http.support import SECURE, Backstage, Browser

CANVAS = {
    "name": "main",
    "url": "https://canvas.example.edu",
    "client_id": "10000000000001",
    "client_secret": "the-tool-key-of-canvas",
    "account_ref": "1",
    "active": "yes",
}


@pytest.fixture
def steward(browser: Browser, backstage: Backstage) -> Browser:
    return browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))


def audit(backstage: Backstage) -> list[AuditEntry]:
    with backstage.units(write=False) as unit:
        return unit.audit.entries()


def a_key(backstage: Backstage, label: str = "Canvas") -> Credentials:
    new_key = backstage.providers()["new_consumer_key"]()
    assert isinstance(new_key, NewConsumerKey)
    return new_key(NewConsumerKeyCommand("command line", label))


class TestLtiSwitch:
    def test_goes_on_and_off(self, steward: Browser) -> None:
        steward.post("/settings/assessment/lti", {"enabled": "yes"})
        assert "checked" in steward.get("/settings/assessment").text

        steward.post("/settings/assessment/lti")
        assert "checked" not in steward.get("/settings/assessment").text


class TestConsumerKeys:
    def test_are_made_with_a_secret_that_no_page_shows_by_itself(
        self, steward: Browser, backstage: Backstage
    ) -> None:
        answer = steward.post("/settings/lti/keys", {"label": "Main <Canvas>"})

        assert answer.headers["location"] == "/settings/lti?done=made"
        text = steward.get("/settings/lti?done=made").text
        assert "Main &lt;Canvas&gt;" in text
        with backstage.units(write=False) as unit:
            [made] = unit.registrations.keys()
        secret = backstage.sealer.open(made.secret, f"consumer-key:{made.key}")
        assert re.fullmatch(r"attain-[0-9a-f]{16}", made.key)
        assert re.fullmatch(r"[0-9a-f]{64}", secret)
        assert secret not in text

    def test_take_key_and_secret_of_ones_own_without_outer_blanks(
        self, steward: Browser, backstage: Backstage
    ) -> None:
        steward.post("/settings/lti/keys", {"key": " college.key-1 ", "secret": " hush\n"})

        with backstage.units(write=False) as unit:
            made = unit.registrations.key("college.key-1")
        assert backstage.sealer.open(made.secret, "consumer-key:college.key-1") == "hush"

    @pytest.mark.parametrize(
        ("form", "sentence"),
        [
            ({"key": "two words"}, "Use up to 200 letters, digits and signs without blanks."),
            ({"key": "taken"}, "This consumer key exists already. Choose another one."),
        ],
    )
    def test_that_cannot_be_are_explained_and_kept_in_the_form(
        self, steward: Browser, form: dict[str, str], sentence: str
    ) -> None:
        steward.post("/settings/lti/keys", {"key": "taken"})

        answer = steward.post("/settings/lti/keys", {**form, "label": "Kept"})

        assert answer.status_code == 422
        assert sentence in unescape(answer.text)
        assert 'value="Kept"' in answer.text
        assert '<a href="#key">' in answer.text
        assert 'aria-invalid="true" aria-describedby=" key-error"' in answer.text

    def test_show_their_secret_on_demand_and_the_trail_tells(
        self, steward: Browser, backstage: Backstage
    ) -> None:
        made = a_key(backstage)

        with capture_logs() as lines:
            answer = steward.post("/settings/lti/secret", {"key": made.key})

        assert answer.status_code == 200
        assert made.secret in answer.text
        assert answer.headers["cache-control"] == "no-store"
        last = audit(backstage)[-1]
        assert (last.actor, last.verb) == ("person-stew", "showed the secret of")
        assert last.subject == f"consumer-key:{made.key}"
        assert made.secret not in str(lines) + str(audit(backstage))

    def test_rotate_with_an_overlap(self, steward: Browser, backstage: Backstage) -> None:
        made = a_key(backstage)

        steward.post("/settings/lti/rotate", {"key": made.key, "days": "7"})

        assert "rotating" in steward.get("/settings/lti").text
        backstage.clock.advance(days=7)
        with backstage.units(write=False) as unit:
            [secret] = unit.registrations.key(made.key).accepted_secrets(backstage.clock.now())
        assert backstage.sealer.open(secret, f"consumer-key:{made.key}") != made.secret

    def test_take_no_overlap_that_was_not_offered(
        self, steward: Browser, backstage: Backstage
    ) -> None:
        made = a_key(backstage)

        assert (
            steward.post("/settings/lti/rotate", {"key": made.key, "days": "9"}).status_code == 422
        )

    def test_are_revoked_for_good(self, steward: Browser, backstage: Backstage) -> None:
        made = a_key(backstage)

        steward.post("/settings/lti/revoke", {"key": made.key})

        with backstage.units(write=False) as unit:
            assert not unit.registrations.key(made.key).active
        again = steward.post("/settings/lti/rotate", {"key": made.key, "days": "7"})
        assert again.status_code == 409

    def test_stand_beside_the_values_for_manual_entry(self, steward: Browser) -> None:
        text = steward.get("/settings/lti").text

        for value in (f"{SECURE}/lti/launch", "tool.test", "Public", f"{SECURE}/lti/config.xml"):
            assert value in text


class TestCanvasSites:
    def test_keep_their_tool_key_to_themselves(
        self, steward: Browser, backstage: Backstage
    ) -> None:
        with capture_logs() as lines:
            answer = steward.post("/settings/canvas", CANVAS)

        assert answer.headers["location"] == "/settings/canvas?site=main&done=saved"
        text = steward.get("/settings/canvas?site=main").text
        assert CANVAS["client_id"] in text
        assert CANVAS["client_secret"] not in text + str(lines) + str(audit(backstage))
        with backstage.units(write=False) as unit:
            site = unit.sites.named("main")
        assert site is not None
        opened = backstage.sealer.open(site.client_secret, f"lms-site:{site.id}")
        assert opened == CANVAS["client_secret"]

    def test_keep_the_tool_key_when_none_is_given(
        self, steward: Browser, backstage: Backstage
    ) -> None:
        steward.post("/settings/canvas", CANVAS)
        steward.post("/settings/canvas", {**CANVAS, "client_secret": "", "account_ref": "7"})

        with backstage.units(write=False) as unit:
            site = unit.sites.named("main")
        assert site is not None
        assert site.account_ref == "7"
        opened = backstage.sealer.open(site.client_secret, f"lms-site:{site.id}")
        assert opened == CANVAS["client_secret"]

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"url": "http://canvas.example.edu"}, "Use https"),
            ({"url": "https://canvas.example.edu/courses/1"}, "without a path"),
            ({"url": "canvas.example.edu"}, "Give the address of the LMS"),
            ({"client_id": " "}, "Give the Tool ID"),
            ({"client_secret": ""}, "Give the Tool Key"),
            ({"name": "my site"}, "letters, digits, dashes"),
        ],
    )
    def test_that_cannot_work_are_explained(
        self, steward: Browser, changed: dict[str, str], sentence: str
    ) -> None:
        answer = steward.post("/settings/canvas", {**CANVAS, **changed})

        assert answer.status_code == 422
        assert sentence in unescape(answer.text)
        assert "the-tool-key" not in answer.text

    def test_do_not_move_to_another_address(self, steward: Browser) -> None:
        steward.post("/settings/canvas", CANVAS)

        answer = steward.post("/settings/canvas", {**CANVAS, "url": "https://other.example.edu"})

        assert answer.status_code == 422
        assert "Add the new address as a new site" in answer.text

    def test_show_the_redirect_uri_of_this_instance(self, steward: Browser) -> None:
        assert f"{SECURE}/integrations/canvas/callback" in steward.get("/settings/canvas").text


class TestMatchingRules:
    def test_are_set_for_students_apart(self, steward: Browser, backstage: Backstage) -> None:
        form = {
            "audience": "student",
            "lti_param": " custom_canvas_user_login_id ",
            "local_field": "login",
        }

        assert steward.post("/settings/matching", form).status_code == 303

        with backstage.units(write=False) as unit:
            stored = dict(unit.settings.all())
        assert stored["matching.student.param"] == "custom_canvas_user_login_id"
        assert stored["matching.student.field"] == LocalField.LOGIN
        assert "matching.user.param" not in stored

    def test_that_name_no_parameter_are_explained(self, steward: Browser) -> None:
        form = {"audience": "user", "lti_param": "a b", "local_field": "login"}

        answer = steward.post("/settings/matching", form)

        assert answer.status_code == 422
        assert "Give the name of a launch parameter" in answer.text
        assert 'value="a b"' in answer.text


class TestMatchingQueue:
    def test_is_decided_by_tech_id(self, steward: Browser, backstage: Backstage) -> None:
        ana = backstage.person("ana")
        with backstage.units() as unit:
            unit.identities.log(a_launch_record("one"))
            unit.commit()
        assert "Nobody here has the value that was sent." in steward.get("/launches").text

        answer = steward.post("/launches", {"launch": "launch-one", "tech_id": " Cana "})

        assert answer.headers["location"] == "/launches?done=resolved"
        with backstage.units(write=False) as unit:
            known = unit.identities.known("key:guid", "lti-x")
            assert unit.identities.queue() == []
        decided = PersonId("person-stew")
        assert known == LmsIdentity("key:guid", "lti-x", ana, "", backstage.clock.now(), decided)
        assert audit(backstage)[-1].verb == "resolved"

    def test_takes_no_guess(self, steward: Browser, backstage: Backstage) -> None:
        with backstage.units() as unit:
            unit.identities.log(a_launch_record("one"))
            unit.commit()

        answer = steward.post("/launches", {"launch": "launch-one", "tech_id": "Cnobody"})

        assert answer.status_code == 422
        assert "Give the Tech ID of exactly one active person." in answer.text
        assert 'value="Cnobody"' in answer.text

    def test_knows_only_its_own_launches(self, steward: Browser) -> None:
        answer = steward.post("/launches", {"launch": "launch-none", "tech_id": "Cana"})

        assert answer.status_code == 404
