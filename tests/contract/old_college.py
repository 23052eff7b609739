"""A college as the first schema kept it, in its own columns: mappers of today cannot write it."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, MetaData, Table, select

NOON = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
_RUBRIC = (
    '{"criteria":[{"id":"row-thesis","code":"THESIS","title":"Thesis","description":"",'
    '"levels":[{"points":"1","label":"Met","descriptor":"","mastery":'
    '{"code":"met","name":"Met","position":0,"met":true}}],"weight":"1","slo_ids":[]}],'
    '"outcomes":[]}'
)
_LEVELS = (
    '[{"points":"0","label":"Low","descriptor":"","mastery":'
    '{"code":"low","name":"Low","position":0,"met":false}},'
    '{"points":"1","label":"Met","descriptor":"","mastery":'
    '{"code":"met","name":"Met","position":1,"met":true}}]'
)
ROWS: dict[str, dict[str, Any]] = {
    "org": {"id": "org-english", "source_id": "s", "code": "ENGL", "name": "English",
            "kind": "department", "parent_id": None, "active": True},
    "term": {"id": "term-fall", "source_id": "s", "name": "Fall 2026", "kind": "semester",
             "starts_on": date(2026, 8, 24), "ends_on": date(2026, 12, 18), "active": True},
    "course": {"id": "course-engl101", "source_id": "s", "code": "ENGL 101", "title": "English",
               "org_id": "org-english", "active": True},
    "section": {"id": "section-engl101-01", "source_id": "s", "title": "ENGL 101-01",
                "code": "01", "course_id": "course-engl101", "org_id": "org-english",
                "term_id": "term-fall", "active": True, "title_key": "ENGL 101-01"},
    "person": {"id": "person-tess", "source_id": "s", "tech_id": "Ctess", "login": "tess",
               "email": "tess@example.edu", "given_name": "Tess", "family_name": "Ortiz",
               "active": True, "tech_key": "ctess", "login_key": "tess",
               "email_key": "tess@example.edu"},
    "enrolment": {"id": "e", "source_id": "s", "section_id": "section-engl101-01",
                  "person_id": "person-tess", "role": "teacher", "active": True},
    "scale": {"id": "scale-four", "code": "four", "name": "Four", "version": 1,
              "is_default": True, "levels": _LEVELS},
    "slo": {"id": "slo-thesis", "code": "THESIS", "kind": "cslo", "course_id": "course-engl101",
            "org_id": None, "title": "Thesis", "statement": "", "state": "active", "version": 1,
            "descriptors": "[]"},
    "assessment": {"id": "assessment-essay", "code": "ESSAY", "org_id": "org-english",
                   "name": "Essay", "description": "", "kind": "outcomes",
                   "purpose": "summative", "scale_id": "scale-four", "rubric": _RUBRIC,
                   "points_possible": "100", "reflection_question": "What next?",
                   "in_library": True, "owner_id": "person-tess", "version": 1},
    "section_assessment": {"id": "work-essay", "assessment_id": "assessment-essay",
                           "section_id": "section-engl101-01", "due_at": NOON, "planned": True,
                           "released_at": None, "snapshot": _RUBRIC, "version": 2},
    "reflection": {"section_assessment_id": "work-essay", "person_id": "person-tess",
                   "text": "More time.", "submitted_at": NOON, "version": 1},
    "site": {"id": "site-main", "name": "main", "plugin": "canvas", "url": "https://main.test",
             "client_id": "1", "client_secret": b"sealed", "account_ref": "1", "test": False,
             "active": True, "version": 1},
    "link": {"id": "link-essay", "platform": "key:guid", "context_id": "context-1",
             "resource_link_id": "resource-essay", "section_assessment_id": "work-essay",
             "section_id": "section-engl101-01", "site_id": "site-main", "course_ref": "101",
             "assignment_ref": "501", "title": "Essay", "points_possible": "100",
             "linked_by": "person-tess", "linked_at": NOON, "unlinked_at": None, "version": 1},
}  # fmt: skip
"""One row of each table that later schemas change or refer to."""


def store(connection: Connection) -> None:
    for name, row in ROWS.items():
        connection.execute(_table(connection, f"attain_{name}").insert(), row)


def kept(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """What all tables hold in the columns that they had at first and still have."""
    found = {}
    for name, row in ROWS.items():
        table = _table(connection, f"attain_{name}")
        columns = [table.c[column] for column in row if column in table.c]
        rows = connection.execute(select(*columns))
        found[name] = [dict(one._mapping) for one in rows]
    return found


def _table(connection: Connection, name: str) -> Table:
    return Table(name, MetaData(), autoload_with=connection)
