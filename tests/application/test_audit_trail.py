"""Reading the audit trail and proving it."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.queries.audit_trail import ReadAudit, VerifyAudit
from domain.audit import AuditEntry, Deed, entry_after
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


class TestReading:
    def test_is_in_order_from_a_moment_on(self, memory_units: MemoryUnits) -> None:
        with memory_units() as unit:
            for number in range(3):
                unit.audit.record(a_deed(number))
            unit.commit()
        read = ReadAudit(memory_units)
        assert [entry.number for entry in read()] == [1, 2, 3]
        assert [entry.number for entry in read(NOON + timedelta(hours=1))] == [2, 3]

    def test_goes_on_past_the_first_page(self) -> None:
        assert len(ReadAudit(units_with(a_trail(1001)))()) == 1001


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
