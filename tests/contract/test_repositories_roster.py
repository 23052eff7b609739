"""What every roster promises, over each kind of store."""

from dataclasses import replace
from datetime import date

import pytest

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.access import Role
from domain.identity import LocalField
from domain.ids import CourseId, OrgId, PersonId, SectionId, TermId
from domain.rostering import EnrolmentRole
from tests.builders import (
    College,
    a_course,
    a_person,
    a_role_grant,
    a_section,
    a_term,
    an_enrolment,
    an_org,
)

ANA = PersonId("person-ana")
SECTION = SectionId("section-engl101-01")


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.commit()
    return units


class TestLists:
    def test_orgs_and_courses_come_by_id(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.roster.put_orgs([an_org("maths"), an_org("english"), an_org("Art")])
            unit.roster.put_courses([a_course("b"), a_course("a"), a_course("C")])

            assert [org.id for org in unit.roster.orgs()] == [
                "org-Art", "org-english", "org-maths",
            ]  # fmt: skip
            assert [one.id for one in unit.roster.courses()] == ["course-C", "course-a", "course-b"]

    def test_terms_come_newest_first(self, units: UnitOfWorkFactory) -> None:
        spring = a_term("spring", starts_on=date(2027, 1, 11), ends_on=date(2027, 5, 20))

        with units() as unit:
            unit.roster.put_terms([a_term("fall"), spring])

            assert unit.roster.terms() == [spring, a_term("fall")]

    def test_everybody_and_every_enrolment_are_listed(self, college: UnitOfWorkFactory) -> None:
        with college(write=False) as unit:
            assert [person.id for person in unit.roster.all_people()] == [
                "person-ana", "person-ben", "person-tess",
            ]  # fmt: skip
            assert len(unit.roster.all_enrolments()) == 3


class TestGet:
    def test_each_record_is_found_by_its_id(self, college: UnitOfWorkFactory) -> None:
        with college(write=False) as unit:
            assert unit.roster.org(OrgId("org-english")) == an_org()
            assert unit.roster.term(TermId("term-fall")) == a_term()
            assert unit.roster.course(CourseId("course-engl101")) == a_course()
            assert unit.roster.section(SECTION) == a_section()
            assert unit.roster.person(ANA) == a_person("ana")

    def test_a_record_that_is_not_there_is_said_to_be(self, units: UnitOfWorkFactory) -> None:
        with units(write=False) as unit:
            with pytest.raises(NotFound):
                unit.roster.org(OrgId("x"))
            with pytest.raises(NotFound):
                unit.roster.term(TermId("x"))
            with pytest.raises(NotFound):
                unit.roster.course(CourseId("x"))
            with pytest.raises(NotFound):
                unit.roster.section(SectionId("x"))
            with pytest.raises(NotFound):
                unit.roster.person(PersonId("x"))


class TestPut:
    def test_a_second_put_replaces(self, units: UnitOfWorkFactory) -> None:
        renamed = a_person("ana", login="ana.ortiz", active=False)

        with units() as unit:
            unit.roster.put_people([a_person("ana"), a_person("ben")])
            unit.roster.put_people([renamed])

            assert unit.roster.all_people() == [renamed, a_person("ben")]
            assert unit.roster.people_where(LocalField.LOGIN, "ana.ortiz") == [renamed]
            assert unit.roster.people_where(LocalField.LOGIN, "ana") == []

    def test_every_kind_of_record_is_replaced_whole(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            roster = unit.roster
            roster.put_orgs([an_org(name="English", active=False)])
            roster.put_terms([a_term(name="Autumn")])
            roster.put_courses([a_course(title="Composition")])
            roster.put_sections([a_section(title="ENGL 101 01", ends_on=date(2026, 10, 16))])
            roster.put_enrolments([an_enrolment("ana", active=False)])

            assert roster.org(OrgId("org-english")) == an_org(name="English", active=False)
            assert roster.term(TermId("term-fall")) == a_term(name="Autumn")
            assert roster.course(CourseId("course-engl101")) == a_course(title="Composition")
            assert roster.sections_titled("ENGL 101 01") == [
                a_section(title="ENGL 101 01", ends_on=date(2026, 10, 16))
            ]
            assert an_enrolment("ana", active=False) in roster.all_enrolments()

    def test_nothing_is_put_quietly(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.roster.put_people(iter([]))

            assert unit.roster.all_people() == []


class TestSections:
    def test_titles_compare_as_canvas_course_codes(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one = a_section("one", title="  ENGL  101\tÉté ")
            other_case = a_section("case", title="engl 101 Été")
            inactive = a_section("old", title="ENGL 101 Été", active=False)
            unit.roster.put_sections([one, other_case, inactive])

            assert unit.roster.sections_titled("ENGL 101 E\N{COMBINING ACUTE ACCENT}té") == [one]

    def test_sections_are_found_by_source(self, college: UnitOfWorkFactory) -> None:
        with college(write=False) as unit:
            sources = ["src-engl101-02", "src-engl101-01", "src-engl101-01", "unknown"]
            found = unit.roster.sections_by_source(iter(sources))

            assert found == [a_section(), a_section("engl101-02")]
            assert unit.roster.sections() == found
            assert unit.roster.sections_by_source([]) == []

    def test_sections_of_a_person_are_the_active_ones(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.roster.put_sections([a_section("old", active=False)])
            unit.roster.put_enrolments(
                [
                    an_enrolment("ana", "old"),
                    an_enrolment("ana", "engl101-02", active=False),
                    an_enrolment("ana", role=EnrolmentRole.TEACHER, section="engl101-02"),
                ]
            )

            assert unit.roster.sections_of(ANA, EnrolmentRole.STUDENT) == [a_section()]
            assert unit.roster.sections_of(ANA, EnrolmentRole.TEACHER) == [a_section("engl101-02")]

    def test_a_person_enrolled_twice_has_the_section_once(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            again = replace(an_enrolment("ana"), id=an_enrolment("ana", "again").id)
            unit.roster.put_enrolments([again])

            assert unit.roster.sections_of(ANA, EnrolmentRole.STUDENT) == [a_section()]
            assert len(unit.roster.people_in(SECTION, EnrolmentRole.STUDENT)) == 2

    def test_enrolled_means_active_and_in_that_role(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.roster.put_enrolments([an_enrolment("ben", active=False)])

            assert unit.roster.is_enrolled(ANA, SECTION, EnrolmentRole.STUDENT)
            assert not unit.roster.is_enrolled(ANA, SECTION, EnrolmentRole.TEACHER)
            assert not unit.roster.is_enrolled(
                PersonId("person-ben"), SECTION, EnrolmentRole.STUDENT
            )


class TestPeople:
    def test_people_of_a_section_come_by_family_name(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            people = [
                a_person("1", family_name="Zhou", given_name="Li"),
                a_person("2", family_name="Élodie", given_name="A"),
                a_person("3", family_name="Elodie", given_name="B"),
                a_person("4", family_name="Adams", active=False),
                a_person("5", family_name="adams"),
                a_person("6", family_name="Adams", given_name="Xu"),
            ]
            unit.roster.put_people(people)
            unit.roster.put_enrolments(
                an_enrolment(str(number), "engl101-02") for number in range(1, 7)
            )

            there = SectionId("section-engl101-02")
            names = [one.id for one in unit.roster.people_in(there, EnrolmentRole.STUDENT)]
        assert names == ["person-6", "person-5", "person-3", "person-2", "person-1"]

    def test_who_left_is_told_from_who_is_there(self, college: UnitOfWorkFactory) -> None:
        there = SectionId("section-engl101-02")
        with college() as unit:
            unit.roster.put_people(
                [a_person("stays"), a_person("ended"), a_person("gone", active=False),
                 a_person("back"), a_person("taught")]
            )  # fmt: skip
            unit.roster.put_sections([a_section("engl101-02")])
            unit.roster.put_enrolments(
                [
                    an_enrolment("stays", "engl101-02"),
                    an_enrolment("ended", "engl101-02", active=False),
                    an_enrolment("gone", "engl101-02"),
                    an_enrolment("back", "engl101-02"),
                    replace(
                        an_enrolment("back", "engl101-02", active=False),
                        id=an_enrolment("back", "before").id,
                    ),
                    an_enrolment("taught", "engl101-02", role=EnrolmentRole.TEACHER, active=False),
                ]
            )

            left = unit.roster.people_who_left(there, EnrolmentRole.STUDENT)
            assert {one.id for one in left} == {"person-ended", "person-gone"}

    def test_people_come_by_id(self, college: UnitOfWorkFactory) -> None:
        with college(write=False) as unit:
            found = unit.roster.people([ANA, ANA, PersonId("nobody")])

            assert found == {ANA: a_person("ana")}
            assert unit.roster.people([]) == {}

    @pytest.mark.parametrize(
        ("field", "value", "found"),
        [
            (LocalField.TECH_ID, " C0012 ", True),
            (LocalField.TECH_ID, "c0012", False),
            (LocalField.LOGIN, "ÉLODIE.w", True),
            (LocalField.EMAIL, "strasse@EXAMPLE.edu ", True),
            (LocalField.EMAIL, "straße@example.edu", True),
            (LocalField.LOGIN, "elodie.w", False),
        ],
    )
    def test_people_are_found_in_comparable_form(
        self, units: UnitOfWorkFactory, field: LocalField, value: str, *, found: bool
    ) -> None:
        person = a_person(tech_id="C0012", login=" Élodie.W", email="Straße@example.edu")

        with units() as unit:
            unit.roster.put_people([person, a_person("ben")])

            assert unit.roster.people_where(field, value) == ([person] if found else [])

    def test_all_who_share_a_value_are_found_active_or_not(self, units: UnitOfWorkFactory) -> None:
        people = [a_person("a", tech_id="C1"), a_person("b", tech_id="C1 ", active=False)]

        with units() as unit:
            unit.roster.put_people(people)

            assert unit.roster.people_where(LocalField.TECH_ID, "C1") == people

    def test_an_empty_value_is_nobody(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.roster.put_people([a_person(email="")])

            assert unit.roster.people_where(LocalField.EMAIL, " ") == []


class TestRoles:
    def test_granting_twice_changes_nothing(self, college: UnitOfWorkFactory) -> None:
        coordinator = a_role_grant(role=Role.COORDINATOR, org_id=an_org().id)

        with college() as unit:
            for grant in (a_role_grant(), coordinator, a_role_grant()):
                unit.roster.grant(grant)

            assert unit.roster.roles_of(ANA) == [coordinator, a_role_grant()]
            assert unit.roster.roles_of(PersonId("person-ben")) == []


class TestMany:
    def test_more_ids_than_a_statement_may_have(self, units: UnitOfWorkFactory) -> None:
        many = [a_person(str(number)) for number in range(12_000)]

        with units() as unit:
            unit.roster.put_people(many)

            found = unit.roster.people(person.id for person in many)
        assert len(found) == 12_000
