"""How a synchronisation of outcomes stands, SLO by SLO, from the rows that the job writes."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.outcome_sync.own_runs import own_run
from application.outcome_sync.undo import undoable
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.refusals import outcome_sentence
from application.viewers import Viewer
from domain.ids import SiteId, SyncRunId
from domain.lms_site import LmsSite
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.outcomes.sync_plan import Step
from domain.outcomes.sync_run import ItemState, SyncItem, SyncRun, Upload


@dataclass(frozen=True, slots=True)
class SyncLine:
    item: SyncItem

    @property
    def reason(self) -> str:
        """The slug alone; empty when nothing is wrong."""
        return self.item.reason.partition(":")[0]

    @property
    def lms_words(self) -> str:
        """What the LMS said about the row, in its own words."""
        return self.item.reason.partition(":")[2]

    @property
    def sentence(self) -> str:
        said = outcome_sentence(self.reason) if self.reason else ""
        return f"{said} Canvas says: {self.lms_words}" if self.lms_words else said


@dataclass(frozen=True, slots=True)
class SyncFolder:
    """The outcomes of one course, or of one assessment in a section, in one place."""

    title: str
    place: str
    """The account's name where an org is paired with it, else what it is and its number."""
    lines: tuple[SyncLine, ...]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """`cannot_undo` says why the run cannot be taken back; empty when it can."""

    run: SyncRun
    site: LmsSite
    lines: tuple[SyncLine, ...]
    uploads: tuple[Upload, ...]
    accounts: Mapping[str, str]
    """Names of accounts that orgs are paired with, by place."""
    cannot_undo: str

    @property
    def folders(self) -> tuple[SyncFolder, ...]:
        """By title, then place."""
        found: dict[tuple[str, str], list[SyncLine]] = {}
        for line in self.lines:
            found.setdefault((line.item.folder.title, self._named(line)), []).append(line)
        return tuple(SyncFolder(*key, tuple(found[key])) for key in sorted(found))

    def _named(self, line: SyncLine) -> str:
        place = line.item.place
        return self.accounts.get(str(place), f"Canvas {place.kind} {place.ref}")

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def settled(self) -> int:
        return sum(not line.item.is_open for line in self.lines)

    @property
    def reached(self) -> int:
        """Settled ones, and those of uploads as far as the LMS says that it worked through."""
        worked = sum(len(one.item_ids) * one.done // 100 for one in self.uploads if not one.settled)
        return min(self.settled + worked, self.total)

    @property
    def failed(self) -> int:
        return sum(line.item.state is ItemState.FAILED for line in self.lines)

    @property
    def waiting_for(self) -> str:
        return outcome_sentence(self.run.reason) if self.run.reason else ""

    def done(self, step: Step) -> int:
        """How many were added, changed, and so on."""
        done = [line.item for line in self.lines if line.item.state is ItemState.DONE]
        return sum(item.step is step for item in done)


@dataclass(frozen=True, slots=True)
class ReadSyncReport:
    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, run_id: SyncRunId) -> SyncReport:
        """Raises: NotFound when the run is not there or not for the viewer."""
        with self.units(write=False) as unit:
            run = own_run(unit, viewer, run_id)
            lines = tuple(SyncLine(item) for item in unit.sync_runs.items(run_id))
            return SyncReport(
                run=run,
                site=unit.sites.get(run.site_id),
                lines=lines,
                uploads=tuple(unit.sync_runs.uploads(run_id)),
                accounts=_accounts(unit, run.site_id),
                cannot_undo=undoable(unit, run),
            )


def _accounts(unit: UnitOfWork, site_id: SiteId) -> dict[str, str]:
    pairings = unit.pairings.orgs(site_id).values()
    return {
        str(OutcomePlace(PlaceKind.ACCOUNT, one.account_ref)): one.account_name
        for one in pairings
        if one.account_name
    }
