"""The signed answer to a ContentItemSelectionRequest: one LTI link, or none (lti.md 4.6)."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from adapters.inbound.lti.signature import Pair, base_string, parameters_of, sign
from application.errors import Invalid
from application.launch_context import OWN_LINK
from domain.ids import LinkId

_CONTEXT = "http://purl.imsglobal.org/ctx/lti/v1/ContentItem"
_MEDIA_TYPE = "application/vnd.ims.lti.v1.ltilink"


@dataclass(frozen=True, slots=True)
class LinkItem:
    """The link that an assignment shall hold; `url` becomes its launch URL."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Consumer:
    """The credentials of the request that is answered."""

    key: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ContentItemReply:
    """A form for the browser to post to the LMS: its address and its fields in order."""

    action: str
    fields: tuple[Pair, ...]


def own_launch_url(launch_url: str, link_id: LinkId) -> str:
    """A launch URL that carries our own link, which survives the copying of a course."""
    parts = urlsplit(launch_url)
    others = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != OWN_LINK
    ]
    return urlunsplit(parts._replace(query=urlencode([*others, (OWN_LINK, link_id)])))


def content_item_reply(
    return_url: str,
    consumer: Consumer,
    item: LinkItem | None,
    *,
    data: str = "",
    now: datetime,
    nonce: str,
) -> ContentItemReply:
    """Answer a selection; without an item, that nothing was chosen.

    `data` is echoed as it came. Canvas verifies the signature for one placement only.

    Raises:
        Invalid: the return URL is no http(s) address.
    """
    if urlsplit(return_url).scheme not in {"http", "https"} or not urlsplit(return_url).hostname:
        raise Invalid("content_item_return_url", "the LMS must give an http or https address.")
    fields = [
        ("lti_message_type", "ContentItemSelection"),
        ("lti_version", "LTI-1p0"),
        ("content_items", _content_items(item)),
        *([("data", data)] if data else []),
        ("oauth_consumer_key", consumer.key),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", str(int(now.timestamp()))),
        ("oauth_nonce", nonce),
        ("oauth_version", "1.0"),
        ("oauth_callback", "about:blank"),
    ]
    return ContentItemReply(return_url, (*fields, _signature(return_url, fields, consumer.secret)))


def _content_items(item: LinkItem | None) -> str:
    graph = [] if item is None else [_link_item(item)]
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False)


def _link_item(item: LinkItem) -> dict[str, object]:
    return {
        "@type": "LtiLinkItem",
        "mediaType": _MEDIA_TYPE,
        "url": item.url,
        "title": item.title,
        "placementAdvice": {"presentationDocumentTarget": "iframe"},
    }


def _signature(return_url: str, fields: list[Pair], secret: str) -> Pair:
    query = parse_qsl(urlsplit(return_url).query, keep_blank_values=True)
    text = base_string("POST", return_url, parameters_of([*fields, *query]))
    return "oauth_signature", sign(text, secret)
