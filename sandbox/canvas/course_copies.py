"""Copies of courses, as Canvas makes them for a new term."""

from collections.abc import Iterator
from dataclasses import replace

from sandbox.canvas.records import Course, Enrollment, Section
from sandbox.canvas.state import State


def copy_course(
    state: State, source: Course, course_code: str, term_id: int, teacher_id: int
) -> Course:
    """A course of its own with the same assignments and this teacher, and no students.

    Assignments get new ids and so new resource links; tools keep their address and custom
    fields unchanged (canvas-lms `ContentMigration`).
    """
    number = max(state.courses) + 1
    made = replace(
        source,
        id=number,
        name=source.name,
        course_code=course_code,
        term_id=term_id,
        uuid=state.opaque.letters("course", number),
        created_at=state.clock(),
        sis_course_id=None,
        copied_from=source.id,
    )
    state.courses[number] = made
    section = Section(max(state.sections) + 1, number, course_code)
    state.sections[section.id] = section
    enrollment = state.next_id("enrollments", 8001)
    state.enrollments[enrollment] = Enrollment(
        enrollment, teacher_id, number, section.id, "TeacherEnrollment", "active", state.clock()
    )
    for one in state.assignments_of(source.id):
        own = state.next_id("assignments")
        tool = replace(one.tool) if one.tool else None
        state.assignments[own] = replace(
            one, id=own, course_id=number, tool=tool, sis_assignment_id=None,
            created_at=state.clock(), updated_at=state.clock(), group_category_id=None,
            assigned_user_ids=None, final_grader_id=None,
        )  # fmt: skip
    return made


def ancestors(state: State, course: Course) -> Iterator[Course]:
    """The course that it was copied from, the one before that, and so on."""
    while course.copied_from is not None:
        course = state.courses[course.copied_from]
        yield course
