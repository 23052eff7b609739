"""System Settings > Rosters: what holds for the reading of every load."""

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.rosters.read_options import AGE_BAND, ATTRIBUTES, TECH_ID_COLUMNS, ReadOptions
from application.use_cases.settings.roster_settings import (
    ReadRosterReading,
    SaveRosterReading,
    SaveRosterReadingCommand,
)
from domain.access import Right

_FIELDS = ("tech_id", "tech_id_width", "course_code", "demographics")
_NAMED = {"tech-id": "tech_id", "tech-id-width": "tech_id_width", "course-code": "course_code"}


@dataclass(frozen=True, slots=True)
class RosterSettingsPage:
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    tech_id_columns: tuple[str, ...]
    attributes: tuple[str, ...]
    notice: str


@get("/settings/rosters", right=Right.RUN_SYSTEM, sync_to_thread=True)
def roster_settings(
    visit: Injected[Visit],
    read_roster_reading: Injected[ReadRosterReading],
    done: FromQuery[str] = "",
) -> Response[str]:
    notice = "Saved. It holds from the next load on." if done else ""
    return page(visit, "settings-rosters.html", _page(_written(read_roster_reading()), {}, notice))


@post("/settings/rosters", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_roster_settings(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_roster_reading: Injected[SaveRosterReading],
) -> Response[str] | Redirect:
    fields = FormFields(data)
    typed = {name: fields.text(name) for name in _FIELDS}
    try:
        save_roster_reading(SaveRosterReadingCommand(visit.person_id, **typed))
    except Invalid as wrong:
        errors = {_NAMED.get(wrong.field, wrong.field): wrong.cure}
        return page(visit, "settings-rosters.html", _page(typed, errors, ""), status=422)
    return see_other(visit, "/settings/rosters?done=saved")


def _page(typed: Mapping[str, str], errors: Mapping[str, str], notice: str) -> RosterSettingsPage:
    return RosterSettingsPage(typed, errors, TECH_ID_COLUMNS, (*ATTRIBUTES, AGE_BAND), notice)


def _written(reading: ReadOptions) -> dict[str, str]:
    return {
        "tech_id": reading.tech_id,
        "tech_id_width": str(reading.tech_id_width),
        "course_code": reading.course_code,
        "demographics": ", ".join(sorted(reading.demographics)),
    }


ROUTES = (roster_settings, save_roster_settings)
