"""Open a request for information, save answers, and give them."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.errors import Conflict
from application.improvement.answering import checked_answers
from application.improvement.sight import own_ask
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.viewers import Viewer
from domain.audit import Deed
from domain.ids import AskId
from domain.improvement.rfi import RfiAsk


@dataclass(frozen=True, slots=True)
class OpenRfi:
    """Whoever is asked has seen the questions; who sent them sees that.

    Raises: NotFound unless the person is asked, or teaches the section that is.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, ask_id: AskId) -> None:
        now = self.clock.now()
        with self.units() as unit:
            ask, _ = own_ask(unit, viewer, ask_id)
            if ask.opened_at is not None:
                return
            unit.rfis.save_asks([ask.opened(now)])
            unit.audit.record(Deed(viewer.actor, "opened RFI", ask.rfi_id, ask_id, now))
            unit.commit()


@dataclass(frozen=True, slots=True)
class AnswerRfiCommand:
    """`give`: those who sent it can read the answers; else only those asked can.

    What was given once stays given; later answers replace the earlier.
    """

    viewer: Viewer
    ask_id: AskId
    answers: Mapping[str, str]
    give: bool
    seen: int


@dataclass(frozen=True, slots=True)
class AnswerRfi:
    """Saving twice writes once.

    Raises:
        NotFound: like `OpenRfi`.
        Invalid: an answer is none, or a required one is missing when they are given.
        Conflict: another window, or another teacher of the section, saved since `seen`.
        IllegalMove: the request is closed.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: AnswerRfiCommand) -> RfiAsk:
        now = self.clock.now()
        with self.units() as unit:
            stored, person_id = own_ask(unit, command.viewer, command.ask_id)
            rfi = unit.rfis.get(stored.rfi_id)
            public = command.give or stored.answered_at is not None
            answers = checked_answers(rfi.questions, command.answers, complete=public)
            given = stored.answered(rfi, answers, person_id, now, give=command.give)
            if answers == stored.answers and public == (stored.answered_at is not None):
                return stored
            if command.seen != stored.version:
                raise Conflict("Other answers were saved meanwhile.")
            saved = unit.rfis.save_asks([given])[0]
            verb = "answered RFI" if public else "saved answers to RFI"
            unit.audit.record(Deed(command.viewer.actor, verb, rfi.id, stored.id, now))
            unit.commit()
        return saved
