"""From an untrusted launch request to claims that the LMS signed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from adapters.inbound.lti.launch_form import LaunchForm, contradictory, read_launch_form
from adapters.inbound.lti.refusal import malformed, refused
from adapters.inbound.lti.signature import base_string, holds, parameters_of, parameters_of_form
from application.ports.launches import ConsumerSecrets, NonceLedger
from application.ports.runtime import Clock
from domain.launch import LaunchClaims, MessageType

_VERSION = "LTI-1p0"
"""What Canvas sends for LTI 1.0 and 1.1 alike (lti.md 0)."""
_NOBODYS_SECRET = "0" * 64
_MARGIN = timedelta(minutes=5)
_MESSAGES = frozenset(MessageType)


@dataclass(frozen=True, slots=True)
class LaunchRequest:
    """A launch as it reached us: the public URL with its raw query, and the body's bytes."""

    method: str
    url: str
    content_type: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LaunchVerifier:
    """Answers claims only for a launch that is complete, signed, fresh, new and served.

    The first check that fails answers, in the order: form, version, key, signature, age,
    nonce, message type. A launch may be as old as `max_age`, because Canvas signs when its
    page is drawn and posts when the person clicks.
    """

    secrets: ConsumerSecrets
    nonces: NonceLedger
    clock: Clock
    max_age: timedelta = timedelta(minutes=60)
    max_ahead: timedelta = timedelta(minutes=5)

    def __call__(self, request: LaunchRequest) -> LaunchClaims:
        """Verify one launch and spend its nonce.

        Raises:
            LaunchRejected: `launch-malformed`, `launch-version-unsupported`,
                `launch-key-unknown`, `launch-signature-invalid`, `launch-expired`,
                `launch-replayed` or `launch-message-unsupported`.
        """
        form, now = _form_of(request), self.clock.now()
        if form.values.get("lti_version") != _VERSION:
            raise refused("launch-version-unsupported")
        self._check_signature(request, form, now)
        self._check_age(form, now)
        self._spend_nonce(form)
        if form.values.get("lti_message_type") not in _MESSAGES:
            raise refused("launch-message-unsupported")
        return LaunchClaims(
            {name: value for name, value in form.values.items() if name != "oauth_signature"}
        )

    def _check_signature(self, request: LaunchRequest, form: LaunchForm, now: datetime) -> None:
        secrets = self.secrets.secrets_of(form.values["oauth_consumer_key"], now)
        # An unknown key costs the time of a known one, so that keys cannot be found by it.
        signed = _is_signed(request, form, secrets or (_NOBODYS_SECRET,))
        if not secrets:
            raise refused("launch-key-unknown")
        if not signed:
            raise refused("launch-signature-invalid")

    def _check_age(self, form: LaunchForm, now: datetime) -> None:
        age = now.timestamp() - form.timestamp
        if not -self.max_ahead.total_seconds() <= age <= self.max_age.total_seconds():
            raise refused("launch-expired")

    def _spend_nonce(self, form: LaunchForm) -> None:
        signed_at = datetime.fromtimestamp(form.timestamp, UTC)
        until = signed_at + self.max_age + self.max_ahead + _MARGIN
        key, nonce = form.values["oauth_consumer_key"], form.values["oauth_nonce"]
        if not self.nonces.remember(key, nonce, until=until):
            raise refused("launch-replayed")


def _form_of(request: LaunchRequest) -> LaunchForm:
    if request.method.upper() != "POST":
        raise malformed("not-a-post")
    query = request.url.partition("#")[0].partition("?")[2]
    return read_launch_form(request.content_type, request.body, query.encode())


def _is_signed(request: LaunchRequest, form: LaunchForm, secrets: Sequence[str]) -> bool:
    """Whether the signature holds in one of the two forms for a launch URL with a query.

    RFC 5849 signs the query. Canvas by default copies it into the body and signs the URL
    without it (lti.md 2.3); then a name that only the query holds would be nobody's word.
    """
    body = parameters_of_form(form.raw_body, form.body)
    if _holds(request, form, [*body, *parameters_of(form.query)], secrets):
        if contradictory((*form.body, *form.query)):
            raise malformed("two-values")
        return True
    return form.copies_query_into_body() and _holds(request, form, body, secrets)


def _holds(
    request: LaunchRequest, form: LaunchForm, parameters: Sequence[str], secrets: Sequence[str]
) -> bool:
    try:
        text = base_string(request.method, request.url, parameters)
    except ValueError:
        raise malformed("address") from None
    return holds(form.values["oauth_signature"], text, secrets)
