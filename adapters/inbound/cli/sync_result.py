"""How a synchronisation is waited for and told, and the exit code that it asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import rich_click as click

from adapters.inbound.cli.house import House
from adapters.inbound.cli.messages import LMS_FAILED, PARTLY
from adapters.inbound.cli.output import leave, print_json, say
from adapters.inbound.cli.sync_output import plan_as_json, print_plan, print_report, report_as_json
from adapters.inbound.cli.sync_watch import Watch
from application.errors import Invalid
from application.outcome_sync.plan import OutcomesPlan
from application.queries.outcome_sync.sync_report import SyncReport
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomesCommand
from application.use_cases.outcome_sync.sync_outcomes import SyncOutcomesCommand
from domain.ids import SloId, SyncRunId
from domain.outcomes.sync_plan import Step
from domain.outcomes.sync_run import RunState

Command = TypeVar("Command", bound=Callable[..., object])
wait_option: Callable[[Command], Command] = click.option(
    "--wait/--no-wait", default=True, help="Wait for the end, or only queue it.", show_default=True
)
_OPTIONS = (
    click.option(
        "--overwrite", "codes", multiple=True, metavar="SLO_CODE",
        help="Replace what was changed in Canvas for this SLO; may be given again.",
    ),
    click.option(
        "--accept", "accepted", multiple=True, metavar="SLUG",
        help="Send although the plan names this hindrance; may be given again.",
    ),
    click.option("--dry-run", is_flag=True, help="Show the plan; send nothing."),
    wait_option,
)  # fmt: skip


def sending_options(command: Command) -> Command:
    """What every command that sends outcomes can be told."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Sending:
    """What the sending options say."""

    codes: tuple[str, ...]
    accepted: tuple[str, ...]
    dry_run: bool
    wait: bool

    def carry_out(self, house: House, command: PlanOutcomesCommand) -> "Sent":
        """Plan, and send unless it is a dry run. Raises: Invalid for an unknown code."""
        planned = house.run(house.plan_outcomes(command))
        ticked = _overwritten(planned, self.codes)
        if self.dry_run:
            return Sent(self, planned, ticked, None, None)
        asked = SyncOutcomesCommand(command, overwrite=ticked, accepted=frozenset(self.accepted))
        run_id = house.run(house.sync_outcomes(asked))
        report = followed(house, run_id, wait=self.wait)
        return Sent(self, planned, ticked, run_id, report)


@dataclass(frozen=True, slots=True)
class Sent:
    """`run_id` and `report` are None where nothing was sent."""

    sending: Sending
    planned: OutcomesPlan
    ticked: frozenset[SloId]
    run_id: SyncRunId | None
    report: SyncReport | None

    def finish(self, *, as_json: bool) -> None:
        """Tell it, and leave with the exit code that it asks for."""
        if as_json:
            told = report_as_json(self.report) if self.report else {}
            print_json({"run": self.run_id, "plan": plan_as_json(self.planned), **told})
        else:
            self._print()
        left = left_in(self.report, wait=self.sending.wait)
        leave(max(left_by(self.planned, self.ticked), left))

    def _print(self) -> None:
        if self.report is None:
            print_plan(self.planned)
            dry = self.sending.dry_run
            say("Dry run: nothing was sent." if dry else "Nothing was sent.")
            return
        print_report(self.report)
        if self.report.run.state is RunState.QUEUED:
            say(f"Run {self.run_id} is queued. Watch it with `attain outcomes runs`.")


def followed(house: House, run_id: SyncRunId | None, *, wait: bool) -> SyncReport | None:
    """The report, at the end when it is waited for; None when nothing was sent."""
    if run_id is None:
        return None
    if wait:
        return house.run(Watch(house, run_id).until_the_end())
    return house.read_sync_report(house.acting_viewer(None), run_id)


def left_by(planned: OutcomesPlan, ticked: frozenset[SloId] = frozenset()) -> int:
    """The exit code that a plan asks for."""
    if planned.unread:
        return LMS_FAILED
    left = [
        line
        for line in planned.lines
        if line.step is Step.BLOCKED
        or (line.step is Step.CONFIRM and line.wish.slo_id not in ticked)
    ]
    return PARTLY if left else 0


def left_in(report: SyncReport | None, *, wait: bool) -> int:
    """The exit code that a run asks for; one that is only queued is as it shall be."""
    if report is None or (not wait and report.run.state is RunState.QUEUED):
        return 0
    if report.run.waits:
        return LMS_FAILED
    return PARTLY if report.failed or report.settled < report.total else 0


def _overwritten(planned: OutcomesPlan, codes: tuple[str, ...]) -> frozenset[SloId]:
    """Raises: Invalid for a code that is not in the plan."""
    by_code = {line.wish.code: line.wish.slo_id for line in planned.lines}
    for code in codes:
        if code not in by_code:
            raise Invalid("overwrite", f"no SLO of the plan has the code {code}.")
    return frozenset(by_code[code] for code in codes)
