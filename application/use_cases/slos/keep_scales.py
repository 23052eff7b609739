"""Make and edit scales, and choose the default; a used scale gets a new version."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from application.errors import Forbidden, Invalid
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWorkFactory
from application.slos.scale_book import ScaleBook
from application.viewers import Viewer
from domain.audit import Deed
from domain.ids import ScaleId
from domain.scale import AssessmentScale, MasteryLevel, ScoreLevel

_LONGEST = 200
_NO_MASTERY = (
    "none is there yet: make the mastery levels of the college first (the page Scales, or"
    " `attain scale mastery --help`)."
)


class ScaleOutcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    NEW_VERSION = "new-version"
    """Assessments use the former version, which stays as it is."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class LevelDraft:
    """`mastery` is the code of a mastery level."""

    points: Decimal
    label: str
    descriptor: str
    mastery: str


@dataclass(frozen=True, slots=True)
class SaveScaleCommand:
    """`scale_id` None: a new scale. Levels may stand in any order."""

    viewer: Viewer
    scale_id: ScaleId | None
    code: str
    name: str
    levels: tuple[LevelDraft, ...]


@dataclass(frozen=True, slots=True)
class SavedScale:
    scale: AssessmentScale
    outcome: ScaleOutcome


@dataclass(frozen=True, slots=True)
class SaveScale:
    """Raises Invalid, naming the field; NonsenseValue: levels that make no scale; Forbidden."""

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: SaveScaleCommand) -> SavedScale:
        require_steward(command.viewer)
        with self.units() as unit:
            book = ScaleBook(unit, self.new_id)
            before = _edited(book, command)
            code = before.code if before else _new_code(command.code, book)
            mastery = {level.code: level for level in unit.curriculum.mastery_levels()}
            levels = tuple(
                _level(draft, mastery) for draft in sorted(command.levels, key=_by_points)
            )
            wanted = book.wanted(
                code,
                _text("name", command.name),
                levels,
                is_default=before.is_default if before else not book.stored,
            )
            outcome = _outcome(before, wanted)
            if outcome is not ScaleOutcome.SAME:
                book.write([wanted])
                details = f"{wanted.code} version {wanted.version}, {outcome}"
                actor, now = command.viewer.actor, self.clock.now()
                unit.audit.record(Deed(actor, "saved scale", f"scale:{wanted.id}", details, now))
                unit.commit()
            return SavedScale(wanted, outcome)


@dataclass(frozen=True, slots=True)
class MakeDefaultScale:
    """The newest version of the scale with this code becomes the default; again is harmless.

    Raises:
        Invalid: no scale has the code. Forbidden.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, viewer: Viewer, code: str) -> AssessmentScale:
        require_steward(viewer)
        with self.units() as unit:
            book = ScaleBook(unit, self.new_id)
            if code not in book.newest:
                raise Invalid("scale", f"no scale has the code {code}.")
            scale = replace(book.newest[code], is_default=True)
            if scale != book.newest[code]:
                book.write([scale])
                deed = Deed(
                    viewer.actor, "made scale default", f"scale:{scale.id}", code, self.clock.now()
                )
                unit.audit.record(deed)
                unit.commit()
            return scale


def require_steward(viewer: Viewer) -> None:
    if not viewer.sees_all:
        raise Forbidden("Scales and mastery levels are kept by Data Stewards.")


def _edited(book: ScaleBook, command: SaveScaleCommand) -> AssessmentScale | None:
    if command.scale_id is None:
        return None
    found = {scale.id: scale for scale in book.newest.values()}.get(command.scale_id)
    if found is None:
        cure = "a newer version of this scale was made; load the page again."
        raise Invalid("scale", cure)
    return found


def _new_code(written: str, book: ScaleBook) -> str:
    code = _text("code", written)
    if code in book.newest:
        raise Invalid("code", f"another scale has the code {code}; give this one its own.")
    return code


def _text(field: str, written: str) -> str:
    text = " ".join(written.split())
    if not text or len(text) > _LONGEST:
        raise Invalid(field, f"give it 1 to {_LONGEST} characters.")
    return text


def _by_points(draft: LevelDraft) -> Decimal:
    return draft.points


def _level(draft: LevelDraft, mastery: dict[str, MasteryLevel]) -> ScoreLevel:
    if draft.mastery not in mastery:
        known = f"there are: {', '.join(mastery)}." if mastery else _NO_MASTERY
        raise Invalid("levels", f"there is no mastery level {draft.mastery}; {known}")
    label = _text("levels", draft.label)
    return ScoreLevel(draft.points, label, draft.descriptor.strip(), mastery[draft.mastery])


def _outcome(before: AssessmentScale | None, wanted: AssessmentScale) -> ScaleOutcome:
    if before is None:
        return ScaleOutcome.CREATED
    if wanted == before:
        return ScaleOutcome.SAME
    return ScaleOutcome.CHANGED if wanted.id == before.id else ScaleOutcome.NEW_VERSION
