"""How a plan comes about: our SLOs against what was sent and what is there now.

Three versions of each outcome are compared: what it shall say, what it said when it was last
sent, and what it says in the LMS now. docs/decisions/0007-outcome-states.md has the table.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.ids import SloId
from domain.outcomes.found import Found, FoundLink, FoundOutcome, OutcomePlace
from domain.outcomes.guids import is_ours, slo_named_by
from domain.outcomes.publication import Publication
from domain.outcomes.sync_plan import (
    FOLDER,
    FolderWish,
    OutcomeWish,
    PlanLine,
    Step,
    SyncState,
    changing,
)


def plan_sync(
    wishes: Sequence[OutcomeWish], known: Sequence[Publication], found: Found
) -> tuple[PlanLine, ...]:
    """One line for each SLO that matters in the place, and one for each old generation.

    `known` are the publications of these SLOs at the site for this use, those in other places
    too: their guids are taken. Applying the plan and planning again plans nothing.
    """
    past = _by_slo(known)
    return tuple(line for wish in wishes for line in _lines(wish, past[wish.slo_id], found))


def plan_unread(
    wishes: Sequence[OutcomeWish], known: Sequence[Publication], place: OutcomePlace | None
) -> tuple[PlanLine, ...]:
    """What can be told without asking the LMS: never sent, same or changed here."""
    past = _by_slo(known)
    return tuple(line for wish in wishes for line in _unread(wish, past[wish.slo_id], place))


def folder_is_renamed(wish: FolderWish, found: Found) -> bool:
    there = found.folder(wish.guid)
    return there is not None and there.title != wish.title


def homonyms(wishes: Sequence[OutcomeWish], found: Found) -> tuple[str, ...]:
    """Titles of folders and outcomes in the place that are named like ours and are not."""
    titles = {wish.folder.title for wish in wishes}
    folders = [one.title for one in found.folders if one.title in titles and not is_ours(one.guid)]
    named = {wish.content.title for wish in wishes}
    ours = {wish.slo_id for wish in wishes}
    outcomes = [
        one.content.title
        for one in found.outcomes
        if one.content.title in named and slo_named_by(one.guid) not in ours
    ]
    return tuple(dict.fromkeys((*folders, *outcomes)))


def doubled(found: Found) -> tuple[str, ...]:
    """Titles of outcomes that stand in the place twice under one of our guids.

    That comes of a call which the LMS carried out long after it had seemed to be lost.
    """
    times = Counter(one.guid for one in found.outcomes if is_ours(one.guid))
    titles = [one.content.title for one in found.outcomes if times[one.guid] > 1]
    return tuple(dict.fromkeys(titles))


def _lines(wish: OutcomeWish, past: Sequence[Publication], found: Found) -> Iterator[PlanLine]:
    own = sorted((one for one in past if one.place == found.place), key=lambda o: o.generation)
    live = [one for one in own if one.live]
    used = max((one.generation for one in past), default=0)
    case = _Case(wish, live[-1] if live else None, used + 1, found)
    yield from case.retired() if wish.retired else case.wanted()
    for other in own:
        if other is not case.sent:
            yield from replace(case, sent=other).superseded()


def _by_slo(known: Sequence[Publication]) -> Mapping[SloId, Sequence[Publication]]:
    by_slo: defaultdict[SloId, list[Publication]] = defaultdict(list)
    for one in known:
        if not one.mapped:
            by_slo[one.slo_id].append(one)
    return by_slo


def _unread(
    wish: OutcomeWish, past: Sequence[Publication], place: OutcomePlace | None
) -> Iterator[PlanLine]:
    live = [one for one in past if one.live and one.place == place]
    sent = max(live, key=lambda one: one.generation, default=None)
    if sent is None:
        if not wish.retired:
            yield _line_of(wish, SyncState.NEVER_SENT, Step.ADD)
        return
    unlike = wish.content.differences(sent.content)
    state = SyncState.CHANGED_HERE if unlike or wish.retired else SyncState.SAME
    step = Step.CHANGE if unlike else Step.NOTHING
    step = Step.REMOVE if wish.retired else step
    yield _line_of(wish, state, step, sent=sent, differences=unlike)


@dataclass(frozen=True, slots=True)
class _Case:
    """One SLO: what it shall be, what was sent of it, and the place where it stands."""

    wish: OutcomeWish
    sent: Publication | None
    unused_generation: int
    found: Found

    @property
    def generation(self) -> int:
        """Of the outcome that is meant: the one sent, else one never used before."""
        return self.sent.generation if self.sent else self.unused_generation

    @property
    def guid(self) -> str:
        return self.sent.guid if self.sent else self.wish.guid_of(self.generation)

    @property
    def there(self) -> FoundOutcome | None:
        return self.found.outcome(self.sent.outcome_ref if self.sent else None, self.guid)

    @property
    def link(self) -> FoundLink | None:
        """Where our folder shows it."""
        folder = self.found.folder(self.wish.folder.guid)
        return self.there.linked_in(folder.ref) if self.there and folder else None

    def wanted(self) -> Iterator[PlanLine]:
        there = self.there
        if there is None:
            state = SyncState.MISSING_THERE if self.sent else SyncState.NEVER_SENT
            yield self.line(state, Step.ADD)
            return
        unlike = self.wish.content.differences(there.content)
        if not unlike:
            yield self._same(there)
            return
        state = self._state(there)
        line = self.line(state, Step.CONFIRM, unlike, reason="changed-there")
        yield changing(line) if state is SyncState.CHANGED_HERE else line

    def retired(self) -> Iterator[PlanLine]:
        """Only what was sent, or bears our guid, is taken away; elsewhere it may stay."""
        if self.link is not None:
            can = self.link.can_unlink
            step, reason = (Step.REMOVE, "") if can else (Step.BLOCKED, "aligned")
            yield self.line(SyncState.CHANGED_HERE, step, reason=reason)
        elif self.sent is not None:
            state = SyncState.CHANGED_HERE if self.there else SyncState.MISSING_THERE
            yield self.line(state, Step.RECORD)

    def superseded(self) -> Iterator[PlanLine]:
        """Another generation goes where the LMS lets it; where it is in use, it stays."""
        if self.link is not None and self.link.can_unlink:
            yield self.line(SyncState.CHANGED_HERE, Step.REMOVE, reason="superseded")
        elif self.sent is not None and self.sent.live:
            yield self.line(SyncState.CHANGED_HERE, Step.RECORD, reason="superseded")

    def _same(self, there: FoundOutcome) -> PlanLine:
        if folder_is_renamed(self.wish.folder, self.found):
            return self.line(SyncState.CHANGED_HERE, Step.CHANGE, (FOLDER,))
        recorded = (
            self.sent is not None
            and self.sent.outcome_ref == there.ref
            and self.sent.slo_version == self.wish.slo_version
            and not self.sent.content.differences(there.content)
        )
        return self.line(SyncState.SAME, Step.NOTHING if recorded else Step.RECORD)

    def _state(self, there: FoundOutcome) -> SyncState:
        if self.sent is None:
            return SyncState.CHANGED_BOTH
        here = bool(self.wish.content.differences(self.sent.content))
        moved = bool(self.sent.content.differences(there.content))
        if here and moved:
            return SyncState.CHANGED_BOTH
        return SyncState.CHANGED_THERE if moved else SyncState.CHANGED_HERE

    def line(
        self, state: SyncState, step: Step, differences: tuple[str, ...] = (), *, reason: str = ""
    ) -> PlanLine:
        return PlanLine(
            wish=self.wish,
            state=state,
            step=step,
            guid=self.guid,
            generation=self.generation,
            unused_generation=self.unused_generation,
            differences=differences,
            reason=reason,
            there=self.there,
            sent=self.sent,
        )


def _line_of(
    wish: OutcomeWish,
    state: SyncState,
    step: Step,
    *,
    sent: Publication | None = None,
    differences: tuple[str, ...] = (),
) -> PlanLine:
    """A line about a place that was not read, so that no guid is known but that of `sent`."""
    guid, generation = (sent.guid, sent.generation) if sent else ("", 1)
    return PlanLine(wish, state, step, guid, generation, generation + 1, differences, "", None,
                    sent)  # fmt: skip
