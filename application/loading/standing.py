"""The enrolments that stand as the roster lists them, set apart from those to be compared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, repeat

from application.loading.diff import Frame
from application.ports.load_repositories import EnrolmentFields, StoredEnrolments
from application.rosters.enrolment_rows import EnrolmentRows, Saying
from domain.ids import PersonId, SectionId
from domain.rostering import Enrolment

_STRANGE = -(1 << 90)
_UNLISTED = -(1 << 80)
"""Parts of a number that no other number equals: of what is not here, and of what no row says."""
_WHATEVER = -1
_LIVE = 1


@dataclass(frozen=True, slots=True)
class Ids:
    """Our ids of the sections and people that a roster may name, by source id."""

    sections: Mapping[str, SectionId]
    people: Mapping[str, PersonId]


@dataclass(frozen=True, slots=True)
class Split:
    """`rows` say something new; `others` are stored and do not stand as the roster has them.

    Of what has ended, `others` holds only what the roster names by source id.
    """

    rows: EnrolmentRows
    others: list[Enrolment]
    """By id."""
    near: list[Enrolment]
    """All that is stored of the people in `rows`; those of one person by id."""
    standing: int
    """How many rows say what is stored; most rows of most nights do."""
    stored: int
    """How many enrolments there are, ended ones too."""


def set_apart(
    stored: StoredEnrolments,
    rows: EnrolmentRows,
    close: Iterable[str],
    ids: Ids,
    frame: Frame,
) -> Split:
    """Nothing that stands has the place of a row that is new: both are compared then.

    `close` are source ids that are compared in any case.
    """
    count = stored.count()
    if not count:
        return Split(rows, [], [], 0, 0)
    named = {*frame.renames, *frame.renames.values(), *close, *_backwards(rows)}
    split = _split(stored, count, rows, ids, named)
    sharing = _sharing(split, ids)
    if sharing:
        return _split(stored, count, rows, ids, named | sharing)
    return split


def _sharing(split: Split, ids: Ids) -> set[str]:
    """Source ids of what stands where a new row would be."""
    new = {
        (ids.sections.get(row.section), ids.people.get(row.person), row.role) for row in split.rows
    }
    others = {one.id for one in split.others}
    return {
        one.source_id
        for one in split.near
        if one.active and one.id not in others and (one.section_id, one.person_id, one.role) in new
    }


def _backwards(rows: EnrolmentRows) -> Iterator[str]:
    odd = [is_backwards(says) for says in rows.sayings]
    return compress(rows.ids, map(odd.__getitem__, rows.says)) if any(odd) else iter(())


def is_backwards(says: Saying) -> bool:
    _, begins_on, ends_on, *_ = says
    return bool(begins_on and ends_on and ends_on < begins_on)


def _split(
    stored: StoredEnrolments, count: int, rows: EnrolmentRows, ids: Ids, named: set[str]
) -> Split:
    """With all that is `named` among the others."""
    numbers = _Numbers(rows, ids)
    wanted = dict(zip(rows.ids, numbers.of_rows(), strict=True))
    if len(wanted) < len(rows):
        wanted = dict.fromkeys(wanted, _WHATEVER)
    wanted.update(dict.fromkeys(named, _WHATEVER))
    others: list[Enrolment] = []
    for portion in stored.portions():
        others.extend(map(portion.record, _otherwise(portion, numbers.of_stored(portion), wanted)))
    left = [place for place, key in enumerate(rows.ids) if key in wanted]
    others.sort(key=lambda one: one.id)
    new = rows.some(left)
    people = map(ids.people.get, map(new.person_refs.__getitem__, set(new.people)))
    near = stored.of({one for one in people if one})
    return Split(new, others, near, len(rows) - len(left), count)


def _otherwise(
    portion: EnrolmentFields, numbers: Sequence[int], wanted: dict[str, int]
) -> Iterator[int]:
    """The places of those that do not stand as wanted; the wants of the others are met."""
    keys, facts = portion.source_ids, portion.facts
    pairs = enumerate(zip(map(wanted.get, keys), numbers, strict=True))
    odd = [place for place, (want, number) in pairs if want != number]
    stands = bytearray(b"\1") * len(keys)
    for place in odd:
        stands[place] = 0
    met = list(map(wanted.pop, compress(keys, stands), repeat(None)))
    if None in met:  # stored twice: only one of them is the one that the row means
        twice = compress(range(len(keys)), stands)
        odd.extend(place for place, want in zip(twice, met, strict=True) if want is None)
    yield from (place for place in odd if facts[place][_LIVE] or keys[place] in wanted)


class _Numbers:
    """One number for section, person, role and days: the same where all are the same."""

    def __init__(self, rows: EnrolmentRows, ids: Ids) -> None:
        self._rows = rows
        facts = [(role, True, begins, ends) for role, begins, ends, _, _ in rows.sayings]
        self._facts = {fact: number for number, fact in enumerate(dict.fromkeys(facts))}
        self._said = [self._facts[fact] for fact in facts]
        person, section = len(self._facts), len(self._facts) * len(rows.person_refs)
        sections = [ids.sections.get(ref) for ref in rows.section_refs]
        people = [ids.people.get(ref) for ref in rows.person_refs]
        self._sections = {one: n * section for n, one in enumerate(sections) if one}
        self._people = {one: n * person for n, one in enumerate(people) if one}
        self._named = [self._sections[one] if one else _STRANGE for one in sections]
        self._called = [self._people[one] if one else _STRANGE for one in people]

    def of_rows(self) -> Iterator[int]:
        rows = self._rows
        parts = zip(
            map(self._named.__getitem__, rows.sections),
            map(self._called.__getitem__, rows.people),
            map(self._said.__getitem__, rows.says),
            strict=True,
        )
        return map(sum, parts)

    def of_stored(self, portion: EnrolmentFields) -> list[int]:
        unlisted = repeat(_UNLISTED)
        parts = zip(
            map(self._sections.get, portion.section_ids, unlisted),
            map(self._people.get, portion.person_ids, unlisted),
            map(self._facts.get, portion.facts, unlisted),
            strict=False,
        )
        return list(map(sum, parts))
