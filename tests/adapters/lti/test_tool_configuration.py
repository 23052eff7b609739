from xml.etree import ElementTree as ET

import pytest

from adapters.inbound.lti.tool_configuration import manual_entry, tool_configuration

BASE = "https://slo.example.edu"
SPACES = {
    "cc": "http://www.imsglobal.org/xsd/imslticc_v1p0",
    "blti": "http://www.imsglobal.org/xsd/imsbasiclti_v1p0",
    "lticm": "http://www.imsglobal.org/xsd/imslticm_v1p0",
}
CANVAS = "blti:extensions[@platform='canvas.instructure.com']"


def properties(element: ET.Element | None) -> dict[str, str | None]:
    assert element is not None
    found = element.findall("lticm:property", SPACES)
    return {entry.attrib["name"]: entry.text for entry in found}


def parsed(base_url: str = BASE, **options: str | bool) -> ET.Element:
    document = tool_configuration(
        base_url, title=str(options.get("title", "Attain")), test=bool(options.get("test"))
    )
    return ET.fromstring(document.encode())


class TestXml:
    def test_the_root_stands_in_the_default_namespace_where_canvas_looks(self) -> None:
        assert parsed().tag == f"{{{SPACES['cc']}}}cartridge_basiclti_link"
        assert "<cartridge_basiclti_link xmlns=" in tool_configuration(BASE)

    def test_it_names_the_tool_and_its_launch_url(self) -> None:
        root = parsed()

        assert root.findtext("blti:title", None, SPACES) == "Attain"
        assert root.findtext("blti:launch_url", None, SPACES) == f"{BASE}/lti/launch"
        assert root.findtext("blti:secure_launch_url", None, SPACES) == f"{BASE}/lti/launch"

    def test_a_plain_address_is_not_called_secure(self) -> None:
        root = parsed("http://127.0.0.1:8400")

        assert root.find("blti:secure_launch_url", SPACES) is None

    def test_people_can_be_told_apart_and_links_found(self) -> None:
        canvas = properties(parsed().find(CANVAS, SPACES))

        assert canvas["privacy_level"] == "public"
        assert canvas["domain"] == "slo.example.edu"

    @pytest.mark.parametrize(
        ("placement", "expected"),
        [
            ("assignment_selection", {"message_type": "ContentItemSelectionRequest"}),
            ("course_navigation", {"default": "enabled"}),
            ("account_navigation", {"visibility": "admins"}),
        ],
    )
    def test_each_placement_opens_the_launch_url(
        self, placement: str, expected: dict[str, str]
    ) -> None:
        options = parsed().find(f"{CANVAS}/lticm:options[@name='{placement}']", SPACES)

        shared = {"enabled": "true", "text": "Attain", "url": f"{BASE}/lti/launch"}
        assert properties(options).items() >= (shared | expected).items()

    def test_there_is_no_other_placement_and_no_secret(self) -> None:
        assert len(parsed().findall(f"{CANVAS}/lticm:options", SPACES)) == 3
        assert "secret" not in tool_configuration(BASE)

    def test_custom_fields_ask_for_the_history_of_the_course(self) -> None:
        custom = properties(parsed().find("blti:custom", SPACES))

        assert custom["context_id_history"] == "$Context.id.history"
        assert custom["course_previous_ids"] == "$Canvas.course.previousContextIds"
        assert custom["section_sis_ids"] == "$Canvas.course.sectionSisSourceIds"

    def test_a_test_instance_says_so(self) -> None:
        root = parsed(test=True)

        assert root.findtext("blti:title", None, SPACES) == "Attain (test)"

    def test_awkward_characters_survive(self) -> None:
        root = parsed("https://slo.example.edu/a&b", title='Évaluation <"A" & B>')

        assert root.findtext("blti:title", None, SPACES) == 'Évaluation <"A" & B>'
        launch_url = root.findtext("blti:launch_url", None, SPACES)
        assert launch_url == "https://slo.example.edu/a&b/lti/launch"


class TestManualEntry:
    def test_it_has_the_values_to_copy(self) -> None:
        entry = manual_entry("https://slo.example.edu:8443/")

        assert entry.name == "Attain"
        assert entry.launch_url == "https://slo.example.edu:8443/lti/launch"
        assert entry.domain == "slo.example.edu"
        assert entry.privacy == "Public"

    def test_custom_fields_stand_one_a_line_with_one_equals_sign(self) -> None:
        lines = manual_entry(BASE).custom_fields.splitlines()

        assert "context_id_history=$Context.id.history" in lines
        # Old versions of Canvas cut a value at its second `=` (lti.md 4.4).
        assert all(line.count("=") == 1 for line in lines)
