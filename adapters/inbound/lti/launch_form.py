"""The raw bytes of a launch, read once into ordered pairs, or refused as malformed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from urllib.parse import unquote_to_bytes

from adapters.inbound.lti.refusal import malformed
from domain.launch import MessageType

Pair = tuple[str, str]

MAX_BODY_BYTES = 256 * 1024
"""Ancestor lists of copied courses reach 40 kB in one value (lti.md 2.6)."""
MAX_FIELDS = 500

_FORM_TYPE = "application/x-www-form-urlencoded"
# What form encoding may leave bare; oauthlib draws the same line. A query is written by
# people, so every visible ASCII character may stand in it.
_FORM_BYTES = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-=&;:%+~,*@!()/?'$"
_QUERY_BYTES = bytes(range(0x21, 0x7F))
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")

_REQUIRED = (
    "oauth_consumer_key",
    "oauth_signature_method",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_signature",
)
# Who, where and what for: nobody may choose among two values of these.
_DECISIVE = (
    "user_id", "roles", "lti_", "lis_", "context_", "resource_link_", "tool_consumer_",
    "custom_canvas_",
)  # fmt: skip
_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class LaunchForm:
    """Decoded pairs in the order of the wire, and the value that each name stands for.

    Where a name repeats, every pair counts for the signature and the first one is the value;
    the body comes before the query, so that a launch URL never overrules what the LMS says.
    """

    raw_body: bytes = field(repr=False)
    body: tuple[Pair, ...]
    query: tuple[Pair, ...]
    values: Mapping[str, str]

    @property
    def timestamp(self) -> int:
        return int(self.values["oauth_timestamp"])

    def copies_query_into_body(self) -> bool:
        names = {name for name, _ in self.body}
        return bool(self.query) and all(name in names for name, _ in self.query)


def read_launch_form(content_type: str, body: bytes, raw_query: bytes = b"") -> LaunchForm:
    """Read a launch, with nothing in it trusted yet.

    Raises:
        LaunchRejected: `launch-malformed`, for whatever must hold before a key is looked up.
    """
    if content_type.partition(";")[0].strip().lower() != _FORM_TYPE:
        raise malformed("not-a-form")
    if len(body) + len(raw_query) > MAX_BODY_BYTES:
        raise malformed("too-large")
    signed, query = _pairs(body, _FORM_BYTES), _pairs(raw_query, _QUERY_BYTES)
    if len(signed) + len(query) > MAX_FIELDS:
        raise malformed("too-many-fields")
    # Later pairs overwrite earlier ones in a dict, hence backwards: the first one stays.
    form = LaunchForm(body, signed, query, dict(chain(reversed(query), reversed(signed))))
    _check_oauth_fields(form)
    _check_resource_link(form.values)
    if contradictory(form.body):
        raise malformed("two-values")
    return form


def contradictory(pairs: Sequence[Pair]) -> bool:
    """Whether a name that decides who launched or where has two values.

    The signature does not cover the order of repeated names, so the first one would be the
    choice of whoever posts the form.
    """
    distinct = dict(pairs)
    if len(distinct) == len(pairs):
        return False
    return any(distinct[name] != value for name, value in pairs if name.startswith(_DECISIVE))


def _pairs(encoded: bytes, bare: bytes) -> tuple[Pair, ...]:
    if encoded.translate(None, bare):
        raise malformed("not-form-encoded")
    text = encoded.decode("ascii").replace("+", " ")
    if _BROKEN_ESCAPE.search(text):
        raise malformed("broken-escape")
    try:
        return tuple([_pair(part) for part in text.split("&") if part])
    except UnicodeDecodeError:
        raise malformed("not-utf-8") from None


def _pair(part: str) -> Pair:
    name, _, value = part.partition("=")
    if "%" not in part:
        return name, value
    return unquote_to_bytes(name).decode(), unquote_to_bytes(value).decode()


def _check_oauth_fields(form: LaunchForm) -> None:
    names = [name for name, _ in (*form.body, *form.query) if name.startswith("oauth_")]
    if len(set(names)) < len(names):
        raise malformed("oauth-field-doubled")
    if any(name.startswith("oauth_") for name, _ in form.query):
        raise malformed("oauth-field-in-query")
    values = form.values
    if not all(values.get(name) for name in _REQUIRED):
        raise malformed("oauth-field-missing")
    if values["oauth_signature_method"] != "HMAC-SHA1":
        raise malformed("signature-method")
    if values.get("oauth_version", "1.0") != "1.0":
        raise malformed("oauth-version")
    if not _TIMESTAMP.fullmatch(values["oauth_timestamp"]):
        raise malformed("timestamp")


def _check_resource_link(values: Mapping[str, str]) -> None:
    basic = values.get("lti_message_type") == MessageType.BASIC
    if basic and not values.get("resource_link_id", "").strip():
        raise malformed("resource-link-missing")
