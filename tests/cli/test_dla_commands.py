"""`attain dla` and `attain scores release`, over a house in memory."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.access import Role
from domain.ids import AssignedDlaId, PersonId, RowId, SectionAssessmentId
from domain.rubric import outcomes_rubric
from domain.score import Scored
from tests.builders import a_role_grant, a_scale, a_score, an_slo
from tests.cli.cli_house import Terminal
from tests.stand_ins import NOON

AS_TESS = ("--as", "Ctess")
NEW = ("dla", "new", *AS_TESS, "--title", "Thesis", "--instructions", "Write.")
PLACE = ("ENGL101-01", "ESSAY")
WORK = SectionAssessmentId("work-essay")


@pytest.fixture
def desk(terminal: Terminal) -> Terminal:
    with terminal.units() as unit:
        unit.roster.grant(a_role_grant("tess", role=Role.FACULTY))
        unit.outcomes.put_slos([an_slo()])
        unit.commit()
    return terminal


def hand_in(desk: Terminal, one: str) -> None:
    with desk.units() as unit:
        stored = unit.dlas.assigned(AssignedDlaId(one))
        unit.dlas.save_assigned([stored.handed_in("A page.", NOON)])
        unit.commit()


def test_from_making_to_accepting(desk: Terminal) -> None:
    made = desk.told(*NEW, "--link", "https://a.example A guide", "--slo", "THESIS")["id"]
    first = desk.told("dla", "assign", made, PLACE[0], "--student", "Cana", *AS_TESS)
    again = desk.told("dla", "assign", made, PLACE[0], "--student", "Cana", *AS_TESS)
    (line,) = desk.told("dla", "list", *AS_TESS, "--state", "assigned", "--section", PLACE[0])
    hand_in(desk, line["id"])
    accepted = desk.told("dla", "accept", line["id"], *AS_TESS)
    once_more = desk.told("dla", "accept", line["id"], *AS_TESS, code=5)
    returned = desk.said("dla", "return", line["id"], *AS_TESS, "--word", "Not yet.")
    (own,) = desk.told("dla", "made", *AS_TESS)

    assert (first, again) == ({"assigned": 1, "already": 0}, {"assigned": 0, "already": 1})
    assert (accepted["decided"], once_more["left"]) == (1, 1)
    assert returned == "1 returned; 0 could not be.\n"
    assert own["slo_code"] == "THESIS"
    assert own["counts"] == {"returned": 1}


def test_those_below_the_threshold(desk: Terminal) -> None:
    made = desk.told(*NEW)["id"]
    with desk.units() as unit:
        work = unit.assessments.work(WORK)
        unit.assessments.save_work(replace(work, snapshot=None))
        stored = unit.assessments.get(work.assessment_id)
        unit.assessments.save(replace(stored, rubric=outcomes_rubric([an_slo()], a_scale())))
        unit.scores.save(a_score("bo", row_id=RowId("slo-thesis"), value=Scored(Decimal(1))))
        unit.commit()
    report = desk.told(
        "dla", "assign", made, PLACE[0], *AS_TESS, "--below", "THESIS", "--assessment", PLACE[1]
    )
    (line,) = desk.told("dla", "list", *AS_TESS)

    assert report["assigned"] == 1
    assert line["student_id"] == PersonId("person-bo")


def test_what_does_not_fit_together_is_named(desk: Terminal) -> None:
    made = desk.told(*NEW)["id"]

    assert "student:" in desk.refused("dla", "assign", made, PLACE[0], *AS_TESS)
    assert "assessment:" in desk.refused(
        "dla", "assign", made, PLACE[0], *AS_TESS, "--below", "THESIS"
    )
    assert "links:" in desk.refused(*NEW, "--link", "nonsense")


def test_retire_and_restore(desk: Terminal) -> None:
    made = desk.told(*NEW)["id"]
    desk.said("dla", "retire", made, *AS_TESS)
    refused = desk.refused("dla", "assign", made, PLACE[0], *AS_TESS, "--student", "Cana")
    desk.said("dla", "retire", made, *AS_TESS, "--restore")

    assert "out of use" in refused
    assert desk.told("dla", "made", *AS_TESS)[0]["dla"]["retired_at"] is None


def test_release_and_take_back(desk: Terminal) -> None:
    released = desk.told("scores", "release", *PLACE, *AS_TESS)
    again = desk.said("scores", "release", *PLACE, *AS_TESS)
    hidden = desk.told("scores", "release", *PLACE, *AS_TESS, "--take-back")

    assert released["changed"] is True
    assert "They were before." in again
    assert hidden["released_at"] is None
