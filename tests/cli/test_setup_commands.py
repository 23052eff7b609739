"""What a Data Steward sets up: LTI, matching, people, Canvas sites."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests import builders
from tests.cli.cli_house import Terminal


class TestLti:
    def test_is_switched_and_told(self, terminal: Terminal) -> None:
        assert terminal.told("lti", "status") == {
            "enabled": False, "launch_url": "https://attain.test/lti/launch",
        }  # fmt: skip
        assert terminal.said("lti", "enable") == "LTI is enabled.\n"
        assert terminal.said("lti", "status").startswith("LTI is enabled.")
        assert terminal.said("lti", "disable") == "LTI is disabled.\n"
        assert terminal.told("lti", "status")["enabled"] is False

    def test_prints_the_configuration_as_xml(self, terminal: Terminal) -> None:
        text = terminal.said("lti", "config-xml")
        assert ET.fromstring(text).tag.endswith("cartridge_basiclti_link")
        assert "https://attain.test/lti/launch" in text


class TestKeys:
    def test_a_new_pair_is_printed_and_listed_without_its_secret(self, terminal: Terminal) -> None:
        pair = terminal.told("lti", "key", "new", "--label", "Production")
        assert set(pair) == {"key", "secret"}
        (line,) = terminal.told("lti", "key", "list")
        assert (line["key"], line["label"], line["state"]) == (pair["key"], "Production", "active")
        assert pair["secret"] not in terminal.said("lti", "key", "list")

    def test_a_given_pair_is_kept(self, terminal: Terminal) -> None:
        terminal.said("lti", "key", "new", "--key", "canvas", "--secret", "s3cret")
        assert "s3cret" not in terminal.said("lti", "key", "show", "canvas")
        assert "s3cret" in terminal.said("lti", "key", "show", "canvas", "--secret")
        assert terminal.told("lti", "key", "show", "canvas", "--secret")["secret"] == "s3cret"
        verbs = [entry["verb"] for entry in terminal.told("audit")]
        assert verbs == ["made", "showed the secret of", "showed the secret of"]

    def test_is_rotated_and_revoked(self, terminal: Terminal) -> None:
        terminal.said("lti", "key", "new", "--key", "canvas", "--secret", "old")
        said = terminal.said("lti", "key", "rotate", "canvas", "--overlap-days", "3")
        assert "old" not in said
        assert terminal.told("lti", "key", "show", "canvas")["state"] == "rotating"
        assert terminal.said("lti", "key", "revoke", "canvas") == "canvas is revoked.\n"
        assert terminal.told("lti", "key", "list")[0]["state"] == "revoked"

    def test_an_unknown_or_doubled_key_is_refused(self, terminal: Terminal) -> None:
        terminal.said("lti", "key", "new", "--key", "canvas")
        assert "exists already" in terminal.refused("lti", "key", "new", "--key", "canvas")
        for words in (["show"], ["show", "--secret"], ["rotate"], ["revoke"]):
            assert "not there" in terminal.refused("lti", "key", words[0], "no", *words[1:])

    def test_an_empty_list_says_how_to_begin(self, terminal: Terminal) -> None:
        assert "attain lti key new" in terminal.said("lti", "key", "list")


class TestMatching:
    def test_shows_the_defaults(self, terminal: Terminal) -> None:
        assert terminal.said("match", "show") == (
            "user    lis_person_sourcedid against tech-id\n"
            "student lis_person_sourcedid against tech-id\n"
        )

    def test_sets_one_rule_apart_from_the_other(self, terminal: Terminal) -> None:
        terminal.said("match", "set", "student", "custom_canvas_user_login_id", "login")
        rules = terminal.told("match", "show")
        assert rules["student"] == {
            "lti_param": "custom_canvas_user_login_id", "local_field": "login",
        }  # fmt: skip
        assert rules["user"]["local_field"] == "tech-id"

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (["nobody", "x", "login"], 2),
            (["user", "x", "phone"], 2),
            (["user", "not a name", "login"], 3),
        ],
    )
    def test_refuses_what_is_no_rule(self, terminal: Terminal, words: list[str], code: int) -> None:
        assert terminal("match", "set", *words).exit_code == code

    def test_tries_the_rules_on_a_file(self, terminal: Terminal, tmp_path: Path) -> None:
        file = tmp_path / "launch.json"
        params = {"user_id": "7", "roles": "Learner", "lis_person_sourcedid": "Cana"}
        file.write_text(json.dumps(params))
        assert "matched (Cana)" in terminal.said("match", "test", file)
        assert terminal.told("match", "test", file)["tech_ids"] == ["Cana"]
        file.write_text(json.dumps(params | {"lis_person_sourcedid": "Czoe"}))
        assert "nobody" in terminal.said("match", "test", file, code=3)
        file.write_text("[]")
        assert "launch.json" in terminal.refused("match", "test", file)

    def test_the_queue_is_listed_and_resolved(self, terminal: Terminal) -> None:
        assert terminal.said("match", "queue", "list") == "Nobody waits.\n"
        with terminal.units() as unit:
            unit.identities.log(builders.a_launch_record())
            unit.commit()
        (waiting,) = terminal.told("match", "queue", "list")
        assert waiting["reason"] == "nobody"
        assert "K7Q2" in terminal.said("match", "queue", "list")
        resolve = ("match", "queue", "resolve", waiting["id"], "--person")
        assert "exactly one" in terminal.refused(*resolve, "Cnobody")
        assert "Resolved to Cana" in terminal.said(*resolve, "Cana")
        assert terminal.told("match", "queue", "list") == []


class TestPeople:
    NEW = ("person", "new", "--tech-id", "S1", "--role", "data-steward")

    def test_somebody_new_needs_details(self, terminal: Terminal) -> None:
        assert terminal.refused(*self.NEW).startswith("name:")
        details = ("--login", "kim", "--email", "kim@example.edu", "--name", "Roe, Kim")
        assert terminal.said(*self.NEW, *details) == "S1 was made and is data-steward.\n"
        assert terminal.told(*self.NEW)["made"] is False

    def test_a_sign_in_link_is_printed_once(self, terminal: Terminal) -> None:
        link = terminal.told("person", "sign-in-link", "Ctess")
        assert link["url"].startswith("https://attain.test/sign-in/link/")
        said = terminal.said("person", "sign-in-link", "Ctess")
        assert "Good once, until" in said
        assert link["url"] not in said
        assert "not there" in terminal.refused("person", "sign-in-link", "Cnobody")

    def test_a_role_is_one_of_those_given_by_hand(self, terminal: Terminal) -> None:
        assert terminal(*self.NEW[:-1], "boss").exit_code == 2


class TestCanvas:
    NEW = ("canvas", "configure", "beta", "--url", "https://beta.test", "--client-id", "1000")

    def test_a_site_is_configured_with_its_secret_from_a_file(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        (tmp_path / "secret").write_text("hidden\n")
        said = terminal.said(*self.NEW, "--client-secret-file", tmp_path / "secret", "--test")
        assert "https://attain.test/integrations/canvas/callback" in said
        status = terminal.told("canvas", "status", "beta")
        (site,) = status["sites"]
        assert (site["url"], site["test"], site["has_secret"]) == ("https://beta.test", True, True)
        assert "hidden" not in json.dumps(status)

    def test_the_secret_comes_from_standard_input_too(self, terminal: Terminal) -> None:
        terminal.said(*self.NEW, "--client-secret-file", "-", stdin="hidden")
        assert terminal.told("canvas", "status", "beta")["sites"][0]["has_secret"]

    def test_a_new_site_needs_a_secret_that_can_be_read(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        assert "Tool Key" in terminal.refused(*self.NEW)
        missing = terminal.refused(*self.NEW, "--client-secret-file", tmp_path / "no")
        assert "cannot be read" in missing

    def test_status_lists_all_sites_with_who_authorised(self, terminal: Terminal) -> None:
        said = terminal.said("canvas", "status")
        assert "https://main.lms.test" in said
        assert "1 of 1" in said
        assert "Redirect URI: https://attain.test/integrations/canvas/callback" in said
        assert "not there" in terminal.refused("canvas", "status", "nowhere")

    def test_authorize_names_the_page_to_open(self, terminal: Terminal) -> None:
        assert "https://attain.test/authorise" in terminal.said("canvas", "authorize", "main")
        assert "not there" in terminal.refused("canvas", "authorize", "nowhere")

    def test_authorize_and_status_tell_who_holds_the_account(self, terminal: Terminal) -> None:
        assert "Nobody has authorized the account" in terminal.said("canvas", "authorize", "main")
        terminal.authorised()
        said = terminal.said("canvas", "authorize", "main")
        assert "https://attain.test/settings/canvas?site=main" in said
        assert "Tess Ortiz authorized account root on 2026-09-14" in said
        assert "it holds" in terminal.said("canvas", "status")
        (line,) = terminal.told("canvas", "status", "main")["sites"][0]["accounts"]
        assert (line["person_id"], line["lost_reason"]) == ("person-tess", "")

    def test_a_severed_authorisation_is_told_with_its_cure(self, terminal: Terminal) -> None:
        terminal.authorised()
        terminal.house.room.lms.state.outcomes.admins.clear()
        terminal.said("doctor", code=3)
        said = terminal.said("canvas", "status")
        assert "severed (right-lost)" in said
        assert "another administrator authorize" in said


class TestPairing:
    def test_accounts_are_shown_beside_the_orgs(self, terminal: Terminal) -> None:
        terminal.authorised()
        english = terminal.house.room.lms.state.outcomes.given_unit(name="English")
        told = terminal.told("canvas", "accounts")
        assert [one["name"] for one in told["accounts"]] == ["Practice College", "English"]
        assert told["orgs"][0]["suggestion"]["ref"] == english
        assert "  English" in terminal.said("canvas", "accounts", "main")

    def test_accounts_that_cannot_be_read_leave_the_orgs(self, terminal: Terminal) -> None:
        said = terminal.said("canvas", "accounts")
        assert "could not be asked" in said
        assert "English" in said

    def test_an_org_is_paired_and_unpaired(self, terminal: Terminal) -> None:
        root = terminal.authorised()
        said = terminal.said("canvas", "pair", "ENGL", root)
        assert said == "ENGL goes to account root Practice College.\n"
        assert terminal.told("canvas", "accounts")["orgs"][0]["pairing"]["account_ref"] == root
        assert "no pairing" in terminal.said("canvas", "pair", "ENGL", "--remove")
        assert terminal.told("canvas", "accounts")["orgs"][0]["pairing"] is None

    def test_suggestions_are_taken_together(self, terminal: Terminal) -> None:
        terminal.authorised()
        terminal.house.room.lms.state.outcomes.given_unit(name="English")
        assert "Paired as suggested: 1." in terminal.said("canvas", "pair", "--suggested")

    def test_what_cannot_be_paired_is_refused(self, terminal: Terminal) -> None:
        root = terminal.authorised()
        assert "exactly one active org" in terminal.refused("canvas", "pair", "NONE", root)
        assert "no account 99" in terminal.refused("canvas", "pair", "ENGL", "99")
        assert "give ORG and ACCOUNT" in terminal.refused("canvas", "pair", "ENGL")
        assert "not there" in terminal.refused("canvas", "pair", "ENGL", root, "--canvas", "no")


class TestIdentityConsole:
    def test_a_case_is_shown_dismissed_and_taken_back(self, terminal: Terminal) -> None:
        with terminal.units() as unit:
            unit.identities.log(builders.a_launch_record("one"))
            unit.commit()
        (case,) = terminal.told("match", "queue", "list", "--kind", "unmatched")
        assert terminal.told("match", "queue", "list", "--kind", "duplicate") == []
        assert case["kind"] == "unmatched"
        assert terminal.told("match", "queue", "show", case["id"])["case"] == case
        assert "found by your words" in terminal.said(
            "match", "queue", "show", case["id"], "--find", "ana"
        )

        terminal.said("match", "queue", "dismiss", case["id"], "--reason", "A guest")
        assert terminal.told("match", "queue", "list") == []
        (decision,) = terminal.told("match", "queue", "decisions")
        assert (decision["verdict"], decision["reason"]) == ("dismissed", "A guest")
        terminal.said("match", "queue", "undo", decision["id"])

        assert terminal.told("match", "queue", "list") == [case]

    def test_people_are_merged_after_a_dry_run(self, terminal: Terminal) -> None:
        dry = terminal.told("person", "merge", "Cbo", "Cana", "--dry-run")
        assert dry["merged"] is False
        assert "would be merged" in terminal.said("person", "merge", "Cbo", "Cana", "--dry-run")
        assert "Cbo was merged into Cana." in terminal.said("person", "merge", "Cbo", "Cana")
        (decision,) = terminal.told("match", "queue", "decisions")
        terminal.said("match", "queue", "undo", decision["id"])

    def test_a_rule_is_tried(self, terminal: Terminal) -> None:
        rule = ("student", "custom_canvas_user_login_id", "login")
        told = terminal.told("match", "try", *rule)
        assert told["rule"]["lti_param"] == rule[1]
        assert "Nobody would change." in terminal.said("match", "try", *rule)
