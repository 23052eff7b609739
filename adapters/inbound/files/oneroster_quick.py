"""The ordinary rows of OneRoster's enrolments, read by the portion.

What they say is what `oneroster_people` reads out of them one by one; a row with anything odd
about it is left to that.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from adapters.inbound.files.oneroster_words import OURS
from adapters.inbound.files.quick_rows import Column, Rows, columns_of, plain_ids
from adapters.inbound.files.record_stores import (
    EnrolmentStore,
    Portion,
    RecordPortion,
)
from adapters.inbound.files.row_reader import plain_day
from application.rosters.enrolment_rows import Numbered, Saying
from application.rosters.records import EnrolmentRecord, Standing
from application.rosters.roster import FileMode

_ENROLMENT = (
    "sourcedId", "classSourcedId", "userSourcedId", "schoolSourcedId", "role", "primary", "status",
    "beginDate", "endDate",
)  # fmt: skip
_PRIMARY = {"": False, "true": True, "false": False}
Cells = tuple[str, ...]


class _EnrolmentPortion:
    """Columns of rows, without a key where a row is odd."""

    def __init__(
        self, store: EnrolmentStore, keys: Sequence[str], lines: Sequence[int],
        numbers: Sequence[list[int]],
    ) -> None:  # fmt: skip
        self.keys = keys
        self._store, self._lines, self._numbers = store, lines, numbers

    def take_all(self) -> None:
        self._store.columns.add_all(self._lines, *self._numbers)
        self._store.note(self.keys)

    def take(self, place: int) -> None:
        one = ([column[place]] for column in self._numbers)
        self._store.columns.add_all([self._lines[place]], *one)
        self._store.note([self.keys[place]])


def quick_enrolments(
    store: EnrolmentStore, places: Mapping[str, int], known: dict[str, str], mode: FileMode
) -> Callable[[Sequence[int], Rows], Portion]:
    """Rows of a bulk file whose section and person are known."""
    wanted = [places[name] for name in _ENROLMENT]
    columns = store.columns
    said: dict[Cells, int | None] = {}

    def read(lines: Sequence[int], rows: Rows) -> Portion:
        if mode is not FileMode.BULK:
            return RecordPortion[EnrolmentRecord](store, [None] * len(rows))
        ids, sections, people, schools, *cells = columns_of(rows, wanted)
        numbers = (
            _known_numbers(columns.section_refs, sections, known),
            _known_numbers(columns.person_refs, people, known),
            _numbers_of_sayings(columns.sayings, list(zip(*cells, strict=True)), said),
        )
        keys = plain_ids(ids)
        if not all(schools) or any(None in column for column in numbers):
            every = zip(keys, schools, *numbers, strict=True)
            keys = [key if school and None not in rest else "" for key, school, *rest in every]
        # Where a number is wanting the key is empty, and the row is left to others.
        sound = [cast("list[int]", column) for column in numbers]
        return _EnrolmentPortion(store, keys, lines, sound)

    return read


def _known_numbers(
    refs: Numbered[str], column: Column, known: Mapping[str, str]
) -> list[int | None]:
    """The numbers of ids that other rows bear."""
    found = list(map(refs.numbers.get, column))
    if None in found:
        for text in dict.fromkeys(column):
            if text in known:
                refs.number_of(known[text])
        found = list(map(refs.numbers.get, column))
    return found


def _numbers_of_sayings(
    sayings: Numbered[Saying], column: Sequence[Cells], said: dict[Cells, int | None]
) -> list[int | None]:
    """There are few different ones, each read once."""
    for cells in set(column).difference(said):
        saying = _saying(*cells)
        said[cells] = None if saying is None else sayings.number_of(saying)
    return list(map(said.__getitem__, column))


def _saying(word: str, lead: str, status: str, begins: str, ends: str) -> Saying | None:
    """What plain cells say; None where they are to be looked at closely."""
    role, primary = OURS.get(word), _PRIMARY.get(lead)
    begin, end = plain_day(begins), plain_day(ends)
    is_plain = (begin or not begins) and (end or not ends)
    if role is None or primary is None or status or not is_plain:
        return None
    if begin and end and end < begin:
        return None
    return role, begin, end, Standing.ACTIVE, primary
