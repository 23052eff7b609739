"""What the registers of people, roles, sections and passwords promise."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from application.errors import Invalid
from application.ports.people_repositories import PeopleSearch, SectionSearch, Standing
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.people.role_grants import RevokeRole, RoleCommand
from domain.access import Role, RoleGrant
from domain.ids import CourseId, OrgId, PersonId, SectionId, TermId
from domain.password import LocalPassword
from domain.rostering import EnrolmentRole
from tests.builders import (
    College,
    a_person,
    a_role_grant,
    a_section,
    a_session,
    an_enrolment,
    an_org,
)
from tests.stand_ins import NOON, FixedClock

ENGLISH, HISTORY = OrgId("org-english"), OrgId("org-history")
ELODIE = a_person("elo", given_name="Élodie", family_name="Özil", login="ELO.oz", tech_id="X-1")
ENDED = a_person("gone", given_name="Zoe", family_name="Abel", active=False)


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.roster.put_orgs([an_org("history")])
        unit.roster.put_people([ELODIE, ENDED])
        unit.commit()
    return units


def found(unit: UnitOfWork, **wanted: object) -> set[str]:
    search = PeopleSearch(**wanted)  # type: ignore[arg-type]
    people = unit.directory.people(search)
    assert unit.directory.count_people(search) == len(people)
    return {person.id.removeprefix("person-") for person in people}


class TestPeople:
    @pytest.mark.parametrize(
        "text",
        [
            "özil",
            "OZIL",
            "Ozil, El",
            "elodie o",
            "Élod",
            "elo.oz",
            "elo@ex",
            "X-1",
            " ozil  elodie",
        ],
    )
    def test_are_found_by_the_beginning_of_what_is_known_of_them(
        self, college: UnitOfWorkFactory, text: str
    ) -> None:
        with college(write=False) as unit:
            assert "elo" in found(unit, text=text)
            assert "tess" not in found(unit, text=text)

    @pytest.mark.parametrize("text", ["zil", "x-1", "%", "_", "ozil z", "'; --"])
    def test_are_not_found_by_anything_else(self, college: UnitOfWorkFactory, text: str) -> None:
        with college(write=False) as unit:
            assert found(unit, text=text) == set()

    def test_come_by_name_a_page_at_a_time(self, units: UnitOfWorkFactory) -> None:
        names = ["Zorn", "abel", "Ábel", "Özil"]
        people = [
            a_person(str(at), family_name=name, given_name="A") for at, name in enumerate(names)
        ]
        with units() as unit:
            unit.roster.put_people(people)

            pages = [unit.directory.people(PeopleSearch(), start=at, count=2) for at in (0, 2, 4)]

        assert [[one.family_name for one in page] for page in pages] == [
            ["abel", "Ábel"], ["Özil", "Zorn"], [],
        ]  # fmt: skip

    def test_who_have_ended_are_asked_for(self, college: UnitOfWorkFactory) -> None:
        with college(write=False) as unit:
            assert found(unit, text="abel") == set()
            assert found(unit, text="abel", standing=Standing.ENDED) == {"gone"}
            assert "gone" in found(unit, standing=Standing.ALL)
            assert found(unit, standing=Standing.ENDED) == {"gone"}

    def test_by_role_granted_or_brought_by_an_enrolment(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.roster.grant(a_role_grant("elo", role=Role.COORDINATOR, org_id=HISTORY))

            assert found(unit, role=Role.COORDINATOR) == {"elo"}
            assert "tess" in found(unit, role=Role.FACULTY)
            assert "ana" in found(unit, role=Role.STUDENT)
            assert found(unit, role=Role.READER) == set()

    def test_by_org_and_role_there(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.roster.grant(a_role_grant("elo", role=Role.COORDINATOR, org_id=HISTORY))
            unit.roster.grant(a_role_grant("ana", role=Role.COORDINATOR))

            assert found(unit, org_ids=frozenset({HISTORY})) == {"elo"}
            assert {"tess", "ana"} <= found(unit, org_ids=frozenset({ENGLISH}))
            assert "elo" not in found(unit, org_ids=frozenset({ENGLISH}))
            assert found(unit, role=Role.COORDINATOR, org_ids=frozenset({HISTORY, ENGLISH})) == {
                "elo"
            }
            assert found(unit, text="tess", role=Role.FACULTY, org_ids=frozenset({ENGLISH})) == {
                "tess"
            }
            assert found(unit, org_ids=frozenset()) == set()


class TestRoles:
    def test_the_first_grant_stays(self, college: UnitOfWorkFactory) -> None:
        first = a_role_grant(granted_by="person-tess", granted_at=NOON)
        with college() as unit:
            unit.roster.grant(first)
            unit.roster.grant(a_role_grant())

            assert first in unit.roster.roles_of(PersonId("person-ana"))

    def test_are_revoked_in_one_org_alone(self, college: UnitOfWorkFactory) -> None:
        here = a_role_grant("elo", role=Role.COORDINATOR, org_id=HISTORY)
        everywhere = a_role_grant("elo", role=Role.COORDINATOR)
        with college() as unit:
            for grant in (here, everywhere):
                unit.roster.grant(grant)

            assert unit.directory.grants_of([ELODIE.id]) == [everywhere, here]
            assert unit.directory.grants_in([HISTORY]) == [here]
            assert unit.directory.revoke(here)
            assert not unit.directory.revoke(here)
            assert unit.roster.roles_of(ELODIE.id) == [everywhere]

    def test_holders_are_active_people(self, college: UnitOfWorkFactory) -> None:
        grants = [a_role_grant(key, role=Role.READER, org_id=HISTORY) for key in ("elo", "gone")]
        with college() as unit:
            for grant in grants:
                unit.roster.grant(grant)

            assert unit.directory.holders(Role.READER) == [grants[0]]
            assert unit.directory.grants_in([HISTORY]) == [grants[0]]


class TestLastSteward:
    def test_two_who_revoke_each_other_at_once_leave_one(self, units: UnitOfWorkFactory) -> None:
        both = [PersonId("person-kim"), PersonId("person-lee")]
        with units() as unit:
            unit.roster.put_people([a_person("kim"), a_person("lee")])
            for person_id in both:
                unit.roster.grant(RoleGrant(person_id, Role.DATA_STEWARD, None))
            unit.commit()
        revoke = RevokeRole(units, FixedClock())

        def tried(person_id: PersonId) -> bool:
            try:
                revoke(RoleCommand("x", person_id, Role.DATA_STEWARD))
            except Invalid:
                return False
            return True

        with ThreadPoolExecutor(2) as threads:
            done = list(threads.map(tried, both))

        assert sorted(done) == [False, True]
        with units(write=False) as unit:
            assert len(unit.directory.holders(Role.DATA_STEWARD)) == 1


class TestSections:
    def test_are_filtered_ordered_and_counted(self, college: UnitOfWorkFactory) -> None:
        more = [
            a_section("hist", title="HIST 1", code="Aa", org_id=HISTORY),
            a_section("old", title="AB 100%", code="B", active=False),
        ]
        with college() as unit:
            unit.roster.put_sections(more)

            def titles(**wanted: object) -> list[str]:
                search = SectionSearch(**wanted)  # type: ignore[arg-type]
                sections = unit.directory.sections(search)
                assert unit.directory.count_sections(search) == len(sections)
                return [section.title for section in sections]

            assert titles(org_ids=frozenset({HISTORY})) == ["HIST 1"]
            assert titles(text=" aa") == ["HIST 1"]
            assert titles(text="100%", standing=Standing.ENDED) == ["AB 100%"]
            assert titles(text="1_1", standing=Standing.ALL) == []
            assert titles() == sorted(titles())
            assert titles(term_id=TermId("term-fall"), course_id=CourseId("course-engl101"))
            assert titles(course_id=CourseId("x")) == []

    def test_their_people(self, college: UnitOfWorkFactory) -> None:
        section = SectionId("section-engl101-01")
        ended = an_enrolment("elo", active=False)
        with college() as unit:
            before = unit.directory.enrolled([section])[section]
            unit.roster.put_enrolments([ended, an_enrolment("elo", role=EnrolmentRole.TEACHER)])

            assert unit.directory.enrolled([section, SectionId("x")]) == {section: before}
            assert ended in unit.directory.enrolments_in(section)
            assert len(unit.directory.enrolments_of(ELODIE.id)) == 2


class TestPasswords:
    def test_one_for_each_person(self, college: UnitOfWorkFactory) -> None:
        first = LocalPassword(ELODIE.id, "$argon2id$a", NOON, "person-tess")
        second = LocalPassword(ELODIE.id, "$argon2id$b", NOON, ELODIE.id)
        with college() as unit:
            assert not unit.passwords.are_in_use()
            unit.passwords.put(first)
            unit.passwords.put(second)

            assert unit.passwords.of(ELODIE.id) == second
            assert unit.passwords.are_in_use()
            assert unit.passwords.remove(ELODIE.id)
            assert not unit.passwords.remove(ELODIE.id)
            assert unit.passwords.of(ELODIE.id) is None


class TestSessions:
    def test_of_one_person_newest_first(self, college: UnitOfWorkFactory) -> None:
        old = a_session("old", person_id=ELODIE.id, org_id=HISTORY)
        new = a_session("new", person_id=ELODIE.id, started_at=NOON.replace(hour=13))
        with college() as unit:
            for session in (old, new, a_session("other")):
                unit.sessions.add(session)

            assert unit.sessions.of_person(ELODIE.id) == [new, old]
