"""Before release nothing a student may ask for depends on what was scored.

Two colleges differ only in Ana's scores, comments, own grade and source; every page and call of
hers answers alike in both. After release they differ where results are shown.
"""

import re
from decimal import Decimal

import pytest
from httpx import Response
from litestar.handlers import HTTPRouteHandler

from adapters.inbound.http import routes
from application.use_cases.scoring.release_results import ReleaseResultsCommand
from domain.access import RIGHTS, Role
from domain.ids import PersonId, SectionAssessmentId
from domain.score import NOT_ASSESSED, Scored, ScoreValue
from tests.builders import a_score, a_self_assessment, an_own_grade
from tests.http.foreign_ids import COMMON, ELSEWHERE, RECORDS
from tests.http.support import browsing
from tests.http.test_foreign_ids import PARAMETER, Route, Walk, a_college
from tests.stand_ins import NOON

OWN_TIME = re.compile(
    r'(name="csrf"[^>]*|content="[^"]*"|[A-Z0-9]{4}-[A-Z0-9]{4}|data-csrf="[^"]*")'
)
PDF_TIME = re.compile(
    r"D:\d{14}[^)]*|\d{4}-\d\d-\d\dT[\d:]+[^<]*|/ID ?\[.*?\]|(?<=InstanceID>)[^<]*"
    r"|(?<=DocumentID>)[^<]*",
    re.DOTALL,
)
"""What differs from one answer to the next anyway: form tokens and references; when, and as
which copy, a PDF was made."""
TESS, WORK = PersonId("person-tess"), SectionAssessmentId("work-essay")
OF_NOBODY = {
    "/static/{}", "/static/{}/{}", "/start/{}", "/sign-in/link/{}", "/sign-in/canvas/{}",
    "/credentials/keys/{}", "/credentials/status/{}", "/p/{}", "/p/{}/files/{}",
}  # fmt: skip
"""Open to all: files, codes, and the college's public keys."""
SHOWN = {"GET /works/{work_id:str}/mine", "GET /mine/results", "GET /api/v1/scores"}


def gets_of_students() -> list[Route]:
    found = [
        Route("GET", path, handler.opt["right"])
        for handler in routes.ROUTES
        if isinstance(handler, HTTPRouteHandler) and "GET" in handler.http_methods
        for path in handler.paths
        if handler.opt["right"] in RIGHTS[Role.STUDENT]
    ]
    return sorted(found, key=lambda one: one.path)


Answers = dict[str, tuple[int, str]]


def before_and_after(value: ScoreValue, points: str) -> tuple[Answers, Answers]:
    """What Ana is answered with this score: before her results are released, and after."""
    college = a_college()
    with college.house.units() as unit:
        cell = a_score()
        stored = unit.scores.cell(cell.section_assessment_id, cell.student_id, cell.row_id)
        comment = f"Secret {points}"
        unit.scores.save(stored.changed(value, comment, seen=stored.version, by=TESS, at=NOON))
        unit.scores.save_own_grade(an_own_grade(points=Decimal(points)))
        unit.self_assessments.save(a_self_assessment(submitted_at=NOON))
        unit.commit()
    with browsing(college.house.app()) as browser:
        walk = Walk(college, browser).as_("ana", Role.STUDENT)
        before = answers(walk)
        college.house.use_cases.release_results()(ReleaseResultsCommand(TESS, WORK, released=True))
        return before, answers(walk)


def answers(walk: Walk) -> Answers:
    """Each route's status and body, what is her own or everybody's filled in."""
    found: Answers = {}
    for route in gets_of_students():
        names = [RECORDS[one].own if one in RECORDS else "x" for one in route.prefixes]
        answer = walk.ask(route, PARAMETER.sub("{}", route.path).format(*names))
        found[route.way] = (answer.status_code, _bare(answer))
    return found


def _bare(answer: Response) -> str:
    is_pdf = answer.headers.get("content-type", "").startswith("application/pdf")
    if is_pdf:
        return PDF_TIME.sub("", answer.content.decode("latin-1"))
    return OWN_TIME.sub("", answer.text)


def test_nothing_depends_on_the_scores_until_they_are_released() -> None:
    before, after = before_and_after(Scored(Decimal(4)), "91")
    other_before, other_after = before_and_after(NOT_ASSESSED, "17")

    assert {way for way, (status, _) in (before | after).items() if status >= 500} == set()
    assert {way for way in before if before[way] != other_before[way]} == set()
    assert {way for way in after if after[way] != other_after[way]} >= SHOWN


@pytest.mark.parametrize("prefix", sorted({p for r in gets_of_students() for p in r.prefixes}))
def test_the_walk_knows_its_parameters(prefix: str) -> None:
    known = {*RECORDS, *COMMON, *ELSEWHERE, *OF_NOBODY}
    assert prefix in known, "name its records in tests/http/foreign_ids.py"
