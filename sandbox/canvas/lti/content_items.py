"""Content-Item selection: the request to the tool, and what it sends back."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sandbox.canvas.lti.launch import Launch
from sandbox.canvas.lti.roles import ext_roles, roles
from sandbox.canvas.lti.variables import custom_fields
from sandbox.canvas.state import State

LTI_LINK = "application/vnd.ims.lti.v1.ltilink"


def content_item_request(launch: Launch) -> dict[str, str]:
    """No resource_link_id, no names, no context_label; custom fields obey the privacy level."""
    state, user = launch.state, launch.user
    course = f"{launch.base}/courses/{launch.context.id}"
    own = {
        "lti_message_type": "ContentItemSelectionRequest",
        "lti_version": "LTI-1p0",
        "oauth_callback": "about:blank",
        "content_item_return_url": f"{course}/external_content/success/external_tool_dialog",
        "accept_media_types": LTI_LINK,
        "accept_presentation_document_targets": "frame,window",
        "accept_unsigned": "true",
        "accept_multiple": "false",
        "auto_create": "false",
        "data": data_token(state, launch.tool.id, launch.context.id),
        "context_id": launch.context_id,
        "context_title": launch.context.name,
        "roles": roles(state, user.id, launch.context),
        "ext_roles": ext_roles(state, user.id, launch.context),
        "user_id": launch.lti_user_id,
        "tool_consumer_instance_guid": state.lti_guid,
        "launch_presentation_locale": launch.locale,
        "launch_presentation_document_target": "iframe",
        "ext_lti_assignment_id": "",
    }
    if launch.is_public:
        own["custom_canvas_course_id"] = str(launch.context.id)
        own["custom_canvas_user_id"] = str(user.id)
    return custom_fields(launch, filtered=True) | own


def data_token(state: State, tool_id: int, course_id: int) -> str:
    """The JWT that the tool has to echo unchanged."""
    head = _part({"typ": "JWT", "alg": "HS256"})
    body = _part({"tool_id": tool_id, "course_id": course_id})
    mac = hmac.new(state.lti_guid.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{_encoded(mac)}"


def _part(value: dict[str, Any]) -> str:
    return _encoded(msgspec.json.encode(value))


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class ChosenLink:
    """The link a tool chose; no url means the tool's own launch URL."""

    url: str
    title: str
    text: str


class ContentItemProblem(Exception):
    """An answer of the tool that cannot be used; the text says why."""


def chosen_link(state: State, course_id: int, form: dict[str, str]) -> ChosenLink | None:
    """The one link of a ContentItemSelection, None if the person cancelled."""
    if form.get("lti_message_type") != "ContentItemSelection":
        raise ContentItemProblem("lti_message_type must be ContentItemSelection.")
    tool = next(
        (
            tool
            for tool in state.tools.values()
            if hmac.compare_digest(data_token(state, tool.id, course_id), form.get("data", ""))
        ),
        None,
    )
    if tool is None:
        raise ContentItemProblem("The data parameter is not the one that was sent.")
    items = _graph(form.get("content_items", ""))
    if not items:
        return None
    item = items[0]
    if item.get("@type") != "LtiLinkItem" or item.get("mediaType") != LTI_LINK:
        raise ContentItemProblem("Only an LtiLinkItem can be placed on an assignment.")
    url = str(item.get("url") or tool.launch_url)
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ContentItemProblem("The url of the item is not an http or https address.")
    return ChosenLink(url, str(item.get("title") or ""), str(item.get("text") or ""))


def _graph(encoded: str) -> list[dict[str, Any]]:
    try:
        document = msgspec.json.decode(encoded)
        graph = document["@graph"]
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise ContentItemProblem("content_items is not a ContentItem document.") from error
    if not isinstance(graph, list) or not all(isinstance(item, dict) for item in graph):
        raise ContentItemProblem("The @graph of content_items is not a list of items.")
    return graph
