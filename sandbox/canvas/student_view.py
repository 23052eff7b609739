"""The Test Student of a course: one fake user, who can be thrown away and made anew."""

from sandbox.canvas.opaque import test_student_login
from sandbox.canvas.records import Course, Enrollment, Login, User
from sandbox.canvas.state import State

NAME = "Test Student"


def test_student(state: State, course: Course) -> User:
    """The Test Student of a course, made at the first asking with a place in every section."""
    found = next(
        (
            user
            for user in state.users.values()
            if user.test_student_of == course.id and not user.deleted
        ),
        None,
    )
    return found or _make(state, course)


def _make(state: State, course: Course) -> User:
    user_id = state.next_id("users", max(state.users, default=0) + 1)
    user = User(
        id=user_id,
        name=NAME,
        sortable_name="Student, Test",
        short_name=NAME,
        uuid=state.opaque.letters("user", user_id),
        created_at=state.clock(),
        test_student_of=course.id,
    )
    state.users[user_id] = user
    login_id = state.next_id("logins", 9001)
    state.logins[login_id] = Login(login_id, user_id, test_student_login(user_id))
    for section in state.sections_of(course.id):
        number = state.next_id("enrollments", 8001)
        state.enrollments[number] = Enrollment(
            id=number,
            user_id=user_id,
            course_id=course.id,
            section_id=section.id,
            type="StudentViewEnrollment",
            state="active",
            created_at=state.clock(),
        )
    return user


def leave_test_student(state: State, user: User) -> None:
    """Delete a Test Student with its enrolments, submissions and assessments."""
    user.deleted = True
    for row in state.enrollments_of(user.id):
        row.state = "deleted"
    for key in [key for key in state.submissions if key[1] == user.id]:
        del state.submissions[key]
        assessment = state.grading_assessments.pop(key, None)
        if assessment is not None:
            del state.rubric_assessments[assessment.id]
