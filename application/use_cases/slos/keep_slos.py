"""Make, edit, retire and reinstate SLOs."""

from dataclasses import dataclass, fields, replace

from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.slos.book import SloBook, SloChange
from application.slos.fields import (
    Descriptors,
    described,
    free_code,
    owner_of,
    statement_of,
    title_of,
)
from application.slos.keeper import keeper_of
from application.viewers import Viewer
from domain.audit import Deed
from domain.ids import SloId
from domain.slo import Edit, Slo, SloKind, SloState


@dataclass(frozen=True, slots=True)
class NewSloCommand:
    """`course` and `org` are ids or codes, empty where the kind has none."""

    viewer: Viewer
    kind: SloKind
    code: str
    course: str
    org: str
    title: str
    statement: str
    state: SloState = SloState.ACTIVE


@dataclass(frozen=True, slots=True)
class NewSlo:
    """Raises Invalid, naming the field; Forbidden for an org that is not the viewer's."""

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: NewSloCommand) -> SloId:
        with self.units() as unit:
            keeper = keeper_of(unit, command.viewer)
            slo = Slo(
                SloId(self.new_id()),
                free_code(unit, command.code, None),
                command.kind,
                *owner_of(unit, command.kind, command.course, command.org),
                title_of(command.title),
                statement_of(command.statement),
                command.state,
                1,
            )
            keeper.require(slo)
            at = self.clock.now()
            SloBook(unit, at).write([SloChange(None, slo)])
            details = f"{slo.kind} {slo.code}, {slo.state}"
            deed = Deed(command.viewer.actor, "created SLO", f"slo:{slo.id}", details, at)
            unit.audit.record(deed)
            unit.commit()
            return slo.id


@dataclass(frozen=True, slots=True)
class EditSloCommand:
    """None leaves a field as it is. `edit` says what other words mean.

    `seen` is the stamp of the SLO as it was shown; None where nobody looked first.
    """

    viewer: Viewer
    slo_id: SloId
    edit: Edit
    code: str | None = None
    title: str | None = None
    statement: str | None = None
    descriptors: Descriptors | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class EditSlo:
    """Answers the SLO as it is now.

    Raises:
        NotFound. Forbidden: of an org that is not the viewer's. Invalid, naming the field.
        Conflict: somebody changed it since it was seen.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: EditSloCommand) -> Slo:
        with self.units() as unit:
            at = self.clock.now()
            book = SloBook(unit, at)
            before = book.seen(command.slo_id, command.seen)
            keeper_of(unit, command.viewer).require(before)
            after = _edited(unit, before, command)
            if after != before:
                book.write([SloChange(before, after)])
                details = what_changed(before, after)
                deed = Deed(command.viewer.actor, "edited SLO", f"slo:{after.id}", details, at)
                unit.audit.record(deed)
                unit.commit()
            return after


@dataclass(frozen=True, slots=True)
class ChangeSloStateCommand:
    viewer: Viewer
    slo_id: SloId
    state: SloState


@dataclass(frozen=True, slots=True)
class ChangeSloState:
    """Bring into use, retire, reinstate; again changes nothing.

    Raises:
        NotFound, Forbidden. IllegalMove: back to draft.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: ChangeSloStateCommand) -> Slo:
        with self.units() as unit:
            at = self.clock.now()
            book = SloBook(unit, at)
            before = book.seen(command.slo_id, None)
            keeper_of(unit, command.viewer).require(before)
            after = before.moved(command.state)
            if after != before:
                book.write([SloChange(before, after)])
                verb, details = "changed state of SLO", f"{before.state} to {after.state}"
                unit.audit.record(Deed(command.viewer.actor, verb, f"slo:{after.id}", details, at))
                unit.commit()
            return after


def what_changed(before: Slo, after: Slo) -> str:
    """Names of the fields, and which version replaces which."""
    changed = [
        field.name
        for field in fields(Slo)
        if field.name != "version" and getattr(before, field.name) != getattr(after, field.name)
    ]
    named = ", ".join(changed)
    if after.version == before.version:
        return named
    return f"{named}; version {after.version} replaces {before.version}"


def _edited(unit: UnitOfWork, before: Slo, command: EditSloCommand) -> Slo:
    title = before.title if command.title is None else title_of(command.title)
    statement = before.statement if command.statement is None else statement_of(command.statement)
    after = before.said_as(title, statement, command.edit)
    if command.code is not None and command.code.strip() != before.code:
        after = replace(after, code=free_code(unit, command.code, before.id))
    if command.descriptors is not None:
        after = described(unit, after, command.descriptors)
    return after
