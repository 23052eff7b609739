"""One student's results over time for a Data Steward, where the college allows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.queries.student_work.student_profile import StudentProfile
from application.use_cases.student_work.student_profiles import (
    OpenProfile,
    ProfileDoor,
    ReadProfilePolicy,
    SetProfilePolicy,
)
from domain.access import Right
from domain.ids import PersonId
from domain.rostering import Person

_PROFILE = "/people/{person_id:str}/profile"
_POLICY = "/settings/profiles"


@dataclass(frozen=True, slots=True)
class ProfileModel:
    """`profile` is None until somebody says why it is opened."""

    person: Person
    allowed: bool
    profile: StudentProfile | None = None
    reason: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PolicyModel:
    allowed: bool
    notice: str = ""


@get(_PROFILE, right=Right.RUN_SYSTEM, sync_to_thread=True)
def profile_door(
    person_id: FromPath[str], visit: Injected[Visit], profile_door: Injected[ProfileDoor]
) -> Response[str]:
    person, allowed = profile_door(PersonId(person_id))
    return page(visit, "student-profile.html", ProfileModel(person, allowed))


@post(_PROFILE, right=Right.RUN_SYSTEM, sync_to_thread=True, status_code=200)
def open_profile(
    person_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    profile_door: Injected[ProfileDoor],
    open_profile: Injected[OpenProfile],
) -> Response[str]:
    """Answers the page itself: each look is a deed, so no address may show it again."""
    reason = FormFields(data).text("reason")
    who = PersonId(person_id)
    try:
        profile = open_profile(visit.person_id, who, reason)
    except Invalid as wrong:
        person, allowed = profile_door(who)
        model = ProfileModel(person, allowed, None, reason, {wrong.field: wrong.cure})
        return page(visit, "student-profile.html", model, status=422)
    model = ProfileModel(profile.person, allowed=True, profile=profile, reason=reason)
    return page(visit, "student-profile.html", model)


@get(_POLICY, right=Right.RUN_SYSTEM, sync_to_thread=True)
def profile_policy(
    visit: Injected[Visit],
    read_profile_policy: Injected[ReadProfilePolicy],
    said: FromQuery[str] = "",
) -> Response[str]:
    notice = "Saved. It holds at once." if said else ""
    return page(visit, "settings-profiles.html", PolicyModel(read_profile_policy(), notice))


@post(_POLICY, right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_profile_policy(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    set_profile_policy: Injected[SetProfilePolicy],
) -> Redirect:
    """A checkbox sends its value or nothing."""
    allowed = bool(FormFields(data).text("allowed"))
    set_profile_policy(visit.person_id, allowed=allowed)
    return see_other(visit, f"{_POLICY}?said=saved")


ROUTES = (profile_door, open_profile, profile_policy, save_profile_policy)
