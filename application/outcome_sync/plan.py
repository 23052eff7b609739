"""A plan of synchronisation over one or several places, as a person reviews it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from application.refusals import outcome_sentence
from domain.ids import SectionAssessmentId, SloId
from domain.lms_site import LmsSite
from domain.outcomes.found import Found, OutcomePlace
from domain.outcomes.sync_plan import DOING, WRITING, PlanLine, Step, SyncState
from domain.outcomes.sync_planning import doubled, homonyms

STOPPING = frozenset({"no-right", "no-scope", "unauthorised"})
_OFFERED = WRITING | {Step.CONFIRM}


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Something in the way. What stops must be mended; all else must be accepted by slug."""

    slug: str
    stops: bool
    details: tuple[str, ...]
    """Names of places, or titles, without people."""

    @property
    def sentence(self) -> str:
        return outcome_sentence(self.slug)


@dataclass(frozen=True, slots=True)
class PlannedFolder:
    """The outcomes of one course, or of one assessment in a section."""

    title: str
    lines: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class PlannedPlace:
    """`place` None: courses without a destination. `unread`: why the LMS could not be asked.

    Lines of an unread place say what our own records know.
    """

    place: OutcomePlace | None
    name: str
    lines: tuple[PlanLine, ...]
    unread: str
    hindrances: tuple[Hindrance, ...]

    @property
    def folders(self) -> tuple[PlannedFolder, ...]:
        """By title; each line under the folder of its course or assessment."""
        by_folder: dict[tuple[str, str], list[PlanLine]] = {}
        for line in self.lines:
            folder = line.wish.folder
            by_folder.setdefault((folder.title, folder.guid), []).append(line)
        return tuple(PlannedFolder(key[0], tuple(by_folder[key])) for key in sorted(by_folder))


@dataclass(frozen=True, slots=True)
class OutcomesPlan:
    site: LmsSite
    work_id: SectionAssessmentId | None
    places: tuple[PlannedPlace, ...]

    @property
    def lines(self) -> tuple[PlanLine, ...]:
        return tuple(line for place in self.places for line in place.lines)

    @property
    def unread(self) -> str:
        """Why some place could not be asked; empty when all were."""
        return next((place.unread for place in self.places if place.unread), "")

    @property
    def hindrances(self) -> tuple[Hindrance, ...]:
        """Those of all places, one of each slug."""
        merged: dict[str, Hindrance] = {}
        for one in (one for place in self.places for one in place.hindrances):
            before = merged[one.slug].details if one.slug in merged else ()
            merged[one.slug] = Hindrance(one.slug, one.stops, (*before, *one.details))
        return tuple(merged.values())

    @property
    def sends(self) -> bool:
        """Whether there is anything to do without confirming anything."""
        return any(line.step in DOING for line in self.lines)

    def counted(self, step: Step) -> int:
        return sum(line.step is step for line in self.lines)

    def standing(self, state: SyncState) -> int:
        return sum(line.state is state for line in self.lines)

    def chosen(
        self, slo_ids: Collection[SloId] | None, overwrite: Collection[SloId]
    ) -> list[tuple[OutcomePlace, PlanLine]]:
        """What is to be done: of these SLOs or of all; overwriting where it was confirmed."""
        return [
            (place.place, line)
            for place in self.places
            if place.place is not None
            for line in _confirmed(place.lines, overwrite)
            if line.step in DOING and (slo_ids is None or line.wish.slo_id in slo_ids)
        ]


def hindrances_at(
    name: str, lines: Iterable[PlanLine], found: Found, *, includes_kept: bool
) -> Iterator[Hindrance]:
    """What spoils the result in a place that was read."""
    offered = [line for line in lines if line.step in _OFFERED]
    if found.mastery_scales and offered:
        yield Hindrance("mastery-scales", stops=False, details=(name,))
    if not includes_kept and offered:
        yield Hindrance("stripped-includes", stops=False, details=())
    if titles := doubled(found):
        yield Hindrance("doubled", stops=False, details=titles)
    added = [line.wish for line in offered if line.step in {Step.ADD, Step.REPLACE}]
    if titles := homonyms(added, found):
        yield Hindrance("same-name", stops=False, details=titles)


def _confirmed(lines: Iterable[PlanLine], overwrite: Collection[SloId]) -> Iterator[PlanLine]:
    for line in lines:
        yield line.confirmed() if line.wish.slo_id in overwrite else line
