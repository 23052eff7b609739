"""Edit the mastery levels that the whole institution shares."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from application.errors import Invalid
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.slos.scale_book import ScaleBook
from application.use_cases.slos.keep_scales import require_steward
from application.viewers import Viewer
from domain.audit import Deed
from domain.scale import AssessmentScale, MasteryLevel

FEWEST, MOST = 2, 10


@dataclass(frozen=True, slots=True)
class MasteryDraft:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SaveMasteryCommand:
    """`levels` from lowest to highest. `threshold` is the code of the lowest level that is met."""

    viewer: Viewer
    levels: tuple[MasteryDraft, ...]
    threshold: str


@dataclass(frozen=True, slots=True)
class SavedMastery:
    """`new_versions` are codes of used scales of which a new version was made."""

    levels: tuple[MasteryLevel, ...]
    new_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaveMastery:
    """Names change everywhere; levels that a scale holds stay, in their order.

    Another threshold makes new versions of used scales, so that earlier results mean what
    they meant.

    Raises:
        Invalid: a level in use would go or change places, a code or name is missing or
        doubled, or there is no threshold. Forbidden.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: SaveMasteryCommand) -> SavedMastery:
        require_steward(command.viewer)
        wanted = _levels(command)
        with self.units() as unit:
            before = unit.curriculum.mastery_levels()
            if list(wanted) == before:
                return SavedMastery(wanted, ())
            book = ScaleBook(unit, self.new_id)
            _refuse_moves(before, wanted, book.stored)
            _put(unit, before, wanted)
            _rename(unit, book, {level.code: level for level in wanted})
            renewed = _renew(unit, self.new_id, {level.code: level for level in wanted})
            details = f"{len(wanted)} levels, threshold {command.threshold}"
            now = self.clock.now()
            deed = Deed(command.viewer.actor, "saved mastery levels", "mastery", details, now)
            unit.audit.record(deed)
            unit.commit()
            return SavedMastery(wanted, renewed)


def _levels(command: SaveMasteryCommand) -> tuple[MasteryLevel, ...]:
    drafts = [MasteryDraft(one.code.strip(), " ".join(one.name.split())) for one in command.levels]
    if not FEWEST <= len(drafts) <= MOST:
        raise Invalid("levels", f"give {FEWEST} to {MOST} mastery levels.")
    if any(not one.code or not one.name for one in drafts):
        raise Invalid("levels", "each mastery level has a code and a name.")
    for named in ([one.code for one in drafts], [one.name for one in drafts]):
        if len(named) != len(set(named)):
            raise Invalid("levels", "no two mastery levels have the same code or name.")
    codes = [one.code for one in drafts]
    if command.threshold not in codes:
        raise Invalid("threshold", "choose the level from which on an SLO is met.")
    if command.threshold == codes[0]:
        raise Invalid("threshold", "below the threshold there must be at least one level.")
    at = codes.index(command.threshold)
    return tuple(
        MasteryLevel(one.code, one.name, place, place >= at) for place, one in enumerate(drafts)
    )


def _refuse_moves(
    before: Iterable[MasteryLevel],
    wanted: Iterable[MasteryLevel],
    scales: Iterable[AssessmentScale],
) -> None:
    held = {level.mastery.code for scale in scales for level in scale.levels}
    codes = [level.code for level in wanted]
    kept = [level.code for level in before if level.code in held]
    missing = [code for code in kept if code not in codes]
    if missing:
        raise Invalid("levels", f"scales use {', '.join(missing)}; it cannot be taken away.")
    if [code for code in codes if code in kept] != kept:
        raise Invalid("levels", "levels that scales use keep their order; new ones may go between.")


def _put(
    unit: UnitOfWork, before: Iterable[MasteryLevel], wanted: tuple[MasteryLevel, ...]
) -> None:
    codes = {level.code for level in wanted}
    for level in before:
        if level.code not in codes:
            unit.curriculum.drop_mastery_level(level.code)
    unit.curriculum.put_mastery_levels(wanted)


def _rename(unit: UnitOfWork, book: ScaleBook, wanted: dict[str, MasteryLevel]) -> None:
    """Names and places are the institution's: they stand in every version of every scale."""
    renamed = [
        replace(
            scale,
            levels=tuple(
                replace(level, mastery=_named_anew(level.mastery, wanted)) for level in scale.levels
            ),
        )
        for scale in book.stored
    ]
    unit.outcomes.put_scales(renamed)


def _named_anew(mastery: MasteryLevel, wanted: dict[str, MasteryLevel]) -> MasteryLevel:
    new = wanted.get(mastery.code, mastery)
    return replace(mastery, name=new.name, position=new.position)


def _renew(unit: UnitOfWork, new_id: NewId, wanted: dict[str, MasteryLevel]) -> tuple[str, ...]:
    """Scales on which another threshold changes who has met an SLO."""
    book = ScaleBook(unit, new_id)
    renewed, changed = [], []
    for scale in book.newest.values():
        levels = tuple(
            replace(level, mastery=wanted.get(level.mastery.code, level.mastery))
            for level in scale.levels
        )
        if levels != scale.levels:
            new = book.wanted(scale.code, scale.name, levels, is_default=scale.is_default)
            changed.append(new)
            if new.id != scale.id:
                renewed.append(scale.code)
    book.write(changed)
    return tuple(renewed)
