"""Signing a message as Canvas does, with oauthlib's signature functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from oauthlib.oauth1 import Client
from oauthlib.oauth1.rfc5849 import signature

from sandbox.canvas.lti.content_items import content_item_request
from sandbox.canvas.lti.launch import Launch
from sandbox.canvas.lti.message import basic_launch


@dataclass(frozen=True, slots=True)
class LaunchForm:
    """A form that a browser posts: where to, and its fields in the order on the wire."""

    url: str
    fields: tuple[tuple[str, str], ...]
    new_tab: bool

    @property
    def values(self) -> dict[str, str]:
        return dict(self.fields)


def launch_form(launch: Launch) -> LaunchForm:
    return signed(launch, basic_launch(launch), launch.url, new_tab=launch.new_tab)


def content_item_form(launch: Launch) -> LaunchForm:
    return signed(launch, content_item_request(launch), launch.tool.launch_url, new_tab=False)


def signed(launch: Launch, params: Mapping[str, str], url: str, *, new_tab: bool) -> LaunchForm:
    """The signed form of a message.

    By default Canvas copies the query of the launch URL into the body, counts it once, and signs
    the address without query; a tool marked `oauth_compliant` is signed as RFC 5849 says.
    """
    tool, state = launch.tool, launch.state
    body = {name: _browser_lines(value) for name, value in params.items()}
    query = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    if not tool.oauth_compliant:
        body = dict(reversed(query)) | body
    head = {
        "oauth_consumer_key": tool.consumer_key,
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(state.clock().timestamp())),
        "oauth_nonce": state.chance.letters(42),
        "oauth_version": "1.0",
    }
    fields = [*head.items(), *sorted(body.items())]
    counted = [*fields, *query] if tool.oauth_compliant else fields
    mac = _signature(url, counted, tool.consumer_key, tool.shared_secret)
    return LaunchForm(url, (*fields, ("oauth_signature", mac)), new_tab)


def _signature(url: str, fields: list[tuple[str, str]], key: str, secret: str) -> str:
    base = signature.signature_base_string(
        "POST", signature.base_string_uri(url), signature.normalize_parameters(fields)
    )
    mac: str = signature.sign_hmac_sha1_with_client(base, Client(key, client_secret=secret))
    return mac


def _browser_lines(value: str) -> str:
    """Line ends as browsers post them."""
    return value.replace("\r\n", "\n").replace("\n", "\r\n")
