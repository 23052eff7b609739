"""Time, ids, chance and threads of the running product."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from threading import get_ident
from uuid import RFC_4122, UUID

from adapters.outbound.runtime.chance import Uuid7, new_id, new_secret
from adapters.outbound.runtime.clock import SystemClock
from adapters.outbound.runtime.threads import in_thread


class TestIds:
    def test_they_are_uuids_of_version_7(self) -> None:
        made = UUID(new_id())

        assert made.version == 7
        assert made.variant == "specified in RFC 4122"

    def test_the_first_48_bits_are_milliseconds(self) -> None:
        assert UUID(Uuid7(lambda: 1_790_000_000_123)()).int >> 80 == 1_790_000_000_123

    def test_they_rise_within_a_millisecond_and_when_the_clock_goes_back(self) -> None:
        moments = iter([5, 5, 5, 4, 3, 5, 6] * 200)
        make = Uuid7(lambda: next(moments))

        made = [make() for _ in range(1400)]

        assert made == sorted(made)
        assert len(set(made)) == len(made)

    def test_a_full_millisecond_runs_into_the_next(self) -> None:
        make = Uuid7(lambda: 5)
        make._last = (6 << 74) - 1

        assert UUID(make()).int >> 80 == 6

    def test_many_at_once_go_on_where_single_ones_stopped(self) -> None:
        make = Uuid7(lambda: 5)

        made = [make(), *make.many(300), make(), *make.many(3), *make.many(0), make()]

        assert made == sorted(made)
        assert len(set(made)) == len(made) == 306
        assert {(one.version, one.variant) for one in map(UUID, made)} == {(7, RFC_4122)}

    def test_many_at_once_run_into_the_next_part_and_the_next_millisecond(self) -> None:
        for last in ((5 << 74) + (9 << 62) - 100, (6 << 74) - 100):
            make = Uuid7(lambda: 5)
            make._last = last

            made = make.many(300)

            assert [UUID(one).int for one in made] == sorted({UUID(one).int for one in made})
            assert {UUID(one).version for one in made} == {7}

    def test_threads_never_share_one(self) -> None:
        with ThreadPoolExecutor(4) as threads:
            made = list(threads.map(lambda _: new_id(), range(2000)))
            made += [one for some in threads.map(new_id.many, [500] * 8) for one in some]

        assert len(set(made)) == len(made)


class TestOthers:
    def test_a_secret_has_256_bits(self) -> None:
        assert len(new_secret()) == 43
        assert new_secret() != new_secret()

    def test_the_present_is_aware_and_utc(self) -> None:
        assert SystemClock().now().tzinfo is UTC

    async def test_work_runs_in_another_thread(self) -> None:
        assert await in_thread(get_ident) != get_ident()
