"""The enrolments that stand as the roster lists them, set apart from those to be compared."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.loading.diff import Frame
from application.ports.load_repositories import StoredEnrolments, Wanted
from application.rosters.records import EnrolmentRecord, Listing
from domain.ids import PersonId, SectionId
from domain.rostering import Enrolment

Rows = tuple[EnrolmentRecord, ...]


@dataclass(frozen=True, slots=True)
class Ids:
    """Our ids of the sections and people that a roster may name, by source id."""

    sections: Mapping[str, SectionId]
    people: Mapping[str, PersonId]

    def wanted(self, rows: Rows) -> Wanted:
        """What would be stored of the rows; of strangers nothing that can be stored."""
        section_of, person_of = self.sections.get, self.people.get
        return {
            row.source_id: (
                section_of(row.section),
                person_of(row.person),
                row.role,
                row.begins_on,
                row.ends_on,
            )
            for row in rows
        }


@dataclass(frozen=True, slots=True)
class Split:
    """`rows` say something new; `others` are stored and do not stand as the roster has them.

    Of what has ended, `others` holds only what the roster names by source id.
    """

    rows: Rows
    others: list[Enrolment]
    standing: int
    """How many rows say what is stored; most rows of most nights do."""
    stored: int
    """How many enrolments there are, ended ones too."""


def set_apart(
    stored: StoredEnrolments, listing: Listing[EnrolmentRecord], ids: Ids, frame: Frame
) -> Split:
    """Nothing that stands has the place of a row that is new: both are compared then."""
    rows = listing.rows
    count = stored.count()
    if not count:
        return Split(rows, [], 0, 0)
    named = {*frame.renames, *frame.renames.values(), *listing.ended}
    named |= {row.source_id for row in rows if is_backwards(row)}
    split = _split(stored, count, rows, ids, named)
    if split.standing and split.rows:
        new = {(row.section, row.person, row.role) for row in split.rows}
        fresh = {row.source_id for row in split.rows}
        sharing = {
            row.source_id
            for row in rows
            if (row.section, row.person, row.role) in new and row.source_id not in fresh
        }
        if sharing:
            return _split(stored, count, rows, ids, named | sharing)
    return split


def _split(stored: StoredEnrolments, count: int, rows: Rows, ids: Ids, named: set[str]) -> Split:
    """With all that is `named` among the others."""
    wanted = ids.wanted(rows)
    if len(wanted) < len(rows):
        wanted = dict.fromkeys(wanted)
    wanted.update(dict.fromkeys(named))
    others = stored.beside(wanted)
    left = tuple(row for row in rows if row.source_id in wanted)
    return Split(left, others, len(rows) - len(left), count)


def is_backwards(row: EnrolmentRecord) -> bool:
    return bool(row.begins_on and row.ends_on and row.ends_on < row.begins_on)
