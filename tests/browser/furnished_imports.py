"""Imports of the lab report in every state, and one whose preview shows every kind of line."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from adapters.outbound.memory.lms_state import LmsState
from application.ports.lms import LmsAccount
from application.ports.unit_of_work import UnitOfWork
from domain.ids import (
    ImportId,
    LmsAssignmentRef,
    LmsCourseRef,
    LmsOutcomeRef,
    PersonId,
    RowId,
    SectionAssessmentId,
    SloId,
)
from domain.outcomes.content import OutcomeContent, Rating
from domain.rostering import EnrolmentRole
from domain.score import Score, Scored
from domain.score_import.import_run import ImportCounts, ImportState
from domain.score_import.lms_rubric import GivenRating, LmsCriterion, LmsRubric, RubricScores
from domain.score_import.reading import Reading
from tests.browser.scoring_server import CRITERIA_WORK, WORK
from tests.builders import (
    a_section,
    a_section_assessment,
    a_site,
    an_assessment,
    an_enrolment,
)
from tests.exchange_builders import (
    a_contribution,
    a_publication,
    a_refresh_plan,
    a_rubric_assignment,
    a_score_import,
    a_score_source,
    an_imported_cell,
    an_lms_rubric,
    some_rubric_scores,
)
from tests.stand_ins import NOON

READ, NOTHING, READING, FAILED, HELD, APPLIED, SCHEDULED, UNDONE = (
    ImportId(f"import-{name}")
    for name in (
        "read", "nothing", "reading", "failed", "waiting", "applied", "scheduled", "undone",
    )
)  # fmt: skip
ESSAY, POSTER = LmsAssignmentRef("9001"), LmsAssignmentRef("9002")
UNLINKED_WORK = SectionAssessmentId("work-unlinked")
_OURS, _THEIRS = ("Essay on catalysis", "Poster")
_REGRADED, _SCORED_HERE = {(1, 0), (4, 2)}, {(2, 1), (5, 0), (5, 1)}
"""Cells (student, row) that were graded anew there, and those that were also scored here."""
_COMMENT_ONLY, _NOT_POSTED = (7, 3), 8


def furnish_imports(unit: UnitOfWork, state: LmsState, course: LmsCourseRef) -> None:
    """`course` has the outcomes of the lab report; some of its students were scored."""
    students = [one.account for one in state.rosters[course].values()]
    rows = [row.id for row in unit.assessments.get(an_assessment().id).rubric.criteria]
    _unlinked(unit)
    _runs(unit, course)
    _came_from_essay(unit, (unit.scores.cell(WORK, _person(n), rows[r]) for n, r in _IMPORTED))
    strangers = [
        state.given_account(sis_id="9999999"), state.given_account(sis_id="Csol")
    ]  # fmt: skip
    unit.imports.put_students(READ, [*students, *strangers])
    readings = [_essay(unit, state, rows, students, strangers), _poster(unit, state, students)]
    unit.imports.put_readings(READ, readings)


_IMPORTED = sorted({(n, r) for n in (1, 4) for r in range(4)})


def _unlinked(unit: UnitOfWork) -> None:
    """Work in a section of the same teacher to which no Canvas course belongs."""
    section = a_section("engl101-09", title="BIOL 101-09")
    unit.roster.put_sections([section])
    unit.roster.put_enrolments([an_enrolment("tess", "engl101-09", role=EnrolmentRole.TEACHER)])
    work = a_section_assessment("unlinked", assessment_id=an_assessment().id,
                                section_id=section.id)  # fmt: skip
    unit.assessments.save_work(work)


def _runs(unit: UnitOfWork, course: LmsCourseRef) -> None:
    earlier = NOON - timedelta(days=1)
    counts = ImportCounts(new=21, changed=3, same=14, conflicts=2, cannot=4)
    applied = {"state": ImportState.APPLIED, "applied_at": earlier, "counts": counts,
               "assignments": (ESSAY,)}  # fmt: skip

    def run(name: str, **changes: Any) -> None:
        standing = {"course_ref": course, "course_name": "BIOL 101-03", "requested_at": earlier}
        unit.imports.save(a_score_import(name, **{**standing, **changes}))

    run("reading", requested_at=NOON)
    run("failed", state=ImportState.FAILED, reason="stripped-includes")
    run("waiting", state=ImportState.WAITING, reason="unauthorised")
    run("nothing", state=ImportState.READ)
    run("read", state=ImportState.READ, requested_at=NOON)
    run("applied", work_id=CRITERIA_WORK, **applied)
    run("scheduled", scheduled=True, **applied)
    run("undone", **{**applied, "state": ImportState.UNDONE})
    unit.imports.save_refresh_plan(
        a_refresh_plan(course_ref=course, course_name="BIOL 101-03", assignments=(ESSAY,),
                       last_import=SCHEDULED, next_at=NOON + timedelta(hours=18))
    )  # fmt: skip


def _came_from_essay(unit: UnitOfWork, cells: Iterable[Score]) -> None:
    for score in cells:
        here: dict[str, Any] = {
            "row_id": score.row_id,
            "score_version": score.version,
            "import_id": SCHEDULED,
        }
        there = a_contribution(ESSAY, assignment_name=_OURS)
        unit.imports.put_cells([an_imported_cell(_key(score.student_id), **here)])
        unit.imports.put_sources(
            [a_score_source(_key(score.student_id), **here, contributions=(there,))]
        )


def _essay(
    unit: UnitOfWork,
    state: LmsState,
    rows: list[RowId],
    students: list[LmsAccount],
    strangers: list[LmsAccount],
) -> Reading:
    """Bound to our outcomes, every student rated on every row."""
    sent = unit.publications.of_slos(a_site().id, [SloId(row) for row in rows])
    refs = {one.slo_id: one.outcome_ref for one in sent}
    rubric = _rubric(state, [(row, refs[SloId(row)]) for row in rows], range(5))
    scores = [
        some_rubric_scores(
            assignment=ESSAY, user_ref=account.ref, posted=number != _NOT_POSTED,
            given=tuple(
                _given(one, unit.scores.cell(WORK, _person(number), row), (number, place))
                for place, (row, one) in enumerate(zip(rows, rubric.criteria, strict=True))
            ),
        )
        for number, account in enumerate([*students, *strangers])
    ]  # fmt: skip
    return _reading(ESSAY, _OURS, rubric, scores)


def _given(criterion: LmsCriterion, stands: Score, place: tuple[int, int]) -> GivenRating:
    if place == _COMMENT_ONLY:
        return GivenRating(criterion.ref, None, None)
    points = stands.value.points if isinstance(stands.value, Scored) else Decimal(3)
    if place in _REGRADED | _SCORED_HERE:
        points = (points + 1) % 5
    return GivenRating(criterion.ref, None, points)


def _poster(unit: UnitOfWork, state: LmsState, students: list[LmsAccount]) -> Reading:
    """Bound to outcomes of somebody else's, of which one is mapped; its points are its own."""
    mapped, foreign = (LmsOutcomeRef(state.new_ref()) for _ in range(2))
    unit.publications.save(
        [a_publication("mapped", slo_id=SloId("slo-s3"), outcome_ref=mapped, mapped=True,
                       meanings=(), guid=f"mapped:{mapped}",
                       content=OutcomeContent("Sources", "Sources", "", None))]
    )  # fmt: skip
    rubric = _rubric(
        state, [("Sources", mapped), ("Spoken presentation", foreign)], (0, 3, 6, 8, 10)
    )
    scores = [
        some_rubric_scores(
            assignment=POSTER, user_ref=one.ref, graded_at=NOON + timedelta(hours=1),
            given=tuple(GivenRating(each.ref, None, Decimal(8)) for each in rubric.criteria),
        )
        for one in students[:2]
    ]  # fmt: skip
    return _reading(POSTER, _THEIRS, rubric, scores)


def _rubric(
    state: LmsState, rows: list[tuple[str, LmsOutcomeRef]], points: Iterable[int]
) -> LmsRubric:
    words = ("No evidence", "Beginning", "Approaching", "Meets", "Exceeds")
    ratings = [Rating(Decimal(p), word) for p, word in zip(points, words, strict=True)][::-1]
    criteria = (
        state.rubrics.given_criterion(title, ratings, outcome=outcome) for title, outcome in rows
    )
    return an_lms_rubric(criteria=tuple(criteria))


def _reading(
    ref: LmsAssignmentRef, name: str, rubric: LmsRubric, scores: list[RubricScores]
) -> Reading:
    assignment = replace(a_rubric_assignment(ref, rubric=rubric), name=name)
    return Reading(assignment, tuple(scores))


def _person(number: int) -> PersonId:
    return PersonId(f"person-s{number:03}")


def _key(person: PersonId) -> str:
    return person.removeprefix("person-")
