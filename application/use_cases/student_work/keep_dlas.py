"""Make a DLA, change it, take it out of use and back."""

from dataclasses import dataclass, replace

from application.errors import Conflict, Invalid
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.student_work.desk import own_dla
from domain.audit import Deed
from domain.dla import Dla
from domain.errors import NonsenseValue
from domain.ids import DlaId, PersonId, SloId
from domain.web_link import links_from


@dataclass(frozen=True, slots=True)
class SaveDlaCommand:
    """`dla_id` None makes a new one. `links` holds one a line, as people write them."""

    actor_id: PersonId
    dla_id: DlaId | None
    title: str
    instructions: str
    links: str = ""
    hand_in: str = ""
    slo_id: SloId | None = None
    seen: int = 0


@dataclass(frozen=True, slots=True)
class SaveDla:
    """Students who have it read the changed words at once.

    Raises:
        NotFound: it is not the person's own.
        Invalid: a field is missing or no link; the field is named.
        Conflict: it was changed since `seen`, in another window.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: SaveDlaCommand) -> Dla:
        with self.units() as unit:
            stored = _stored(unit, command)
            wanted = self._written(unit, stored, command)
            if wanted == stored:
                return wanted
            if stored and stored.version != command.seen:
                raise Conflict("You changed this DLA meanwhile, in another window.")
            saved = unit.dlas.save(wanted)
            verb = "changed DLA" if stored else "made DLA"
            unit.audit.record(Deed(command.actor_id, verb, saved.id, "", self.clock.now()))
            unit.commit()
        return saved

    def _written(self, unit: UnitOfWork, stored: Dla | None, command: SaveDlaCommand) -> Dla:
        if command.slo_id and not unit.outcomes.slos_by_id([command.slo_id]):
            raise Invalid("slo", "choose one of those listed.")
        title, told = command.title.strip(), command.instructions.strip()
        if not title:
            raise Invalid("title", "give the DLA a title.")
        if not told:
            raise Invalid("instructions", "say what the student does.")
        try:
            links = links_from(command.links)
        except NonsenseValue as wrong:
            raise Invalid("links", str(wrong)) from wrong
        hand_in, slo_id = command.hand_in.strip(), command.slo_id
        if stored:
            return replace(
                stored, title=title, instructions=told, links=links, hand_in=hand_in, slo_id=slo_id
            )
        return Dla(
            DlaId(self.new_id()), command.actor_id, title, told, links, hand_in, slo_id,
            self.clock.now(), None, 0,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RetireDla:
    """Out of use, or back. Whoever has it keeps it. Raises NotFound."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, actor_id: PersonId, dla_id: DlaId, *, retired: bool) -> None:
        now = self.clock.now()
        with self.units() as unit:
            stored = own_dla(unit, actor_id, dla_id)
            wanted = stored.retired(now if retired else None)
            if wanted == stored:
                return
            unit.dlas.save(wanted)
            verb = "retired DLA" if retired else "restored DLA"
            unit.audit.record(Deed(actor_id, verb, dla_id, "", now))
            unit.commit()


def _stored(unit: UnitOfWork, command: SaveDlaCommand) -> Dla | None:
    return own_dla(unit, command.actor_id, command.dla_id) if command.dla_id else None
