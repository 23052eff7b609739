"""Users: who am I, the profile, the logins."""

from typing import Any
from zoneinfo import ZoneInfo

from litestar import Response, get
from litestar.params import FromPath

from sandbox.canvas.call import Call, Injected
from sandbox.canvas.ids import find_user
from sandbox.canvas.records import Account, Course, Login, User
from sandbox.canvas.rights import is_any_admin


def created_at(call: Call, user: User) -> str:
    """With the offset of the account's time zone, as Canvas writes this one."""
    return user.created_at.astimezone(ZoneInfo(call.state.time_zone)).isoformat()


def user_json(call: Call, user: User, context: Course | Account) -> dict[str, Any]:
    """A user as the caller may see it: keys that are not allowed are absent, not null."""
    shown: dict[str, Any] = {
        "id": user.id,
        "name": user.name,
        "created_at": created_at(call, user),
        "sortable_name": user.sortable_name,
        "short_name": user.short_name,
    }
    login = call.state.login_of(user.id)
    if not _admin_view(call, context):
        return shown
    if call.can_any(context, "read_sis", "manage_sis"):
        shown["sis_user_id"] = login.sis_user_id if login else None
        shown["integration_id"] = None
    if call.can("manage_sis", call.state.root):
        shown["sis_import_id"] = None
    if login is not None and call.can("view_user_logins", context):
        shown["login_id"] = login.unique_id
    return shown


def _admin_view(call: Call, context: Course | Account) -> bool:
    rights = ("manage_students", "read_sis", "view_user_logins")
    anywhere = is_any_admin(call.state, call.me.id)
    return anywhere or call.can_any(context, *rights)


def name_parts(user: User) -> tuple[str, str]:
    """(family, given) as Canvas splits them; a single name is a given name."""
    family, comma, given = user.sortable_name.partition(", ")
    return (family, given) if comma else ("", user.name)


def avatar_url(call: Call) -> str:
    return f"{call.base}/images/messages/avatar-50.png"


def self_json(call: Call, user: User) -> dict[str, Any]:
    family, given = name_parts(user)
    locale = user.locale
    return user_json(call, user, call.state.root) | {
        "avatar_url": avatar_url(call),
        "last_name": family,
        "first_name": given,
        "locale": locale,
        "effective_locale": locale or call.state.switches.locale,
        "permissions": {
            "can_update_name": is_any_admin(call.state, call.me.id),
            "can_update_avatar": True,
            "limit_parent_app_web_access": False,
        },
    }


def _visible(call: Call, reference: str) -> User:
    """Oneself, or anybody for an admin of the root account."""
    user = find_user(call.state, reference, call.me.id)
    if user.id != call.me.id:
        call.require(call.state.root, "read_roster")
    return user


@get("/api/v1/users/{user_id:str}", sync_to_thread=False)
def show_user(call: Injected[Call], user_id: FromPath[str]) -> Response[bytes]:
    return call.answer(self_json(call, _visible(call, user_id)))


@get("/api/v1/users/{user_id:str}/profile", sync_to_thread=False)
def show_profile(call: Injected[Call], user_id: FromPath[str]) -> Response[bytes]:
    user = _visible(call, user_id)
    login = call.state.login_of(user.id)
    shown: dict[str, Any] = {
        "id": user.id,
        "name": user.name,
        "short_name": user.short_name,
        "sortable_name": user.sortable_name,
        "avatar_url": avatar_url(call),
        "title": None,
        "bio": None,
        "primary_email": user.email,
        "login_id": login.unique_id if login else None,
        "integration_id": None,
        "time_zone": call.state.time_zone,
        "locale": user.locale,
    }
    if call.can("read_sis", call.state.root):
        shown["sis_user_id"] = login.sis_user_id if login else None
    if user.id == call.me.id:
        feed = call.state.opaque.hexadecimal("feed", user.id)
        shown["calendar"] = {"ics": f"{call.base}/feeds/calendars/user_{feed}.ics"}
        shown["lti_user_id"] = call.state.opaque.hexadecimal("user", user.id)
    return call.answer(shown)


@get("/api/v1/users/{user_id:str}/logins", sync_to_thread=False)
def list_logins(call: Injected[Call], user_id: FromPath[str]) -> Response[bytes]:
    user = _visible(call, user_id)

    def show(row: Login) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "id": row.id,
            "user_id": row.user_id,
            "account_id": call.state.root_id,
            "unique_id": row.unique_id,
            "authentication_provider_id": 12,
            "authentication_provider_type": "saml",
        }
        if call.can("read_sis", call.state.root):
            shown |= {"sis_user_id": row.sis_user_id, "integration_id": None}
        return shown

    return call.bookmarked(call.state.logins_of(user.id), lambda row: [row.id], show)
