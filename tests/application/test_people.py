"""People made by hand, and roles given to people who are known."""

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Invalid
from application.use_cases.people.new_people import NewPerson, NewPersonCommand, split_name
from domain.access import Role
from domain.identity import LocalField
from domain.rostering import Person
from tests import builders
from tests.stand_ins import CountedIds, FixedClock

STEWARD = NewPersonCommand(
    "command line", "T1", Role.DATA_STEWARD, "kim", "kim@example.edu", "Roe, Kim"
)


@pytest.fixture
def new_person(memory_units: MemoryUnits, clock: FixedClock, new_id: CountedIds) -> NewPerson:
    return NewPerson(memory_units, clock, new_id)


def person(units: MemoryUnits, tech_id: str) -> Person:
    with units(write=False) as unit:
        (found,) = unit.roster.people_where(LocalField.TECH_ID, tech_id)
        return found


class TestNewPerson:
    def test_is_made_with_the_role_and_recorded_without_the_name(
        self, new_person: NewPerson, memory_units: MemoryUnits
    ) -> None:
        report = new_person(STEWARD)
        made = person(memory_units, "T1")
        assert (report.made, report.person_id) == (True, made.id)
        assert (made.given_name, made.family_name, made.login) == ("Kim", "Roe", "kim")
        with memory_units(write=False) as unit:
            assert [g.role for g in unit.roster.roles_of(made.id)] == [Role.DATA_STEWARD]
            (entry,) = unit.audit.entries()
        assert (entry.verb, entry.subject, entry.details) == (
            "made", f"person:{made.id}", "data-steward",
        )  # fmt: skip

    def test_twice_is_the_same_person(self, new_person: NewPerson) -> None:
        first, second = new_person(STEWARD), new_person(STEWARD)
        assert (second.made, second.person_id) == (False, first.person_id)

    def test_a_known_person_gets_the_role_in_an_org(
        self, new_person: NewPerson, memory_units: MemoryUnits
    ) -> None:
        with memory_units() as unit:
            unit.roster.put_orgs([builders.an_org()])
            unit.roster.put_people([builders.a_person()])
            unit.commit()
        new_person(NewPersonCommand("command line", "Cana", Role.COORDINATOR, org="ENGL"))
        with memory_units(write=False) as unit:
            (grant,) = unit.roster.roles_of(builders.a_person().id)
        assert (grant.role, grant.org_id) == (Role.COORDINATOR, builders.an_org().id)

    @pytest.mark.parametrize("details", [{"login": "x"}, {"email": "x@y.z"}, {"name": "A B"}])
    def test_other_details_than_stored_are_a_conflict(
        self, new_person: NewPerson, details: dict[str, str]
    ) -> None:
        new_person(STEWARD)
        with pytest.raises(Conflict):
            new_person(NewPersonCommand("command line", "T1", Role.FACULTY, **details))

    def test_somebody_who_has_ended_is_a_conflict(
        self, new_person: NewPerson, memory_units: MemoryUnits
    ) -> None:
        with memory_units() as unit:
            unit.roster.put_people([builders.a_person(active=False)])
            unit.commit()
        with pytest.raises(Conflict):
            new_person(NewPersonCommand("command line", "Cana", Role.FACULTY))

    @pytest.mark.parametrize("missing", ["login", "email", "name"])
    def test_somebody_new_needs_all_details(self, new_person: NewPerson, missing: str) -> None:
        details = {"login": "a", "email": "a@b.c", "name": "A B"} | {missing: " "}
        with pytest.raises(Invalid, match=missing):
            new_person(NewPersonCommand("command line", "T9", Role.FACULTY, **details))

    def test_an_unknown_org_is_told(self, new_person: NewPerson) -> None:
        with pytest.raises(Invalid, match="no org has the code X"):
            new_person(NewPersonCommand("command line", "T9", Role.FACULTY, org="X"))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Roe, Kim", ("Kim", "Roe")),
        ("Kim Roe", ("Kim", "Roe")),
        ("de la Cruz,  Ana  María", ("Ana María", "de la Cruz")),
        ("Ana María Cruz", ("Ana María", "Cruz")),
        ("Suharto", ("", "Suharto")),
    ],
)
def test_a_name_is_split_by_comma_or_at_its_last_word(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts
