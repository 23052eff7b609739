"""DLAs that students have, as lists show them: to the student and to their teachers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from application.ports.unit_of_work import UnitOfWork
from domain.dla import AssignedDla, Dla, DlaState
from domain.ids import AssignedDlaId, DlaId, PersonId, SectionId, SloId
from domain.rostering import Section, Term


@dataclass(frozen=True, slots=True)
class DlaLine:
    """`state` counts the due date in; `student` is empty where it is the reader."""

    id: AssignedDlaId
    dla_id: DlaId
    title: str
    slo_code: str
    student_id: PersonId
    student: str
    tech_id: str
    section_id: SectionId
    section_title: str
    term_name: str
    due_at: datetime | None
    state: DlaState
    handed_in_at: datetime | None
    assigned_at: datetime

    @property
    def waits_for_student(self) -> bool:
        return self.state in _WITH_STUDENT

    @property
    def can_accept(self) -> bool:
        return self.state in {DlaState.HANDED_IN, DlaState.RETURNED}


_WITH_STUDENT = frozenset(
    {DlaState.ASSIGNED, DlaState.STARTED, DlaState.RETURNED, DlaState.OVERDUE}
)


def dla_lines(
    unit: UnitOfWork, assigned: Iterable[AssignedDla], now: datetime, *, names: bool
) -> list[DlaLine]:
    """In the order given, by a fixed count of statements for people and DLAs."""
    listed = list(assigned)
    dlas = unit.dlas.dlas({one.dla_id for one in listed})
    people = unit.roster.people({one.student_id for one in listed}) if names else {}
    codes = slo_codes(unit, dlas.values())
    places = _places(unit, {one.section_id for one in listed})
    lines = []
    for one in listed:
        dla, (section, term) = dlas[one.dla_id], places[one.section_id]
        person = people.get(one.student_id)
        lines.append(
            DlaLine(
                one.id, dla.id, dla.title, codes.get(dla.slo_id, ""), one.student_id,
                person.list_name if person else "", person.tech_id if person else "",
                section.id, section.title, term.name, one.due_at, one.standing(now),
                one.handed_in_at, one.assigned_at,
            )
        )  # fmt: skip
    return lines


def slo_codes(unit: UnitOfWork, dlas: Iterable[Dla]) -> dict[SloId | None, str]:
    wanted = {dla.slo_id for dla in dlas if dla.slo_id}
    return {slo.id: slo.code for slo in unit.outcomes.slos_by_id(wanted).values()}


def _places(
    unit: UnitOfWork, section_ids: Iterable[SectionId]
) -> dict[SectionId, tuple[Section, Term]]:
    sections = [unit.roster.section(section_id) for section_id in section_ids]
    terms = {term.id: term for term in unit.roster.terms()}
    return {one.id: (one, terms[one.term_id]) for one in sections}
