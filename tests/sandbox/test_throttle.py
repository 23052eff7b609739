"""The leaky bucket, driven to its refusal and back with a clock of its own."""

import asyncio

import httpx
import pytest

from sandbox.canvas.throttle import Throttle
from tests.sandbox.college import HOST, TEACHER, MovingClock, Practice, run
from tests.sandbox.test_oauth import exchange, tokens


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


class TestBucket:
    def test_each_request_in_flight_holds_fifty(self, clock: MovingClock) -> None:
        throttle = Throttle(clock)
        assert all(throttle.enter("one") for _ in range(11))
        assert not throttle.enter("one")

    def test_the_twelfth_passes_once_something_has_leaked(self, clock: MovingClock) -> None:
        throttle = Throttle(clock)
        for _ in range(11):
            throttle.enter("one")
        clock.advance(0.1)
        assert throttle.enter("one")
        assert not throttle.enter("one")

    def test_callers_do_not_share_a_bucket(self, clock: MovingClock) -> None:
        throttle = Throttle(clock)
        for _ in range(13):
            throttle.enter("one")
        assert throttle.enter("other")

    def test_it_leaks_ten_a_second(self, clock: MovingClock) -> None:
        throttle = Throttle(clock)
        throttle.enter("one")
        assert throttle.leave("one", 500.0) == pytest.approx(100.0)
        clock.advance(20)
        throttle.enter("one")
        assert throttle.leave("one", 0.0) == pytest.approx(300.0)

    def test_it_is_capped_and_floored(self, clock: MovingClock) -> None:
        throttle = Throttle(clock)
        throttle.enter("one")
        assert throttle.leave("one", 5000.0) == pytest.approx(-200.0)
        clock.advance(1000)
        throttle.enter("one")
        assert throttle.leave("one", 0.0) == pytest.approx(600.0)

    def test_the_leak_may_pass_zero_before_the_amount_is_added(self, clock: MovingClock) -> None:
        throttle = Throttle(clock)
        throttle.enter("one")
        throttle.leave("one", 10.0)
        clock.advance(3)
        throttle.enter("one")
        assert throttle.buckets["one"].count == pytest.approx(30.0)

    def test_an_idle_hour_is_forgotten(self, clock: MovingClock) -> None:
        throttle = Throttle(clock, outflow=0.0)
        throttle.enter("one")
        throttle.leave("one", 700.0)
        clock.advance(3601)
        assert throttle.enter("one")


class TestOverHttp:
    def test_answers_tell_their_cost_and_what_remains(self, practice: Practice) -> None:
        answer = practice.get(TEACHER, "/courses")
        cost = float(answer.headers["x-request-cost"])
        assert 0 < cost < 1
        remaining = float(answer.headers["x-rate-limit-remaining"])
        assert remaining == pytest.approx(600 - cost)

    @pytest.mark.parametrize(
        ("status", "text"),
        [
            (403, "403 Forbidden (Rate Limit Exceeded)\n"),
            (429, "429 Too Many Requests (Rate Limit Exceeded)\n"),
        ],
    )
    def test_a_full_bucket_refuses_and_recovers(
        self, practice: Practice, status: int, text: str
    ) -> None:
        practice.switches.throttle_status = status
        practice.get(TEACHER, "/courses")
        (bucket,) = practice.canvas.throttle.buckets.values()
        bucket.count = 590.0

        refused = practice.get(TEACHER, "/courses")

        assert (refused.status_code, refused.text) == (status, text)
        assert refused.headers["content-type"] == "text/plain; charset=utf-8"
        assert refused.headers["x-rate-limit-remaining"] == "0.0"
        assert "x-request-cost" not in refused.headers
        assert "retry-after" not in refused.headers
        practice.clock.advance(5)
        assert practice.get(TEACHER, "/courses").status_code == 200

    def test_a_refused_call_was_not_executed(self, practice: Practice) -> None:
        practice.get(TEACHER, "/courses")
        (bucket,) = practice.canvas.throttle.buckets.values()
        bucket.count = 700.0
        path = "/courses/101/assignments"
        practice.call(TEACHER, "POST", path, {"assignment": {"name": "New"}})
        assert all(row.name != "New" for row in practice.state.assignments.values())

    def test_the_thirteenth_parallel_request_is_refused(self, practice: Practice) -> None:
        practice.canvas.faults.add("slow", times=20, seconds=0.05)
        token = practice.canvas.token_for(TEACHER)

        async def go() -> list[int]:
            transport = httpx.ASGITransport(app=practice.canvas.app)
            headers = {"Authorization": f"Bearer {token}"}
            async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
                calls = [client.get("/api/v1/courses", headers=headers) for _ in range(14)]
                return [answer.status_code for answer in await asyncio.gather(*calls)]

        assert sorted(run(go())) == [200] * 11 + [403] * 3

    def test_the_token_endpoint_costs_two_hundred(self, practice: Practice) -> None:
        refresh = tokens(practice)["refresh_token"]
        answers = [
            exchange(practice, grant_type="refresh_token", refresh_token=refresh) for _ in range(4)
        ]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 403]
        assert float(answers[0].headers["x-request-cost"]) > 200

    def test_pages_are_not_throttled(self, practice: Practice) -> None:
        assert "x-request-cost" not in practice.call(None, "GET", "/login").headers
