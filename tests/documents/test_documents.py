"""The tables of rights and surfaces: whole, true, and the ones that stand in the docs."""

from dataclasses import replace
from pathlib import Path

import pytest

from domain.access import RIGHTS, Right
from tests.documents import surfaces
from tests.documents.deeds import people
from tests.documents.surfaces import all_commands, all_routes, gaps, without_a_way, wrong_rights
from tests.documents.writing import documents


class TestSurfaces:
    def test_every_page_command_and_api_route_is_a_deed(self) -> None:
        assert gaps() == []

    def test_every_page_asks_for_the_right_of_its_deed(self) -> None:
        assert wrong_rights() == []

    def test_every_deed_can_be_done(self) -> None:
        assert without_a_way() == []

    def test_a_gap_is_told_with_what_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        deeds = [one for one in people.DEEDS if one.name != "Grant a role in an org"]
        monkeypatch.setattr(people, "DEEDS", (*deeds, replace(deeds[0], command="person fly")))

        told = "\n".join(surfaces.gaps())

        assert "person grant is named by no deed. Add it as `command=`" in told
        assert "POST /people/{person_id:str}/roles is named by no deed" in told
        assert "there is no such command" in told
        assert "GET /people is named by 2 deeds" in told


class TestRights:
    def test_every_right_is_asked_for_and_held(self) -> None:
        asked = {route.right for route in all_routes()}
        held = frozenset[Right]().union(*RIGHTS.values())

        assert held == set(Right)
        assert asked <= held

    def test_the_walk_over_commands_reaches_the_leaves(self) -> None:
        assert {"lti key new", "audit", "audit verify", "person grant"} <= set(all_commands())


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_the_docs_are_current(path: Path) -> None:
    assert path.read_text("utf-8") == documents()[path], "make docs writes it anew"
