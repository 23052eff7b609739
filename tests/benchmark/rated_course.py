"""A course whose every submission is assessed, and a practice Canvas that serves it late.

`python -m tests.benchmark.rated_course PORT LATENCY` is a process of its own, so that its work
does not count as the reader's.
"""

import asyncio
import os
import sys

from sandbox.canvas import rubric_placing, rubrics
from sandbox.canvas.access_records import AccessToken
from sandbox.canvas.app import Canvas
from sandbox.canvas.rubric_assessing import assess
from sandbox.canvas.seed import (
    AssignmentSeed,
    CourseSeed,
    EnrollmentSeed,
    RootAccountSeed,
    SectionSeed,
    Seed,
    TermSeed,
    UserSeed,
)
from sandbox.canvas.serving import serve
from sandbox.canvas.state import State
from tests.benchmark.late_canvas import make_late
from tests.benchmark.processes import HOST

STUDENTS, ASSIGNMENTS, CRITERIA, LEVELS = 125, 40, 8, 4
TEACHER, COURSE, SECTION, FIRST_STUDENT, FIRST_ASSIGNMENT = 7, 101, 301, 1000, 501
TOKEN = "1234~token-of-the-bench"
ROUNDS = 6
"""So many tokens there are, for rounds that each begin with an empty bucket."""
_COMMENT = "The claim is there; say what it rests on."


def a_rated_canvas(host: str) -> Canvas:
    """`STUDENTS` times `ASSIGNMENTS` submissions, each rated and commented on all rows."""
    canvas = Canvas(_seed(host))
    for number in range(ROUNDS):
        row = AccessToken(canvas.state.next_id("tokens"), TEACHER, token_of(number))
        canvas.state.tokens[row.id] = row
    for number in range(ASSIGNMENTS):
        _assess_all(canvas.state, FIRST_ASSIGNMENT + number)
    return canvas


def token_of(number: int) -> str:
    """The teacher's token of one round."""
    return f"{TOKEN}-{number}"


def _assess_all(state: State, assignment: int) -> None:
    course, levels = state.courses[COURSE], range(LEVELS, 0, -1)
    ratings = [rubrics.GivenRating(f"Level {level}", float(level)) for level in levels]
    rows = [rubrics.GivenCriterion(f"Row {row + 1}", ratings) for row in range(CRITERIA)]
    rubric = rubrics.write(state, course, None, rubrics.GivenRubric("Essay", rows), TEACHER)
    placing = rubric_placing.GivenPlacing(purpose="grading", use_for_grading=True)
    where = state.assignments[assignment]
    association = rubric_placing.place(state, rubric, course, where, placing)
    for student in range(STUDENTS):
        given = {
            row.id: {"points": (student + number) % LEVELS + 1, "comments": _COMMENT}
            for number, row in enumerate(rubric.criteria)
        }
        assess(state, association, FIRST_STUDENT + student, TEACHER, given)


def _seed(host: str) -> Seed:
    pupils = [FIRST_STUDENT + number for number in range(STUDENTS)]
    return Seed(
        host=host,
        root_account=RootAccountSeed(id=1, name="School"),
        terms=[TermSeed(id=5, name="Fall")],
        users=[
            UserSeed(id=TEACHER, name="Tess", login_id="tess", token=TOKEN),
            *(UserSeed(id=each, name=f"Pupil {each}", login_id=f"s{each}") for each in pupils),
        ],
        courses=[
            CourseSeed(
                id=COURSE, name="Writing", course_code="ENGL101", account_id=1, term_id=5,
                sections=[SectionSeed(id=SECTION, name="ENGL101-01")],
                assignments=[
                    AssignmentSeed(id=FIRST_ASSIGNMENT + number, name=f"Essay {number + 1}")
                    for number in range(ASSIGNMENTS)
                ],
            )
        ],
        enrollments=[
            EnrollmentSeed(
                user_id=each, course_id=COURSE, section_id=SECTION,
                type="TeacherEnrollment" if each == TEACHER else "StudentEnrollment",
            )
            for each in (TEACHER, *pupils)
        ],
    )  # fmt: skip


def main(port: str, latency: str) -> None:
    canvas = a_rated_canvas(f"http://{HOST}:{port}")
    make_late(canvas, float(latency))
    asyncio.run(serve(canvas, HOST, int(port), os.getppid()))


if __name__ == "__main__":
    main(*sys.argv[1:])
    os._exit(0)
