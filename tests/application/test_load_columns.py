"""Enrolments are compared as columns; what comes of it is what the plain way gives."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.rosters.enrolment_rows import EnrolmentRows
from application.rosters.packed_texts import PackedTexts
from application.rosters.records import EnrolmentRecord, RecordKind, SectionRecord, Standing
from application.rosters.roster import FileMode, Rename, Roster
from application.rosters.row_errors import RowError
from application.use_cases.rosters.load_roster import (
    LoadRoster,
    LoadRosterCommand,
    LoadRosterReport,
)
from domain.rostering import EnrolmentRole
from tests.application.plain_enrolments import plan_plainly
from tests.application.test_load_roster import ANY_NUMBER, PEOPLE, a_record, a_roster, listing
from tests.stand_ins import CountedIds, FixedClock, NoQueue

DAYS = [None, date(2026, 8, 24), date(2026, 12, 18)]
KEYS = [f"e{number}" for number in range(8)]
SECTIONS = (
    SectionRecord(2, "s1", "ENGL-101-01", "40101", "c1", "o1", ("t1",)),
    SectionRecord(3, "s2", "ENGL-101-02", "40102", "c1", "o1", ("t1",)),
)
State = list[tuple[Any, ...]]


@st.composite
def an_entry(draw: st.DrawFn, key: str) -> EnrolmentRecord:
    """Few people and sections, so that rows meet; some are not here or have ended."""
    return EnrolmentRecord(
        0, key, draw(st.sampled_from(["s1", "s1", "s2", "s9"])),
        draw(st.sampled_from(["ana", "bo", "tess", "gone", "nobody"])),
        draw(st.sampled_from(EnrolmentRole)), draw(st.sampled_from(DAYS)),
        draw(st.sampled_from(DAYS)), draw(st.sampled_from(Standing)), draw(st.booleans()),
    )  # fmt: skip


@st.composite
def entries(draw: st.DrawFn) -> tuple[EnrolmentRecord, ...]:
    keys = draw(st.lists(st.sampled_from(KEYS), max_size=8, unique=draw(st.booleans())))
    return in_lines(draw(an_entry(key)) for key in keys)


def in_lines(rows: Iterable[EnrolmentRecord]) -> tuple[EnrolmentRecord, ...]:
    return tuple(replace(row, line=line) for line, row in enumerate(rows, 2))


@st.composite
def nights(draw: st.DrawFn) -> list[Roster]:
    """The first rows, and what becomes of them: most stay, some say otherwise, some come."""
    rows, found = draw(entries()), []
    for _ in range(draw(st.integers(1, 3))):
        found.append(draw(rosters(rows)))
        kept = [row if draw(st.integers(0, 5)) else draw(an_entry(row.source_id)) for row in rows]
        twins = [replace(row, source_id=f"{row.source_id}-twin") for row in kept]
        more = draw(st.permutations([*draw(entries()), *twins]))[: draw(st.integers(0, 2))]
        rows = in_lines(draw(st.permutations([*kept, *more])))
    return found


@st.composite
def rosters(draw: st.DrawFn, rows: tuple[EnrolmentRecord, ...]) -> Roster:
    listed = listing(
        "enrollments.csv", *rows, mode=draw(st.sampled_from(FileMode)),
        ended=draw(st.dictionaries(st.sampled_from(KEYS), st.integers(20, 30), max_size=1)),
        refused=frozenset(draw(st.sets(st.sampled_from(KEYS), max_size=1))),
    )  # fmt: skip
    renamed = draw(st.lists(st.sampled_from(KEYS), max_size=1))
    people = (*PEOPLE, a_record("gone", enabled=draw(st.booleans())))
    return a_roster(
        sections=listing("classes.csv", *SECTIONS[: draw(st.integers(1, 2))]),
        people=listing("users.csv", *people[draw(st.integers(0, 1)) :]),
        enrolments=replace(listed, rows=EnrolmentRows.of(rows)),
        renames=tuple(
            Rename("change.csv", 2, RecordKind.ENROLMENTS, key, f"{key}-new") for key in renamed
        ),
    )


class College:
    """A college that loads one roster after another."""

    def __init__(self) -> None:
        self.units = MemoryUnits(Store(), lambda _: NoQueue())
        self._load = LoadRoster(self.units, FixedClock(), CountedIds())

    def load(self, roster: Roster) -> LoadRosterReport:
        return self._load(LoadRosterCommand("steward", roster, "roster#1", limit=ANY_NUMBER))

    def state(self) -> State:
        """Who is where, whatever ids were made for it, and what an undo would take back."""
        with self.units(write=False) as unit:
            people = {one.id: one.source_id for one in unit.roster.all_people()}
            sections = {one.id: one.source_id for one in unit.roster.sections()}
            places = [
                (one.source_id, sections[one.section_id], people[one.person_id], one.role,
                 one.active, one.begins_on, one.ends_on)
                for one in unit.roster.all_enrolments()
            ]  # fmt: skip
            grants = unit.bulk.grants_of(people)
            parts = [part for run in unit.loads.recent() for part in unit.loads.before(run.id)]
        roles = [(people[one.person_id], one.role) for one in grants]
        kept = [(part.kind, len(part.before.of(part.kind)), len(part.added)) for part in parts]
        return [*sorted(places, key=str), *sorted(roles), *kept]


@settings(max_examples=40)
@given(every=nights())
def test_any_nights_leave_what_the_plain_way_leaves(every: list[Roster]) -> None:
    the_same_both_ways(every)


def test_two_that_are_stored_at_one_place_are_not_both_taken_again() -> None:
    """A night once told the one, and then both beside each other."""
    first = EnrolmentRecord(2, "e0", "s1", "ana", EnrolmentRole.STUDENT)
    twin = replace(first, source_id="e0-twin")
    both = in_lines([twin, first])
    the_same_both_ways(
        a_roster(enrolments=listing("enrollments.csv", *rows, mode=FileMode.ABSENT))
        for rows in ([first], both, both)
    )


def the_same_both_ways(every: Iterable[Roster]) -> None:
    ours, plain = College(), College()
    for roster in every:
        report = ours.load(roster)
        with patch("application.loading.plan.plan_enrolments", plan_plainly):
            expected = plain.load(roster)
        assert report.counts == expected.counts
        assert told(report.errors) == told(expected.errors)
        assert report.stopped == expected.stopped
        assert ours.state() == plain.state()


def told(errors: Sequence[RowError]) -> list[str]:
    return sorted(map(str, errors))


@given(rows=entries(), data=st.data())
def test_columns_give_back_the_rows(rows: tuple[EnrolmentRecord, ...], data: st.DataObject) -> None:
    columns = EnrolmentRows.of(rows)
    places = data.draw(st.sets(st.integers(0, len(rows) - 1))) if rows else set[int]()
    assert (*columns,) == rows
    assert columns == rows
    assert EnrolmentRows.of(columns) is columns
    assert columns.some(places) == [rows[place] for place in sorted(places)]
    assert columns.without(places) == [r for n, r in enumerate(rows) if n not in places]
    assert [columns[place] for place in range(-len(rows), len(rows))] == [*rows, *rows]
    assert columns[1:3] == rows[1:3]
    same = {(row.section, row.person, row.role) for row in rows}
    assert len(set(columns.places())) == len(same)


@given(texts=st.lists(st.text(st.sampled_from("ab\n"), max_size=3)), many=st.booleans())
def test_packed_texts_give_back_the_texts(texts: list[str], many: bool) -> None:
    texts = texts * (700 if many else 1)
    packed = PackedTexts(texts)
    assert [*packed] == texts
    assert len(packed) == len(texts)
    for place in {0, len(texts) // 2, len(texts) - 1} if texts else ():
        assert packed[place] == texts[place]
    assert [*packed[3:1500:7]] == texts[3:1500:7]
    assert [*packed[::-1]] == texts[::-1]
