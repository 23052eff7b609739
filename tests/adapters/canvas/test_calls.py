"""Single calls: what is repeated, what is read, what never travels."""

from collections.abc import AsyncIterator
from decimal import Decimal

import httpx
import pytest
import respx

from application.errors import (
    LmsForbidden,
    LmsRefused,
    LmsSpokeNonsense,
    LmsUnauthorised,
    LmsUnavailable,
)
from tests.adapters.canvas.desk import (
    API,
    ASSIGNMENT,
    BULK,
    COURSE,
    ONE,
    SITE,
    STUDENT,
    assignment,
    bad_token,
    opened,
    right_lacking,
    submission,
)

HERE = f"{API}/courses/1/assignments/9"


async def test_a_read_is_tried_again_after_failures(respx_mock: respx.MockRouter) -> None:
    bad, good = httpx.Response(502), httpx.Response(200, json=assignment())
    answers: list[httpx.Response | Exception] = [bad, httpx.ConnectError("no"), good]
    respx_mock.get(HERE).mock(side_effect=answers)
    async with opened(first_pause=0.5) as desk:
        found = await desk.gateway.assignment(COURSE, ASSIGNMENT)
    assert found.name == "Essay"
    assert desk.watch.slept == [0.5, 1.0]


@pytest.mark.parametrize("answer", [httpx.Response(503), httpx.ReadTimeout("slow")])
async def test_a_read_is_given_up_after_its_tries(
    respx_mock: respx.MockRouter, answer: httpx.Response | Exception
) -> None:
    route = respx_mock.get(HERE).mock(side_effect=[answer] * 9)
    async with opened(tries=3) as desk:
        with pytest.raises(LmsUnavailable):
            await desk.gateway.assignment(COURSE, ASSIGNMENT)
    assert route.call_count == 3


@pytest.mark.parametrize("answer", [httpx.Response(500), httpx.ReadTimeout("slow")])
async def test_a_write_is_never_repeated_by_itself(
    respx_mock: respx.MockRouter, answer: httpx.Response | Exception
) -> None:
    posted = respx_mock.post(BULK).mock(side_effect=[answer] * 9)
    put = respx_mock.put(ONE).mock(side_effect=[answer] * 9)
    async with opened() as desk:
        with pytest.raises(LmsUnavailable):
            await desk.gateway.post_grades(COURSE, ASSIGNMENT, {STUDENT: Decimal(1)})
        with pytest.raises(LmsUnavailable):
            await desk.gateway.put_grade(COURSE, ASSIGNMENT, STUDENT, Decimal(1))
    assert (posted.call_count, put.call_count) == (1, 1)


async def test_a_maintenance_word_of_when_is_passed_on(respx_mock: respx.MockRouter) -> None:
    respx_mock.get(HERE).mock(return_value=httpx.Response(503, headers={"Retry-After": "120"}))
    async with opened() as desk:
        with pytest.raises(LmsUnavailable) as caught:
            await desk.gateway.assignment(COURSE, ASSIGNMENT)
    assert caught.value.retry_after == 120


async def test_a_refused_token_is_renewed_once_and_no_more(
    respx_mock: respx.MockRouter,
) -> None:
    route = respx_mock.get(HERE).mock(return_value=bad_token())
    async with opened() as desk:
        with pytest.raises(LmsUnauthorised):
            await desk.gateway.assignment(COURSE, ASSIGNMENT)
    assert desk.tokens.renewals == ["old-token"]
    sent = [call.request.headers["Authorization"] for call in route.calls]
    assert sent == ["Bearer old-token", "Bearer new-token"]


@pytest.mark.parametrize("status", [401, 403])
async def test_a_missing_right_renews_nothing(respx_mock: respx.MockRouter, status: int) -> None:
    respx_mock.get(HERE).mock(return_value=right_lacking(status, "no tiene permiso"))
    async with opened() as desk:
        with pytest.raises(LmsForbidden) as caught:
            await desk.gateway.assignment(COURSE, ASSIGNMENT)
    assert caught.value.reason == "no-right"
    assert desk.tokens.renewals == []


async def test_a_redirect_is_not_followed(respx_mock: respx.MockRouter) -> None:
    location = {"Location": f"{API}/courses/1/assignments/10"}
    respx_mock.get(HERE).mock(return_value=httpx.Response(302, headers=location))
    async with opened() as desk:
        with pytest.raises(LmsSpokeNonsense):
            await desk.gateway.assignment(COURSE, ASSIGNMENT)
    assert respx_mock.calls.call_count == 1


@pytest.mark.parametrize(
    "body", [b"", b'{"id":"9","course', b"<html>maintenance</html>", b"\xff\xfe", b'{"id":"9"}']
)
async def test_half_a_body_is_nonsense_with_its_cause(
    respx_mock: respx.MockRouter, body: bytes
) -> None:
    respx_mock.get(HERE).mock(return_value=httpx.Response(200, content=body))
    async with opened() as desk:
        with pytest.raises(LmsSpokeNonsense) as caught:
            await desk.gateway.assignment(COURSE, ASSIGNMENT)
    assert caught.value.__cause__ is not None
    assert "/api/v1/courses/1/assignments/9" in str(caught.value)


async def test_a_body_that_cannot_be_unpacked_is_nonsense(respx_mock: respx.MockRouter) -> None:
    packed = httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=_NoGzip())
    respx_mock.get(HERE).mock(return_value=packed)
    async with opened() as desk:
        with pytest.raises(LmsSpokeNonsense):
            await desk.gateway.assignment(COURSE, ASSIGNMENT)


class _NoGzip(httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"this is no gzip"


async def test_large_ids_stay_whole(respx_mock: respx.MockRouter) -> None:
    for raw in ("10000000000000123", '"10000000000000123"'):
        body = f'{{"id":{raw},"course_id":1,"grading_type":"points","published":true}}'
        respx_mock.get(HERE).mock(return_value=httpx.Response(200, text=body))
        async with opened() as desk:
            found = await desk.gateway.assignment(COURSE, ASSIGNMENT)
        assert found.ref == "10000000000000123"
    accept = respx_mock.calls.last.request.headers["Accept"]
    assert accept == "application/json+canvas-string-ids"


@pytest.mark.parametrize(
    "text", ["3.10", "0.1", "8", "8.0", "10000000000000000.1", "2.675", "1e-6", "-1.5"]
)
async def test_points_never_pass_through_a_float(respx_mock: respx.MockRouter, text: str) -> None:
    body = f'{{"id":"1","user_id":"7","entered_score":{text},"score":1.0}}'
    respx_mock.get(ONE).mock(return_value=httpx.Response(200, text=body))
    async with opened() as desk:
        grade = await desk.gateway.grade(COURSE, ASSIGNMENT, STUDENT)
    assert grade.entered == Decimal(text)


async def test_an_unreadable_grade_comes_back_without_a_number(
    respx_mock: respx.MockRouter,
) -> None:
    answer = submission(entered_score=None, score=None, grade="eleven")
    respx_mock.put(ONE).mock(return_value=httpx.Response(200, json=answer))
    async with opened() as desk:
        grade = await desk.gateway.put_grade(COURSE, ASSIGNMENT, STUDENT, Decimal(11))
    assert grade.entered is None


async def test_a_session_cookie_of_one_person_stays_with_nobody(
    respx_mock: respx.MockRouter,
) -> None:
    headers = {"Set-Cookie": "canvas_session=of-somebody; Path=/"}
    respx_mock.get(HERE).mock(return_value=httpx.Response(200, json=assignment(), headers=headers))
    async with opened() as desk:
        for _ in range(2):
            await desk.gateway.assignment(COURSE, ASSIGNMENT)
    assert "Cookie" not in respx_mock.calls.last.request.headers


async def test_a_hostile_reference_stays_one_segment(respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get(url__regex=r".*").mock(return_value=httpx.Response(404, json={}))
    async with opened() as desk:
        with pytest.raises(LmsRefused):
            await desk.gateway.bulk_report("../users/self?x=1#y")
    assert (
        route.calls.last.request.url.raw_path == b"/api/v1/progress/..%2Fusers%2Fself%3Fx%3D1%23y"
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"published": False}, "unpublished"),
        ({"moderated_grading": True}, "moderated"),
        ({"anonymous_grading": True, "anonymize_students": True}, "anonymous"),
        ({"in_closed_grading_period": True}, "closed-period"),
    ],
)
@pytest.mark.parametrize(
    "refusal",
    [
        right_lacking(401, "Benutzer ist nicht berechtigt"),
        right_lacking(403),
        httpx.Response(400, json={"error": "Zurzeit nicht möglich"}),
    ],
)
async def test_a_vague_refusal_is_explained_by_the_assignment(
    respx_mock: respx.MockRouter,
    refusal: httpx.Response,
    changes: dict[str, object],
    reason: str,
) -> None:
    respx_mock.put(ONE).mock(return_value=refusal)
    respx_mock.get(HERE).mock(return_value=httpx.Response(200, json=assignment(**changes)))
    async with opened() as desk:
        with pytest.raises(LmsRefused) as caught:
            await desk.gateway.put_grade(COURSE, ASSIGNMENT, STUDENT, Decimal(1))
    assert caught.value.reason == reason
    assert isinstance(caught.value.__cause__, LmsRefused)


async def test_a_refusal_stands_when_nothing_explains_it(respx_mock: respx.MockRouter) -> None:
    respx_mock.put(ONE).mock(return_value=right_lacking())
    respx_mock.get(HERE).mock(return_value=right_lacking())
    async with opened() as desk:
        with pytest.raises(LmsForbidden) as caught:
            await desk.gateway.put_grade(COURSE, ASSIGNMENT, STUDENT, Decimal(1))
    assert caught.value.reason == "no-right"


async def test_no_error_quotes_what_canvas_wrote(respx_mock: respx.MockRouter) -> None:
    body = {"errors": [{"message": "Ada Byron may not, says token-1234"}]}
    respx_mock.get(HERE).mock(return_value=httpx.Response(400, json=body))
    async with opened() as desk:
        with pytest.raises(LmsRefused) as caught:
            await desk.gateway.assignment(COURSE, ASSIGNMENT)
    assert "Ada" not in str(caught.value)
    assert "token" not in str(caught.value)
    assert SITE.client_secret not in repr(desk.lms)


async def test_without_the_profile_scope_i_am_known_by_id(respx_mock: respx.MockRouter) -> None:
    respx_mock.get(f"{API}/users/self").mock(return_value=httpx.Response(200, json={"id": "7"}))
    lacking = httpx.Response(401, json={"errors": [{"message": "Insufficient scopes."}]})
    respx_mock.get(f"{API}/users/self/profile").mock(return_value=lacking)
    async with opened() as desk:
        me = await desk.gateway.me()
    assert (me.ref, me.login, me.email) == ("7", None, None)


async def test_barred_courses_are_left_out(respx_mock: respx.MockRouter) -> None:
    nicknamed = {"id": "2", "name": "My Friday", "original_name": "Algebra", "course_code": "M2"}
    stub = {"id": "3", "access_restricted_by_date": True}
    respx_mock.get(url__startswith=f"{API}/courses").mock(
        return_value=httpx.Response(200, json=[stub, nicknamed])
    )
    async with opened() as desk:
        (course,) = [course async for course in desk.gateway.courses_taught()]
    assert (course.ref, course.code, course.name, course.term) == ("2", "M2", "Algebra", "")


async def test_grades_under_anonymity_name_nobody(respx_mock: respx.MockRouter) -> None:
    hidden = {"id": "5", "anonymous_id": "a7Qx1", "entered_score": 4}
    respx_mock.get(url__startswith=f"{HERE}/submissions").mock(
        return_value=httpx.Response(200, json=[hidden])
    )
    async with opened() as desk:
        (grade,) = [grade async for grade in desk.gateway.grades(COURSE, ASSIGNMENT)]
    assert (grade.user_ref, grade.anonymous, grade.entered) == ("", True, Decimal(4))
