"""Accounts: the tree, the caller's rights in it, and its courses."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from sandbox.canvas import params
from sandbox.canvas.api.courses import course_json
from sandbox.canvas.api.users import user_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import field_error
from sandbox.canvas.ids import find_account, global_id, local_id, term_id_of
from sandbox.canvas.records import Account, Course, User
from sandbox.canvas.rights import has_enrolment_below, has_staff_enrolment_below, is_admin
from sandbox.canvas.state import STUDENT_TYPES

SHORTEST_SEARCH = 3


def account_json(call: Call, account: Account) -> dict[str, Any]:
    """The full form for an admin, else the short one that an enrolment entitles to."""
    root = call.state.root_id
    shown: dict[str, Any] = {
        "id": account.id,
        "name": account.name,
        "workflow_state": "active",
        "parent_account_id": account.parent_id,
        "root_account_id": None if account.id == root else root,
        "uuid": account.uuid,
        "default_time_zone": call.state.time_zone,
    }
    if not is_admin(call.state, call.me.id, account.id):
        return shown
    shown |= {
        "default_storage_quota_mb": 500,
        "default_user_storage_quota_mb": 50,
        "default_group_storage_quota_mb": 50,
    }
    if account.id != root and call.can("read_sis", account):
        shown |= {"sis_account_id": account.sis_account_id, "integration_id": None}
    if account.id != root and call.can("manage_sis", account):
        shown["sis_import_id"] = None
    if call.includes("lti_guid"):
        shown["lti_guid"] = call.state.lti_guid
    if call.includes("global_id"):
        shown["global_id"] = global_id(account.id)
    return shown


def _readable(call: Call, account_id: str) -> Account:
    account = find_account(call.state, account_id)
    admin = is_admin(call.state, call.me.id, account.id)
    if not admin and not has_enrolment_below(call.state, call.me.id, account):
        raise call.refused()
    return account


@get("/api/v1/accounts", sync_to_thread=False)
def list_accounts(call: Injected[Call]) -> Response[bytes]:
    """Only those that the caller administers; an empty list for everybody else."""
    mine = {account_id for user_id, account_id in call.state.admins if user_id == call.me.id}
    rows = [row for row in call.state.accounts.values() if row.id in mine]
    return call.page(sorted(rows, key=lambda row: row.id), lambda row: account_json(call, row))


@get("/api/v1/accounts/{account_id:str}", sync_to_thread=False)
def show_account(call: Injected[Call], account_id: FromPath[str]) -> Response[bytes]:
    return call.answer(account_json(call, _readable(call, account_id)))


@get("/api/v1/accounts/{account_id:str}/sub_accounts", sync_to_thread=False)
def list_sub_accounts(call: Injected[Call], account_id: FromPath[str]) -> Response[bytes]:
    account = _readable(call, account_id)
    if not is_admin(call.state, call.me.id, account.id):
        raise call.refused()
    recursive = params.truthy(call.params.get("recursive"))
    rows = call.state.account_tree(account.id)
    if not recursive:
        rows = [row for row in rows if row.parent_id == account.id]
    ordered = sorted(rows, key=lambda row: row.id)
    return call.page(ordered, lambda row: account_json(call, row), last=not recursive)


@get("/api/v1/accounts/{account_id:str}/permissions", sync_to_thread=False)
def account_permissions(call: Injected[Call], account_id: FromPath[str]) -> Response[bytes]:
    """Exactly the rights that were asked for; unknown names are false."""
    account = find_account(call.state, account_id)
    admin = is_admin(call.state, call.me.id, account.id)
    if not admin and not has_staff_enrolment_below(call.state, call.me.id, account):
        raise call.refused()
    asked = params.listed(call.params, "permissions")
    return call.answer({name: call.can(name, account) for name in asked})


@get("/api/v1/accounts/{account_id:str}/courses", sync_to_thread=False)
def account_courses(call: Injected[Call], account_id: FromPath[str]) -> Response[bytes]:
    account = find_account(call.state, account_id)
    call.require(account, "read_course_list")
    below = {account.id} | {row.id for row in call.state.account_tree(account.id)}
    rows = [row for row in call.state.courses.values() if row.account_id in below]
    search = params.text(call.params.get("search_term"))
    rows = [row for row in _filtered(call, rows) if search is None or _found(call, row, search)]
    ordered = sorted(rows, key=lambda row: row.id)
    return call.page(ordered, lambda row: course_json(call, row), last=search is None)


@get("/api/v1/accounts/{account_id:str}/users", sync_to_thread=False)
def account_users(call: Injected[Call], account_id: FromPath[str]) -> Response[bytes]:
    """By sortable name; the pages tell no last one. Everybody is a user of the root account."""
    account = find_account(call.state, account_id)
    call.require(account, "read_roster", "manage_user_logins")
    rows = [row for row in call.state.users.values() if not row.deleted]
    if account.id != call.state.root_id:
        rows = [row for row in rows if has_enrolment_below(call.state, row.id, account)]
    search = params.text(call.params.get("search_term"))
    if search is not None:
        rows = [row for row in rows if search.casefold() in row.name.casefold()]
    people = [row for row in rows if row.test_student_of is None]
    people.sort(key=lambda row: (row.sortable_name.casefold(), row.id))
    return call.page(people, lambda row: _account_user(call, account, row), last=False)


def _account_user(call: Call, account: Account, user: User) -> dict[str, Any]:
    shown = user_json(call, user, account)
    if call.includes("email") and call.can("read_email_addresses", account):
        shown["email"] = user.email
    return shown


def _filtered(call: Call, rows: list[Course]) -> list[Course]:
    states = set(params.listed(call.params, "state")) or {"created", "claimed", "available"}
    states |= {"completed"} if "state" not in call.params else set()
    states |= {"unpublished"} if states & {"created", "claimed"} else set()
    kept = [row for row in rows if "all" in states or row.workflow_state in states]
    term = params.text(call.params.get("enrollment_term_id"))
    if term is not None:
        kept = [row for row in kept if row.term_id == term_id_of(call.state, term)]
    if "published" in call.params:
        wanted = params.truthy(call.params["published"])
        kept = [row for row in kept if (row.workflow_state == "available") == wanted]
    if "completed" in call.params:
        wanted = params.truthy(call.params["completed"])
        kept = [row for row in kept if call.state.course_ended(row) == wanted]
    if "with_enrollments" in call.params:
        wanted = params.truthy(call.params["with_enrollments"])
        kept = [row for row in kept if _has_enrolments(call, row) == wanted]
    within = {local_id(text) for text in params.listed(call.params, "by_subaccounts")}
    return [row for row in kept if not within or row.account_id in within]


def _has_enrolments(call: Call, course: Course) -> bool:
    rows = call.state.enrollments_in(course.id)
    return any(row.type not in STUDENT_TYPES - {"StudentEnrollment"} for row in rows)


def _found(call: Call, course: Course, search: str) -> bool:
    """Name, code or (with SIS rights) SIS id hold the text; a number may also be the id."""
    if search.isdigit() and local_id(search) == course.id:
        return True
    if len(search) < SHORTEST_SEARCH:
        raise field_error("search_term", "invalid", "3 or more characters is required")
    texts = [course.name, course.course_code]
    if call.can_any(course, "read_sis", "manage_sis"):
        texts.append(course.sis_course_id or "")
    return any(search.casefold() in text.casefold() for text in texts)
