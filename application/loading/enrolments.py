"""Who was where: one enrolment for each section, person and role."""

from application.loading.diff import WHOLE, Frame, KindPlan, RowRefused, compare, live
from application.ports.runtime import NewId
from application.rosters.records import (
    EnrolmentRecord,
    RecordKind,
    Roster,
)
from domain.ids import EnrolmentId, PersonId, SectionId
from domain.rostering import Enrolment, EnrolmentRole, Person, Section

_Place = tuple[SectionId, PersonId, EnrolmentRole]


def plan_enrolments(
    stored: list[Enrolment],
    roster: Roster,
    sections: KindPlan[Section],
    people: KindPlan[Person],
    new_id: NewId,
    frame: Frame = WHOLE,
) -> KindPlan[Enrolment]:
    """Dropped and re-added is the same enrolment, whatever its source ids."""
    listed_people = {record.source_id for record in roster.people.rows}
    disabled = {
        person.source_id: person
        for person in people.to_put
        if person.source_id in listed_people and not person.active
    }
    by_key = {(e.section_id, e.person_id, e.role): e for e in stored}
    listing = roster.enrolments
    listed = {record.source_id for record in listing.rows}
    seen: dict[_Place, int] = {}

    def find(record: EnrolmentRecord) -> Enrolment | None:
        section, person = sections.live.get(record.section), people.live.get(record.person)
        if section is None or person is None:
            return None
        found = by_key.get((section.id, person.id, record.role))
        return None if found is None or found.source_id in listed else found

    def build(record: EnrolmentRecord, before: Enrolment | None) -> Enrolment:
        section = live(sections, record.section, "section", "class", roster.sections)
        person = disabled.get(record.person)
        person = person or live(people, record.person, "person", "user", roster.people)
        first = seen.setdefault((section.id, person.id, record.role), record.line)
        if first != record.line:
            raise RowRefused("person", record.person, f"the same enrolment as in line {first}")
        _refuse_backwards(record)
        if before is not None and _stands(before, record, section.id, person.id):
            return before
        return Enrolment(
            before.id if before else EnrolmentId(new_id()),
            record.source_id,
            section.id,
            person.id,
            record.role,
            True,  # noqa: FBT003 in the order of the fields: named ones cost a third more
            record.begins_on,
            record.ends_on,
        )

    return compare(RecordKind.ENROLMENTS, stored, listing, build, find, frame)


def _refuse_backwards(record: EnrolmentRecord) -> None:
    if record.begins_on and record.ends_on and record.ends_on < record.begins_on:
        raise RowRefused("ends_on", f"{record.ends_on}", "the end lies before the start")


def _stands(
    before: Enrolment, record: EnrolmentRecord, section_id: SectionId, person_id: PersonId
) -> bool:
    """Whether the row says what is stored; most rows of most nights do."""
    return (
        before.source_id == record.source_id
        and before.section_id == section_id
        and before.person_id == person_id
        and before.role is record.role
        and before.active
        and before.begins_on == record.begins_on
        and before.ends_on == record.ends_on
    )
