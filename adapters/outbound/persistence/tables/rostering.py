"""Orgs, terms, courses, sections, people, enrolments, roles.

Columns stand in the order of the fields of their record; comparable forms come after them.
"""

from sqlalchemy import Boolean, Date, Index

from adapters.outbound.persistence.columns import Choice, UtcDateTime
from adapters.outbound.persistence.tables.base import key, table, text, value
from domain.access import Role
from domain.rostering import EnrolmentRole

orgs = table(
    "org", key(), text("source_id"), text("code"), text("name"), text("kind"),
    text("parent_id", "org.id", optional=True), value("active", Boolean()),
)  # fmt: skip

terms = table(
    "term", key(), text("source_id"), text("name"), text("kind"),
    value("starts_on", Date()), value("ends_on", Date()), value("active", Boolean()),
)  # fmt: skip

courses = table(
    "course", key(), text("source_id"), text("code"), text("title"), text("org_id", "org.id"),
    value("active", Boolean()),
)  # fmt: skip

sections = table(
    "section", key(), text("source_id"), text("title"), text("code"),
    text("course_id", "course.id"), text("org_id", "org.id"), text("term_id", "term.id"),
    value("active", Boolean()), text("mode"), text("location"),
    value("starts_on", Date(), optional=True), value("ends_on", Date(), optional=True),
    text("title_key"),
)  # fmt: skip
Index(None, sections.c.title_key)
Index(None, sections.c.source_id)
Index(None, sections.c.term_id, sections.c.org_id)
Index(None, sections.c.course_id)

people = table(
    "person", key(), text("source_id"), text("tech_id"), text("login"), text("email"),
    text("given_name"), text("family_name"), value("active", Boolean()),
    text("tech_key"), text("login_key"), text("email_key"), text("name_key"), text("given_key"),
)  # fmt: skip
Index(None, people.c.tech_key)
Index(None, people.c.login_key)
Index(None, people.c.email_key)
Index(None, people.c.name_key)
Index(None, people.c.given_key)

enrolments = table(
    "enrolment", key(), text("source_id"), text("section_id", "section.id"),
    text("person_id", "person.id"), value("role", Choice(EnrolmentRole)),
    value("active", Boolean()), value("begins_on", Date(), optional=True),
    value("ends_on", Date(), optional=True),
)  # fmt: skip
Index(None, enrolments.c.person_id, enrolments.c.role)
# Who belongs to an org is told by this index alone: at 60,000 people 0.35 s instead of 3.2 s.
Index(None, enrolments.c.section_id, enrolments.c.role, enrolments.c.active, enrolments.c.person_id)

role_grants = table(
    "role_grant", text("person_id", "person.id"), value("role", Choice(Role)),
    text("org_id", "org.id", optional=True), text("granted_by"),
    value("granted_at", UtcDateTime(), optional=True), key("grant_key"),
)  # fmt: skip
Index(None, role_grants.c.person_id)
Index(None, role_grants.c.role, role_grants.c.org_id, role_grants.c.person_id)
