"""Load a roster: show what it would change, stop a load that ends too much, or apply it."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from application.errors import Conflict
from application.loading.applying import STORING, Application, only_fresh
from application.loading.collecting import without_collection
from application.loading.ended_grants import ended_grants
from application.loading.findings import portions
from application.loading.judging import kept_data, still_holds, verdict_on
from application.loading.limit import USUAL_LIMIT, RemovalLimit
from application.loading.options import LoadOptions
from application.loading.plan import RosterPlan, StoredRoster, plan_roster
from application.loading.reading import DEMOGRAPHICS, attributes_of
from application.merging import merge_again
from application.ports.progress import Progress, unseen
from application.ports.runtime import Clock, NewIds
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.rosters.load_runs import KindCount, LoadRun, LoadState
from application.rosters.roster import Roster
from application.rosters.row_errors import RowError, Severity
from application.use_cases.assessments.plan_sections import FollowPlans
from domain.audit import Deed
from domain.ids import LoadRunId

"""The setting that lists which attributes are kept, comma-separated."""


@dataclass(frozen=True, slots=True)
class LoadRosterCommand:
    """`source` names the upload: its file name, `#`, and the hash of its content.

    `run` is the load as it was begun on a page; without it a new one is recorded.
    """

    actor: str
    roster: Roster
    source: str
    dry_run: bool = False
    limit: RemovalLimit = USUAL_LIMIT
    kind: str = "oneroster"
    rekey: bool = False
    move_sections: bool = False
    progress: Progress = unseen
    run: LoadRun | None = None


@dataclass(frozen=True, slots=True)
class LoadRosterReport:
    """`applied` tells whether anything was stored; `stopped` why the whole load was not.

    `repeats` is the load before that had the same content. A dry run has no `run_id`.
    """

    counts: tuple[KindCount, ...]
    errors: tuple[RowError, ...]
    applied: bool
    stopped: str
    run_id: LoadRunId | None = None
    repeats: LoadRunId | None = None
    over_limit: bool = False
    """Only the removal limit stops it."""
    changes_nothing: bool = False

    @property
    def has_row_errors(self) -> bool:
        return any(error.severity is Severity.ERROR for error in self.errors)


@dataclass(frozen=True, slots=True)
class LoadRoster:
    """One transaction: a load is there as a whole or not at all.

    Wrong rows are left out and named, and stop no others; a defect of the whole roster, or
    more ends than the limit allows, stops the load. The same roster again changes nothing.
    Scores, links and people's data are never removed: what ends becomes inactive.

    The long comparison reads only and keeps nobody waiting. Before it is carried out, what it
    relied on is looked at again; if that moved meanwhile, it is made anew.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewIds

    def __call__(self, command: LoadRosterCommand) -> LoadRosterReport:
        with without_collection():
            with self.units(write=False) as unit:
                plan = self._planned(unit, command)
                report = _report(unit, plan, command)
            if command.dry_run:
                return report
            command.progress(STORING, 0, sum(kind.puts for kind in plan.kinds))
            with self.units() as unit:
                unit.loads.hold()
                if not still_holds(unit, plan):
                    plan = self._planned(unit, command)
                    report = _report(unit, plan, command)
                report = self._carried_out(unit, plan, report, command)
                unit.commit()
        if report.applied:
            self._follow_plans()
        return report

    def _follow_plans(self) -> None:
        """New sections get what is planned for their courses; the worker comes after, too."""
        with suppress(Conflict):
            FollowPlans(self.units, self.clock, self.new_id)()

    def _planned(self, unit: UnitOfWork, command: LoadRosterCommand) -> RosterPlan:
        kept = attributes_of(unit.settings.get(DEMOGRAPHICS, ""))
        options = LoadOptions(command.rekey, command.move_sections, kept)
        stored = _stored(unit)
        plan = plan_roster(stored, command.roster, self.new_id, options, command.progress)
        ended = ended_grants(unit, plan, command.roster, stored)
        errors = (
            *plan.errors,
            *kept_data(unit, plan, command.roster),
            *ended.errors,
        )
        return replace(
            only_fresh(unit, plan),
            errors=errors,
            revoked=ended.revoked,
            grant_sources=ended.sources,
            roles_held=ended.held,
        )

    def _carried_out(
        self,
        unit: UnitOfWork,
        plan: RosterPlan,
        report: LoadRosterReport,
        command: LoadRosterCommand,
    ) -> LoadRosterReport:
        now = self.clock.now()
        run = self._run(command, plan, report)
        unit.loads.save(run)
        if run.state is LoadState.APPLIED:
            Application(unit, plan, run.id, now, command.progress)()
            merge_again(unit)
            unit.audit.record(_deed(command, report, run, now))
        unit.loads.put_findings(run.id, portions(run.id, report.errors))
        return replace(report, applied=not report.stopped, run_id=run.id)

    def _run(
        self, command: LoadRosterCommand, plan: RosterPlan, report: LoadRosterReport
    ) -> LoadRun:
        begun = command.run or self._begun(command)
        state = LoadState.UNCHANGED if plan.changes_nothing else LoadState.APPLIED
        if report.stopped:
            state = LoadState.STOPPED
        return concluded(begun, report).ended_as(state, self.clock.now(), report.stopped)

    def _begun(self, command: LoadRosterCommand) -> LoadRun:
        file, _, content_hash = command.source.rpartition("#")
        return LoadRun(
            id=LoadRunId(self.new_id()),
            kind=command.kind,
            file=file,
            content_hash=content_hash,
            requested_by=command.actor,
            requested_at=self.clock.now(),
            limit=str(command.limit),
            rekey=command.rekey,
            move_sections=command.move_sections,
            state=LoadState.LOADING,
        )


def concluded(run: LoadRun, report: LoadRosterReport) -> LoadRun:
    """The run with what the comparison found."""
    found = Counter(error.severity for error in report.errors)
    return replace(
        run,
        counts=report.counts,
        errors=found[Severity.ERROR] + found[Severity.FATAL],
        warnings=found[Severity.WARNING],
        repeats=report.repeats,
        over_limit=report.over_limit,
    )


def _stored(unit: UnitOfWork) -> StoredRoster:
    roster = unit.roster
    return StoredRoster(
        roster.orgs(),
        roster.terms(),
        roster.courses(),
        roster.sections(),
        roster.all_people(),
        unit.bulk.enrolments(),
        unit.bulk.worked_sections(),
    )


def _report(unit: UnitOfWork, plan: RosterPlan, command: LoadRosterCommand) -> LoadRosterReport:
    verdict = verdict_on(plan, command.limit)
    last = unit.loads.last_applied()
    is_same = last is not None and (last.kind, last.source) == (command.kind, command.source)
    return LoadRosterReport(
        plan.counts(command.roster),
        plan.errors,
        applied=False,
        stopped=verdict.stopped,
        repeats=last.id if last and is_same else None,
        over_limit=verdict.over_limit,
        changes_nothing=plan.changes_nothing,
    )


def _deed(command: LoadRosterCommand, report: LoadRosterReport, run: LoadRun, at: datetime) -> Deed:
    details = "; ".join(
        f"{c.kind} {c.added} added, {c.changed} changed, {c.ended} ended, {c.refused} refused"
        for c in report.counts
    )
    return Deed(command.actor, "loaded roster", f"roster:{run.source}", details, at)
