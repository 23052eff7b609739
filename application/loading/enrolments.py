"""Who was where: one enrolment for each section, person and role."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from application.loading.diff import WHOLE, Frame, KindPlan, RowRefused, compare, live
from application.loading.standing import Ids, Rows, Split, is_backwards, set_apart
from application.ports.load_repositories import StoredEnrolments
from application.ports.runtime import NewId
from application.rosters.records import EnrolmentRecord, RecordKind, Roster
from domain.ids import EnrolmentId, PersonId, SectionId
from domain.rostering import Enrolment, EnrolmentRole, Person, Section

_Place = tuple[SectionId, PersonId, EnrolmentRole]


def plan_enrolments(
    stored: StoredEnrolments,
    roster: Roster,
    sections: KindPlan[Section],
    people: KindPlan[Person],
    new_id: NewId,
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
    split = set_apart(stored, roster.enrolments, ids, frame)
    by_place = _by_place(stored, split, ids)
    fresh, close = _fresh(split, by_place, ids, frame, new_id)
    compared = _Comparison(roster, sections, people, disabled, by_place, new_id)
    plan = compared(split, close, frame)
    return replace(
        plan,
        added=(*plan.added, *fresh),
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


def _by_place(stored: StoredEnrolments, split: Split, ids: Ids) -> dict[_Place, Enrolment]:
    """All that is stored of the people in the rows, where it is; of several the newest."""
    if not split.stored:
        return {}
    people = {ids.people[row.person] for row in split.rows if row.person in ids.people}
    return {(one.section_id, one.person_id, one.role): one for one in stored.of(people)}


def _fresh(
    split: Split, by_place: Mapping[_Place, Enrolment], ids: Ids, frame: Frame, new_id: NewId
) -> tuple[list[Enrolment], Rows]:
    """What is new beyond doubt, and the rows to be compared."""
    rows = split.rows
    if len({hash((row.section, row.person, row.role)) for row in rows}) < len(rows):
        return [], rows
    known = {frame.renames.get(one.source_id, one.source_id) for one in split.others}
    section_of, person_of = ids.sections.get, ids.people.get
    fresh: list[Enrolment] = []
    close: list[EnrolmentRecord] = []
    for row in rows:
        section, person = section_of(row.section), person_of(row.person)
        if (
            section is None
            or person is None
            or row.source_id in known
            or (by_place and (section, person, row.role) in by_place)
            or (row.ends_on and is_backwards(row))
        ):
            close.append(row)
            continue
        # In the order of the fields: named ones cost a third more.
        key, begins, ends = EnrolmentId(new_id()), row.begins_on, row.ends_on
        one = Enrolment(key, row.source_id, section, person, row.role, True, begins, ends)  # noqa: FBT003
        fresh.append(one)
    return fresh, tuple(close)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One by one, with each row that cannot be taken named."""

    roster: Roster
    sections: KindPlan[Section]
    people: KindPlan[Person]
    disabled: Mapping[str, Person]
    by_place: Mapping[_Place, Enrolment]
    new_id: NewId

    def __call__(self, split: Split, rows: Rows, frame: Frame) -> KindPlan[Enrolment]:
        roster, sections = self.roster, self.sections
        listed = {row.source_id for row in split.rows} if self.by_place else frozenset[str]()
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
            if is_backwards(row):
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
