"""A login that was a person's own still finds them, until it is somebody else's."""

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.matching import holders_of
from domain.identity import LocalField
from domain.ids import PersonId
from domain.person_alias import PersonAlias
from tests.builders import a_person
from tests.stand_ins import NOON

ANA = PersonId("person-ana")


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    with memory_units() as unit:
        unit.roster.put_people([a_person("ana", login="ana.new")])
        unit.bulk.put_aliases([PersonAlias(ANA, LocalField.LOGIN, "ana.old", NOON)])
        unit.commit()
    return memory_units


def named(units: MemoryUnits, login: str) -> list[str]:
    with units(write=False) as unit:
        return [person.id for person in holders_of(unit, LocalField.LOGIN, login)]


def test_a_former_login_names_the_person(units: MemoryUnits) -> None:
    assert named(units, "Ana.Old") == named(units, "ana.new") == [ANA]


def test_it_never_wins_over_who_bears_it_now(units: MemoryUnits) -> None:
    with units() as unit:
        unit.roster.put_people([a_person("bo", login="ana.old")])
        unit.commit()
    assert named(units, "ana.old") == ["person-bo"]


def test_what_nobody_ever_bore_names_nobody(units: MemoryUnits) -> None:
    assert named(units, "somebody") == []
    assert named(units, "") == []
