"""Tokens for programs, by command."""

import json

from domain.access import Role
from tests import builders
from tests.cli.cli_house import Terminal


def steward(terminal: Terminal) -> None:
    with terminal.units() as unit:
        unit.roster.put_people([builders.a_person("stew")])
        unit.roster.grant(builders.a_role_grant("stew", role=Role.DATA_STEWARD))
        unit.commit()


def test_a_token_is_shown_once_and_listed_without_its_text(terminal: Terminal) -> None:
    steward(terminal)

    made = terminal.told("person", "token", "Cstew", "--label", "Nightly", "--scope", "write",
                         "--expires", "30")  # fmt: skip

    assert made["token"].startswith("attain_")
    assert (made["role"], made["scope"], made["label"]) == ("data-steward", "write", "Nightly")
    (line,) = terminal.told("person", "tokens", "Cstew")
    assert (line["id"], line["state"], line["last_used_at"]) == (made["id"], "active", None)
    listed = terminal.said("person", "tokens", "Cstew") + json.dumps(line)
    assert made["token"] not in listed
    assert "hash" not in listed


def test_people_read_how_long_it_is_good(terminal: Terminal) -> None:
    steward(terminal)

    said = terminal.said("person", "token", "Cstew")

    assert said.startswith("attain_")
    assert "in the role data-steward, read, until 20" in said


def test_a_revoked_one_says_so_and_the_deeds_are_kept(terminal: Terminal) -> None:
    steward(terminal)
    made = terminal.told("person", "token", "Cstew")

    assert terminal.said("person", "revoke-token", made["id"]) == "The token is revoked.\n"
    assert terminal.said("person", "revoke-token", made["id"]) == "The token is revoked.\n"

    assert terminal.told("person", "tokens", "Cstew")[0]["state"] == "revoked"
    entries = [one for one in terminal.told("audit") if one["subject"].startswith("api-token:")]
    assert [one["verb"] for one in entries] == ["made", "revoked"]
    assert made["token"] not in json.dumps(entries)


def test_one_is_for_one_org(terminal: Terminal) -> None:
    with terminal.units() as unit:
        unit.roster.put_orgs(builders.an_org_tree())
        unit.roster.put_people([builders.a_person("cora")])
        english = builders.a_role_grant("cora", role=Role.COORDINATOR, org_id="org-english")
        unit.roster.grant(english)
        unit.commit()

    said = terminal.said("person", "token", "Ccora", "--org", "ENGL")
    assert "in the role coordinator in ENGL, read" in said
    assert [one["org"] for one in terminal.told("person", "tokens", "Ccora")] == ["ENGL"]
    (entry,) = [one for one in terminal.told("audit") if one["subject"].startswith("api-token:")]
    assert "coordinator in ENGL" in entry["details"]
    assert "in that org" in terminal.refused("person", "token", "Ccora", "--org", "HIST")
    assert "no org" in terminal.refused("person", "token", "Ccora", "--org", "NONE").lower()


def test_what_cannot_be_is_refused(terminal: Terminal) -> None:
    steward(terminal)

    assert "not there" in terminal.refused("person", "token", "nobody")
    assert "does not hold" in terminal.refused("person", "token", "Cstew", "--role", "student")
    assert "100 characters" in terminal.refused("person", "token", "Cstew", "--label", "x" * 101)
    assert "not there" in terminal.refused("person", "revoke-token", "none")
    assert terminal("person", "token", "Cstew", "--expires", "0").exit_code == 2


def test_an_empty_list_says_how_to_begin(terminal: Terminal) -> None:
    steward(terminal)

    assert "attain person token" in terminal.said("person", "tokens", "Cstew")
