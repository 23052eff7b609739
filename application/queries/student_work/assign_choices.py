"""To whom a DLA may be assigned, and who is below the threshold on an SLO."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.works.levels import RowHead, row_head
from application.student_work.desk import own_dla, taught_section
from application.student_work.reached import is_below, reached_value, slo_rows
from application.workplace import Workplace, taught, workplace
from domain.dla import Dla
from domain.ids import DlaId, PersonId, RowId, SectionAssessmentId, SectionId
from domain.rostering import EnrolmentRole, Person, Section
from domain.score import Score, value_as_text, values_by_row


@dataclass(frozen=True, slots=True)
class AssignWish:
    """What has been chosen so far; empty means not yet. A work tells its section."""

    dla: str = ""
    section: str = ""
    work: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`value` is the written level on the chosen SLO; `has` it already in this section."""

    id: PersonId
    name: str
    tech_id: str
    value: str
    below: bool
    has: bool


@dataclass(frozen=True, slots=True)
class AssignView:
    wish: AssignWish
    dlas: tuple[Dla, ...]
    """Those of one's own that are in use."""
    sections: tuple[Section, ...]
    works: tuple[tuple[SectionAssessmentId, str], ...]
    """Of the chosen section, without Collective ones."""
    rows: tuple[RowHead, ...]
    """The SLOs of the chosen work."""
    row: RowHead | None
    students: tuple[Candidate, ...]

    @property
    def below(self) -> int:
        return sum(one.below for one in self.students)


@dataclass(frozen=True, slots=True)
class AssignChoices:
    """Raises NotFound for what is not the person's."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, wish: AssignWish) -> AssignView:
        with self.units(write=False) as unit:
            place = _work(unit, person_id, wish)
            section = place.section if place else _section(unit, person_id, wish)
            if wish.dla:
                own_dla(unit, person_id, DlaId(wish.dla))
            sections = unit.roster.sections_of(person_id, EnrolmentRole.TEACHER)
            row = _row(place, wish)
            full = AssignWish(wish.dla, section.id if section else "", wish.work, wish.row)
            return AssignView(
                full,
                tuple(one for one in unit.dlas.made_by(person_id) if one.retired_at is None),
                tuple(sorted(sections, key=lambda one: one.title)),
                _works(unit, section) if section else (),
                tuple(row_head(one) for one in slo_rows(place.rubric)) if place else (),
                row,
                _students(unit, section, place, full) if section else (),
            )


def _work(unit: UnitOfWork, person_id: PersonId, wish: AssignWish) -> Workplace | None:
    if not wish.work:
        return None
    place = taught(unit, person_id, SectionAssessmentId(wish.work))
    if wish.section not in {"", place.section.id}:
        return None
    return place


def _section(unit: UnitOfWork, person_id: PersonId, wish: AssignWish) -> Section | None:
    return taught_section(unit, person_id, SectionId(wish.section)) if wish.section else None


def _works(unit: UnitOfWork, section: Section) -> tuple[tuple[SectionAssessmentId, str], ...]:
    places = [workplace(unit, work) for work in unit.assessments.works_in([section.id])]
    named = [(one.work.id, one.assessment.name) for one in places if one.takes_students]
    return tuple(sorted(named, key=lambda one: one[1]))


def _row(place: Workplace | None, wish: AssignWish) -> RowHead | None:
    if place is None or not wish.row:
        return None
    found = (row for row in slo_rows(place.rubric) if row.id == wish.row)
    row = next(found, None)
    if row is None:
        raise NotFound("This SLO")
    return row_head(row)


def _students(
    unit: UnitOfWork, section: Section, place: Workplace | None, wish: AssignWish
) -> tuple[Candidate, ...]:
    have = {one.student_id for one in unit.dlas.in_sections([section.id]) if one.dla_id == wish.dla}
    people = unit.roster.people_in(section.id, EnrolmentRole.STUDENT)
    reached = _reached(unit, place, wish)
    return tuple(_candidate(one, reached, have) for one in people)


def _candidate(
    person: Person, reached: Mapping[PersonId, tuple[str, bool]], have: set[PersonId]
) -> Candidate:
    value, below = reached.get(person.id, ("", False))
    return Candidate(person.id, person.list_name, person.tech_id, value, below, person.id in have)


def _reached(
    unit: UnitOfWork, place: Workplace | None, wish: AssignWish
) -> dict[PersonId, tuple[str, bool]]:
    """Each scored student's written level on the chosen row, and whether it is below."""
    if place is None or not wish.row:
        return {}
    row = place.rubric.row(RowId(wish.row))
    cells: dict[PersonId, list[Score]] = {}
    for score in unit.scores.of_work(place.work.id):
        cells.setdefault(score.student_id, []).append(score)
    found = {}
    for student_id, scores in cells.items():
        value = reached_value(place.rubric, row, values_by_row(scores))
        found[student_id] = (value_as_text(value), is_below(row, value))
    return found
