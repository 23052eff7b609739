"""A simple model of a place of the LMS, in which a plan can be carried out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial

from domain.ids import (
    CourseId,
    LmsAccountRef,
    LmsFolderRef,
    LmsOutcomeRef,
    PublicationId,
    SiteId,
    SloId,
)
from domain.outcomes.content import OutcomeContent, OutcomeScale, Rating
from domain.outcomes.found import (
    Found,
    FoundFolder,
    FoundLink,
    FoundOutcome,
    OutcomePlace,
    PlaceKind,
)
from domain.outcomes.guids import course_folder_guid, slo_guid
from domain.outcomes.publication import Publication
from domain.outcomes.sync_plan import DOING, WRITING, FolderWish, OutcomeWish, PlanLine, Step
from domain.outcomes.sync_planning import plan_sync
from tests.stand_ins import NOON

ROOT_ACCOUNT = LmsAccountRef("1")
PLACE = OutcomePlace(PlaceKind.ACCOUNT, "42")
OURS, ELSEWHERE = LmsFolderRef("ours"), LmsFolderRef("elsewhere")
FOLDER = FolderWish(course_folder_guid(ROOT_ACCOUNT, CourseId("engl101")), "ENGL 101 Essays", "")


def saying(title: str = "Thesis", *, top: int = 4) -> OutcomeContent:
    ratings = (Rating(Decimal(top), "Exceeds"), Rating(Decimal(2), "Meets"))
    return OutcomeContent(title, title, f"About {title}.", OutcomeScale(ratings, Decimal(2)))


def a_wish(title: str = "Thesis", *, slo: str = "thesis", **changes: object) -> OutcomeWish:
    slo_id = SloId(slo)
    guid_of = partial(slo_guid, ROOT_ACCOUNT, slo_id)
    wish = OutcomeWish(slo_id, 1, slo.upper(), FOLDER, saying(title), (), False, guid_of)
    return replace(wish, **changes)  # type: ignore[arg-type] # fields of a wish


@dataclass
class ModelPlace:
    """`here` is what stands in the place, `known` what our records say of it."""

    folder_title: str | None = None
    here: dict[str, FoundOutcome] = field(default_factory=dict)
    known: dict[str, Publication] = field(default_factory=dict)
    refs: int = 0

    def found(self) -> Found:
        root = FoundFolder(LmsFolderRef("root"), "", "College", "", None)
        folders = [root, FoundFolder(ELSEWHERE, "", "Elsewhere", "", root.ref)]
        if self.folder_title is not None:
            folders.append(FoundFolder(OURS, FOLDER.guid, self.folder_title, "", root.ref))
        outcomes = tuple(self.here.values())
        return Found(PLACE, ROOT_ACCOUNT, tuple(folders), outcomes, mastery_scales=False)

    def plan(self, *wishes: OutcomeWish) -> tuple[PlanLine, ...]:
        return plan_sync(wishes, list(self.known.values()), self.found())

    def line(self, wish: OutcomeWish) -> PlanLine:
        (line,) = self.plan(wish)
        return line

    def sent(self, wish: OutcomeWish, generation: int = 1) -> "ModelPlace":
        """As it is after the wish was sent."""
        guid = wish.guid_of(generation)
        self.folder_title = wish.folder.title
        self._put(guid, wish.content)
        self._publish(guid, wish, generation, live=True)
        return self

    def now(self, guid: str, **changes: object) -> "ModelPlace":
        """Somebody did something to the outcome in the LMS."""
        self.here[guid] = replace(self.here[guid], **changes)  # type: ignore[arg-type] # its fields
        return self

    def apply(self, lines: Iterable[PlanLine]) -> None:
        for line in lines:
            if line.step in DOING:
                self._do(line)

    def _do(self, line: PlanLine) -> None:
        if line.step in WRITING:
            self.folder_title = line.wish.folder.title
            self._put(line.guid, line.wish.content)
        if line.step is Step.REMOVE:
            self._unlink(line.guid)
        if line.step is Step.REPLACE and line.sent:
            self._supersede(line.sent)
        gone = line.wish.retired or line.reason == "superseded"
        if line.guid in self.here and not gone:
            self._publish(line.guid, line.wish, line.generation, live=True)
        elif line.guid in self.known:
            self.known[line.guid] = replace(self.known[line.guid], live=False)

    def _supersede(self, sent: Publication) -> None:
        self.known[sent.guid] = replace(self.known[sent.guid], live=False)
        old = next((one for one in self.here.values() if one.ref == sent.outcome_ref), None)
        link = old.linked_in(OURS) if old else None
        if old and link and link.can_unlink:
            self._unlink(old.guid)

    def _put(self, guid: str, content: OutcomeContent) -> None:
        if guid in self.here:
            self.here[guid] = replace(self.here[guid], content=content)
            return
        self.refs += 1
        links = (FoundLink(OURS, can_unlink=True),)
        self.here[guid] = FoundOutcome(
            LmsOutcomeRef(str(self.refs)), guid, content, False, True, True, links
        )  # fmt: skip

    def _unlink(self, guid: str) -> None:
        links = tuple(one for one in self.here[guid].links if one.folder_ref != OURS)
        if links:
            self.now(guid, links=links)
        else:
            del self.here[guid]

    def _publish(self, guid: str, wish: OutcomeWish, generation: int, *, live: bool) -> None:
        self.known[guid] = Publication(
            PublicationId(guid), SiteId("main"), wish.slo_id, PLACE, None, guid, generation,
            wish.slo_version, self.here[guid].ref, self.here[guid].content, (), live,
            False, NOON, None, 1,
        )  # fmt: skip


def steps(lines: Sequence[PlanLine]) -> list[Step]:
    return [line.step for line in lines]
