"""Calls go to the configured site, and not into the college's own network."""

import httpx
import pytest

from adapters.outbound.canvas.addresses import AddressGuard, origin_of, same_origin
from adapters.outbound.canvas.plugin import plugin
from adapters.outbound.canvas.settings import CanvasSettings
from application.errors import LmsRefused
from application.ports.lms_plugin import LmsRuntime, SiteAccess
from tests.adapters.canvas.desk import COURSE, Tokens
from tests.stand_ins import FixedClock

PRIVATE = [
    "https://localhost/",
    "https://canvas.localhost/",
    "https://127.0.0.1/",
    "https://10.1.2.3/",
    "https://[::1]/",
    "https://[fd00::1]/",
    "https://169.254.169.254/",
    "https://100.64.0.1/",
    "https://intranet/",
    "https://canvas.internal./",
    "https://canvas.test/",
    "http://canvas.college.edu/",
]


def guard(*found: str, allow: bool = False) -> AddressGuard:
    async def resolve(host: str) -> list[str]:
        if not found:
            raise OSError(host)
        return list(found)

    return AddressGuard(allow_private=allow, resolve=resolve)


@pytest.mark.parametrize("url", PRIVATE)
async def test_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(LmsRefused):
        await guard("93.184.216.34").check(httpx.URL(url))
    await guard(allow=True).check(httpx.URL(url))


async def test_a_public_name_with_a_private_address_is_refused() -> None:
    with pytest.raises(LmsRefused, match="private network"):
        await guard("93.184.216.34", "10.0.0.7").check(httpx.URL("https://canvas.college.edu/"))


@pytest.mark.parametrize("found", [["93.184.216.34", "2606:2800:220:1::1"], []])
async def test_a_public_site_passes_and_so_does_a_name_only_a_proxy_knows(
    found: list[str],
) -> None:
    await guard(*found).check(httpx.URL("https://canvas.college.edu/"))


async def test_a_name_is_resolved_once() -> None:
    asked: list[str] = []

    async def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"]

    once = AddressGuard(allow_private=False, resolve=resolve)
    for _ in range(3):
        await once.check(httpx.URL("https://canvas.college.edu/x"))
    assert asked == ["canvas.college.edu"]


async def test_the_plugin_asks_the_guard_before_every_conversation() -> None:
    runtime = LmsRuntime(FixedClock(), "Attain tests")
    site = SiteAccess("https://10.0.0.7", "10001", "developer-key-secret")
    async with plugin.open(CanvasSettings(), runtime) as lms:
        with pytest.raises(LmsRefused):
            lms.consent_url(site, redirect_uri="https://attain.test/", state="s")
        with pytest.raises(LmsRefused):
            await lms.refresh(site, refresh_token="r")
        with pytest.raises(LmsRefused):
            await anext(lms.acting(site, Tokens()).students(COURSE))


def test_an_origin_is_scheme_host_and_port() -> None:
    assert (
        origin_of(httpx.URL("HTTPS://Canvas.College.edu:443/x?y#z")) == "https://canvas.college.edu"
    )
    assert same_origin(httpx.URL("http://a.test:81/x"), "http://a.test:81")
    assert not same_origin(httpx.URL("http://a.test:81/x"), "http://a.test")
