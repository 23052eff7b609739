"""Canvas' throttle: told from refusals, waited out, and best never met."""

from decimal import Decimal

import anyio
import httpx
import pytest
import respx

from adapters.outbound.canvas.throttle import Pacing, Throttle, Throttles, is_throttled
from application.errors import LmsForbidden, LmsRateLimited
from tests.adapters.canvas.desk import (
    API,
    ASSIGNMENT,
    BULK,
    COURSE,
    ONE,
    RATE_LIMITED,
    SITE,
    STUDENT,
    Tokens,
    Watch,
    assignment,
    opened,
    right_lacking,
    submission,
)


def throttled(status: int) -> httpx.Response:
    return httpx.Response(status, text=RATE_LIMITED, headers={"X-Rate-Limit-Remaining": "0.0"})


@pytest.mark.parametrize("status", [403, 429])
async def test_both_kinds_of_throttling_are_waited_out(
    respx_mock: respx.MockRouter, status: int
) -> None:
    answers = [throttled(status), throttled(status), httpx.Response(200, json=submission())]
    respx_mock.get(ONE).mock(side_effect=answers)
    async with opened(first_pause=0.5) as desk:
        grade = await desk.gateway.grade(COURSE, ASSIGNMENT, STUDENT)
    assert grade.entered == Decimal("8.5")
    assert desk.watch.slept == [0.5, 1.0]
    assert desk.tokens.renewals == []


async def test_a_throttled_bulk_post_was_not_executed_and_goes_again(
    respx_mock: respx.MockRouter,
) -> None:
    queued = {"id": "5", "workflow_state": "queued"}
    route = respx_mock.post(BULK)
    route.mock(side_effect=[throttled(429), httpx.Response(200, json=queued)])
    async with opened() as desk:
        reference = await desk.gateway.post_grades(COURSE, ASSIGNMENT, {STUDENT: Decimal(1)})
    assert reference == "5"
    first, second = (call.request.content for call in route.calls)
    assert first == second


async def test_throttling_without_end_is_said_so(respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get(ONE).mock(return_value=throttled(403))
    async with opened(throttle_tries=4) as desk:
        with pytest.raises(LmsRateLimited) as caught:
            await desk.gateway.grade(COURSE, ASSIGNMENT, STUDENT)
    assert route.call_count == 4
    assert caught.value.retry_after is not None
    assert caught.value.retry_after >= 1


async def test_a_word_of_when_to_come_again_is_heeded(respx_mock: respx.MockRouter) -> None:
    busy = httpx.Response(429, headers={"Retry-After": "7"})
    respx_mock.get(ONE).mock(side_effect=[busy, httpx.Response(200, json=submission())])
    async with opened() as desk:
        await desk.gateway.grade(COURSE, ASSIGNMENT, STUDENT)
    assert desk.watch.slept == [7.0]


async def test_gateways_of_one_authorisation_wait_together(
    respx_mock: respx.MockRouter,
) -> None:
    busy = httpx.Response(429, headers={"Retry-After": "7"})
    good = httpx.Response(200, json=submission())
    respx_mock.get(ONE).mock(side_effect=[busy, good, good])
    async with opened(throttle_tries=1) as desk:
        with pytest.raises(LmsRateLimited):
            await desk.gateway.grade(COURSE, ASSIGNMENT, STUDENT)
        await desk.lms.acting(SITE, Tokens()).grade(COURSE, ASSIGNMENT, STUDENT)
        assert desk.watch.slept == []
        await desk.lms.acting(SITE, desk.tokens).grade(COURSE, ASSIGNMENT, STUDENT)
    assert desk.watch.slept == [7.0]


async def test_another_403_is_a_refusal_at_once(respx_mock: respx.MockRouter) -> None:
    respx_mock.put(ONE).mock(return_value=right_lacking(403))
    readable = httpx.Response(200, json=assignment())
    respx_mock.get(f"{API}/courses/1/assignments/9").mock(return_value=readable)
    async with opened() as desk:
        with pytest.raises(LmsForbidden) as caught:
            await desk.gateway.put_grade(COURSE, ASSIGNMENT, STUDENT, Decimal(1))
    assert caught.value.reason == "no-right"
    assert desk.watch.slept == []


class Bucket:
    """Canvas' leaky bucket by its documented rules, with answers of a chosen cost.

    `others` are units that further processes with the same token hold all the time.
    """

    def __init__(
        self, watch: Watch, *, mark: float = 600.0, cost: float = 0.1, others: float = 0.0
    ) -> None:
        self.watch, self.mark, self.cost = watch, mark, cost
        self.count, self.touched = 0.0, 0.0
        self.others = others
        self.refused = self.served = self.widest = self.inside = 0

    def update(self, amount: float) -> None:
        if self.count > 0:
            self.count -= 10.0 * (self.watch.now - self.touched)
        self.count = max(0.0, min(800.0, self.count + amount))
        self.touched = self.watch.now

    async def answer(self) -> httpx.Response:
        self.update(50.0)
        if self.count + self.others >= self.mark:
            self.update(-50.0)
            self.refused += 1
            return throttled(403)
        self.inside += 1
        self.widest = max(self.widest, self.inside)
        for _ in range(3):
            await anyio.lowlevel.checkpoint()
        self.watch.now += 0.002
        self.update(self.cost - 50.0)
        self.inside -= 1
        self.served += 1
        remaining = str(self.mark - self.count - self.others)
        return httpx.Response(200, headers={"X-Rate-Limit-Remaining": remaining})


async def drive(bucket: Bucket, calls: int, most: int = 8) -> Throttle:
    throttle = Throttle(bucket.watch.pacing(), most=most, first_pause=0.5)

    async def until_served() -> None:
        while is_throttled(await throttle.run(bucket.answer)):
            pass

    async with anyio.create_task_group() as group:
        for _ in range(calls):
            group.start_soon(until_served)
    return throttle


@pytest.mark.parametrize("cost", [0.05, 3.0, 30.0, 90.0])
async def test_a_hundred_calls_at_once_meet_no_refusal(cost: float) -> None:
    bucket = Bucket(Watch(), cost=cost)
    throttle = await drive(bucket, 100)
    assert (bucket.served, bucket.refused, throttle.refusals) == (100, 0, 0)
    assert bucket.widest > 2


async def test_a_wide_setting_still_stops_before_the_mark() -> None:
    bucket = Bucket(Watch())
    throttle = await drive(bucket, 100, most=40)
    assert bucket.refused == 0
    assert 8 <= throttle.width <= 10
    assert bucket.widest <= 10
    assert bucket.watch.slept == []


async def test_our_own_calls_in_flight_do_not_narrow_the_gate() -> None:
    throttle = Throttle(Watch().pacing(), most=8, first_pause=0.5)
    release = anyio.Event()

    def answer(remaining: float) -> httpx.Response:
        return httpx.Response(200, headers={"X-Rate-Limit-Remaining": str(remaining)})

    async def at_once() -> httpx.Response:
        return answer(600 - 50 * len(waiting))

    async def later() -> httpx.Response:
        waiting.append("one")
        await release.wait()
        return answer(600)

    waiting: list[str] = []
    for _ in range(8):
        await throttle.run(at_once)
    async with anyio.create_task_group() as group:
        for _ in range(7):
            group.start_soon(throttle.run, later)
        await anyio.wait_all_tasks_blocked()
        await throttle.run(at_once)
        assert (len(waiting), throttle.width) == (7, 8)
        release.set()


async def test_a_lower_mark_is_learned() -> None:
    bucket = Bucket(Watch(), mark=300.0)
    await drive(bucket, 100, most=40)
    assert bucket.refused == 0
    assert bucket.widest <= 4


async def test_what_others_hold_is_left_to_them() -> None:
    bucket = Bucket(Watch(), others=350.0)
    await drive(bucket, 60)
    assert bucket.refused == 0
    assert bucket.widest <= 4


async def test_a_full_bucket_is_waited_for() -> None:
    bucket = Bucket(Watch())
    bucket.count = 700.0
    throttle = await drive(bucket, 20)
    assert bucket.served == 20
    assert throttle.refusals == bucket.refused
    assert sum(bucket.watch.slept) >= (700 - 600) / 10


async def test_an_install_without_the_header_goes_on_narrowly() -> None:
    throttle = Throttle(Watch().pacing(), most=8, first_pause=0.5)

    async def send() -> httpx.Response:
        return httpx.Response(200)

    assert [(await throttle.run(send)).status_code for _ in range(3)] == [200] * 3


def test_equal_sources_share_a_throttle_and_the_oldest_is_forgotten() -> None:
    throttles = Throttles(lambda: Throttle(Pacing(), most=4, first_pause=0.5))
    first = throttles.of(("authorisation", 1))
    for number in range(2, 1001):
        throttles.of(("authorisation", number))
    assert throttles.of(("authorisation", 1)) is first
    throttles.of(("authorisation", 1001))
    assert throttles.of(("authorisation", 1)) is first
    assert len(throttles) == 1000


def test_no_wait_is_longer_than_half_a_minute_and_a_bit() -> None:
    pacing = Pacing(chance=lambda: 1.0)
    assert pacing.backoff(0.5, 1) == 0.625
    assert pacing.backoff(0.5, 60) == 37.5
