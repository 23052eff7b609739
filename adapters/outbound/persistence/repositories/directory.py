from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
)

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.repositories.roster import ENROLMENTS, GRANTS, PEOPLE, SECTIONS
from adapters.outbound.persistence.tables import access, rostering
from application.ports.people_repositories import (
    PAGE,
    DirectoryRepository,
    PasswordRepository,
    PeopleSearch,
    SectionSearch,
    Standing,
)
from domain.access import Role, RoleGrant
from domain.identity import LocalField, comparable
from domain.ids import OrgId, PersonId, SectionId
from domain.password import LocalPassword
from domain.rostering import Enrolment, EnrolmentRole, Person, Section, name_words

PASSWORDS = Records(access.local_passwords, LocalPassword)

_Condition = ColumnElement[bool]
_LAST = "\U0010ffff"
_BY_ENROLMENT = {Role.FACULTY: EnrolmentRole.TEACHER, Role.STUDENT: EnrolmentRole.STUDENT}

_AMONG: BindParameter[Any] = bindparam("among", expanding=True)
_GRANTS_OF = GRANTS.select.where(GRANTS.c.person_id.in_(_AMONG)).order_by(GRANTS.c.grant_key)
_TO_ACTIVE = exists().where(PEOPLE.c.id == GRANTS.c.person_id, PEOPLE.c.active)
_GRANTS_IN = GRANTS.select.where(GRANTS.c.org_id.in_(_AMONG), _TO_ACTIVE).order_by(
    GRANTS.c.grant_key
)
_HOLDERS = GRANTS.select.where(GRANTS.c.role == bindparam("role"), _TO_ACTIVE).order_by(
    GRANTS.c.grant_key
)
_GRANTED_BY = GRANTS.select.where(GRANTS.c.granted_by == bindparam("granter")).order_by(
    GRANTS.c.grant_key
)
_REVOKE = delete(rostering.role_grants).where(GRANTS.c.grant_key == bindparam("of_key"))
_KNOWN_AS = (
    select(access.lms_identities.c.platform, access.lms_identities.c.lms_user_id)
    .where(access.lms_identities.c.person_id == bindparam("person_id"))
    .order_by(access.lms_identities.c.platform, access.lms_identities.c.lms_user_id)
)
_ENROLMENTS_OF = ENROLMENTS.select.where(ENROLMENTS.c.person_id == bindparam("person_id")).order_by(
    ENROLMENTS.c.id
)
_ENROLMENTS_IN = ENROLMENTS.select.where(
    ENROLMENTS.c.section_id == bindparam("section_id")
).order_by(ENROLMENTS.c.id)
_ENROLLED = (
    select(ENROLMENTS.c.section_id, func.count())
    .where(
        ENROLMENTS.c.section_id.in_(_AMONG),
        ENROLMENTS.c.role == EnrolmentRole.STUDENT,
        ENROLMENTS.c.active,
    )
    .group_by(ENROLMENTS.c.section_id)
)
_ANY_PASSWORD = select(exists(select(PASSWORDS.c.person_id)))
_FORGET = delete(access.local_passwords).where(PASSWORDS.c.person_id == bindparam("of_person"))


class SqlDirectory(DirectoryRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def people(self, wanted: PeopleSearch, *, start: int = 0, count: int = PAGE) -> list[Person]:
        found = PEOPLE.select.where(*_of_people(wanted)).order_by(PEOPLE.c.name_key, PEOPLE.c.id)
        return PEOPLE.fetch(self._connection, found.offset(start).limit(count))

    def count_people(self, wanted: PeopleSearch) -> int:
        return self._count(rostering.people, _of_people(wanted))

    def grants_of(self, person_ids: Iterable[PersonId]) -> list[RoleGrant]:
        return GRANTS.among(self._connection, _GRANTS_OF, person_ids)

    def grants_in(self, org_ids: Iterable[OrgId]) -> list[RoleGrant]:
        return GRANTS.among(self._connection, _GRANTS_IN, org_ids)

    def holders(self, role: Role) -> list[RoleGrant]:
        return GRANTS.fetch(self._connection, _HOLDERS, role=role)

    def granted_by(self, granter: str) -> list[RoleGrant]:
        return GRANTS.fetch(self._connection, _GRANTED_BY, granter=granter)

    def revoke(self, grant: RoleGrant) -> bool:
        key = GRANTS.derived["grant_key"](grant)
        return self._connection.execute(_REVOKE, {"of_key": key}).rowcount > 0

    def known_as(self, person_id: PersonId) -> list[tuple[str, str]]:
        rows = self._connection.execute(_KNOWN_AS, {"person_id": person_id})
        return [(platform, user) for platform, user in rows]

    def sections(
        self, wanted: SectionSearch, *, start: int = 0, count: int = PAGE
    ) -> list[Section]:
        found = SECTIONS.select.where(*_of_sections(wanted)).order_by(
            SECTIONS.c.title, SECTIONS.c.id
        )
        return SECTIONS.fetch(self._connection, found.offset(start).limit(count))

    def count_sections(self, wanted: SectionSearch) -> int:
        return self._count(rostering.sections, _of_sections(wanted))

    def enrolments_of(self, person_id: PersonId) -> list[Enrolment]:
        return ENROLMENTS.fetch(self._connection, _ENROLMENTS_OF, person_id=person_id)

    def enrolments_in(self, section_id: SectionId) -> list[Enrolment]:
        return ENROLMENTS.fetch(self._connection, _ENROLMENTS_IN, section_id=section_id)

    def enrolled(self, section_ids: Iterable[SectionId]) -> Mapping[SectionId, int]:
        rows = self._connection.execute(_ENROLLED, {"among": tuple(section_ids)})
        return {SectionId(section_id): number for section_id, number in rows}

    def _count(self, table: Any, conditions: list[_Condition]) -> int:  # noqa: ANN401 any FROM
        statement = select(func.count()).select_from(table).where(*conditions)
        return int(self._connection.execute(statement).scalar_one())


class SqlPasswords(PasswordRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person_id: PersonId) -> LocalPassword | None:
        return PASSWORDS.find(self._connection, person_id)

    def are_in_use(self) -> bool:
        return bool(self._connection.execute(_ANY_PASSWORD).scalar_one())

    def put(self, password: LocalPassword) -> None:
        PASSWORDS.put(self._connection, [password])

    def remove(self, person_id: PersonId) -> bool:
        return self._connection.execute(_FORGET, {"of_person": person_id}).rowcount > 0


def _of_people(wanted: PeopleSearch) -> list[_Condition]:
    conditions = _standing(PEOPLE.c.active, wanted.standing)
    if wanted.text.strip():
        conditions.append(or_(*_called(wanted.text)))
    if wanted.role is not None or wanted.org_ids is not None:
        conditions.append(or_(_granted(wanted), *_enrolled_as(wanted)))
    return conditions


def _standing(active: Any, standing: Standing) -> list[_Condition]:  # noqa: ANN401 a column
    if standing is Standing.ALL:
        return []
    return [active if standing is Standing.ACTIVE else ~active]


def _called(text: str) -> list[_Condition]:
    """Each by the index of its column: a beginning is a range in the order of bytes."""
    tried = (
        (PEOPLE.c.tech_key, comparable(LocalField.TECH_ID, text)),
        (PEOPLE.c.login_key, comparable(LocalField.LOGIN, text)),
        (PEOPLE.c.email_key, comparable(LocalField.EMAIL, text)),
        (PEOPLE.c.name_key, name_words(text)),
        (PEOPLE.c.given_key, name_words(text)),
    )
    return [and_(column >= begun, column < begun + _LAST) for column, begun in tried if begun]


def _granted(wanted: PeopleSearch) -> _Condition:
    conditions: list[_Condition] = []
    if wanted.role is not None:
        conditions.append(GRANTS.c.role == wanted.role)
    if wanted.org_ids is not None:
        conditions.append(GRANTS.c.org_id.in_(wanted.org_ids))
    return PEOPLE.c.id.in_(select(GRANTS.c.person_id).where(*conditions))


def _enrolled_as(wanted: PeopleSearch) -> list[_Condition]:
    if wanted.role is not None and wanted.role not in _BY_ENROLMENT:
        return []
    conditions: list[_Condition] = [ENROLMENTS.c.active, SECTIONS.c.active]
    if wanted.role is not None:
        conditions.append(ENROLMENTS.c.role == _BY_ENROLMENT[wanted.role])
    if wanted.org_ids is not None:
        conditions.append(SECTIONS.c.org_id.in_(wanted.org_ids))
    there = select(ENROLMENTS.c.person_id).join_from(
        rostering.enrolments, rostering.sections, SECTIONS.c.id == ENROLMENTS.c.section_id
    )
    if wanted.text.strip() or wanted.org_ids is None:
        # Few people are left by the text, and without an org most fit: each is looked up.
        # All enrolments are listed only where orgs leave few of them.
        return [exists(there.where(ENROLMENTS.c.person_id == PEOPLE.c.id, *conditions))]
    return [PEOPLE.c.id.in_(there.where(*conditions))]


def _of_sections(wanted: SectionSearch) -> list[_Condition]:
    conditions = _standing(SECTIONS.c.active, wanted.standing)
    if wanted.term_id is not None:
        conditions.append(SECTIONS.c.term_id == wanted.term_id)
    if wanted.course_id is not None:
        conditions.append(SECTIONS.c.course_id == wanted.course_id)
    if wanted.org_ids is not None:
        conditions.append(SECTIONS.c.org_id.in_(wanted.org_ids))
    if part := wanted.text.strip().lower():
        conditions.append(
            or_(
                func.lower(SECTIONS.c.title).contains(part, autoescape=True),
                func.lower(SECTIONS.c.code).contains(part, autoescape=True),
            )
        )
    return conditions
