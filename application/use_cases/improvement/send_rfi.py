"""Put a request for information to people, sections and orgs; close it, and open it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from application.college_rules import today
from application.errors import Forbidden, Invalid
from application.improvement.sight import ImprovementSight, kept_rfi, sight_of
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.slos.names import org_named, term_named, usual_term
from application.use_cases.improvement.keep_question_templates import org_kept
from application.use_cases.improvement.start_action_plan import offered_template, people_named
from application.viewers import Viewer, with_those_below
from domain.access import Role
from domain.audit import Deed
from domain.ids import AskId, OrgId, PersonId, RfiId, SectionId
from domain.improvement.question_template import TemplateUse
from domain.improvement.rfi import Rfi, RfiAsk
from domain.reflection import Question
from domain.rostering import Section, Term, comparable_title

_LONGEST_TITLE, _LONGEST_MESSAGE = 200, 5_000


@dataclass(frozen=True, slots=True)
class SendRfiCommand:
    """Names as people write them. Questions come from the template where one is chosen.

    `people` are Tech IDs; `sections` Titles or source ids in the term, each answered once by
    any of its teachers; `to_orgs` are codes: everybody who teaches there in the term, or is
    faculty there or below, is asked. `org` is the code of the org that asks.
    """

    viewer: Viewer
    title: str
    message: str
    due_at: datetime | None
    questions: tuple[Question, ...] = ()
    template: str = ""
    org: str = ""
    term: str = ""
    people: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    to_orgs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SendRfi:
    """Nobody is asked twice by one request, however often they are named.

    Raises:
        Invalid: a name that fits nothing of the viewer's, nobody to ask, nothing asked, or a
            due date that is over.
        Forbidden: the viewer keeps no org.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: SendRfiCommand) -> Rfi:
        now = self.clock.now()
        due_at = _checked(command, now)
        with self.units() as unit:
            sight = sight_of(unit, command.viewer)
            if not sight.keeps_any:
                raise Forbidden("Your role sends no requests for information.")
            org_id, term = org_kept(unit, sight, command.org), _term(unit, command.term, now)
            questions = _questions(unit, sight, command)
            asked = _Asked(unit, sight, org_id, term)
            people, sections = asked.people(command), asked.sections(command.sections)
            if not people and not sections:
                raise Invalid("people", "name at least one person, section or org.")
            title, message = command.title.strip(), command.message.strip()
            sender = command.viewer.person_id
            rfi = Rfi(
                RfiId(self.new_id()), title, message, org_id, term.id, questions, due_at, sender,
                now, None, 0,
            )  # fmt: skip
            unit.rfis.save(rfi)
            unit.rfis.save_asks(self._asks(rfi.id, sorted(people), sections))
            details = f"{len(people)} people, {len(sections)} sections"
            unit.audit.record(Deed(command.viewer.actor, "sent RFI", rfi.id, details, now))
            unit.commit()
        return rfi

    def _asks(
        self, rfi_id: RfiId, people: Iterable[PersonId], sections: Iterable[SectionId]
    ) -> list[RfiAsk]:
        to: list[tuple[PersonId | None, SectionId | None]] = [(one, None) for one in people]
        to += [(None, one) for one in sections]
        return [
            RfiAsk(AskId(self.new_id()), rfi_id, person, section, None, (), None, None, 0)
            for person, section in to
        ]


@dataclass(frozen=True, slots=True)
class CloseRfi:
    """Ask no more, or ask again: what was answered stays. Raises: NotFound."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, rfi_id: RfiId, *, close: bool) -> Rfi:
        now = self.clock.now()
        with self.units() as unit:
            stored = kept_rfi(unit, viewer, rfi_id)
            wanted = stored.ended(now) if close else stored.reopened()
            if wanted == stored:
                return stored
            saved = unit.rfis.save(wanted)
            verb = "closed RFI" if close else "reopened RFI"
            unit.audit.record(Deed(viewer.actor, verb, rfi_id, "", now))
            unit.commit()
        return saved


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who is asked; all of them lie within what the viewer keeps."""

    unit: UnitOfWork
    sight: ImprovementSight
    org_id: OrgId | None
    term: Term

    def people(self, command: SendRfiCommand) -> frozenset[PersonId]:
        named = people_named(self.unit, command.people)
        if named and not self.sight.keeps_all:
            near = self._faculty(self.sight.orgs)
            for person_id in sorted(named - near):
                tech_id = self.unit.roster.person(person_id).tech_id
                raise Invalid("people", f"'{tech_id}' neither teaches in your orgs nor is of them.")
        orgs: set[OrgId] = set()
        for name in command.to_orgs:
            org = org_named(self.unit, name, "to_orgs")
            if not self.sight.keeps(org.id):
                raise Invalid("to_orgs", f"'{name}' is not of your orgs.")
            orgs.add(org.id)
        everybody = self._faculty(with_those_below(self.unit.roster.orgs(), orgs))
        if orgs and not everybody:
            raise Invalid("to_orgs", f"nobody teaches there in {self.term.name}.")
        return named | everybody

    def sections(self, names: tuple[str, ...]) -> list[SectionId]:
        here = {
            key: one.id
            for one in self._sections()
            for key in (one.source_id, comparable_title(one.title))
        }
        found = []
        for name in names:
            title = comparable_title(name)
            if title not in here:
                cure = f"no section of {self.term.name} in your orgs is called '{name}'."
                raise Invalid("sections", cure)
            found.append(here[title])
        alone = [one for one in found if not self.unit.standings.teachers([one])]
        if alone:
            title = self.unit.roster.section(alone[0]).title
            raise Invalid("sections", f"nobody teaches '{title}', so nobody could answer.")
        return list(dict.fromkeys(found))

    def _sections(self) -> list[Section]:
        courses = {one.id for one in self.unit.roster.courses() if self.sight.keeps(one.org_id)}
        term = self.unit.standings.sections_of(self.term.id)
        return [one for one in term if one.course_id in courses]

    def _faculty(self, orgs: frozenset[OrgId]) -> frozenset[PersonId]:
        """Who teaches in these orgs in the term, and who holds a role in one of them."""
        courses = {one.id for one in self.unit.roster.courses() if one.org_id in orgs}
        sections = [one.id for one in self._sections() if one.course_id in courses]
        teaching = self.unit.standings.teachers(sections)
        found = {person.id for people in teaching.values() for person in people}
        return frozenset(found | _holders(self.unit, orgs))


def _holders(unit: UnitOfWork, orgs: frozenset[OrgId]) -> set[PersonId]:
    """Active people to whom the faculty role was granted in one of these orgs."""
    held = {one.person_id for one in unit.directory.grants_in(orgs) if one.role is Role.FACULTY}
    return {person.id for person in unit.roster.people(held).values() if person.active}


def _checked(command: SendRfiCommand, now: datetime) -> datetime:
    title, message = command.title.strip(), command.message.strip()
    if not title or len(title) > _LONGEST_TITLE:
        raise Invalid("title", f"write at most {_LONGEST_TITLE} characters.")
    if len(message) > _LONGEST_MESSAGE:
        raise Invalid("message", f"write at most {_LONGEST_MESSAGE:,} characters.")
    if command.due_at is None:
        raise Invalid("due", "say by when you need the answers.")
    if command.due_at < now:
        raise Invalid("due", "this day is over.")
    return command.due_at


def _term(unit: UnitOfWork, name: str, now: datetime) -> Term:
    term = term_named(unit, name) if name else usual_term(unit, today(unit.settings, now))
    if term is None:
        raise Invalid("term", "there is no term yet; a Data Steward loads a roster first.")
    return term


def _questions(
    unit: UnitOfWork, sight: ImprovementSight, command: SendRfiCommand
) -> tuple[Question, ...]:
    if command.template:
        return offered_template(unit, sight, TemplateUse.RFI, command.template)
    if not command.questions:
        raise Invalid("prompt-1", "ask at least one question, or choose a template.")
    return command.questions
