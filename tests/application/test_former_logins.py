"""A former login still names the person whom the LMS user was, and nobody else."""

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.matching import former_holders, holders_of
from domain.identity import LocalField
from domain.ids import PersonId
from domain.person_alias import PersonAlias
from domain.rostering import Person
from tests.builders import a_person
from tests.stand_ins import NOON

ANA = a_person("ana", login="ana.new")
BO = a_person("bo")


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    with memory_units() as unit:
        unit.roster.put_people([ANA, BO])
        unit.bulk.put_aliases(
            [PersonAlias(PersonId("person-ana"), LocalField.LOGIN, "ana.old", NOON)]
        )
        unit.commit()
    return memory_units


def named(units: MemoryUnits, login: str, known: Person | None = None) -> list[str]:
    with units(write=False) as unit:
        return [person.id for person in holders_of(unit, LocalField.LOGIN, login, known)]


def test_it_names_the_person_whom_the_lms_user_was(units: MemoryUnits) -> None:
    assert named(units, "Ana.Old", ANA) == named(units, "ana.new") == ["person-ana"]


def test_to_a_stranger_it_names_nobody_but_is_a_candidate(units: MemoryUnits) -> None:
    assert named(units, "ana.old") == named(units, "ana.old", BO) == []
    with units(write=False) as unit:
        assert former_holders(unit, LocalField.LOGIN, "ANA.OLD") == [ANA]


def test_it_never_wins_over_who_bears_it_now(units: MemoryUnits) -> None:
    with units() as unit:
        unit.roster.put_people([a_person("bo", login="ana.old")])
        unit.commit()
    assert named(units, "ana.old", ANA) == ["person-bo"]
