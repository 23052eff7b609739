"""`attain evaluator`: who scores besides teachers."""

import pytest

from tests.builders import a_person
from tests.cli.cli_house import Terminal

HERE = ("ENGL101-01", "ESSAY")


@pytest.fixture
def desk(terminal: Terminal) -> Terminal:
    with terminal.units() as unit:
        unit.roster.put_people([a_person("eve")])
        unit.commit()
    return terminal


def test_add_list_and_remove(desk: Terminal) -> None:
    assert "may score" in desk.said("evaluator", "add", *HERE, "Ceve", "--second", "--hide-names")

    (line,) = desk.told("evaluator", "list", *HERE)
    assert (line["tech_id"], line["is_second"], line["hides_names"]) == ("Ceve", True, True)
    (figures,) = desk.told("evaluator", "agreement", *HERE)
    assert (figures["both"], figures["to_decide"]) == (0, 0)
    assert "Ceve" in desk.said("evaluator", "agreement", *HERE)

    assert "no more" in desk.said("evaluator", "remove", *HERE, "Ceve")
    assert desk.told("evaluator", "list", *HERE)[0]["withdrawn_at"]
    assert "Ceve" in desk.said("evaluator", "list", *HERE)


def test_a_student_of_the_section_is_refused(desk: Terminal) -> None:
    assert " has the " in desk.refused("evaluator", "add", *HERE, "nobody")
