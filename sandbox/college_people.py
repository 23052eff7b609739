"""People of the sample college whom anybody may try things as."""

from dataclasses import dataclass
from hashlib import sha256

from sandbox.college_names import FACULTY
from sandbox.college_records import College, Person

OBSERVER_LOGIN = "observer"
OBSERVER_NAME = "Olivia Parent"
_READY_STUDENTS = 6


@dataclass(frozen=True, slots=True)
class Steward:
    """The Data Steward, who administers the practice Canvas too; in no roster."""

    tech_id: str
    login: str
    email: str
    name: str


STEWARD = Steward("STEWARD-1", "canvas-admin", "steward@cedarvalley.example", "Dana Steward")


def ready_people(college: College) -> list[dict[str, str]]:
    """People to try things as: `login`, `role`, `name`, `tech_id`, `canvas_token`.

    The administrator first, then all teachers, a few students of the first section, and
    the observer of the first of them, who has no Tech ID.
    """
    teachers, students = _ready(college)
    return [
        _row("admin", STEWARD.login, STEWARD.name, STEWARD.tech_id),
        *(_row("teacher", one.login, one.name, one.tech_id) for one in teachers),
        *(_row("student", one.login, one.name, one.tech_id) for one in students),
        _row("observer", OBSERVER_LOGIN, OBSERVER_NAME, ""),
    ]


def token_of(login: str) -> str:
    """A ready token of the practice Canvas; it opens nothing else anywhere."""
    return f"practice~{sha256(login.encode()).hexdigest()[:40]}"


def _row(role: str, login: str, name: str, tech_id: str) -> dict[str, str]:
    return {
        "login": login,
        "role": role,
        "name": name,
        "tech_id": tech_id,
        "canvas_token": token_of(login),
    }


def _ready(college: College) -> tuple[list[Person], list[Person]]:
    teachers = [person for person in college.people if person.role == "teacher"]
    students = college.people_in(college.sections[0].source_id, "student")
    return teachers[: len(FACULTY)], students[:_READY_STUDENTS]
