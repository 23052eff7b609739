"""System Settings > Rosters: what holds for the reading of every load."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, role_name, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.loading.reading import WrittenReading, written
from application.queries.rosters.unread_roles import ReadUnreadRoles
from application.rosters.read_options import AGE_BAND, ATTRIBUTES, TECH_ID_COLUMNS
from application.rosters.role_words import ENROLMENT_ROLES, GRANTS, MAY_BE_GRANTED, Pair
from application.rosters.unread_roles import Gives
from application.use_cases.settings.roster_settings import (
    ReadRosterReading,
    SaveRosterReading,
    SaveRosterReadingCommand,
)
from domain.access import Right, Role
from domain.rostering import EnrolmentRole

_NAMED = {"tech-id": "tech_id", "tech-id-width": "tech_id_width", "course-code": "course_code"}
_BLANK_LINES = 2


@dataclass(frozen=True, slots=True)
class WordLine:
    """A line of one of the tables. `met`: the last load met the word, and it gives nothing yet."""

    word: str
    role: str
    met: bool = False


@dataclass(frozen=True, slots=True)
class RosterSettingsPage:
    typed: WrittenReading
    errors: Mapping[str, str]
    tech_id_columns: tuple[str, ...]
    attributes: tuple[str, ...]
    grants: Sequence[WordLine]
    enrolment_roles: Sequence[WordLine]
    notice: str

    @property
    def org_roles(self) -> list[tuple[Role, str]]:
        return [(role, role_name(role)) for role in MAY_BE_GRANTED]

    @property
    def places(self) -> list[tuple[EnrolmentRole, str]]:
        return [(role, role.capitalize()) for role in EnrolmentRole]


@get("/settings/rosters", right=Right.RUN_SYSTEM, sync_to_thread=True)
def roster_settings(
    visit: Injected[Visit],
    read_roster_reading: Injected[ReadRosterReading],
    read_unread_roles: Injected[ReadUnreadRoles],
    done: FromQuery[str] = "",
) -> Response[str]:
    notice = "Saved. It holds from the next load on." if done else ""
    model = _page(written(read_roster_reading()), {}, read_unread_roles(), notice)
    return page(visit, "settings-rosters.html", model)


@post("/settings/rosters", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_roster_settings(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_roster_reading: Injected[SaveRosterReading],
    read_unread_roles: Injected[ReadUnreadRoles],
) -> Response[str] | Redirect:
    typed = _typed(FormFields(data))
    try:
        save_roster_reading(SaveRosterReadingCommand(visit.person_id, typed))
    except Invalid as wrong:
        errors = {_NAMED.get(wrong.field, wrong.field): wrong.cure}
        model = _page(typed, errors, read_unread_roles(), "")
        return page(visit, "settings-rosters.html", model, status=422)
    return see_other(visit, "/settings/rosters?done=saved")


def _typed(fields: FormFields) -> WrittenReading:
    return WrittenReading(
        fields.text("tech_id"),
        fields.text("tech_id_width"),
        fields.text("course_code"),
        fields.text("demographics"),
        _pairs(fields, GRANTS),
        _pairs(fields, ENROLMENT_ROLES),
    )


def _pairs(fields: FormFields, name: str) -> tuple[Pair, ...]:
    """Each line of a table sends a word and a role, both perhaps empty."""
    words, roles = fields.every(f"{name}-word"), fields.every(f"{name}-role")
    return tuple((word, role) for word, role in zip(words, roles, strict=False) if word or role)


def _page(
    typed: WrittenReading,
    errors: Mapping[str, str],
    unread: Mapping[Gives, tuple[str, ...]],
    notice: str,
) -> RosterSettingsPage:
    return RosterSettingsPage(
        typed,
        errors,
        TECH_ID_COLUMNS,
        (*ATTRIBUTES, AGE_BAND),
        _lines(typed.grants, unread[Gives.ORG_ROLE]),
        _lines(typed.enrolment_roles, unread[Gives.PLACE]),
        notice,
    )


def _lines(pairs: Sequence[Pair], met: Sequence[str]) -> list[WordLine]:
    """What is set, then what the last load met besides, then lines to fill."""
    known = {word.casefold() for word, _ in pairs}
    seen = {word.casefold() for word in met}
    return [
        *(WordLine(word, role, not role and word.casefold() in seen) for word, role in pairs),
        *(WordLine(word, "", met=True) for word in met if word.casefold() not in known),
        *[WordLine("", "")] * _BLANK_LINES,
    ]


ROUTES = (roster_settings, save_roster_settings)
