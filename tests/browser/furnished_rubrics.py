"""Assignments of a Canvas course, with and without rubrics, and outcomes to bind one to."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from adapters.outbound.memory.lms_state import LmsState
from application.ports.unit_of_work import UnitOfWork
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef, SloId
from domain.outcomes.content import Rating, content_of, meanings_of
from domain.outcomes.found import OutcomePlace, PlaceKind
from tests.browser.scoring_server import WORK
from tests.builders import an_assessment
from tests.exchange_builders import a_publication

BARE_COURSE = "BIOL 900"
"""Code of a course without assignments, to which no outcome was sent."""
HOUSE_RUBRIC, UNRATED = "House rubric for posters", "Poster draft"


def furnish_rubrics(
    unit: UnitOfWork, state: LmsState, teacher: LmsUserRef, course: LmsCourseRef
) -> None:
    """`course` has the outcomes of the lab report; the teacher has a bare course beside it."""
    state.given_course(teacher, code=BARE_COURSE, term="Fall 2026")
    _publish(unit, state, course)
    _assignment(state, course, "Reflection on the field trip", points_possible=None)
    _assignment(state, course, "Quiz in another tool", launch_url="https://quiz.test/launch")
    _assignment(state, course, "Not ready yet", published=False)
    levels = [Rating(Decimal(points), f"Level {points}") for points in (4, 2, 0)]
    state.rubrics.given_rubric(
        course,
        _assignment(state, course, UNRATED),
        [state.rubrics.given_criterion(title, levels) for title in ("Layout", "Content")],
        title=HOUSE_RUBRIC,
    )


def _assignment(
    state: LmsState, course: LmsCourseRef, name: str, **changes: Any
) -> LmsAssignmentRef:
    ref = state.given_assignment(course)
    state.change_assignment(replace(state.assignments[ref], name=name, **changes))
    return ref


def _publish(unit: UnitOfWork, state: LmsState, course: LmsCourseRef) -> None:
    place = OutcomePlace(PlaceKind.COURSE, course)
    rows = unit.assessments.get(an_assessment().id).rubric.criteria
    unit.publications.save(
        a_publication(
            row.id,
            place=place,
            work_id=WORK,
            slo_id=SloId(row.id),
            guid=f"attain:work:{row.id}",
            outcome_ref=state.outcomes.given_outcome(place, content_of(row)),
            content=content_of(row),
            meanings=meanings_of(row),
        )
        for row in rows
    )
