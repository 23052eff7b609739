"""The sample college as the seed of the practice Canvas: same people, courses and sections."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.college_assignments import assignments_in
from sandbox.college_catalogue import ROOT
from sandbox.college_people import OBSERVER_LOGIN, OBSERVER_NAME, STEWARD, ready_people, token_of
from sandbox.college_records import College, Shell

QUIZ_TOOL = "Practice Quiz Tool"
QUIZ_PATH = "/practice_quiz"
"""Where the practice Canvas itself plays the other tool."""
_ROOT_ACCOUNT = 1
_TYPES = {"teacher": "TeacherEnrollment", "student": "StudentEnrollment"}

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Ids:
    """Canvas' own numbers, which are never Attain's: places in the lists of the college."""

    accounts: dict[str, int]
    terms: dict[str, int]
    users: dict[str, int]
    shells: dict[str, int]
    sections: dict[str, int]


def practice_seed(
    college: College,
    *,
    canvas_url: str,
    attain_url: str,
    consumer_key: str,
    shared_secret: str,
    client_id: str,
    client_secret: str,
    redirect_uri: str,
) -> Row:
    """The seed as `sandbox.canvas.seed.Seed` decodes it.

    `client_id` is a number, as Canvas' developer keys have. SIS ids are the source ids and
    Tech IDs of the roster; the people of `ready_people` have tokens.
    """
    ids = _ids(college)
    launch_url = f"{attain_url}/lti/launch"
    return {
        "host": canvas_url,
        "root_account": {
            "id": _ROOT_ACCOUNT,
            "name": college.orgs[0].name,
            "sis_account_id": ROOT,
        },
        "accounts": [
            {
                "id": ids.accounts[org.source_id],
                "name": org.name,
                "parent": _ROOT_ACCOUNT,
                "sis_account_id": org.source_id,
            }
            for org in college.orgs[1:]
        ],
        "terms": list(_terms(college, ids)),
        "users": list(_users(college, ids)),
        "courses": [
            _course(college, ids, shell, launch_url, f"{canvas_url}{QUIZ_PATH}")
            for shell in college.shells
        ],
        "enrollments": list(_enrollments(college, ids)),
        "developer_keys": [
            {"id": int(client_id), "secret": client_secret, "redirect_uris": [redirect_uri]}
        ],
        "tools": [
            {
                "id": 1,
                "name": "Attain",
                "consumer_key": consumer_key,
                "shared_secret": shared_secret,
                "launch_url": launch_url,
                "domain": urlsplit(attain_url).hostname,
                "privacy_level": "public",
                "placements": ["assignment_selection", "course_navigation", "account_navigation"],
                "context": str(_ROOT_ACCOUNT),
                "custom_fields": {
                    "context_id_history": "$Context.id.history",
                    "course_previous_ids": "$Canvas.course.previousContextIds",
                },
            },
            _quiz_tool(f"{canvas_url}{QUIZ_PATH}"),
        ],
    }


def _quiz_tool(launch_url: str) -> Row:
    """Another tool than Attain: what it grades, Attain has no part in."""
    return {
        "id": 2,
        "name": QUIZ_TOOL,
        "consumer_key": "practice-quiz",
        "shared_secret": "practice-quiz",
        "launch_url": launch_url,
        "privacy_level": "anonymous",
        "placements": [],
        "context": str(_ROOT_ACCOUNT),
    }


def _ids(college: College) -> _Ids:
    return _Ids(
        accounts={org.source_id: _ROOT_ACCOUNT + n for n, org in enumerate(college.orgs)},
        terms={term.source_id: 11 + n for n, term in enumerate(college.terms)},
        users={person.source_id: 1001 + n for n, person in enumerate(college.people)},
        shells={shell.key: 501 + n for n, shell in enumerate(college.shells)},
        sections={section.source_id: 701 + n for n, section in enumerate(college.sections)},
    )


def _terms(college: College, ids: _Ids) -> Iterator[Row]:
    for term in college.terms:
        yield {
            "id": ids.terms[term.source_id],
            "name": term.name,
            "sis_term_id": term.source_id,
            "start_at": f"{term.starts_on}T00:00:00Z",
            "end_at": f"{term.ends_on}T23:59:59Z",
        }


def _users(college: College, ids: _Ids) -> Iterator[Row]:
    ready = {row["login"] for row in ready_people(college)}
    for person in college.people:
        yield {
            "id": ids.users[person.source_id],
            "name": person.name,
            "sortable_name": person.sortable_name,
            "short_name": person.name,
            "login_id": person.login,
            "sis_user_id": person.tech_id,
            "email": person.email,
            "token": token_of(person.login) if person.login in ready else None,
        }
    yield {
        "id": 2,
        "name": STEWARD.name,
        "login_id": STEWARD.login,
        "sis_user_id": STEWARD.tech_id,
        "email": STEWARD.email,
        "admin_of": [_ROOT_ACCOUNT],
        "token": token_of(STEWARD.login),
    }
    yield {
        "id": 3,
        "name": OBSERVER_NAME,
        "login_id": OBSERVER_LOGIN,
        "email": "observer@families.example",
        "token": token_of(OBSERVER_LOGIN),
    }
    yield {
        "id": 4,
        "name": "Test Student",
        "login_id": "test-student",
        "test_student_of": ids.shells[college.shells[0].key],
    }


def _course(college: College, ids: _Ids, shell: Shell, launch_url: str, quiz_url: str) -> Row:
    sections = [section for section in college.sections if section.shell == shell.key]
    return {
        "id": ids.shells[shell.key],
        "name": shell.name,
        "course_code": shell.code,
        "account_id": ids.accounts[shell.org],
        "term_id": ids.terms[shell.term],
        "sis_course_id": f"course-{shell.key}",
        "sections": [
            {
                "id": ids.sections[section.source_id],
                "name": section.title,
                "sis_section_id": section.source_id,
            }
            for section in sections
        ],
        "assignments": list(
            assignments_in(college, shell, 10 * ids.shells[shell.key], launch_url, quiz_url)
        ),
    }


def _enrollments(college: College, ids: _Ids) -> Iterator[Row]:
    shells = {section.source_id: section.shell for section in college.sections}
    for enrolment in college.enrolments:
        yield {
            "user_id": ids.users[enrolment.person],
            "course_id": ids.shells[shells[enrolment.section]],
            "section_id": ids.sections[enrolment.section],
            "type": _TYPES[enrolment.role],
        }
    first = college.sections[0]
    place = {
        "course_id": ids.shells[first.shell],
        "section_id": ids.sections[first.source_id],
    }
    child = college.people_in(first.source_id, "student")[0]
    yield {
        "user_id": 3,
        "type": "ObserverEnrollment",
        "associated_user_id": ids.users[child.source_id],
        **place,
    }
    yield {"user_id": 4, "type": "StudentViewEnrollment", **place}
