from collections.abc import Sequence
from dataclasses import fields, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.audit import GENESIS, AuditEntry, Deed, entry_after
from tests.builders import a_deed
from tests.strategies import records

DEEDS = records(Deed)
SIGNED = [field.name for field in fields(Deed)]


def chained(deeds: Sequence[Deed]) -> list[AuditEntry]:
    trail: list[AuditEntry] = []
    for deed in deeds:
        trail.append(entry_after(trail[-1] if trail else None, deed))
    return trail


@given(st.lists(DEEDS, min_size=1, max_size=6))
def test_each_entry_carries_the_digest_of_the_one_before(deeds: Sequence[Deed]) -> None:
    trail = chained(deeds)

    assert [entry.number for entry in trail] == list(range(1, len(deeds) + 1))
    assert [entry.previous for entry in trail] == [GENESIS, *(e.digest for e in trail[:-1])]


@given(st.lists(DEEDS, min_size=1, max_size=6), st.data())
def test_any_change_shows_from_there_on(deeds: list[Deed], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(deeds) - 1))
    name = data.draw(st.sampled_from(SIGNED))
    value = getattr(data.draw(DEEDS), name)
    assume(value != getattr(deeds[at], name))
    changed = [*deeds[:at], replace(deeds[at], **{name: value}), *deeds[at + 1 :]]

    before, after = ([entry.digest for entry in chained(trail)] for trail in (deeds, changed))

    assert before[:at] == after[:at]
    assert all(one != other for one, other in zip(before[at:], after[at:], strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"verb": "ab", "subject": "c"}, {"verb": "a", "subject": "bc"}),
        ({"subject": "a", "details": ""}, {"subject": "", "details": "a"}),
        ({"subject": "a\x1fb", "details": "c"}, {"subject": "a", "details": "b\x1fc"}),
    ],
)
def test_text_moved_between_fields_shows(one: dict[str, str], other: dict[str, str]) -> None:
    first, second = (entry_after(None, a_deed(**given)) for given in (one, other))

    assert first.digest != second.digest
