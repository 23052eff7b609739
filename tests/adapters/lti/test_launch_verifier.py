"""Order, freshness and uniqueness of launches, and the two forms of a signed query."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.inbound.lti.verifier import LaunchRequest
from application.errors import LaunchRejected
from tests.adapters.lti.signing import (
    BASIC,
    FORM,
    KEY,
    NONCE,
    NOW,
    SECRET,
    URL,
    Nonces,
    a_launch,
    a_verifier,
    verdict,
)

HOUR = timedelta(hours=1)


class TestOrder:
    """A launch that is wrong in several ways gets the first refusal of the order."""

    def test_malformed_comes_before_the_version(self) -> None:
        launch = a_launch(without="resource_link_id", lti_version="LTI-2p0", key="nobody")

        assert verdict(a_verifier(), launch) == "launch-malformed"

    def test_the_version_comes_before_the_key(self) -> None:
        launch = a_launch(lti_version="LTI-2p0", key="nobody")

        assert verdict(a_verifier(), launch) == "launch-version-unsupported"

    def test_the_key_comes_before_the_signature(self) -> None:
        launch = a_launch(key="nobody", secret="wrong", age=3 * HOUR)

        assert verdict(a_verifier(), launch) == "launch-key-unknown"

    def test_the_signature_comes_before_the_age(self) -> None:
        assert verdict(a_verifier(), a_launch(secret="wrong", age=3 * HOUR)) == (
            "launch-signature-invalid"
        )

    def test_the_age_comes_before_the_nonce(self) -> None:
        nonces = Nonces({(KEY, NONCE): NOW})

        assert verdict(a_verifier(nonces=nonces), a_launch(age=3 * HOUR)) == "launch-expired"

    def test_the_nonce_comes_before_the_message_type(self) -> None:
        launch = a_launch(lti_message_type="ToolProxyRegistrationRequest")
        verifier = a_verifier()

        assert verdict(verifier, launch) == "launch-message-unsupported"
        assert verdict(verifier, launch) == "launch-replayed"

    def test_a_launch_without_a_message_type_is_not_served(self) -> None:
        launch = a_launch(without="lti_message_type")

        assert verdict(a_verifier(), launch) == "launch-message-unsupported"


class TestAge:
    @pytest.mark.parametrize("age", [HOUR, timedelta(0), timedelta(minutes=-5)])
    def test_an_hour_old_and_five_minutes_ahead_are_accepted(self, age: timedelta) -> None:
        assert verdict(a_verifier(), a_launch(age=age)) is None

    @pytest.mark.parametrize(
        "age", [HOUR + timedelta(seconds=1), timedelta(minutes=-5, seconds=-1)]
    )
    def test_a_second_more_is_not(self, age: timedelta) -> None:
        assert verdict(a_verifier(), a_launch(age=age)) == "launch-expired"


class TestNonce:
    def test_it_is_spent_once(self) -> None:
        verifier = a_verifier()

        assert verdict(verifier, a_launch()) is None
        assert verdict(verifier, a_launch()) == "launch-replayed"

    def test_it_is_not_spent_by_a_forged_launch(self) -> None:
        nonces = Nonces()

        assert verdict(a_verifier(nonces=nonces), a_launch(secret="guess")) is not None
        assert nonces.spent == {}

    def test_it_may_be_used_by_another_key(self) -> None:
        verifier = a_verifier({KEY: (SECRET,), "other": (SECRET,)})

        assert verdict(verifier, a_launch()) is None
        assert verdict(verifier, a_launch(key="other")) is None

    def test_it_is_remembered_for_longer_than_its_launch_could_be_accepted(self) -> None:
        nonces = Nonces()
        a_verifier(nonces=nonces)(a_launch(age=timedelta(minutes=-5)))

        (until,) = nonces.spent.values()
        assert until > NOW + timedelta(minutes=5) + HOUR


class TestKeys:
    def test_both_secrets_of_a_rotation_are_accepted(self) -> None:
        verifier = a_verifier({KEY: ("new", "old")})

        assert verdict(verifier, a_launch(secret="old", nonce="one")) is None
        assert verdict(verifier, a_launch(secret="new", nonce="two")) is None
        assert verdict(verifier, a_launch(secret="older", nonce="three")) is not None

    def test_no_secret_at_all_opens_an_unknown_key(self) -> None:
        for secret in ("", "0" * 64, SECRET):
            assert verdict(a_verifier({}), a_launch(secret=secret)) == "launch-key-unknown"

    @pytest.mark.parametrize("secret", ["s&cret é", "a=b%20+c/~", "密鑰"])
    def test_secrets_with_reserved_and_foreign_characters_work(self, secret: str) -> None:
        assert verdict(a_verifier({KEY: (secret,)}), a_launch(secret=secret)) is None


class TestQuery:
    def test_an_unsigned_name_in_the_query_is_refused(self) -> None:
        launch = a_launch(signed_url=URL, url=f"{URL}?custom_role=admin")

        assert verdict(a_verifier(), launch) == "launch-signature-invalid"

    def test_a_query_copied_into_the_body_is_accepted_as_canvas_signs_it(self) -> None:
        launch = a_launch(signed_url=URL, url=f"{URL}?term=2026FA", pairs=[("term", "2026FA")])

        assert a_verifier()(launch).params["term"] == "2026FA"

    def test_values_of_the_copied_form_come_from_the_body_only(self) -> None:
        launch = a_launch(signed_url=URL, url=f"{URL}?user_id=somebody&roles=Learner")

        claims = a_verifier()(launch)

        assert (claims.params["user_id"], claims.params["roles"]) == ("5fbc", "Instructor")

    def test_a_changed_value_of_a_signed_query_is_refused(self) -> None:
        launch = a_launch(signed_url=f"{URL}?term=2026FA", url=f"{URL}?term=2027SP")

        assert verdict(a_verifier(), launch) == "launch-signature-invalid"

    def test_a_launch_url_cannot_say_a_second_time_who_launches(self) -> None:
        launch = a_launch(url=f"{URL}?lis_person_sourcedid=C001", lis_person_sourcedid="C002")

        assert verdict(a_verifier(), launch) == "launch-malformed"

    def test_a_resource_link_in_the_signed_query_counts(self) -> None:
        launch = a_launch(url=f"{URL}?resource_link_id=7", without="resource_link_id")

        assert a_verifier()(launch).resource_link_id == "7"


class TestClaims:
    def test_a_content_item_request_needs_no_resource_link(self) -> None:
        launch = a_launch(
            without="resource_link_id", lti_message_type="ContentItemSelectionRequest"
        )

        assert a_verifier()(launch).message_type == "ContentItemSelectionRequest"

    def test_the_signature_is_not_among_the_claims(self) -> None:
        claims = a_verifier()(a_launch())

        assert "oauth_signature" not in claims.params
        assert claims.consumer_key == KEY

    def test_an_impossible_address_is_malformed(self) -> None:
        launch = LaunchRequest("POST", "https://slo.example.edu:99999/", FORM, a_launch().body)

        assert verdict(a_verifier(), launch) == "launch-malformed"

    def test_only_a_post_is_a_launch(self) -> None:
        launch = LaunchRequest("GET", URL, FORM, a_launch().body)

        assert verdict(a_verifier(), launch) == "launch-malformed"

    @pytest.mark.parametrize(
        "launch",
        [a_launch(secret="wrong"), a_launch(key="nobody"), a_launch(age=3 * HOUR)],
        ids=["signature", "key", "age"],
    )
    def test_a_refusal_repeats_nothing_of_the_launch(self, launch: LaunchRequest) -> None:
        with pytest.raises(LaunchRejected) as refused:
            a_verifier()(launch)

        said = f"{refused.value} {refused.value.reason}"
        assert not [word for word in (SECRET, NONCE, *BASIC.values()) if word in said]

    def test_a_timestamp_beyond_any_calendar_is_expired(self) -> None:
        distant = datetime.fromtimestamp(99_999_999_999, UTC)

        assert verdict(a_verifier(), a_launch(age=NOW - distant)) == "launch-expired"
