"""The plain way to compare enrolments: all that is stored, and one row after the other."""

from datetime import date

from application.loading.diff import WHOLE, Frame, KindPlan, RowRefused, compare, live
from application.ports.load_repositories import StoredEnrolments
from application.ports.runtime import NewIds
from application.rosters.records import EnrolmentRecord, RecordKind
from application.rosters.roster import Roster
from domain.ids import EnrolmentId, PersonId, SectionId
from domain.rostering import Enrolment, EnrolmentRole, Person, Section


def plan_plainly(
    stored: StoredEnrolments,
    roster: Roster,
    sections: KindPlan[Section],
    people: KindPlan[Person],
    new_id: NewIds,
    frame: Frame = WHOLE,
) -> KindPlan[Enrolment]:
    """What `plan_enrolments` answers, at three times its cost."""
    records = [one for portion in stored.portions() for one in portion.records()]
    records.sort(key=lambda one: one.id)
    names = {record.source_id for record in roster.people.rows}
    disabled = {p.source_id: p for p in people.to_put if p.source_id in names and not p.active}
    by_place = {(e.section_id, e.person_id, e.role): e for e in records}
    listed = {record.source_id for record in roster.enrolments.rows}
    seen: dict[tuple[SectionId, PersonId, EnrolmentRole], int] = {}

    def find(row: EnrolmentRecord) -> Enrolment | None:
        section, person = sections.live.get(row.section), people.live.get(row.person)
        if section is None or person is None:
            return None
        found = by_place.get((section.id, person.id, row.role))
        return None if found is None or found.source_id in listed else found

    def build(row: EnrolmentRecord, before: Enrolment | None) -> Enrolment:
        section = live(sections, row.section, "section", "class", roster.sections)
        person = disabled.get(row.person)
        person = person or live(people, row.person, "person", "user", roster.people)
        first = seen.setdefault((section.id, person.id, row.role), row.line)
        if first != row.line:
            raise RowRefused("person", row.person, f"the same enrolment as in line {first}")
        if (row.begins_on or date.min) > (row.ends_on or date.max):
            raise RowRefused("ends_on", f"{row.ends_on}", "the end lies before the start")
        key = before.id if before else EnrolmentId(new_id())
        return Enrolment(
            key, row.source_id, section.id, person.id, row.role, active=True,
            begins_on=row.begins_on, ends_on=row.ends_on,
        )  # fmt: skip

    return compare(RecordKind.ENROLMENTS, records, roster.enrolments, build, find, frame)
