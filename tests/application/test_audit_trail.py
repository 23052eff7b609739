"""Reading the audit trail and proving it."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Invalid
from application.queries.settings.audit_trail import ReadAudit, VerifyAudit
from domain.audit import AuditEntry, AuditFilter, Deed, entry_after
from tests.builders import a_person
from tests.stand_ins import NOON


def a_deed(number: int) -> Deed:
    return Deed("command line", "made", f"person:{number}", "", NOON + timedelta(hours=number))


def a_trail(length: int) -> list[AuditEntry]:
    trail: list[AuditEntry] = []
    for number in range(length):
        trail.append(entry_after(trail[-1] if trail else None, a_deed(number)))
    return trail


def units_with(trail: list[AuditEntry]) -> Any:
    """Units over a trail as somebody with the database in hand may have left it."""

    def entries(*, after: int = 0, limit: int = 1000) -> list[AuditEntry]:
        return [entry for entry in trail if entry.number > after][:limit]

    unit = SimpleNamespace(audit=SimpleNamespace(entries=entries))
    return lambda *, write: nullcontext(unit)


def numbers(entries: Iterable[AuditEntry]) -> list[int]:
    return [entry.number for entry in entries]


@pytest.fixture
def read(memory_units: MemoryUnits) -> ReadAudit:
    with memory_units() as unit:
        unit.roster.put_people([a_person("tess"), a_person("ana")])
        for number in range(3):
            unit.audit.record(a_deed(number))
        unit.audit.record(replace(a_deed(3), actor="person-tess", subject="score:7"))
        unit.commit()
    return ReadAudit(memory_units)


class TestReading:
    def test_is_newest_first_and_names_people(self, read: ReadAudit) -> None:
        page = read(AuditFilter())
        assert numbers(page.entries) == [4, 3, 2, 1]
        assert page.names == {"person-tess": "Tess Ortiz"}
        assert page.older is None

    def test_goes_on_where_a_page_ended(self, read: ReadAudit) -> None:
        page = read(AuditFilter(), limit=3)
        assert (numbers(page.entries), page.older) == ([4, 3, 2], 2)
        rest = read(AuditFilter(), before=page.older, limit=3)
        assert (numbers(rest.entries), rest.older) == ([1], None)

    def test_every_entry_is_read_past_the_first_page(self, memory_units: MemoryUnits) -> None:
        with memory_units() as unit:
            for number in range(1001):
                unit.audit.record(a_deed(number))
            unit.commit()
        found = numbers(ReadAudit(memory_units).every(AuditFilter()))
        assert found == list(range(1001, 0, -1))

    def test_a_person_is_meant_by_tech_id_or_login(self, read: ReadAudit) -> None:
        assert {read.actor(name) for name in ("Ctess", "tess")} == {"person-tess"}
        assert read.actor("command line") == "command line"
        assert numbers(read(AuditFilter(actor=read.actor("tess"))).entries) == [4]

    def test_nobody_is_guessed(self, read: ReadAudit) -> None:
        with pytest.raises(Invalid, match="Tech ID or login"):
            read.actor("tes")


class TestProof:
    def test_an_untouched_trail_is_whole(self, memory_units: MemoryUnits) -> None:
        with memory_units() as unit:
            for number in range(3):
                unit.audit.record(a_deed(number))
            unit.commit()
        proof = VerifyAudit(memory_units)()
        assert (proof.entries, proof.broken_at) == (3, None)

    def test_an_empty_trail_is_whole(self) -> None:
        assert VerifyAudit(units_with([]))().broken_at is None

    @pytest.mark.parametrize(
        ("tamper", "broken_at"),
        [
            (lambda t: [t[0], replace(t[1], actor="nobody"), t[2]], 2),
            (lambda t: [t[0], t[2]], 3),
            (lambda t: t[1:], 2),
            (lambda t: [t[0], entry_after(t[0], a_deed(9)), t[2]], 3),
        ],
    )
    def test_a_change_is_found_at_its_place(
        self, tamper: Callable[[list[AuditEntry]], list[AuditEntry]], broken_at: int
    ) -> None:
        assert VerifyAudit(units_with(tamper(a_trail(3))))().broken_at == broken_at
