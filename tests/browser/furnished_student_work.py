"""DLAs in every state, and students who assessed themselves."""

from datetime import timedelta
from decimal import Decimal

from application.ports.unit_of_work import UnitOfWork
from domain.dla import AssignedDla
from domain.ids import PersonId, RowId, SloId
from domain.score import Scored
from domain.self_assessment import OwnScore
from domain.web_link import WebLink
from tests.browser.scoring_server import CRITERIA_WORK, TITLES
from tests.builders import a_dla, a_score, a_self_assessment, an_assigned_dla
from tests.stand_ins import NOON

TESS = PersonId("person-tess")
PAGE = "The claim comes first, then the two measurements that carry it.\n\nI moved the aside out."


def furnish_student_work(unit: UnitOfWork) -> None:
    unit.dlas.save(
        a_dla(
            "graphs",
            title="Reading a graph of enzyme activity",
            instructions="Read the guide.\n\nThen write down what each axis shows, and one claim.",
            links=(WebLink("https://biology.example.edu/graphs", "Guide to graphs"),),
            hand_in="Half a page.",
            slo_id=SloId("slo-s0"),
        )
    )
    unit.dlas.save(a_dla("sources", title="Three sources", slo_id=None, links=(), hand_in=""))
    unit.dlas.save(a_dla("old", title="The old tutorial", slo_id=None, retired_at=NOON))
    unit.dlas.save_assigned(_assigned())
    for row, points in (("method", 3), ("style", 2)):
        unit.scores.save(
            a_score("s000", section_assessment_id=CRITERIA_WORK, row_id=RowId(f"row-{row}"),
                    value=Scored(Decimal(points)), comment="Careful work.")
        )  # fmt: skip
    for student, submitted_at in (("s000", None), ("s001", NOON)):
        rows = tuple(OwnScore(RowId(f"slo-s{n}"), str(n), "") for n in range(len(TITLES)))
        unit.self_assessments.save(
            a_self_assessment(student, scores=rows, submitted_at=submitted_at)
        )


def _assigned() -> list[AssignedDla]:
    early, before = NOON - timedelta(days=9), NOON - timedelta(days=2)

    def has(student: str, dla: str = "graphs") -> AssignedDla:
        return an_assigned_dla(student, dla, assigned_at=early)

    handed_in = [has(one).handed_in(PAGE, before) for one in ("s001", "s002", "s003", "s004")]
    return [
        has("s000"),
        has("s000", "sources").handed_in("Two of them.", early).returned(
            "Find a third, of this year.", before, TESS
        ),
        handed_in[0],
        handed_in[1],
        handed_in[2].accepted("Well read.", NOON, TESS),
        handed_in[3].returned("Say what the second axis shows.", NOON, TESS),
        an_assigned_dla("s005", "graphs", due_at=before, assigned_at=early),
        an_assigned_dla("s006", "sources", due_at=before).written("A start.", before),
    ]  # fmt: skip
