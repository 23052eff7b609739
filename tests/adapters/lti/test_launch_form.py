import pytest

from adapters.inbound.lti.launch_form import MAX_BODY_BYTES, MAX_FIELDS, read_launch_form
from application.errors import LaunchRejected

FORM = "application/x-www-form-urlencoded"
OAUTH = (
    "oauth_consumer_key=k&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1795424400"
    "&oauth_nonce=n&oauth_signature=s"
)


def reason(body: str | bytes, query: bytes = b"", content_type: str = FORM) -> str:
    raw = body.encode() if isinstance(body, str) else body
    with pytest.raises(LaunchRejected) as refused:
        read_launch_form(content_type, raw, query)
    assert refused.value.rejected_as == "launch-malformed"
    return refused.value.reason


def replaced(name: str, value: str) -> str:
    fields = [field for field in OAUTH.split("&") if not field.startswith(f"{name}=")]
    return "&".join([*fields, f"{name}={value}"])


class TestReading:
    def test_pairs_keep_their_order_and_empty_values(self) -> None:
        form = read_launch_form(FORM, f"b=&a=1&a=&c&&{OAUTH}".encode())

        assert form.body[:4] == (("b", ""), ("a", "1"), ("a", ""), ("c", ""))

    def test_values_are_decoded_once(self) -> None:
        form = read_launch_form(FORM, f"a=1+2%2B3%2525&%C3%A9=%F0%9F%A7%AA&{OAUTH}".encode())

        assert form.values["a"] == "1 2+3%25"
        assert form.values["é"] == "🧪"

    def test_of_repeated_names_the_first_of_the_body_is_the_value(self) -> None:
        form = read_launch_form(FORM, f"custom_a=1&custom_a=2&{OAUTH}".encode(), b"custom_a=0&q=9")

        assert (form.values["custom_a"], form.values["q"]) == ("1", "9")

    @pytest.mark.parametrize("content_type", [f"{FORM}; charset=UTF-8", FORM.upper(), f" {FORM} "])
    def test_the_form_type_may_have_a_charset(self, content_type: str) -> None:
        assert read_launch_form(content_type, OAUTH.encode()).timestamp == 1_795_424_400

    def test_a_query_may_hold_what_browsers_leave_bare(self) -> None:
        form = read_launch_form(FORM, OAUTH.encode(), b'a[]={"b"}|^')

        assert form.query == (("a[]", '{"b"}|^'),)

    def test_the_body_stays_out_of_the_representation(self) -> None:
        form = read_launch_form(FORM, f"custom_a=private&{OAUTH}".encode())

        assert "custom_a=private" not in repr(form)


class TestRefusing:
    @pytest.mark.parametrize("content_type", ["", "multipart/form-data", "application/json"])
    def test_another_type_than_a_form(self, content_type: str) -> None:
        assert reason(OAUTH, content_type=content_type) == "not-a-form"

    def test_too_many_bytes(self) -> None:
        assert reason(b"a" * (MAX_BODY_BYTES + 1)) == "too-large"

    def test_too_many_fields(self) -> None:
        assert reason("&".join(["a=1"] * (MAX_FIELDS + 1))) == "too-many-fields"

    @pytest.mark.parametrize("body", ["a=<b>", "a=b c", "é=1", "a=\x00", "a=b\r\n"])
    def test_bytes_that_no_form_holds(self, body: str) -> None:
        assert reason(f"{body}&{OAUTH}") == "not-form-encoded"

    @pytest.mark.parametrize("query", [b"a=b c", "a=é".encode(), b"a=\x7f"])
    def test_bytes_that_no_query_holds(self, query: bytes) -> None:
        assert reason(OAUTH, query) == "not-form-encoded"

    @pytest.mark.parametrize("body", ["a=%", "a=%4", "a=%zz", "%é=1"])
    def test_broken_escapes(self, body: str) -> None:
        assert reason(f"{OAUTH}&{body}") in {"broken-escape", "not-form-encoded"}

    @pytest.mark.parametrize("escape", ["%FF", "%C3", "%C0%80", "%ED%A0%80", "%F4%90%80%80"])
    def test_escapes_that_are_not_utf_8(self, escape: str) -> None:
        assert reason(f"{OAUTH}&a={escape}") == "not-utf-8"

    @pytest.mark.parametrize("name", ["oauth_timestamp", "oauth_nonce", "oauth_callback"])
    def test_an_oauth_field_twice(self, name: str) -> None:
        assert reason(f"{OAUTH}&{name}=x&{name}=x") == "oauth-field-doubled"

    def test_an_oauth_field_in_body_and_query(self) -> None:
        assert reason(OAUTH, b"oauth_nonce=n") == "oauth-field-doubled"

    def test_an_oauth_field_in_the_query_alone(self) -> None:
        assert reason(OAUTH, b"oauth_token=t") == "oauth-field-in-query"

    @pytest.mark.parametrize(
        "name",
        [
            "oauth_consumer_key",
            "oauth_signature_method",
            "oauth_timestamp",
            "oauth_nonce",
            "oauth_signature",
        ],
    )
    def test_an_oauth_field_missing_or_empty(self, name: str) -> None:
        assert reason(replaced(name, "")) == "oauth-field-missing"
        assert reason(replaced(name, "").removesuffix(f"&{name}=")) == "oauth-field-missing"

    @pytest.mark.parametrize("method", ["PLAINTEXT", "HMAC-SHA256", "hmac-sha1", "RSA-SHA1"])
    def test_another_signature_method(self, method: str) -> None:
        assert reason(replaced("oauth_signature_method", method)) == "signature-method"

    @pytest.mark.parametrize("version", ["", "1.0a", "2.0"])
    def test_another_oauth_version(self, version: str) -> None:
        assert reason(f"{OAUTH}&oauth_version={version}") == "oauth-version"

    @pytest.mark.parametrize("stamp", ["now", "1.5", "-1", "+1", "%D9%A1", "1" * 13, "1%0A"])
    def test_a_timestamp_that_is_no_integer(self, stamp: str) -> None:
        assert reason(replaced("oauth_timestamp", stamp)) == "timestamp"

    @pytest.mark.parametrize("link", ["", "&resource_link_id=", "&resource_link_id=+"])
    def test_a_basic_launch_without_its_resource(self, link: str) -> None:
        body = f"{OAUTH}&lti_message_type=basic-lti-launch-request{link}"

        assert reason(body) == "resource-link-missing"

    @pytest.mark.parametrize(
        "name", ["user_id", "roles", "lis_person_sourcedid", "custom_canvas_user_login_id"]
    )
    def test_two_values_of_a_name_that_decides_who_launched(self, name: str) -> None:
        assert reason(f"{OAUTH}&{name}=a&{name}=b") == "two-values"
        assert read_launch_form(FORM, f"{OAUTH}&{name}=a&{name}=a".encode()).values[name] == "a"
