"""Enrolments that are new, as columns on their way to the store."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TypeVar, overload

from application.ports.load_repositories import EnrolmentFields
from application.ports.runtime import NewIds
from application.rosters.enrolment_rows import EnrolmentRows
from application.rosters.packed_texts import PackedTexts
from domain.ids import EnrolmentId, PersonId, SectionId
from domain.rostering import Enrolment, EnrolmentRole

T = TypeVar("T")
_DRAWN = 10_000


class NewEnrolments(Sequence[Enrolment]):
    """Records that are made when somebody looks at them: `first` ones, then those of `rows`.

    The section and the person of each row are known.
    """

    def __init__(
        self,
        rows: EnrolmentRows,
        sections: Mapping[str, SectionId],
        people: Mapping[str, PersonId],
        new_ids: NewIds,
    ) -> None:
        self.first: tuple[Enrolment, ...] = ()
        self._rows = rows
        self._sections = [sections.get(ref) for ref in rows.section_refs]
        self._people = [people.get(ref) for ref in rows.person_refs]
        self._ids = PackedTexts(_drawn(new_ids, len(rows)))

    def behind(self, first: tuple[Enrolment, ...]) -> "NewEnrolments":
        self.first = first
        return self

    @property
    def ids(self) -> Iterator[str]:
        return chain((one.id for one in self.first), self._ids)

    def held(self) -> Iterator[tuple[PersonId, EnrolmentRole]]:
        """Who has which role in a section, each once."""
        yield from dict.fromkeys((one.person_id, one.role) for one in self.first)
        roles = [says[0] for says in self._rows.sayings]
        pairs = zip(self._rows.people, self._rows.says, strict=True)
        for person, says in dict.fromkeys(pairs):
            yield _known(self._people[person]), roles[says]

    def portions(self, size: int) -> Iterator[EnrolmentFields]:
        if self.first:
            yield EnrolmentFields.of(self.first)
        rows, ids, sources = self._rows, iter(self._ids), iter(self._rows.ids)
        facts = [(role, True, begins, ends) for role, begins, ends, _, _ in rows.sayings]
        for start in range(0, len(rows), size):
            part = slice(start, start + size)
            yield EnrolmentFields(
                list(map(EnrolmentId, islice(ids, size))),
                list(islice(sources, size)),
                [_known(self._sections[one]) for one in rows.sections[part]],
                [_known(self._people[one]) for one in rows.people[part]],
                list(map(facts.__getitem__, rows.says[part])),
            )

    def __len__(self) -> int:
        return len(self.first) + len(self._rows)

    def __iter__(self) -> Iterator[Enrolment]:
        for portion in self.portions(_DRAWN):
            yield from portion.records()

    @overload
    def __getitem__(self, place: int) -> Enrolment: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Enrolment]: ...
    def __getitem__(self, place: int | slice) -> Enrolment | Sequence[Enrolment]:
        return tuple(self)[place]


def _known(found: T | None) -> T:
    if found is None:
        raise LookupError("A new enrolment names a section or person that is not known.")
    return found


def _drawn(new_ids: NewIds, count: int) -> Iterator[str]:
    for start in range(0, count, _DRAWN):
        yield from new_ids.many(min(_DRAWN, count - start))
