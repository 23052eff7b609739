"""Who was where: one enrolment for each section, person and role."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from application.loading.diff import WHOLE, Frame, KindPlan, RowRefused, compare, live
from application.loading.new_enrolments import NewEnrolments
from application.loading.standing import Ids, Split, is_backwards, set_apart
from application.ports.load_repositories import StoredEnrolments
from application.ports.runtime import NewId, NewIds
from application.rosters.enrolment_rows import EnrolmentRows
from application.rosters.records import EnrolmentRecord, RecordKind
from application.rosters.roster import Roster
from domain.ids import EnrolmentId, PersonId, SectionId
from domain.rostering import Enrolment, EnrolmentRole, Person, Section

_Place = tuple[SectionId, PersonId, EnrolmentRole]


def plan_enrolments(
    stored: StoredEnrolments,
    roster: Roster,
    sections: KindPlan[Section],
    people: KindPlan[Person],
    new_id: NewIds,
    frame: Frame = WHOLE,
) -> KindPlan[Enrolment]:
    """Dropped and re-added is the same enrolment, whatever its source ids.

    Most rows of most nights say what is stored, and most rows of a first load are new: both
    are told in few steps, and only the others are compared one by one.
    """
    disabled = _disabled(roster, people)
    ids = Ids(
        {key: one.id for key, one in sections.live.items()},
        {key: one.id for key, one in (*people.live.items(), *disabled.items())},
    )
    rows = EnrolmentRows.of(roster.enrolments.rows)
    doubled = rows.doubled()
    split = set_apart(stored, rows, (*roster.enrolments.ended, *doubled), ids, frame)
    by_place = _by_place(split)
    close = _close(split, by_place, doubled, ids, frame)
    fresh = NewEnrolments(
        split.rows.without(close) if close else split.rows, ids.sections, ids.people, new_id
    )
    compared = _Comparison(roster, sections, people, disabled, by_place, new_id)
    plan = compared(split, split.rows.some(close), frame)
    return replace(
        plan,
        added=fresh.behind(tuple(plan.added)),
        same=plan.same + split.standing,
        stored=split.stored,
        active_before=plan.active_before + split.standing,
        live={},  # nothing refers to an enrolment
    )


def _disabled(roster: Roster, people: KindPlan[Person]) -> dict[str, Person]:
    """People who are listed and inactive: they keep the enrolments that are listed too."""
    inactive = {one.source_id: one for one in people.to_put if not one.active}
    listed = {record.source_id for record in roster.people.rows} if inactive else frozenset[str]()
    return {key: one for key, one in inactive.items() if key in listed}


def _by_place(split: Split) -> dict[_Place, Enrolment]:
    """What is stored near the rows, where it is; of several the newest."""
    return {(one.section_id, one.person_id, one.role): one for one in split.near}


def _close(
    split: Split,
    by_place: Mapping[_Place, Enrolment],
    doubled: Collection[str],
    ids: Ids,
    frame: Frame,
) -> Sequence[int]:
    """The places of rows to be compared; all others are new beyond doubt."""
    rows = split.rows
    known = {frame.renames.get(one.source_id, one.source_id) for one in split.others}
    known.update(doubled)
    sections = [ids.sections.get(ref) for ref in rows.section_refs]
    people = [ids.people.get(ref) for ref in rows.person_refs]
    odd = [is_backwards(says) for says in rows.sayings]
    if not (known or by_place or any(odd) or None in sections or None in people):
        return ()
    roles = [says[0] for says in rows.sayings]

    def is_close(key: str, section: SectionId | None, person: PersonId | None, says: int) -> bool:
        if section is None or person is None or key in known or odd[says]:
            return True
        return (section, person, roles[says]) in by_place

    columns = (
        rows.ids, map(sections.__getitem__, rows.sections), map(people.__getitem__, rows.people),
        rows.says,
    )  # fmt: skip
    return [place for place, row in enumerate(zip(*columns, strict=True)) if is_close(*row)]


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One by one, with each row that cannot be taken named."""

    roster: Roster
    sections: KindPlan[Section]
    people: KindPlan[Person]
    disabled: Mapping[str, Person]
    by_place: Mapping[_Place, Enrolment]
    new_id: NewId

    def __call__(self, split: Split, rows: EnrolmentRows, frame: Frame) -> KindPlan[Enrolment]:
        roster, sections = self.roster, self.sections
        listed = set(split.rows.ids) if self.by_place else frozenset[str]()
        seen: dict[_Place, int] = {}

        def find(row: EnrolmentRecord) -> Enrolment | None:
            section, person = sections.live.get(row.section), self.people.live.get(row.person)
            if section is None or person is None:
                return None
            found = self.by_place.get((section.id, person.id, row.role))
            return None if found is None or found.source_id in listed else found

        def build(row: EnrolmentRecord, before: Enrolment | None) -> Enrolment:
            section = live(sections, row.section, "section", "class", roster.sections)
            person = self.disabled.get(row.person)
            person = person or live(self.people, row.person, "person", "user", roster.people)
            first = seen.setdefault((section.id, person.id, row.role), row.line)
            if first != row.line:
                raise RowRefused("person", row.person, f"the same enrolment as in line {first}")
            if row.begins_on and row.ends_on and row.ends_on < row.begins_on:
                raise RowRefused("ends_on", f"{row.ends_on}", "the end lies before the start")
            return Enrolment(
                before.id if before else EnrolmentId(self.new_id()),
                row.source_id,
                section.id,
                person.id,
                row.role,
                active=True,
                begins_on=row.begins_on,
                ends_on=row.ends_on,
            )

        listing = replace(roster.enrolments, rows=rows)
        return compare(RecordKind.ENROLMENTS, split.others, listing, build, find, frame)
