"""`attain outcomes`: CSLOs to Canvas, planned, sent, looked at and taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import rich_click as click

from adapters.inbound.cli.actor import as_option
from adapters.inbound.cli.house import House
from adapters.inbound.cli.messages import LMS_FAILED
from adapters.inbound.cli.output import json_option, leave, print_json, print_table
from adapters.inbound.cli.sync_output import (
    plan_as_json,
    print_plan,
    print_report,
    print_states,
    report_as_json,
    run_as_json,
)
from adapters.inbound.cli.sync_result import (
    Sending,
    followed,
    left_by,
    left_in,
    sending_options,
    wait_option,
)
from adapters.inbound.cli.work_outcome_commands import put_rubric, send
from adapters.inbound.cli.workbench import Workbench
from application.errors import Invalid
from application.outcome_sync.scope import AccountScope, WholeCollege
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomesCommand
from domain.ids import LmsAccountRef, SyncRunId

Command = TypeVar("Command", bound=Callable[..., object])
_OPTIONS = (
    click.argument("course", required=False),
    click.option("--org", metavar="CODE", help="All courses of this org and of those below it."),
    click.option("--all", "everything", is_flag=True, help="All courses."),
    click.option("--canvas", metavar="NAME", help="The Canvas site, when there are several."),
)
_ACTING = (
    click.option("--account", metavar="REF", help="Number of the account instead of the paired."),
    as_option("Only what this person may send.", required=False),
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


outcomes.add_command(send)
outcomes.add_command(put_rubric)


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
    leave(left_by(planned))


@outcomes.command()
@_scoped
@_acting
@sending_options
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
    sending = Sending(codes, accepted, dry_run, wait)
    with bench.open_house() as house:
        sent = sending.carry_out(house, asked.command(house))
    sent.finish(as_json=as_json)


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
        report = followed(house, run_id, wait=wait)
    if as_json:
        print_json({"run": run_id, **(report_as_json(report) if report else {})})
    elif report:
        print_report(report)
    leave(left_in(report, wait=wait))
