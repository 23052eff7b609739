"""Signing keys, ePortfolios and the policy of profiles, by command."""

import json

from tests import builders
from tests.cli.cli_house import Terminal
from tests.portfolio_builders import a_collection, a_link_item, a_share


def test_a_newer_key_retires_the_one_before_and_none_is_shown(terminal: Terminal) -> None:
    assert "no key yet" in terminal.said("credentials", "key", "list")
    first = terminal.told("credentials", "key", "new")
    assert "signs from now on" in terminal.said("credentials", "key", "new")

    newer, former = terminal.told("credentials", "key", "list")

    assert (newer["state"], former["state"], former["id"]) == ("signs", "retired", first["id"])
    said = terminal.said("credentials", "key", "list") + json.dumps([newer, former])
    assert "PRIVATE" not in said


def test_collections_are_listed_and_not_what_is_in_them(terminal: Terminal) -> None:
    with terminal.units() as unit:
        unit.roster.put_people([builders.a_person("pia", id=a_collection().owner_id)])
        unit.portfolios.save(a_collection(items=(a_link_item(),)))
        unit.portfolios.put_share(a_share())
        unit.commit()

    (line,) = terminal.told("portfolio", "list", "Cpia")["collections"]
    assert (line["title"], line["items"], line["open_shares"]) == ("Writing", 1, 1)
    said = terminal.said("portfolio", "list", "Cpia")
    assert "Writing" in said
    assert "blog" not in said


def test_profiles_are_closed_until_somebody_allows_them(terminal: Terminal) -> None:
    assert terminal.said("settings", "profiles").strip() == "Closed."
    assert "Allowed" in terminal.said("settings", "profiles", "allow")
    assert terminal.said("settings", "profiles", "close").strip() == "Closed."
