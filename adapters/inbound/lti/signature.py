"""The OAuth 1 signature of a launch: HMAC-SHA1 over names, values and address (RFC 5849 3.4).

The address and the HMAC are oauthlib's. Its `normalize_parameters` and `signature_base_string`
are not used: they escape every byte in Python, the whole text twice, which is most of the time
that a check takes. Here the escapes that the browser made are taken over, and a test holds
both against oauthlib's answer for any input.

A *parameter* is one name and value, encoded as RFC 5849 3.6 says, with `_MARK` between them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hmac import compare_digest
from urllib.parse import quote

from oauthlib.oauth1.rfc5849.signature import base_string_uri, sign_hmac_sha1_with_client

Pair = tuple[str, str]

# Sorts before every character of an encoded name, so that the order of parameters is that of
# their names, then of their values: `custom_1` comes before `custom_10`.
_MARK = "\x01"
_SIGNATURE = f"oauth_signature{_MARK}"
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]*", re.ASCII)
_BROWSER_BYTES = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~*+=&%"
# An escape in lower case, or one of a letter, digit, `-`, `.` or `_`: decodes to the same, but
# is not how the signed text spells it.
_UNUSUAL_ESCAPE = re.compile(
    rb"%(?!(?:[0189A-F][0-9A-F]|2[0-9ABCF]|3[A-F]|40|5[BCDE]|60|7[B-F]))", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Signer:
    """The credentials as oauthlib asks for them; a launch has no resource owner."""

    client_secret: str = field(repr=False)
    resource_owner_secret: str = ""


def parameters_of(pairs: Iterable[Pair]) -> list[str]:
    """What is signed of decoded pairs: all but the signature itself."""
    encoded = (f"{_encoded(name)}{_MARK}{_encoded(value)}" for name, value in pairs)
    return [parameter for parameter in encoded if not parameter.startswith(_SIGNATURE)]


def parameters_of_form(form: bytes, pairs: Sequence[Pair]) -> list[str]:
    """The same as `parameters_of(pairs)`, where `pairs` is what the form decodes to."""
    if form.translate(None, _BROWSER_BYTES) or _UNUSUAL_ESCAPE.search(form):
        return parameters_of(pairs)
    spelled = form.replace(b"+", b"%20").replace(b"*", b"%2A").replace(b"%7E", b"~")
    parameters = spelled.decode("ascii").replace("=", _MARK).split("&")
    if not all([parameter.count(_MARK) == 1 for parameter in parameters]):  # noqa: C419 faster
        return parameters_of(pairs)
    return [parameter for parameter in parameters if not parameter.startswith(_SIGNATURE)]


def base_string(method: str, url: str, parameters: Iterable[str]) -> str:
    """The text to sign. `url` is absolute; a query in it counts only through `parameters`.

    Raises:
        ValueError: the URL has no scheme or host, or an impossible port.
    """
    address = _encoded(base_string_uri(url.partition("?")[0]))
    # Encoded parameters hold nothing that must be escaped again but these three.
    joined = "&".join(sorted(parameters)).replace("%", "%25").replace("&", "%26")
    return f"{_encoded(method.upper())}&{address}&{joined.replace(_MARK, '%3D')}"


def sign(text: str, secret: str) -> str:
    """The signature of a base string, as base64."""
    return str(sign_hmac_sha1_with_client(text, Signer(secret)))


def holds(signature: str, text: str, secrets: Sequence[str]) -> bool:
    """Whether one of the secrets made the signature; every one is tried, in even time."""
    given = signature.encode()
    verdicts = [compare_digest(sign(text, secret).encode(), given) for secret in secrets]
    return any(verdicts)


def _encoded(text: str) -> str:
    return text if _UNRESERVED.fullmatch(text) else quote(text, safe="~")
