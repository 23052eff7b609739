"""How SLOs shall stand in a place of the LMS, whatever its root account will be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from application.outcome_sync.destinations import Destination
from domain.ids import LmsAccountRef, SectionAssessmentId, SloId
from domain.outcomes.content import OutcomeContent, RatingMeaning
from domain.outcomes.found import Found
from domain.outcomes.publication import Publication
from domain.outcomes.sync_plan import FolderWish, OutcomeWish, PlanLine
from domain.outcomes.sync_planning import plan_sync, plan_unread

UNKNOWN_ROOT = LmsAccountRef("")


@dataclass(frozen=True, slots=True)
class WishedFolder:
    title: str
    guid_under: Callable[[LmsAccountRef], str]

    def under(self, root: LmsAccountRef) -> FolderWish:
        return FolderWish(self.guid_under(root), self.title, "")


@dataclass(frozen=True, slots=True)
class WishedSlo:
    """One SLO before the root account of its place is known, which its guids begin with.

    `hindrance` is a slug of `application.refusals` when it cannot be written.
    """

    slo_id: SloId
    slo_version: int
    code: str
    folder: WishedFolder
    content: OutcomeContent
    meanings: tuple[RatingMeaning, ...]
    retired: bool
    hindrance: str
    guid_under: Callable[[LmsAccountRef, int], str]

    def under(self, root: LmsAccountRef) -> OutcomeWish:
        return OutcomeWish(
            slo_id=self.slo_id,
            slo_version=self.slo_version,
            code=self.code,
            folder=self.folder.under(root),
            content=self.content,
            meanings=self.meanings,
            retired=self.retired,
            guid_of=partial(self.guid_under, root),
        )


@dataclass(frozen=True, slots=True)
class OutcomeWishes:
    """All that shall stand in one place, and what was ever sent of it.

    `work_id` None: CSLOs of courses (F24). `known` are publications of this use in all
    places of the site.
    """

    destination: Destination
    work_id: SectionAssessmentId | None
    slos: tuple[WishedSlo, ...]
    known: tuple[Publication, ...]

    def planned(self, found: Found) -> tuple[PlanLine, ...]:
        wishes = [slo.under(found.root_account) for slo in self.slos]
        return self._hindered(plan_sync(wishes, self.known, found))

    def unread(self) -> tuple[PlanLine, ...]:
        """What is known of the place without asking the LMS."""
        wishes = [slo.under(UNKNOWN_ROOT) for slo in self.slos]
        return self._hindered(plan_unread(wishes, self.known, self.destination.place))

    def _hindered(self, lines: Iterable[PlanLine]) -> tuple[PlanLine, ...]:
        reasons = {slo.slo_id: slo.hindrance for slo in self.slos if slo.hindrance}
        return tuple(
            line.blocked(reasons[line.wish.slo_id]) if line.wish.slo_id in reasons else line
            for line in lines
        )
