"""The latest synchronisations of outcomes."""

from collections import Counter
from dataclasses import dataclass

from application.outcome_sync.own_runs import may_see
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.refusals import outcome_sentence
from application.viewers import Viewer
from domain.ids import PersonId
from domain.lms_site import LmsSite
from domain.outcomes.sync_run import ItemState, SyncRun


@dataclass(frozen=True, slots=True)
class RunLine:
    """`folders` are the titles of the courses or the assessment that it sent."""

    run: SyncRun
    site: str
    on_test: bool
    """The Canvas is a test instance."""
    requested_by: str
    """A person's full name, or `command line`."""
    folders: tuple[str, ...]
    total: int
    done: int
    failed: int

    @property
    def waiting_for(self) -> str:
        return outcome_sentence(self.run.reason) if self.run.reason else ""


@dataclass(frozen=True, slots=True)
class ListSyncRuns:
    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, limit: int = 50) -> list[RunLine]:
        """Newest first, those that the viewer may see."""
        with self.units(write=False) as unit:
            runs = [run for run in unit.sync_runs.recent(limit) if may_see(unit, viewer, run)]
            sites = {site.id: site for site in unit.sites.sites()}
            return [_line(unit, run, sites[run.site_id]) for run in runs]


def _line(unit: UnitOfWork, run: SyncRun, site: LmsSite) -> RunLine:
    items = unit.sync_runs.items(run.id)
    states = Counter(item.state for item in items)
    folders = tuple(sorted({item.folder.title for item in items}))
    who = _name(unit, run.requested_by)
    failed = states[ItemState.FAILED]
    return RunLine(
        run, site.label, site.test, who, folders, len(items), states[ItemState.DONE], failed
    )


def _name(unit: UnitOfWork, requested_by: str) -> str:
    found = list(unit.roster.people([PersonId(requested_by)]).values())
    return found[0].full_name if found else requested_by
