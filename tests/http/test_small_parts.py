"""Limits, proxies, formats and lost databases."""

from datetime import UTC, date, datetime
from decimal import Decimal
from ipaddress import ip_network

import pytest
from litestar.connection import ASGIConnection
from litestar.testing import RequestFactory

from adapters.inbound.http import formats
from adapters.inbound.http.app import AppParts, create_app
from adapters.inbound.http.limits import FailureLimit
from adapters.inbound.http.line_stream import in_blocks
from adapters.inbound.http.proxies import TrustedProxies
from adapters.inbound.http.visit import AnyConnection
from adapters.outbound.runtime.threads import in_thread
from application.errors import RateLimited, StorageUnavailable
from application.ports.unit_of_work import UnitOfWork
from application.use_cases.access.sessions import ContinueSession
from domain.access import Role
from tests.http.foundation import FOUNDATION
from tests.http.support import LAUNCH_COOKIE, SECURE, Backstage, Browser, browsing
from tests.stand_ins import FixedClock


def test_many_lines_are_sent_in_few_parts() -> None:
    lines = [f"{number}, \N{WHITE SMILING FACE}\r\n" for number in range(20_000)]
    parts = list(in_blocks(lines))
    assert b"".join(parts).decode() == "".join(lines)
    assert len(parts) < 10
    assert list(in_blocks([])) == []


class TestFailureLimit:
    def test_stops_a_source_until_its_failures_are_old(self, clock: FixedClock) -> None:
        limit = FailureLimit(clock, most=2)
        limit.failed("one")
        limit.check("one")
        limit.failed("one")
        with pytest.raises(RateLimited):
            limit.check("one")
        limit.check("other")

        clock.advance(minutes=5)

        limit.check("one")

    def test_remembers_a_bounded_number_of_sources(self, clock: FixedClock) -> None:
        limit = FailureLimit(clock, most=1, sources=2)
        for source in ("one", "two", "three"):
            limit.failed(source)

        limit.check("one")
        for source in ("two", "three"):
            with pytest.raises(RateLimited):
                limit.check(source)


class TestTrustedProxies:
    @pytest.mark.parametrize(
        ("peer", "forwarded", "source"),
        [
            ("203.0.113.9", "", "203.0.113.9"),
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
            ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
            ("10.0.0.1", "", "10.0.0.1"),
        ],
    )
    def test_only_named_proxies_are_believed(self, peer: str, forwarded: str, source: str) -> None:
        proxies = TrustedProxies((ip_network("10.0.0.0/8"),))

        assert proxies.source_of(a_connection(peer, forwarded)) == source


def a_connection(peer: str, forwarded: str) -> AnyConnection:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers)
    request.scope["client"] = (peer, 1)
    return ASGIConnection(request.scope)


class TestFormats:
    def test_dates(self) -> None:
        assert formats.as_date(date(2026, 12, 4)) == "4 Dec 2026"
        assert formats.as_date(None) == "\N{EN DASH}"

    def test_moments_are_marked_up(self) -> None:
        shown = formats.as_moment(datetime(2026, 12, 4, 14, 5, tzinfo=UTC))

        assert shown == ('<time datetime="2026-12-04T14:05:00+00:00">4 Dec 2026, 14:05 UTC</time>')

    @pytest.mark.parametrize(
        ("number", "shown"), [(Decimal("12.50"), "12.5"), (Decimal(100), "100"), (12345, "12,345")]
    )
    def test_numbers(self, number: Decimal | int, shown: str) -> None:
        assert formats.as_number(number) == shown

    @pytest.mark.parametrize(
        ("written", "shown"),
        [("slo: unknown.", "SLO: unknown."), ("slos: choose.", "SLOs: choose."),
         ("slow down.", "Slow down."), ("enter a title.", "Enter a title."), ("", "")],
    )  # fmt: skip
    def test_sentences_begin_as_people_write(self, written: str, shown: str) -> None:
        assert formats.as_sentence(written) == shown

    def test_scores_have_two_decimals(self) -> None:
        assert formats.as_score(Decimal("2.5")) == "2.50"
        assert formats.as_score(None) == "\N{EN DASH}"


class TestLostDatabase:
    @pytest.fixture
    def cut_off(self, backstage: Backstage) -> AppParts:
        def no_units(*, write: bool = True) -> UnitOfWork:
            raise StorageUnavailable("The database does not answer.")

        return AppParts(
            base_url=SECURE,
            clock=backstage.clock,
            transact=in_thread,
            continue_session=ContinueSession(no_units, backstage.clock),
            providers=backstage.providers(),
            lms_origins=lambda: (),
            ready_check=lambda: (),
            routes=FOUNDATION,
        )

    def test_is_a_page_of_its_own_and_no_sign_out(self, cut_off: AppParts) -> None:
        with browsing(create_app(cut_off)) as browser:
            browser.client.cookies.set(LAUNCH_COOKIE, "some-secret")
            answer = browser.get("/settings/lti")

        assert answer.status_code == 503
        assert "Wait a minute, then repeat." in answer.text
        assert "set-cookie" not in answer.headers


class TestExtending:
    def test_a_session_needs_only_a_request(self, browser: Browser, backstage: Backstage) -> None:
        browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))
        for _ in range(3):
            backstage.clock.advance(minutes=29)
            assert browser.post("/session").status_code == 204

        assert browser.get("/settings/lti").status_code == 200
        assert browser.post("/session", token="wrong").status_code == 403
