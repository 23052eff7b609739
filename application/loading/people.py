"""The people of a roster: who is who, and which role comes with a place in the roster."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from application.loading.diff import LOCAL, WHOLE, Frame, KindPlan, RowRefused, compare
from application.loading.new_enrolments import NewEnrolments
from application.loading.options import USUAL, LoadOptions
from application.ports.runtime import NewId
from application.rosters.load_runs import Doubled
from application.rosters.records import PersonRecord, RecordKind
from application.rosters.roster import Listing, Roster
from application.rosters.row_errors import RowError, Severity
from domain.access import Role, RoleGrant
from domain.identity import LocalField, all_comparable, masked
from domain.ids import PersonId
from domain.rostering import Enrolment, EnrolmentRole, Person

_ROLES = {EnrolmentRole.TEACHER: Role.FACULTY, EnrolmentRole.STUDENT: Role.STUDENT}
Held = tuple[PersonId, EnrolmentRole]
_FEW = 5
"""Rows below which nothing is told from shares."""


def plan_people(
    stored: list[Person],
    listing: Listing[PersonRecord],
    new_id: NewId,
    options: LoadOptions = USUAL,
    frame: Frame = WHOLE,
) -> KindPlan[Person]:
    """A person is known by source id; one made by hand, or ended, also by Tech ID.

    With `rekey` everybody is known by Tech ID where the source id is new.
    """
    listed = {record.source_id for record in listing.rows}
    free = {
        p.tech_id: p
        for p in stored
        if options.rekey or not p.active or p.source_id.startswith(LOCAL)
    }
    taken = {p.tech_id: p for p in stored if p.source_id not in listed}
    holder: dict[str, str] = {}

    def find(record: PersonRecord) -> Person | None:
        found = free.get(record.tech_id)
        return None if found is None or found.source_id in listed else found

    def build(record: PersonRecord, before: Person | None) -> Person:
        other = taken.get(record.tech_id)
        if other is not None and (before is None or other.id != before.id):
            cause = f"this Tech ID belongs to the person with the id {other.source_id}"
            raise RowRefused("tech_id", masked(record.tech_id), cause, spare=other.id)
        first = holder.setdefault(record.tech_id, record.source_id)
        if first != record.source_id:
            cause = f"the same Tech ID as the person with the id {first}"
            raise RowRefused("tech_id", masked(record.tech_id), cause)
        said = (
            record.source_id, record.tech_id, record.login, record.email, record.given_name,
            record.family_name, record.enabled,
        )  # fmt: skip
        if before is None:
            return Person(PersonId(new_id()), *said)
        return before if _said_of(before) == said else Person(before.id, *said)

    plan = compare(RecordKind.PEOPLE, stored, listing, build, find, frame)
    offered = () if options.rekey else _other_keys(plan, listing, taken)
    return replace(plan, errors=(*offered, *plan.errors))


def _said_of(person: Person) -> tuple[str, str, str, str, str, str, bool]:
    """All but our id: most people of most nights are as they were."""
    return (
        person.source_id, person.tech_id, person.login, person.email, person.given_name,
        person.family_name, person.active,
    )  # fmt: skip


def _other_keys(
    plan: KindPlan[Person], listing: Listing[PersonRecord], taken: dict[str, Person]
) -> Iterator[RowError]:
    """The student system made its ids anew: rows name people who are here by another id."""
    known = {person.id for person in plan.live.values()}
    renamed = sum(
        other.active and other.id in known and other.source_id != record.source_id
        for record in listing.rows
        if (other := taken.get(record.tech_id)) is not None
    )
    if len(listing.rows) >= _FEW and renamed > len(listing.rows) / 2:
        cause = (
            f"{renamed} of {len(listing.rows)} people are here already under another id, with the"
            " same Tech ID. If the student system made its ids anew, load with --rekey to know"
            " people by Tech ID"
        )
        column = listing.columns.get("source_id", "source_id")
        yield RowError(listing.file, 0, column, "", cause, Severity.FATAL)


def role_grants(
    people: KindPlan[Person], enrolments: KindPlan[Enrolment], roster: Roster
) -> tuple[RoleGrant, ...]:
    """The roles that new and changed people and enrolments bring, each once.

    Pairs compare far quicker than grants, and most people have several enrolments.
    """
    held = dict.fromkeys(chain(_of_people(people, roster), _of_enrolments(enrolments)))
    return tuple(RoleGrant(person_id, _ROLES[role], None) for person_id, role in held)


def roles_brought(
    people: KindPlan[Person], enrolments: KindPlan[Enrolment], roster: Roster
) -> Iterator[RoleGrant]:
    """The roles of all live people and enrolments, new or not."""
    for record in roster.people.rows:
        person = people.live.get(record.source_id)
        if person is not None and record.role is not None:
            yield RoleGrant(person.id, _ROLES[record.role], None)
    for enrolment in enrolments.live.values():
        yield RoleGrant(enrolment.person_id, _ROLES[enrolment.role], None)


def _of_people(plan: KindPlan[Person], roster: Roster) -> Iterator[Held]:
    if not plan.added and not plan.changed:
        return
    roles = {record.source_id: record.role for record in roster.people.rows}
    for person in chain(plan.added, plan.changed):
        role = roles.get(person.source_id)
        if role is not None:
            yield person.id, role


def _of_enrolments(plan: KindPlan[Enrolment]) -> Iterator[Held]:
    added = plan.added
    if isinstance(added, NewEnrolments):
        yield from added.held()
    else:
        yield from ((one.person_id, one.role) for one in added)
    yield from ((one.person_id, one.role) for one in plan.changed)


def doubled_people(plan: KindPlan[Person]) -> tuple[Doubled, ...]:
    """New and changed people whose login or address another active person has too."""
    moved = {person.id for person in (*plan.added, *plan.changed) if person.active}
    if not moved:
        return ()
    people = list(plan.live.values())
    logins = _same(people, moved, LocalField.LOGIN)
    return (*logins, *_same(people, moved, LocalField.EMAIL))


def _same(people: Sequence[Person], moved: set[PersonId], field: LocalField) -> Iterator[Doubled]:
    raw = (one.login if field is LocalField.LOGIN else one.email for one in people)
    values = list(all_comparable(field, raw))
    pairs = list(zip(people, values, strict=True))
    wanted = {value for person, value in pairs if value and person.id in moved}
    first: dict[str, PersonId] = {}
    for person, value in pairs:
        if value in wanted:
            other = first.setdefault(value, person.id)
            if other != person.id and (person.id in moved or other in moved):
                yield Doubled(other, person.id, field)
