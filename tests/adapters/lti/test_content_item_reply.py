import json
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from oauthlib.oauth1.rfc5849 import signature as oauthlib_signature

from adapters.inbound.lti.content_item import (
    Consumer,
    ContentItemReply,
    LinkItem,
    content_item_reply,
    own_launch_url,
)
from adapters.inbound.lti.signature import base_string, parameters_of
from application.errors import Invalid
from domain.ids import LinkId
from tests.adapters.lti.signing import NONCE, NOW

RETURN = "https://school.instructure.com/courses/7715/external_content/success/external_tool_dialog"
CONSUMER = Consumer("college", "s&cret é")
ITEM = LinkItem("https://slo.example.edu/lti/launch?attain_link=0199", "Lab Report — Été")


def a_reply(return_url: str = RETURN, item: LinkItem | None = ITEM, data: str = "") -> Any:
    return content_item_reply(return_url, CONSUMER, item, data=data, now=NOW, nonce=NONCE)


def values(reply: ContentItemReply) -> dict[str, str]:
    assert len(dict(reply.fields)) == len(reply.fields)
    return dict(reply.fields)


def graph(reply: ContentItemReply) -> list[dict[str, Any]]:
    document: dict[str, list[dict[str, Any]]] = json.loads(values(reply)["content_items"])
    return document["@graph"]


class TestReply:
    def test_it_offers_one_lti_link_for_the_assignment(self) -> None:
        (link,) = graph(a_reply())

        assert link["@type"] == "LtiLinkItem"
        assert link["mediaType"] == "application/vnd.ims.lti.v1.ltilink"
        assert (link["url"], link["title"]) == (ITEM.url, ITEM.title)

    def test_it_is_a_content_item_selection_that_goes_back_where_it_was_asked(self) -> None:
        reply = a_reply()

        assert reply.action == RETURN
        assert values(reply)["lti_message_type"] == "ContentItemSelection"
        assert values(reply)["lti_version"] == "LTI-1p0"

    def test_data_is_echoed_only_when_it_was_sent(self) -> None:
        assert values(a_reply(data="eyJ0.x.y"))["data"] == "eyJ0.x.y"
        assert "data" not in values(a_reply())

    def test_nothing_chosen_is_an_empty_graph(self) -> None:
        assert graph(a_reply(item=None)) == []

    @pytest.mark.parametrize("query", ["", "?a=1&b=%20x&c="])
    def test_oauthlib_accepts_its_signature(self, query: str) -> None:
        reply = a_reply(f"{RETURN}{query}", data="eyJ0.x.y")
        params = oauthlib_signature.collect_parameters(query[1:], urlencode(reply.fields))

        request = SimpleNamespace(
            http_method="POST",
            uri=reply.action,
            params=params,
            signature=values(reply)["oauth_signature"],
        )
        assert oauthlib_signature.verify_hmac_sha1(request, CONSUMER.secret)

    def test_another_title_would_need_another_signature(self) -> None:
        changed = a_reply(item=LinkItem(ITEM.url, "Lab Report"))

        assert values(changed)["oauth_signature"] != values(a_reply())["oauth_signature"]

    def test_the_secret_is_nowhere_in_it(self) -> None:
        reply = a_reply()

        assert CONSUMER.secret not in repr(reply)
        assert CONSUMER.secret not in base_string("POST", RETURN, parameters_of(reply.fields))

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "", "/courses", "ftp://a/b", "https:"])
    def test_only_web_addresses_are_answered(self, url: str) -> None:
        with pytest.raises(Invalid):
            a_reply(url)


class TestOwnLaunchUrl:
    @pytest.mark.parametrize(
        ("launch_url", "expected"),
        [
            ("https://s.test/lti/launch", "https://s.test/lti/launch?attain_link=7"),
            ("https://s.test/lti/launch?x=%20", "https://s.test/lti/launch?x=+&attain_link=7"),
            ("https://s.test/l?attain_link=3", "https://s.test/l?attain_link=7"),
        ],
    )
    def test_it_carries_our_link_once(self, launch_url: str, expected: str) -> None:
        assert own_launch_url(launch_url, LinkId("7")) == expected
