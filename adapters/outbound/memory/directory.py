from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from adapters.outbound.memory.rows import Rows
from adapters.outbound.memory.store import Transaction
from application.ports.people_repositories import (
    PAGE,
    DirectoryRepository,
    PasswordRepository,
    PeopleSearch,
    SectionSearch,
    Standing,
)
from domain.access import Role, RoleGrant
from domain.identity import LmsIdentity, LocalField, comparable
from domain.ids import OrgId, PersonId, SectionId
from domain.password import LocalPassword
from domain.rostering import Enrolment, EnrolmentRole, Person, Section, name_words

_BY_ENROLMENT = {Role.FACULTY: EnrolmentRole.TEACHER, Role.STUDENT: EnrolmentRole.STUDENT}


class MemoryDirectory(DirectoryRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._people = Rows[Person](transaction, "person", lambda person: person.id)
        self._sections = Rows[Section](transaction, "section", lambda section: section.id)
        self._enrolments = Rows[Enrolment](transaction, "enrolment", lambda one: one.id)
        self._identities = Rows[LmsIdentity](
            transaction, "lms identity", lambda one: (one.platform, one.lms_user_id)
        )
        self._grants = Rows[RoleGrant](
            transaction, "role grant", lambda one: (one.person_id, one.role, one.org_id or "")
        )

    def people(self, wanted: PeopleSearch, *, start: int = 0, count: int = PAGE) -> list[Person]:
        found = sorted(self._people.where(self._fits(wanted)), key=lambda p: (p.name_key, p.id))
        return found[start : start + count]

    def count_people(self, wanted: PeopleSearch) -> int:
        return len(self._people.where(self._fits(wanted)))

    def grants_of(self, person_ids: Iterable[PersonId]) -> list[RoleGrant]:
        among = frozenset(person_ids)
        return self._grants.where(lambda grant: grant.person_id in among)

    def grants_in(self, org_ids: Iterable[OrgId]) -> list[RoleGrant]:
        among = frozenset(org_ids)
        return self._grants.where(lambda one: one.org_id in among and self._is_active(one))

    def holders(self, role: Role) -> list[RoleGrant]:
        return self._grants.where(lambda one: one.role is role and self._is_active(one))

    def granted_by(self, granter: str) -> list[RoleGrant]:
        return self._grants.where(lambda one: one.granted_by == granter)

    def revoke(self, grant: RoleGrant) -> bool:
        found = self._grants.find(self._grants.key_of(grant))
        if found is not None:
            self._grants.remove([found])
        return found is not None

    def known_as(self, person_id: PersonId) -> list[tuple[str, str]]:
        known = self._identities.where(lambda one: one.person_id == person_id)
        return [(one.platform, one.lms_user_id) for one in known]

    def sections(
        self, wanted: SectionSearch, *, start: int = 0, count: int = PAGE
    ) -> list[Section]:
        found = self._sections.where(_fits_section(wanted))
        return sorted(found, key=lambda one: (one.title, one.id))[start : start + count]

    def count_sections(self, wanted: SectionSearch) -> int:
        return len(self._sections.where(_fits_section(wanted)))

    def enrolments_of(self, person_id: PersonId) -> list[Enrolment]:
        return self._enrolments.where(lambda one: one.person_id == person_id)

    def enrolments_in(self, section_id: SectionId) -> list[Enrolment]:
        return self._enrolments.where(lambda one: one.section_id == section_id)

    def enrolled(self, section_ids: Iterable[SectionId]) -> Mapping[SectionId, int]:
        among = frozenset(section_ids)
        return Counter(
            one.section_id
            for one in self._enrolments.all()
            if one.active and one.role is EnrolmentRole.STUDENT and one.section_id in among
        )

    def _is_active(self, grant: RoleGrant) -> bool:
        person = self._people.find(grant.person_id)
        return person is not None and person.active

    def _fits(self, wanted: PeopleSearch) -> Callable[[Person], bool]:
        among = self._with_role(wanted)
        return lambda person: (
            _stands(wanted.standing, active=person.active)
            and _is_called(person, wanted.text)
            and (among is None or person.id in among)
        )

    def _with_role(self, wanted: PeopleSearch) -> frozenset[PersonId] | None:
        if wanted.role is None and wanted.org_ids is None:
            return None
        granted = {
            grant.person_id
            for grant in self._grants.all()
            if wanted.role in {None, grant.role}
            and (wanted.org_ids is None or grant.org_id in wanted.org_ids)
        }
        return frozenset(granted | self._enrolled_as(wanted))

    def _enrolled_as(self, wanted: PeopleSearch) -> set[PersonId]:
        if wanted.role is not None and wanted.role not in _BY_ENROLMENT:
            return set()
        orgs = {section.id: section.org_id for section in self._sections.all() if section.active}
        return {
            one.person_id
            for one in self._enrolments.all()
            if one.active
            and one.section_id in orgs
            and (wanted.role is None or one.role is _BY_ENROLMENT[wanted.role])
            and (wanted.org_ids is None or orgs[one.section_id] in wanted.org_ids)
        }


class MemoryPasswords(PasswordRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._passwords = Rows[LocalPassword](
            transaction, "local password", lambda one: one.person_id
        )

    def of(self, person_id: PersonId) -> LocalPassword | None:
        return self._passwords.find(person_id)

    def are_in_use(self) -> bool:
        return bool(self._passwords.all())

    def put(self, password: LocalPassword) -> None:
        self._passwords.put([password])

    def remove(self, person_id: PersonId) -> bool:
        found = self._passwords.find(person_id)
        if found is not None:
            self._passwords.remove([found])
        return found is not None


def _stands(standing: Standing, *, active: bool) -> bool:
    return standing is Standing.ALL or active is (standing is Standing.ACTIVE)


def _is_called(person: Person, text: str) -> bool:
    if not text.strip():
        return True
    tried = (
        (comparable(LocalField.TECH_ID, person.tech_id), comparable(LocalField.TECH_ID, text)),
        (comparable(LocalField.LOGIN, person.login), comparable(LocalField.LOGIN, text)),
        (comparable(LocalField.EMAIL, person.email), comparable(LocalField.EMAIL, text)),
        (person.name_key, name_words(text)),
        (person.given_key, name_words(text)),
    )
    return any(begun and stored.startswith(begun) for stored, begun in tried)


def _fits_section(wanted: SectionSearch) -> Callable[[Section], bool]:
    part = wanted.text.strip().lower()
    return lambda one: (
        _stands(wanted.standing, active=one.active)
        and wanted.term_id in {None, one.term_id}
        and wanted.course_id in {None, one.course_id}
        and (wanted.org_ids is None or one.org_id in wanted.org_ids)
        and (part in one.title.lower() or part in one.code.lower())
    )
