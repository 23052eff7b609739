import pytest

from adapters.outbound.canvas.plugin import plugin as canvas
from entrypoints.plugins import load_plugin
from entrypoints.settings import BadSetting, Settings, load_settings


def test_canvas_is_found_by_its_entry_point() -> None:
    plugin, settings = load_plugin(Settings())

    assert plugin is canvas
    assert isinstance(settings, canvas.settings)


def test_one_that_is_not_installed_is_named_with_those_that_are() -> None:
    with pytest.raises(BadSetting, match=r"ATTAIN_LMS is 'moodle'; installed are: .*canvas"):
        load_plugin(Settings(lms="moodle"))


def test_a_setting_that_it_does_not_have_is_named_as_the_variable() -> None:
    settings = load_settings({"ATTAIN_CANVAS_COLOUR": "red"})

    with pytest.raises(BadSetting, match="ATTAIN_CANVAS_"):
        load_plugin(settings)
