"""The sample college as the files that `attain load` and `attain ... import` read."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from sandbox.college_records import College, Person, Section

_ROSTER_FILES = ("academicSessions", "classes", "courses", "enrollments", "orgs", "users")
_OTHER_FILES = (
    "categories", "classResources", "courseResources", "demographics", "lineItems", "resources",
    "results",
)  # fmt: skip


def write_json(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


Sheet = tuple[str, Sequence[str], Iterable[Sequence[str]]]
"""Name, header and rows of a CSV file."""


def write_oneroster(folder: Path, college: College) -> None:
    """OneRoster 1.1 CSV, all rostering files in bulk mode."""
    write_sheets(folder, (_manifest(), *_structure(college), *_people(college)))


def write_sheets(folder: Path, sheets: Iterable[Sheet]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, header, rows in sheets:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(header)
            writer.writerows(rows)


def _manifest() -> Sheet:
    rows = [
        ("manifest.version", "1.0"),
        ("oneroster.version", "1.1"),
        *((f"file.{name}", "bulk") for name in _ROSTER_FILES),
        *((f"file.{name}", "absent") for name in _OTHER_FILES),
        ("source.systemName", "Cedar Valley student records"),
    ]
    return "manifest", ("propertyName", "value"), rows


def _structure(college: College) -> Iterable[Sheet]:
    yield (
        "orgs",
        ("sourcedId", "status", "dateLastModified", "name", "type", "identifier",
         "parentSourcedId"),
        ((o.source_id, "", "", o.name, o.kind, o.source_id, o.parent) for o in college.orgs),
    )  # fmt: skip
    yield (
        "academicSessions",
        ("sourcedId", "status", "dateLastModified", "title", "type", "startDate", "endDate",
         "parentSourcedId", "schoolYear"),
        (
            (t.source_id, "", "", t.name, "term", f"{t.starts_on}", f"{t.ends_on}", "",
             str(t.ends_on.year + (t.starts_on.month >= 8)))
            for t in college.terms
        ),
    )  # fmt: skip
    yield (
        "courses",
        ("sourcedId", "status", "dateLastModified", "schoolYearSourcedId", "title", "courseCode",
         "grades", "orgSourcedId", "subjects", "subjectCodes"),
        (
            (c.source_id, "", "", "", c.title, c.code, "", c.org, "", "")
            for c in college.courses
        ),
    )  # fmt: skip
    yield (
        "classes",
        ("sourcedId", "status", "dateLastModified", "title", "grades", "courseSourcedId",
         "classCode", "classType", "location", "schoolSourcedId", "termSourcedIds", "subjects",
         "subjectCodes", "periods"),
        (_class(section) for section in college.sections),
    )  # fmt: skip


def _class(section: Section) -> Sequence[str]:
    return (
        section.source_id, "", "", section.title, "", section.course, section.crn, "scheduled",
        "", section.org, section.term, "", "", "",
    )  # fmt: skip


def _people(college: College) -> Iterable[Sheet]:
    yield (
        "users",
        ("sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role",
         "username", "userIds", "givenName", "familyName", "middleName", "identifier", "email",
         "sms", "phone", "agentSourcedIds", "grades", "password"),
        (_user(person, college.orgs[0].source_id) for person in college.people),
    )  # fmt: skip
    orgs = {section.source_id: section.org for section in college.sections}
    yield (
        "enrollments",
        ("sourcedId", "status", "dateLastModified", "classSourcedId", "schoolSourcedId",
         "userSourcedId", "role", "primary", "beginDate", "endDate"),
        (
            (e.source_id, "", "", e.section, orgs[e.section], e.person, e.role,
             "true" if e.primary else "", "", "")
            for e in college.enrolments
        ),
    )  # fmt: skip


def _user(person: Person, org: str) -> Sequence[str]:
    return (
        person.source_id, "", "", "true", org, person.role, person.login, "", person.given,
        person.family, "", person.tech_id, person.email, "", "", "", "", "",
    )  # fmt: skip
