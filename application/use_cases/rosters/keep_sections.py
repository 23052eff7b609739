"""Courses, sections and enrolments made and changed by hand."""

from dataclasses import dataclass, replace

from application.by_hand import local_source, needed, require_empty, require_free
from application.errors import Invalid, NotFound
from application.ports.people_repositories import SectionSearch
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.roles import take_effect
from domain.audit import Deed
from domain.ids import CourseId, EnrolmentId, OrgId, PersonId, SectionId, TermId
from domain.rostering import Course, Enrolment, EnrolmentRole, Section


@dataclass(frozen=True, slots=True)
class SaveCourseCommand:
    """`course_id` None makes a new one."""

    actor: str
    course_id: CourseId | None
    code: str
    title: str
    org_id: OrgId
    active: bool = True


@dataclass(frozen=True, slots=True)
class SaveCourse:
    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: SaveCourseCommand) -> Course:
        """Raises: Invalid, Conflict (it should end, but has active sections), NotFound."""
        with self.units() as unit:
            before = unit.roster.course(command.course_id) if command.course_id else None
            course_id = before.id if before else CourseId(self.new_id())
            course = Course(
                course_id,
                before.source_id if before else local_source(course_id),
                needed("code", command.code),
                needed("title", command.title),
                unit.roster.org(command.org_id).id,
                command.active,
            )
            if course != before:
                _check_course(unit, course)
                unit.roster.put_courses([course])
                verb = "edited" if before else "made"
                unit.audit.record(
                    Deed(command.actor, verb, f"course:{course.id}", course.code, self.clock.now())
                )
                unit.commit()
        return course


def _check_course(unit: UnitOfWork, course: Course) -> None:
    if not course.active:
        found = unit.directory.count_sections(SectionSearch(course_id=course.id))
        require_empty(found, "sections")
        return
    others = [one.code for one in unit.roster.courses() if one.active and one.id != course.id]
    require_free("code", course.code, others, "course")


@dataclass(frozen=True, slots=True)
class SaveSectionCommand:
    """`title` is the Section Title, which must equal the Canvas Course Code."""

    actor: str
    section_id: SectionId | None
    title: str
    code: str
    course_id: CourseId
    term_id: TermId
    active: bool = True


@dataclass(frozen=True, slots=True)
class SaveSection:
    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: SaveSectionCommand) -> Section:
        """The org is that of the course. Raises: Invalid, NotFound."""
        with self.units() as unit:
            before = unit.roster.section(command.section_id) if command.section_id else None
            section = self._section(unit, command, before)
            if section != before:
                if section.active:
                    titled = unit.roster.sections_titled(section.title)
                    same_term = [one for one in titled if one.term_id == section.term_id]
                    others = [one.title for one in same_term if one.id != section.id]
                    require_free("title", section.title, others, "section of this term")
                unit.roster.put_sections([section])
                verb, at = "edited" if before else "made", self.clock.now()
                unit.audit.record(
                    Deed(command.actor, verb, f"section:{section.id}", section.title, at)
                )
                unit.commit()
        return section

    def _section(
        self, unit: UnitOfWork, command: SaveSectionCommand, before: Section | None
    ) -> Section:
        section_id = before.id if before else SectionId(self.new_id())
        title = needed("title", command.title)
        course = unit.roster.course(command.course_id)
        moved = before is None or before.course_id != course.id
        made = Section(
            section_id,
            before.source_id if before else local_source(section_id),
            title,
            " ".join(command.code.split()) or title,
            course.id,
            course.org_id if moved else before.org_id if before else course.org_id,
            unit.roster.term(command.term_id).id,
            command.active,
        )
        return made if before is None else _with_told(made, before)


def _with_told(section: Section, before: Section) -> Section:
    """What the form does not ask for stays as a roster told it; dates end with another term."""
    dated = section.term_id == before.term_id
    return replace(
        section,
        mode=before.mode,
        location=before.location,
        starts_on=before.starts_on if dated else None,
        ends_on=before.ends_on if dated else None,
    )


@dataclass(frozen=True, slots=True)
class EnrolCommand:
    actor: str
    section_id: SectionId
    person_id: PersonId
    role: EnrolmentRole


@dataclass(frozen=True, slots=True)
class Enrol:
    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: EnrolCommand) -> bool:
        """Whether anything changed: twice changes nothing. The role comes with it at once.

        Raises:
            Invalid: the section or the person has ended. NotFound.
        """
        now = self.clock.now()
        with self.units() as unit:
            section = unit.roster.section(command.section_id)
            person = unit.roster.person(command.person_id)
            if not section.active or not person.active:
                raise Invalid("person", "the section or the person has ended.")
            if unit.roster.is_enrolled(person.id, section.id, command.role):
                return False
            unit.roster.put_enrolments([self._enrolment(unit, command)])
            _told(unit, command, "enrolled", self.clock)
            take_effect(unit, person.id, now)
            unit.commit()
        return True

    def _enrolment(self, unit: UnitOfWork, command: EnrolCommand) -> Enrolment:
        """One that has ended begins again; else a new one."""
        for one in unit.directory.enrolments_in(command.section_id):
            if (one.person_id, one.role) == (command.person_id, command.role):
                return replace(one, active=True)
        made = EnrolmentId(self.new_id())
        return Enrolment(
            made, local_source(made), command.section_id, command.person_id, command.role,
            active=True,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EndEnrolment:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: EnrolCommand) -> None:
        """Scores stay. A roster that lists the enrolment begins it again. Raises NotFound."""
        with self.units() as unit:
            ending = [
                replace(one, active=False)
                for one in unit.directory.enrolments_in(command.section_id)
                if one.active and (one.person_id, one.role) == (command.person_id, command.role)
            ]
            if not ending:
                raise NotFound("This enrolment")
            unit.roster.put_enrolments(ending)
            _told(unit, command, "ended the enrolment of", self.clock)
            take_effect(unit, command.person_id, self.clock.now())
            unit.commit()


def _told(unit: UnitOfWork, command: EnrolCommand, verb: str, clock: Clock) -> None:
    where = f"{command.role} in section:{command.section_id}"
    subject = f"person:{command.person_id}"
    unit.audit.record(Deed(command.actor, verb, subject, where, clock.now()))
