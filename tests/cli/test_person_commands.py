"""`attain person`: roles, registers, sessions and passwords at the terminal."""

import pytest

from domain.access import Role
from domain.ids import OrgId, PersonId
from tests.builders import a_role_grant, an_org
from tests.cli.cli_house import Terminal

TESS = PersonId("person-tess")


@pytest.fixture
def desk(terminal: Terminal) -> Terminal:
    with terminal.units() as unit:
        unit.roster.put_orgs([an_org("history")])
        unit.commit()
    return terminal


class TestRoles:
    def test_are_granted_and_revoked_by_org(self, desk: Terminal) -> None:
        said = desk.said("person", "grant", "Ctess", "--role", "coordinator", "--org", "HIST")
        assert said == "Ctess is coordinator in HIST.\n"

        shown = desk.told("person", "show", "Ctess")
        granted = [(g["role"], g["code"], g["granted_by"]) for g in shown["grants"]]
        assert ("coordinator", "HIST", "command line") in granted

        desk.said("person", "revoke", "Ctess", "--role", "coordinator", "--org", "HIST")
        with desk.units(write=False) as unit:
            held = unit.roster.roles_of(TESS)
        assert not any(grant.is_same(Role.COORDINATOR, OrgId("org-history")) for grant in held)

    def test_what_cannot_be_is_said_in_one_line(self, desk: Terminal) -> None:
        grant = ("person", "grant", "Ctess", "--role")
        assert " has the " in desk.refused(*grant, "reader", "--org", "NONE")
        assert "leave the org out" in desk.refused(*grant, "data-steward", "--org", "HIST")
        assert "Tech ID" in desk.refused("person", "grant", "nobody", "--role", "reader")
        assert "not there" in desk.refused("person", "revoke", "Ctess", "--role", "reader")

    def test_the_last_steward_stays(self, desk: Terminal) -> None:
        desk.said("person", "grant", "Ctess", "--role", "data-steward")

        line = desk.refused("person", "revoke", "Ctess", "--role", "data-steward")
        assert "last data steward" in line


class TestRegister:
    def test_finds_and_filters(self, desk: Terminal) -> None:
        with desk.units() as unit:
            unit.roster.grant(
                a_role_grant("tess", role=Role.COORDINATOR, org_id=OrgId("org-history"))
            )
            unit.commit()

        found = desk.told("person", "list", "--search", "ctess")["people"]
        assert found == []
        found = desk.told("person", "list", "--search", "Tess O")["people"]
        assert [one["tech_id"] for one in found] == ["Ctess"]
        assert {"role": "coordinator", "org": "HIST"} in found[0]["roles"]
        assert desk.told("person", "list", "--org", "HIST", "--role", "student")["total"] == 0
        assert "coordinator@HIST" in desk.said("person", "list", "--role", "coordinator")
        assert desk.said("person", "list", "--search", "nobody") == "Nobody fits.\n"

    def test_shows_a_person(self, desk: Terminal) -> None:
        said = desk.said("person", "show", "Ctess")

        assert "Ortiz, Tess (Ctess)" in said
        assert "ENGL101-01" in said
        assert "Local password: none" in said


class TestPasswords:
    def test_come_from_standard_input_and_never_as_an_argument(self, desk: Terminal) -> None:
        said = desk.said("person", "password", "Ctess", stdin="twelve letters\n")

        assert "twelve letters" not in said
        with desk.units(write=False) as unit:
            assert unit.passwords.are_in_use()
        assert desk("person", "password", "Ctess", "twelve letters").exit_code == 2
        desk.said("person", "password", "Ctess", "--remove")
        with desk.units(write=False) as unit:
            assert not unit.passwords.are_in_use()

    def test_that_are_short_are_refused(self, desk: Terminal) -> None:
        result = desk("person", "password", "Ctess", stdin="short\n")

        assert (result.exit_code, result.stdout) == (3, "")
        assert "12 to 256" in result.stderr


class TestSessions:
    def test_are_listed_and_ended(self, desk: Terminal) -> None:
        link = desk.told("person", "sign-in-link", "Ctess")["url"]
        assert desk.said("person", "sessions", "Ctess") == "No live session.\n"
        assert link
        assert desk.told("person", "sessions", "Ctess") == []
        assert desk.said("person", "sign-out", "Ctess") == "0 sessions ended.\n"
        assert "not there" in desk.refused("person", "sign-out", "Ctess", "--session", "x")
