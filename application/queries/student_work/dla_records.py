"""DLAs as programs read them: those one made, and those that students have."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from application.errors import NotFound
from application.evidence.dla_door import attached_links
from application.ports.listings import Page, Turn
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.lists.turned import turned
from application.student_work.desk import own_dla, students_dla, taught_dla
from application.viewers import Viewer
from domain.access import Right
from domain.dla import AssignedDla, Dla, DlaState
from domain.ids import AssignedDlaId, DlaId, PersonId, SectionId
from domain.rostering import EnrolmentRole
from domain.web_link import WebLink


@dataclass(frozen=True, slots=True)
class DlaRecords:
    """A DLA is its maker's."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, turn: Turn) -> Page[Dla]:
        with self.units(write=False) as unit:
            made = unit.dlas.made_by(person_id)
        return turned(made, lambda one: one.id, turn)

    def one(self, person_id: PersonId, dla_id: DlaId) -> Dla:
        """Raises: NotFound for another's."""
        with self.units(write=False) as unit:
            return own_dla(unit, person_id, dla_id)


@dataclass(frozen=True, slots=True)
class AssignedWanted:
    """None asks for nothing; `state` counts the due date in."""

    section_id: SectionId | None = None
    dla_id: DlaId | None = None
    student_id: PersonId | None = None
    state: DlaState | None = None

    def takes(self, found: "AssignedRecord") -> bool:
        one = found.assigned
        return (
            self.section_id in {None, one.section_id}
            and self.dla_id in {None, one.dla_id}
            and self.student_id in {None, one.student_id}
            and self.state in {None, found.state}
        )


@dataclass(frozen=True, slots=True)
class AssignedRecord:
    """What one student has, with the activity itself and how it stands now.

    `links` are those that the viewer sees among what is attached.
    """

    assigned: AssignedDla
    dla: Dla
    state: DlaState
    links: tuple[WebLink, ...] = ()


@dataclass(frozen=True, slots=True)
class AssignedRecords:
    """Of the sections that faculty teach, or a student's own; a draft is the student's alone."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, wanted: AssignedWanted, turn: Turn) -> Page[AssignedRecord]:
        with self.units(write=False) as unit:
            found = self._records(unit, viewer, _seen(unit, viewer))
            fitting = (one for one in found if wanted.takes(one))
            page = turned(fitting, lambda one: one.assigned.id, turn)
            return replace(
                page, records=tuple(_with_links(unit, viewer, one) for one in page.records)
            )

    def one(self, viewer: Viewer, assigned_id: AssignedDlaId) -> AssignedRecord:
        """Raises: NotFound for what is no section's or student's of the viewer."""
        with self.units(write=False) as unit:
            (found,) = self._records(unit, viewer, [_own(unit, viewer, assigned_id)])
            return _with_links(unit, viewer, found)

    def _records(
        self, unit: UnitOfWork, viewer: Viewer, assigned: list[AssignedDla]
    ) -> Iterable[AssignedRecord]:
        now, dlas = self.clock.now(), unit.dlas.dlas({one.dla_id for one in assigned})
        return [
            AssignedRecord(_shown_to(viewer, one), dlas[one.dla_id], one.standing(now))
            for one in assigned
        ]


def _seen(unit: UnitOfWork, viewer: Viewer) -> list[AssignedDla]:
    person_id = viewer.person_id or PersonId("")
    if viewer.may(Right.TEACH):
        taught = unit.roster.sections_of(person_id, EnrolmentRole.TEACHER)
        return unit.dlas.in_sections([one.id for one in taught])
    return unit.dlas.of_student(person_id) if viewer.may(Right.SEE_OWN_RESULTS) else []


def _own(unit: UnitOfWork, viewer: Viewer, assigned_id: AssignedDlaId) -> AssignedDla:
    person_id = viewer.person_id or PersonId("")
    if viewer.may(Right.TEACH):
        return taught_dla(unit, person_id, assigned_id)
    if viewer.may(Right.SEE_OWN_RESULTS):
        return students_dla(unit, person_id, assigned_id)
    raise NotFound("This DLA")


def _shown_to(viewer: Viewer, one: AssignedDla) -> AssignedDla:
    is_shown = _is_handed_in(one) or viewer.may(Right.SEE_OWN_RESULTS)
    return one if is_shown else replace(one, text="")


def _with_links(unit: UnitOfWork, viewer: Viewer, found: AssignedRecord) -> AssignedRecord:
    mine = viewer.may(Right.SEE_OWN_RESULTS)
    if not mine and not _is_handed_in(found.assigned):
        return found
    return replace(found, links=attached_links(unit, found.assigned, handed_in=not mine))


def _is_handed_in(one: AssignedDla) -> bool:
    return one.state in {DlaState.HANDED_IN, DlaState.ACCEPTED}
