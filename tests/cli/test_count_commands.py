"""`attain counts`: Collective work at a terminal."""

from dataclasses import replace

import pytest

from domain.assessment import AssessmentKind
from domain.ids import AssessmentId
from tests.cli.cli_house import Terminal

HERE = ("ENGL101-01", "ESSAY")


@pytest.fixture
def desk(terminal: Terminal) -> Terminal:
    with terminal.units() as unit:
        essay = unit.assessments.get(AssessmentId("assessment-essay"))
        unit.assessments.save(replace(essay, kind=AssessmentKind.COLLECTIVE))
        unit.commit()
    return terminal


def test_set_show_and_clear(desk: Terminal) -> None:
    enrolled = desk.told("counts", "show", *HERE)["enrolled"]

    told = desk.said("counts", "set", *HERE, "THESIS", f"4={enrolled - 1}", "--na", "1")
    assert f"THESIS: {enrolled} students counted." in told
    row = desk.told("counts", "show", *HERE)["rows"][0]
    assert (row["levels"]["4"], row["not_assessed"], row["version"]) == (enrolled - 1, 1, 1)
    assert "1 of 2 SLOs counted" in desk.said("counts", "show", *HERE)

    assert "blank" in desk.said("counts", "set", *HERE, "THESIS", "--clear")
    assert desk.told("counts", "show", *HERE)["rows"][0]["not_assessed"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("THESIS", "4=999"), "too many"),
        (("THESIS", "9=1"), "is not a score"),
        (("THESIS", "four"), "write LEVEL=STUDENTS"),
        (("NOPE", "4=1"), "this assessment has THESIS"),
        (("THESIS",), "or --clear"),
        (("THESIS", "4=1", "--clear"), "or --clear"),
    ],
)
def test_what_cannot_be_is_refused(desk: Terminal, words: tuple[str, ...], said: str) -> None:
    assert said in desk.refused("counts", "set", *HERE, *words)
