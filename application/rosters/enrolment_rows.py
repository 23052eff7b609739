"""The enrolments of a roster as columns: nine rows of ten are enrolments, and they say little."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import compress
from typing import Generic, TypeVar, overload

from application.rosters.packed_texts import PackedTexts
from application.rosters.records import EnrolmentRecord, Standing
from domain.rostering import EnrolmentRole

T = TypeVar("T")
Saying = tuple[EnrolmentRole, date | None, date | None, Standing, bool]
"""Role, first and last day, standing, primary: all that a row says beside who and where."""


class EnrolmentRows(Sequence[EnrolmentRecord]):
    """Records that are made when somebody looks at them.

    `sections`, `people` and `says` are numbers of what stands in `section_refs`,
    `person_refs` and `sayings`, each of them once.
    """

    __slots__ = (
        "ids",
        "lines",
        "people",
        "person_refs",
        "sayings",
        "says",
        "section_refs",
        "sections",
    )  # fmt: skip

    def __init__(
        self,
        ids: Sequence[str],
        lines: Sequence[int],
        sections: Sequence[int],
        people: Sequence[int],
        says: Sequence[int],
        section_refs: Sequence[str],
        person_refs: Sequence[str],
        sayings: Sequence[Saying],
    ) -> None:
        self.ids = ids
        self.lines = lines
        self.sections = sections
        self.people = people
        self.says = says
        self.section_refs = section_refs
        self.person_refs = person_refs
        self.sayings = sayings

    @staticmethod
    def of(rows: Sequence[EnrolmentRecord]) -> "EnrolmentRows":
        if isinstance(rows, EnrolmentRows):
            return rows
        columns = EnrolmentColumns()
        for row in rows:
            columns.add(row)
        return columns.rows(row.source_id for row in rows)

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[EnrolmentRecord]:
        sections, people, sayings = self.section_refs, self.person_refs, self.sayings
        columns = zip(self.lines, self.ids, self.sections, self.people, self.says, strict=True)
        for line, key, section, person, says in columns:
            yield EnrolmentRecord(line, key, sections[section], people[person], *sayings[says])

    @overload
    def __getitem__(self, place: int) -> EnrolmentRecord: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[EnrolmentRecord]: ...
    def __getitem__(self, place: int | slice) -> EnrolmentRecord | Sequence[EnrolmentRecord]:
        if isinstance(place, slice):
            return tuple(self.some(range(len(self))[place]))
        (found,) = self.some([range(len(self))[place]])
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment] # it compares by content, which may be long

    def some(self, places: Iterable[int]) -> "EnrolmentRows":
        """Those at these places, in the order of the rows."""
        chosen = bytearray(len(self))
        for place in places:
            chosen[place] = 1
        return self._chosen(chosen)

    def without(self, places: Iterable[int]) -> "EnrolmentRows":
        chosen = bytearray(b"\1") * len(self)
        for place in places:
            chosen[place] = 0
        return self._chosen(chosen)

    def _chosen(self, chosen: bytearray) -> "EnrolmentRows":
        return EnrolmentRows(
            PackedTexts(compress(self.ids, chosen)),
            array("I", compress(self.lines, chosen)),
            array("I", compress(self.sections, chosen)),
            array("I", compress(self.people, chosen)),
            array("I", compress(self.says, chosen)),
            self.section_refs,
            self.person_refs,
            self.sayings,
        )

    def places(self) -> Iterator[int]:
        """A number for each row that only rows of the same section, person and role share."""
        width = 2 * len(self.person_refs)
        teaches = [says[0] is EnrolmentRole.TEACHER for says in self.sayings]
        columns = zip(self.sections, self.people, self.says, strict=True)
        return (section * width + 2 * person + teaches[says] for section, person, says in columns)

    def doubled(self) -> set[str]:
        """The ids of rows that say the same of section, person and role as another one."""
        places = array("Q", self.places())
        if len(set(places)) == len(places):
            return set()
        times = Counter(places)
        return {key for key, place in zip(self.ids, places, strict=True) if times[place] > 1}


class Numbered(Generic[T]):
    """Values that come again and again, each with a number by which it is found."""

    __slots__ = ("numbers", "values")

    def __init__(self) -> None:
        self.numbers: dict[T, int] = {}
        self.values: list[T] = []

    def number_of(self, value: T) -> int:
        found = self.numbers.get(value)
        if found is None:
            found = self.numbers[value] = len(self.values)
            self.values.append(value)
        return found


class EnrolmentColumns:
    """The columns beside the ids, while they grow."""

    __slots__ = ("lines", "people", "person_refs", "sayings", "says", "section_refs", "sections")

    def __init__(self) -> None:
        self.lines, self.sections = array("I"), array("I")
        self.people, self.says = array("I"), array("I")
        self.section_refs = Numbered[str]()
        self.person_refs = Numbered[str]()
        self.sayings = Numbered[Saying]()

    def add(self, row: EnrolmentRecord) -> None:
        says = row.role, row.begins_on, row.ends_on, row.standing, row.primary
        self.lines.append(row.line)
        self.sections.append(self.section_refs.number_of(row.section))
        self.people.append(self.person_refs.number_of(row.person))
        self.says.append(self.sayings.number_of(says))

    def add_all(
        self, lines: Iterable[int], sections: list[int], people: list[int], says: list[int]
    ) -> None:
        """Rows whose texts have their numbers already."""
        self.lines.extend(lines)
        self.sections.fromlist(sections)
        self.people.fromlist(people)
        self.says.fromlist(says)

    def record(self, key: str, place: int) -> EnrolmentRecord:
        section = self.section_refs.values[self.sections[place]]
        person = self.person_refs.values[self.people[place]]
        says = self.sayings.values[self.says[place]]
        return EnrolmentRecord(self.lines[place], key, section, person, *says)

    def rows(self, ids: Iterable[str]) -> EnrolmentRows:
        """All rows, with their ids."""
        return EnrolmentRows(
            PackedTexts(ids), self.lines, self.sections, self.people, self.says,
            self.section_refs.values, self.person_refs.values, self.sayings.values,
        )  # fmt: skip
