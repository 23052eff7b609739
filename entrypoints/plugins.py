"""Installed LMS adapters, found by their entry point."""

from importlib.metadata import entry_points
from typing import Any

import msgspec

from application.ports.lms_plugin import LmsPlugin
from entrypoints.settings import PREFIX, BadSetting, Settings, naming_the_variable

GROUP = "attain.lms"


def load_plugin(settings: Settings) -> tuple[LmsPlugin[Any], Any]:
    """The configured plug-in and its settings.

    Raises:
        BadSetting: no such plug-in is installed, or one of its settings is wrong.
    """
    found = entry_points(group=GROUP)
    if settings.lms not in found.names:
        known = ", ".join(sorted(found.names)) or "none"
        raise BadSetting(f"{PREFIX}LMS is {settings.lms!r}; installed are: {known}.")
    plugin: LmsPlugin[Any] = found[settings.lms].load()
    prefix = f"{PREFIX}{settings.lms.upper()}_"
    try:
        return plugin, msgspec.convert(settings.for_lms, plugin.settings, strict=False)
    except msgspec.ValidationError as error:
        raise BadSetting(naming_the_variable(str(error), prefix)) from None
