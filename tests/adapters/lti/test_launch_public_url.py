from ipaddress import ip_network

import pytest

from adapters.inbound.lti.public_url import PublicAddress, SeenRequest

PROXY = "10.20.0.1"
TRUSTING = PublicAddress(trusted_proxies=(ip_network("10.20.0.0/24"), ip_network("2001:db8::/32")))
FORWARDED = {
    "x-forwarded-proto": "https",
    "x-forwarded-host": "slo.example.edu",
    "x-forwarded-port": "443",
}


def seen(
    path: bytes = b"/lti/launch",
    query: bytes = b"",
    client: str = PROXY,
    headers: dict[str, str] | None = None,
) -> SeenRequest:
    return SeenRequest("http", "app:8000", path, query, client, headers or {})


class TestConfiguredBase:
    @pytest.mark.parametrize("base", ["https://slo.example.edu", "https://slo.example.edu/"])
    def test_it_wins_over_everything_that_was_sent(self, base: str) -> None:
        address = PublicAddress(base, TRUSTING.trusted_proxies)
        headers = {"x-forwarded-host": "evil.example"}

        url = address.url_of(seen(query=b"a=1&b=%20", headers=headers))

        assert url == "https://slo.example.edu/lti/launch?a=1&b=%20"

    @pytest.mark.parametrize("path", [b"/lti/launch", b"/attain/lti/launch"])
    def test_its_own_path_is_there_once(self, path: bytes) -> None:
        address = PublicAddress("https://slo.example.edu/attain")

        assert address.url_of(seen(path)) == "https://slo.example.edu/attain/lti/launch"

    def test_a_path_that_only_begins_alike_is_kept_whole(self) -> None:
        address = PublicAddress("https://slo.example.edu/lti")

        assert address.url_of(seen(b"/ltix")) == "https://slo.example.edu/lti/ltix"


class TestProxies:
    def test_a_trusted_one_tells_scheme_host_and_port(self) -> None:
        url = TRUSTING.url_of(seen(headers=FORWARDED))

        assert url == "https://slo.example.edu:443/lti/launch"

    @pytest.mark.parametrize("client", ["10.21.0.1", "", "unix", "::ffff:192.0.2.1"])
    def test_nobody_else_does(self, client: str) -> None:
        url = TRUSTING.url_of(seen(client=client, headers=FORWARDED))

        assert url == "http://app:8000/lti/launch"

    @pytest.mark.parametrize("client", ["10.20.0.9", "::ffff:10.20.0.9", "2001:db8::7"])
    def test_it_is_known_by_its_network_in_both_families(self, client: str) -> None:
        assert TRUSTING.trusts(client)

    def test_of_several_entries_the_nearest_counts(self) -> None:
        headers = {"x-forwarded-proto": "http, https", "x-forwarded-host": "evil, slo.example.edu"}

        assert TRUSTING.url_of(seen(headers=headers)) == "https://slo.example.edu/lti/launch"

    def test_a_port_in_the_host_is_not_said_twice(self) -> None:
        headers = FORWARDED | {"x-forwarded-host": "[2001:db8::1]:8443"}

        assert TRUSTING.url_of(seen(headers=headers)) == "https://[2001:db8::1]:8443/lti/launch"

    @pytest.mark.parametrize("host", ["", "a b", "evil.example/path", "x@y", "a\r\nb", "h:port"])
    def test_what_is_no_host_is_ignored(self, host: str) -> None:
        headers = {"x-forwarded-proto": "ftp", "x-forwarded-host": host}

        assert TRUSTING.url_of(seen(headers=headers)) == "http://app:8000/lti/launch"


class TestPathAndQuery:
    def test_they_stay_as_they_were_on_the_wire(self) -> None:
        url = PublicAddress().url_of(seen(b"/a%2Fb/%7e/", b"x=%c3%a9&y"))

        assert url == "http://app:8000/a%2Fb/%7e/?x=%c3%a9&y"

    def test_a_query_left_in_the_raw_path_is_not_doubled(self) -> None:
        assert PublicAddress().url_of(seen(b"/a?x=1", b"x=1")) == "http://app:8000/a?x=1"
