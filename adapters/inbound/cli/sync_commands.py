"""`attain outcomes`: CSLOs to Canvas, planned, sent, looked at and taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import rich_click as click

from adapters.inbound.cli.house import House
from adapters.inbound.cli.messages import LMS_FAILED, PARTLY
from adapters.inbound.cli.output import json_option, leave, print_json, print_table, say
from adapters.inbound.cli.sync_output import (
    plan_as_json,
    print_plan,
    print_report,
    print_states,
    report_as_json,
    run_as_json,
)
from adapters.inbound.cli.sync_watch import Watch
from adapters.inbound.cli.workbench import Workbench
from application.errors import Invalid
from application.outcome_sync.plan import OutcomesPlan
from application.outcome_sync.scope import AccountScope, WholeCollege
from application.queries.sync_report import SyncReport
from application.use_cases.plan_outcomes import PlanOutcomesCommand
from application.use_cases.sync_outcomes import SyncOutcomesCommand
from domain.ids import LmsAccountRef, SloId, SyncRunId
from domain.outcomes.sync_plan import Step
from domain.outcomes.sync_run import RunState

Command = TypeVar("Command", bound=Callable[..., object])
_OPTIONS = (
    click.argument("course", required=False),
    click.option("--org", metavar="CODE", help="All courses of this org and of those below it."),
    click.option("--all", "everything", is_flag=True, help="All courses."),
    click.option("--canvas", metavar="NAME", help="The Canvas site, when there are several."),
)
_ACTING = (
    click.option("--account", metavar="REF", help="Number of the account instead of the paired."),
    click.option("--as", "tech_id", metavar="TECH_ID", help="Only what this person may send."),
)
wait_option: Callable[[Command], Command] = click.option(
    "--wait/--no-wait", default=True, help="Wait for the end, or only queue it.", show_default=True
)


def _scoped(command: Command) -> Command:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _acting(command: Command) -> Command:
    for option in reversed(_ACTING):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the arguments say."""

    course: str | None
    org: str | None
    everything: bool
    canvas: str | None
    account: str | None = None
    tech_id: str | None = None

    def command(self, house: House) -> PlanOutcomesCommand:
        """Raises: Invalid unless the names fit exactly one of each."""
        viewer = house.acting_viewer(self.tech_id)
        return PlanOutcomesCommand(
            viewer.person_id,
            viewer.role,
            self._scope(house),
            house.sync_scopes.site(self.canvas or ""),
            LmsAccountRef(self.account) if self.account else None,
        )

    def _scope(self, house: House) -> AccountScope:
        if (self.course is not None) + (self.org is not None) + self.everything != 1:
            raise Invalid("course", "give a COURSE, or --org CODE, or --all.")
        if self.course is not None:
            return house.sync_scopes.course(self.course)
        return house.sync_scopes.org(self.org) if self.org is not None else WholeCollege()


@click.group()
def outcomes() -> None:
    """CSLOs in Canvas: plan, send, look."""


@outcomes.command()
@_scoped
@_acting
@json_option
@click.pass_obj
def plan(
    bench: Workbench,
    course: str | None,
    org: str | None,
    canvas: str | None,
    account: str | None,
    tech_id: str | None,
    *,
    everything: bool,
    as_json: bool,
) -> None:
    """Show what `outcomes sync` would do; nothing is sent.

    COURSE is a code or source id. The exit code is 5 when something is blocked or in
    conflict, 4 when Canvas could not be asked.
    """
    asked = _Asked(course, org, everything, canvas, account, tech_id)
    with bench.open_house() as house:
        planned = house.run(house.plan_outcomes(asked.command(house)))
    if as_json:
        print_json(plan_as_json(planned))
    else:
        print_plan(planned)
    leave(_left_by(planned))


@outcomes.command()
@_scoped
@_acting
@click.option(
    "--overwrite", "codes", multiple=True, metavar="SLO_CODE",
    help="Replace what was changed in Canvas for this SLO; may be given again.",
)  # fmt: skip
@click.option(
    "--accept", "accepted", multiple=True, metavar="SLUG",
    help="Send although the plan names this hindrance; may be given again.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show the plan; send nothing.")
@wait_option
@json_option
@click.pass_obj
def sync(
    bench: Workbench,
    course: str | None,
    org: str | None,
    canvas: str | None,
    account: str | None,
    tech_id: str | None,
    codes: tuple[str, ...],
    accepted: tuple[str, ...],
    *,
    everything: bool,
    dry_run: bool,
    wait: bool,
    as_json: bool,
) -> None:
    """Send CSLOs with scale and descriptors to the Canvas account of their org.

    COURSE is a code or source id. Sent with the account authorisation of the Canvas site;
    --as only narrows down what is sent. Carried out by the job worker; running it again
    sends only differences. The exit code is 5 when something is blocked, in conflict or
    failed, 4 when Canvas could not be asked.
    """
    asked = _Asked(course, org, everything, canvas, account, tech_id)
    with bench.open_house() as house:
        command = asked.command(house)
        planned = house.run(house.plan_outcomes(command))
        ticked = _overwritten(planned, codes)
        run_id, report = None, None
        if not dry_run:
            sending = SyncOutcomesCommand(command, overwrite=ticked, accepted=frozenset(accepted))
            run_id = house.run(house.sync_outcomes(sending))
            report = _followed(house, run_id, wait=wait)
    if as_json:
        told = report_as_json(report) if report else {}
        print_json({"run": run_id, "plan": plan_as_json(planned), **told})
    else:
        _tell_sync(planned, run_id, report, dry_run=dry_run)
    leave(max(_left_by(planned, ticked), _left_in(report, wait=wait)))


@outcomes.command()
@_scoped
@json_option
@click.pass_obj
def status(
    bench: Workbench,
    course: str | None,
    org: str | None,
    canvas: str | None,
    *,
    everything: bool,
    as_json: bool,
) -> None:
    """Show how each CSLO stands in Canvas; without COURSE or --org all of them.

    Where Canvas cannot be asked our own records are shown, and the exit code is 4.
    """
    asked = _Asked(course, org, everything or course is org is None, canvas)
    with bench.open_house() as house:
        planned = house.run(house.plan_outcomes(asked.command(house)))
    if as_json:
        print_json(plan_as_json(planned))
    else:
        print_states(planned)
    leave(LMS_FAILED if planned.unread else 0)


@outcomes.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@json_option
@click.pass_obj
def runs(bench: Workbench, limit: int, *, as_json: bool) -> None:
    """List synchronisations, newest first."""
    with bench.open_house() as house:
        lines = house.list_sync_runs(house.acting_viewer(None), limit)
    if as_json:
        print_json([run_as_json(line) for line in lines])
        return
    rows = [
        (
            n.run.id, n.run.requested_at, n.requested_by, n.folders,
            f"{n.done}/{n.total}", n.failed, n.run.state, n.waiting_for or None,
        )
        for n in lines
    ]  # fmt: skip
    header = ("run", "when", "by", "what", "done", "failed", "state", "waits for")
    print_table(header, rows, "Nothing was sent yet.")


@outcomes.command()
@click.argument("run")
@wait_option
@json_option
@click.pass_obj
def undo(bench: Workbench, run: str, *, wait: bool, as_json: bool) -> None:
    """Take the run RUN back, where nothing was assessed since; by a run of its own."""
    with bench.open_house() as house:
        run_id = house.undo_sync(house.acting_viewer(None), SyncRunId(run))
        report = _followed(house, run_id, wait=wait)
    if as_json:
        print_json({"run": run_id, **(report_as_json(report) if report else {})})
    elif report:
        print_report(report)
    leave(_left_in(report, wait=wait))


def _overwritten(planned: OutcomesPlan, codes: tuple[str, ...]) -> frozenset[SloId]:
    """Raises: Invalid for a code that is not in the plan."""
    by_code = {line.wish.code: line.wish.slo_id for line in planned.lines}
    for code in codes:
        if code not in by_code:
            raise Invalid("overwrite", f"no SLO of the plan has the code {code}.")
    return frozenset(by_code[code] for code in codes)


def _followed(house: House, run_id: SyncRunId | None, *, wait: bool) -> SyncReport | None:
    """The report, at the end when it is waited for; None when nothing was sent."""
    if run_id is None:
        return None
    if wait:
        return house.run(Watch(house, run_id).until_the_end())
    return house.read_sync_report(house.acting_viewer(None), run_id)


def _tell_sync(
    planned: OutcomesPlan,
    run_id: SyncRunId | None,
    report: SyncReport | None,
    *,
    dry_run: bool,
) -> None:
    if report is None:
        print_plan(planned)
        say("Dry run: nothing was sent." if dry_run else "Nothing was sent.")
        return
    print_report(report)
    if report.run.state is RunState.QUEUED:
        say(f"Run {run_id} is queued. Watch it with `attain outcomes runs`.")


def _left_by(planned: OutcomesPlan, overwritten: frozenset[SloId] = frozenset()) -> int:
    """The exit code that a plan asks for."""
    if planned.unread:
        return LMS_FAILED
    left = [
        line
        for line in planned.lines
        if line.step is Step.BLOCKED
        or (line.step is Step.CONFIRM and line.wish.slo_id not in overwritten)
    ]
    return PARTLY if left else 0


def _left_in(report: SyncReport | None, *, wait: bool) -> int:
    """The exit code that a run asks for; one that is only queued is as it shall be."""
    if report is None or (not wait and report.run.state is RunState.QUEUED):
        return 0
    if report.run.waits:
        return LMS_FAILED
    return PARTLY if report.failed or report.settled < report.total else 0
