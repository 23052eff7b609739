"""The dry list of a send: who will be sent what, who cannot, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from application.matching import account_value, local_value
from application.ports.lms import LmsAssignment, LmsGrade, LmsStudent
from application.ports.unit_of_work import UnitOfWork
from application.queries.works.work_header import WorkHeader, work_header
from application.sending.grading import Proposal, propose, refusal_of, refusal_of_grade
from application.workplace import Workplace, points_possible
from domain.delivery import Delivery
from domain.identity import LocalField
from domain.ids import LmsUserRef, PersonId, RowId
from domain.link import Link
from domain.rostering import EnrolmentRole, Person
from domain.score import ScoreValue


class Standing(StrEnum):
    READY = "ready"
    SAME = "same"
    """The gradebook shows this grade already."""
    CONFIRM = "confirm"
    """Excused there, or graded there by somebody: only when chosen."""
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class PlannedGrade:
    person: Person
    proposal: Proposal
    standing: Standing
    reason: str
    there: Decimal | None
    """The grade that the LMS shows now, where it could be read."""
    last: Delivery | None
    user_ref: LmsUserRef | None

    @property
    def sendable(self) -> bool:
        return self.standing in {Standing.READY, Standing.CONFIRM}


@dataclass(frozen=True, slots=True)
class SendPlan:
    """`refused` stops the whole send; `unread` says why the LMS could not be asked."""

    header: WorkHeader
    link: Link
    assignment: LmsAssignment | None
    possible: Decimal
    grades: tuple[PlannedGrade, ...]
    refused: str
    unread: str
    last_send: str
    """Id of the send before, empty where there is none."""

    def counted(self, standing: Standing) -> int:
        return sum(grade.standing == standing for grade in self.grades)


@dataclass(frozen=True, slots=True)
class Gradebook:
    """What the LMS told about one assignment."""

    assignment: LmsAssignment
    students: tuple[LmsStudent, ...]
    grades: Mapping[LmsUserRef, LmsGrade]


def plan_send(
    unit: UnitOfWork,
    place: Workplace,
    link: Link,
    gradebook: Gradebook | None,
    *,
    field: LocalField,
    unread: str = "",
) -> SendPlan:
    """`field` is the local field by which students are found in the LMS (matching rule)."""
    assignment = gradebook.assignment if gradebook else None
    there = assignment.points_possible if assignment else None
    possible = there or points_possible(unit, place)
    people = unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
    values = _values(unit, place)
    own = unit.scores.own_grades(place.work.id)
    last = unit.deliveries.last_sent(link.id)
    found = _accounts(gradebook.students, field) if gradebook else {}
    grades = tuple(
        _judged(
            person,
            propose(place, values.get(person.id, {}), own.get(person.id), possible),
            last.get(person.id),
            found.get(local_value(person, field)),
            gradebook,
        )
        for person in people
    )
    refused = refusal_of(assignment) if assignment else ""
    sends = unit.deliveries.sends_of(link.id)
    last_send = sends[0].id if sends else ""
    return SendPlan(
        work_header(unit, place), link, assignment, possible, grades, refused, unread, last_send
    )


def _accounts(students: Iterable[LmsStudent], field: LocalField) -> dict[str, LmsStudent]:
    """Students of the LMS course by the compared field; doubles name nobody."""
    found: dict[str, LmsStudent] = {}
    doubled: set[str] = set()
    for student in students:
        value = account_value(student.account, field)
        if value in found:
            doubled.add(value)
        if value:
            found[value] = student
    return {value: student for value, student in found.items() if value not in doubled}


def _judged(
    person: Person,
    proposal: Proposal,
    last: Delivery | None,
    student: LmsStudent | None,
    gradebook: Gradebook | None,
) -> PlannedGrade:
    there = gradebook.grades.get(student.account.ref) if gradebook and student else None
    standing, reason = _standing(proposal, last, student, there, gradebook)
    return PlannedGrade(
        person,
        proposal,
        standing,
        reason,
        there.entered if there else None,
        last,
        student.account.ref if student else None,
    )


def _standing(
    proposal: Proposal,
    last: Delivery | None,
    student: LmsStudent | None,
    there: LmsGrade | None,
    gradebook: Gradebook | None,
) -> tuple[Standing, str]:
    if proposal.grade is None:
        return Standing.CANNOT, proposal.reason
    if gradebook is None:
        return Standing.READY, ""
    if student is None or there is None or not student.active:
        return Standing.CANNOT, _absence(student)
    if reason := refusal_of_grade(gradebook.assignment, proposal.grade):
        return Standing.CANNOT, reason
    return against(proposal.grade, there, last.read_back if last else None)


def _absence(student: LmsStudent | None) -> str:
    if student is None:
        return "not-enrolled"
    return "not-applicable" if student.active else "not-active"


def against(grade: Decimal, there: LmsGrade, last_seen: Decimal | None) -> tuple[Standing, str]:
    """Hold a grade against what the gradebook shows.

    `last_seen` is what we read there after our own last send, None before the first one.
    """
    if there.excused:
        return Standing.CONFIRM, "excused"
    if there.entered == grade:
        return Standing.SAME, ""
    if there.entered != last_seen:
        return Standing.CONFIRM, "graded-there" if last_seen is None else "changed-there"
    return Standing.READY, ""


def _values(unit: UnitOfWork, place: Workplace) -> dict[PersonId, dict[RowId, ScoreValue]]:
    values: dict[PersonId, dict[RowId, ScoreValue]] = {}
    for score in unit.scores.of_work(place.work.id):
        values.setdefault(score.student_id, {})[score.row_id] = score.value
    return values
