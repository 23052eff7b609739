"""What a Canvas administrator enters to install Attain: as XML, or field by field."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from domain.launch import MessageType

LAUNCH_PATH = "/lti/launch"
TITLE = "Attain"
DESCRIPTION = "Learning-outcomes assessment: score on rubrics, send grades, follow outcomes."

CUSTOM_FIELDS = {
    "context_id_history": "$Context.id.history",
    "course_previous_ids": "$Canvas.course.previousContextIds",
    "section_ids": "$Canvas.course.sectionIds",
    "section_sis_ids": "$Canvas.course.sectionSisSourceIds",
}
"""Where a course was copied from and which sections are meant; nothing needs them."""

_NAMESPACES = {
    "xmlns": "http://www.imsglobal.org/xsd/imslticc_v1p0",
    "xmlns:blti": "http://www.imsglobal.org/xsd/imsbasiclti_v1p0",
    "xmlns:lticm": "http://www.imsglobal.org/xsd/imslticm_v1p0",
    "xmlns:lticp": "http://www.imsglobal.org/xsd/imslticp_v1p0",
}
_PLACEMENTS = {
    "assignment_selection": {
        "message_type": MessageType.CONTENT_ITEM.value,
        "selection_width": "900",
        "selection_height": "700",
    },
    "course_navigation": {"default": "enabled", "visibility": "public"},
    "account_navigation": {"visibility": "admins"},
}


@dataclass(frozen=True, slots=True)
class ManualEntry:
    """The values for Canvas' *Manual Entry* form, besides key and secret."""

    name: str
    launch_url: str
    domain: str
    privacy: str
    custom_fields: str
    """One `name=value` a line, as the form takes them."""
    description: str


def manual_entry(base_url: str, *, title: str = TITLE, test: bool = False) -> ManualEntry:
    return ManualEntry(
        name=_named(title, test=test),
        launch_url=launch_url(base_url),
        domain=urlsplit(base_url).hostname or "",
        privacy="Public",
        custom_fields="\n".join(f"{name}={value}" for name, value in CUSTOM_FIELDS.items()),
        description=DESCRIPTION,
    )


def tool_configuration(base_url: str, *, title: str = TITLE, test: bool = False) -> str:
    """The `cartridge_basiclti_link` document that Canvas reads by paste or by URL.

    Canvas looks for the root in the default namespace and for its children by the prefix that
    the blti namespace is declared with (lti.md 4.2), so the prefixes are written out here.
    """
    entry = manual_entry(base_url, title=title, test=test)
    root = ET.Element("cartridge_basiclti_link", _NAMESPACES)
    _text(root, "blti:title", entry.name)
    _text(root, "blti:description", entry.description)
    _properties(ET.SubElement(root, "blti:custom"), CUSTOM_FIELDS)
    _extensions(root, entry)
    _text(root, "blti:launch_url", entry.launch_url)
    if entry.launch_url.startswith("https:"):
        _text(root, "blti:secure_launch_url", entry.launch_url)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def launch_url(base_url: str) -> str:
    return f"{base_url.rstrip('/')}{LAUNCH_PATH}"


def _extensions(root: ET.Element, entry: ManualEntry) -> None:
    canvas = ET.SubElement(root, "blti:extensions", {"platform": "canvas.instructure.com"})
    # Without a privacy level Canvas sends names only, and nobody could be matched.
    _properties(canvas, {"privacy_level": "public", "domain": entry.domain, "text": entry.name})
    for placement, properties in _PLACEMENTS.items():
        options = ET.SubElement(canvas, "lticm:options", {"name": placement})
        common = {"enabled": "true", "text": entry.name, "url": entry.launch_url}
        _properties(options, common | properties)


def _properties(parent: ET.Element, values: dict[str, str]) -> None:
    for name, value in values.items():
        ET.SubElement(parent, "lticm:property", {"name": name}).text = value


def _text(parent: ET.Element, tag: str, value: str) -> None:
    ET.SubElement(parent, tag).text = value


def _named(title: str, *, test: bool) -> str:
    return f"{title} (test)" if test else title
