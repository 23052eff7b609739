"""Sign in as anyone: the practice Canvas knows no passwords."""

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post

from sandbox.canvas.call import Injected, read_params
from sandbox.canvas.records import User
from sandbox.canvas.rights import is_any_admin
from sandbox.canvas.state import STAFF_TYPES, State
from sandbox.canvas.web.pages import page, see_other
from sandbox.canvas.web.session import Sessions

SHOWN_AT_ONCE = 24


@dataclass(frozen=True, slots=True)
class Person:
    user: User
    login: str
    courses: str


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    title: str
    people: list[Person]
    more: int


@get("/login", sync_to_thread=False)
def sign_in_page(request: Request[Any, Any, Any], site: Injected[State]) -> Response[str]:
    search = request.query_params.get("q", "").strip()
    people = [_person(site, user) for user in site.users.values() if _can_sign_in(user)]
    found = [person for person in people if _matches(person, search)]
    return page(
        "sign_in.html",
        framed=False,
        groups=_groups(site, found, everybody=bool(search)),
        search=search,
        return_to=local_path(request.query_params.get("return_to", "/")),
    )


def _can_sign_in(user: User) -> bool:
    return not user.deleted and user.test_student_of is None


def _person(state: State, user: User) -> Person:
    login = state.login_of(user.id)
    codes = {state.courses[row.course_id].course_code for row in state.enrollments_of(user.id)}
    return Person(user, login.unique_id if login else "", ", ".join(sorted(codes)))


def _matches(person: Person, search: str) -> bool:
    text = f"{person.user.name} {person.login} {person.courses}".casefold()
    return all(word in text for word in search.casefold().split())


def _groups(state: State, people: list[Person], *, everybody: bool) -> list[PeopleGroup]:
    admins, staff, others = [], [], []
    for person in sorted(people, key=lambda one: one.user.sortable_name.casefold()):
        rows = state.enrollments_of(person.user.id)
        if is_any_admin(state, person.user.id):
            admins.append(person)
        elif any(row.type in STAFF_TYPES for row in rows):
            staff.append(person)
        else:
            others.append(person)
    shown = len(others) if everybody else SHOWN_AT_ONCE
    groups = [
        PeopleGroup("Administrators", admins, 0),
        PeopleGroup("Faculty", staff, 0),
        PeopleGroup("Students and observers", others[:shown], len(others[shown:])),
    ]
    return [group for group in groups if group.people]


def local_path(text: str) -> str:
    """A path of this site only: nobody is sent elsewhere after signing in."""
    local = text.startswith("/") and not text.startswith(("//", "/\\"))
    return text if local else "/"


@post("/login", status_code=200)
async def sign_in(
    request: Request[Any, Any, Any], site: Injected[State], sessions: Injected[Sessions]
) -> Response[Any]:
    form = await read_params(request)
    number = str(form.get("user_id", ""))
    user = site.users.get(int(number)) if number.isascii() and number.isdigit() else None
    if user is None or not _can_sign_in(user):
        return see_other("/login")
    response = see_other(local_path(str(form.get("return_to", "/"))))
    sessions.begin(user.id, response)
    return response


@post("/logout", status_code=200, sync_to_thread=False)
def sign_out(request: Request[Any, Any, Any], sessions: Injected[Sessions]) -> Response[Any]:
    response = see_other("/login")
    sessions.end(request, response)
    return response
