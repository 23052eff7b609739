"""From Canvas' payloads to ours, for any payload."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.canvas import payloads, translate
from application.ports.lms import BulkState, GradingScheme
from domain.ids import LmsUserRef

points = st.decimals(min_value=0, max_value=10**9, places=6)
ids = st.integers(min_value=1, max_value=10**17)
refs = ids.map(lambda number: LmsUserRef(str(number)))
texts = st.text(max_size=20)
states = st.sampled_from(["active", "invited", "inactive", "completed", "creation_pending"])


@given(points)
def test_a_grade_written_reads_back_the_same(value: Decimal) -> None:
    text = translate.posted_grade(value)
    assert "E" not in text
    assert Decimal(text) == value


@pytest.mark.parametrize(
    ("value", "text"), [("1E+2", "100"), ("1E-7", "0.0000001"), ("3.10", "3.10")]
)
def test_a_grade_is_written_without_an_exponent(value: str, text: str) -> None:
    assert translate.posted_grade(Decimal(value)) == text


@given(points, ids, st.booleans())
def test_a_submission_keeps_its_number(value: Decimal, user: int, posted: bool) -> None:
    moment = '"2026-01-31T08:00:00Z"' if posted else "null"
    body = f'{{"user_id":{user},"entered_score":{value:f},"score":0.5,"posted_at":{moment}}}'
    grade = translate.grade_from(payloads.SUBMISSION.decode(body))
    assert (grade.user_ref, grade.entered, grade.posted) == (str(user), value, posted)


@given(st.dictionaries(refs, points, min_size=1, max_size=100))
def test_a_bulk_form_carries_every_grade(grades: Mapping[LmsUserRef, Decimal]) -> None:
    sent = dict(parse_qsl(urlencode(translate.grade_form(grades))))
    assert sent == {f"grade_data[{of}][posted_grade]": f"{at:f}" for of, at in grades.items()}


@given(st.lists(st.one_of(refs, st.just(LmsUserRef("sis_user_id:T 100"))), min_size=1, max_size=9))
def test_the_missing_are_read_from_the_message(missing: list[LmsUserRef]) -> None:
    listed = ", ".join(f"'{ref}'" for ref in missing)
    message = f"Couldn't find User(s) with API ids {listed}"
    report = translate.bulk_report_from(payloads.ProgressPayload("1", "failed", message))
    assert report.state is BulkState.FINISHED
    assert list(report.missing) == missing


@pytest.mark.parametrize(
    ("state", "message", "told"),
    [
        ("queued", None, BulkState.RUNNING),
        ("running", None, BulkState.RUNNING),
        ("completed", None, BulkState.FINISHED),
        ("failed", "Unexpected error, ID: 12345", BulkState.BROKEN),
        ("failed", None, BulkState.BROKEN),
        (
            "failed",
            "Some assignments are either not published or deleted and can not be graded '5'",
            BulkState.BROKEN,
        ),
    ],
)
def test_a_progress_without_missing_users(state: str, message: str | None, told: BulkState) -> None:
    report = translate.bulk_report_from(payloads.ProgressPayload(3, state, message))
    assert (report.state, report.missing) == (told, ())


@given(st.lists(st.tuples(st.integers(1, 5), states, st.sampled_from(["S1", "S2", None]))))
def test_students_come_once_with_all_their_sections(
    rows: list[tuple[int, str, str | None]],
) -> None:
    enrollments = [
        payloads.EnrollmentPayload(user, "StudentEnrollment", state, section)
        for user, state, section in rows
    ]
    students = translate.students_from(enrollments, {})
    assert [student.account.ref for student in students] == list(
        dict.fromkeys(str(user) for user, _, _ in rows)
    )
    for student in students:
        mine = [row for row in rows if str(row[0]) == student.account.ref]
        assert set(student.section_sis_ids) == {section for _, _, section in mine if section}
        active = {"active", "invited", "creation_pending"}
        assert student.active == any(state in active for _, state, _ in mine)


def test_the_test_student_is_no_student() -> None:
    row = payloads.EnrollmentPayload(7, "StudentViewEnrollment", "active")
    assert translate.students_from([row], {}) == []


def test_what_may_not_be_seen_is_none_and_so_is_what_is_empty() -> None:
    absent = payloads.USER.decode('{"id":"7"}')
    empty = payloads.USER.decode('{"id":"7","sis_user_id":null,"login_id":"","email":null}')
    account = translate.account_from(absent)
    assert account == translate.account_from(empty)
    assert (account.sis_id, account.login, account.email) == (None, None, None)


def test_a_student_is_known_by_all_that_enrolment_and_user_tell() -> None:
    row = payloads.EnrollmentPayload(
        7, "StudentEnrollment", "active", "S1", None, payloads.UserPayload(7, "T7", "seven")
    )
    (student,) = translate.students_from([row], {LmsUserRef("7"): "seven@college.edu"})
    account = student.account
    assert (account.sis_id, account.login, account.email) == ("T7", "seven", "seven@college.edu")


@given(st.booleans(), st.booleans(), st.booleans(), st.one_of(st.none(), ids), st.booleans(), texts)
def test_an_assignment_keeps_its_flags(
    published: bool, moderated: bool, closed: bool, category: int | None, alone: bool, name: str
) -> None:
    body = msgspec.json.encode(
        {
            "id": "9",
            "course_id": 1,
            "name": name,
            "grading_type": "percent",
            "points_possible": 2.5,
            "published": published,
            "moderated_grading": moderated,
            "in_closed_grading_period": closed,
            "group_category_id": category,
            "grade_group_students_individually": alone,
            "external_tool_tag_attributes": {"url": "https://tool.test/a"},
            "a key of tomorrow": [1],
        }
    )
    found = translate.assignment_from(payloads.ASSIGNMENT.decode(body))
    assert (found.published, found.moderated, found.closed_period) == (published, moderated, closed)
    assert found.group_grade == (category is not None and not alone)
    assert (found.name, found.scheme) == (name, GradingScheme.PERCENT)
    assert (found.points_possible, found.launch_url) == (Decimal("2.5"), "https://tool.test/a")


@pytest.mark.parametrize(
    ("anonymous", "hidden", "told"),
    [(True, True, True), (True, None, True), (True, False, False), (False, None, False)],
)
def test_anonymity_ends_when_grades_are_posted(
    *, anonymous: bool, hidden: bool | None, told: bool
) -> None:
    payload = payloads.AssignmentPayload(
        1, 1, GradingScheme.POINTS, anonymous_grading=anonymous, anonymize_students=hidden
    )
    assert translate.assignment_from(payload).anonymous is told


def test_moments_keep_their_offset() -> None:
    body = '{"user_id":1,"entered_score":null,"graded_at":"2026-01-31T09:00:00+01:00"}'
    grade = translate.grade_from(payloads.SUBMISSION.decode(body))
    assert grade.graded_at == datetime(2026, 1, 31, 8, 0, tzinfo=UTC)
    assert grade.entered is None


def test_an_older_canvas_without_entered_score_gives_the_score() -> None:
    grade = translate.grade_from(payloads.SUBMISSION.decode('{"user_id":1,"score":3.10}'))
    assert grade.entered == Decimal("3.10")


def test_a_token_answer_does_not_show_itself() -> None:
    token = payloads.TOKEN.decode('{"access_token":"1234~a","user":{"id":1}}')
    assert "1234~a" not in f"{token!r} {token}"
