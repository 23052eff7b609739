"""One request for information: its answers in one table, and one copy to answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.improvement.sight import kept_rfi, own_ask
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.improvement.rfi_list import counts_of
from application.viewers import Viewer
from domain.ids import AskId, PersonId, RfiId
from domain.improvement.rfi import AskState, Rfi, RfiAsk
from domain.rostering import Person


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """`answers` are those given, in the order of the questions; saved ones do not show."""

    asked: str
    """A person's name or a section's Title."""
    tech_id: str
    """Empty for a section."""
    state: AskState
    answered_by: str
    ask: RfiAsk
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RfiView:
    rfi: Rfi
    org: str
    term: str
    sent_by: str
    lines: tuple[AnswerLine, ...]
    counts: Mapping[AskState, int]

    @property
    def awaited(self) -> int:
        return sum(self.counts[one] for one in (AskState.SENT, AskState.OPENED, AskState.OVERDUE))


@dataclass(frozen=True, slots=True)
class RfiPage:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, rfi_id: RfiId) -> RfiView:
        """Raises: NotFound unless the viewer keeps the org that sent it."""
        now = self.clock.now()
        with self.units(write=False) as unit:
            rfi = kept_rfi(unit, viewer, rfi_id)
            asks = unit.rfis.asks_of([rfi_id])
            ids = {one for ask in asks for one in (ask.person_id, ask.answered_by) if one}
            people = unit.roster.people([*ids, *([rfi.sent_by] if rfi.sent_by else [])])
            lines = [_line(unit, rfi, ask, people, ask.state(rfi, now)) for ask in asks]
            org = unit.roster.org(rfi.org_id).name if rfi.org_id else ""
            term = unit.roster.term(rfi.term_id).name
        sent_by = people[rfi.sent_by].full_name if rfi.sent_by in people else "the command line"
        lines.sort(key=lambda line: (line.tech_id == "", line.asked, line.ask.id))
        return RfiView(rfi, org, term, sent_by, tuple(lines), counts_of(rfi, asks, now))


@dataclass(frozen=True, slots=True)
class AskView:
    """`texts` are what was saved or given, by question id."""

    ask: RfiAsk
    rfi: Rfi
    state: AskState
    section: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AskPage:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, ask_id: AskId) -> AskView:
        """Raises: NotFound unless it is put to the viewer, or to a section that they teach."""
        with self.units(write=False) as unit:
            ask, _ = own_ask(unit, viewer, ask_id)
            rfi = unit.rfis.get(ask.rfi_id)
            section = unit.roster.section(ask.section_id).title if ask.section_id else ""
        return AskView(ask, rfi, ask.state(rfi, self.clock.now()), section, ask.texts)


def _line(
    unit: UnitOfWork, rfi: Rfi, ask: RfiAsk, people: Mapping[PersonId, Person], state: AskState
) -> AnswerLine:
    given = ask.texts if ask.answered_at else {}
    by = people[ask.answered_by].full_name if ask.answered_by else ""
    answers = tuple(given.get(question.id, "") for question in rfi.questions)
    if ask.section_id:
        title = unit.roster.section(ask.section_id).title
        return AnswerLine(title, "", state, by, ask, answers)
    person = people[ask.person_id or PersonId("")]
    return AnswerLine(person.list_name, person.tech_id, state, by, ask, answers)
