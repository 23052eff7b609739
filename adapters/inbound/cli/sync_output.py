"""Plans and runs of synchronisation on the terminal, and as JSON."""

from adapters.inbound.cli.output import complain, print_table, say
from application.outcome_sync.plan import OutcomesPlan, PlannedPlace
from application.queries.outcome_sync.sync_report import SyncReport
from application.queries.outcome_sync.sync_runs import RunLine
from application.refusals import outcome_sentence
from domain.outcomes.sync_plan import PlanLine, Step

NOTHING = "Everything is as it shall be; nothing would be sent."


def print_plan(plan: OutcomesPlan) -> None:
    """What would be done; what is unchanged only as a count."""
    _complain(plan)
    rows = [
        (line.wish.folder.title, _where(place), line.wish.code, line.step,
         line.differences or None, _why(line) or None)
        for place, line in _lines(plan)
        if line.step is not Step.NOTHING
    ]  # fmt: skip
    header = ("folder", "account", "SLO", "step", "differs", "reason")
    empty = NOTHING if plan.lines else "There is no CSLO to send."
    print_table(header, rows, empty)
    unchanged = plan.counted(Step.NOTHING)
    if rows and unchanged:
        say(f"{unchanged} unchanged.")


def print_states(plan: OutcomesPlan) -> None:
    """How each SLO stands."""
    _complain(plan)
    rows = [
        (line.wish.folder.title, _where(place), line.wish.code, line.state,
         line.differences or None, line.sent.sent_at if line.sent else None)
        for place, line in _lines(plan)
    ]  # fmt: skip
    header = ("folder", "account", "SLO", "state", "differs", "last sent")
    print_table(header, rows, "There is no CSLO yet. See `attain slo import --help`.")


def print_report(report: SyncReport) -> None:
    rows = [
        (line.item.folder.title, str(line.item.place), line.item.label, line.item.step,
         line.item.state, line.sentence or None)
        for line in report.lines
    ]  # fmt: skip
    print_table(("folder", "place", "SLO", "step", "result", "reason"), rows, "")
    if report.run.waits:
        complain(f"The run waits and nothing is lost. {report.waiting_for}")
    elif not report.run.is_open:
        done = report.settled - report.failed
        say(f"{done} of {report.total} outcomes are in Canvas as they shall be.")


def plan_as_json(plan: OutcomesPlan) -> dict[str, object]:
    return {
        "canvas": plan.site.name,
        "unread": plan.unread,
        "hindrances": [
            {"slug": one.slug, "stops": one.stops, "sentence": one.sentence,
             "details": one.details}
            for one in plan.hindrances
        ],
        "counts": {step: plan.counted(step) for step in Step},
        "lines": [_line_as_json(place, line) for place, line in _lines(plan)],
    }  # fmt: skip


def report_as_json(report: SyncReport) -> dict[str, object]:
    return {
        "state": report.run.state,
        "reason": report.run.reason,
        "total": report.total,
        "settled": report.settled,
        "failed": report.failed,
        "outcomes": [
            {
                "folder": line.item.folder.title,
                "place": str(line.item.place),
                "slo": line.item.label,
                "step": line.item.step,
                "result": line.item.state,
                "reason": line.reason,
                "sentence": line.sentence,
                "outcome": line.item.outcome_ref,
            }
            for line in report.lines
        ],
    }


def run_as_json(line: RunLine) -> dict[str, object]:
    run = line.run
    return {
        "id": run.id, "canvas": line.site, "requested_by": line.requested_by,
        "requested_at": run.requested_at, "finished_at": run.finished_at, "state": run.state,
        "reason": run.reason, "folders": line.folders, "total": line.total, "done": line.done,
        "failed": line.failed, "work": run.work_id, "undo_of": run.undo_of,
    }  # fmt: skip


def _lines(plan: OutcomesPlan) -> list[tuple[PlannedPlace, PlanLine]]:
    return [
        (place, line) for place in plan.places for folder in place.folders for line in folder.lines
    ]


def _line_as_json(place: PlannedPlace, line: PlanLine) -> dict[str, object]:
    return {
        "folder": line.wish.folder.title,
        "place": str(place.place) if place.place else None,
        "place_name": place.name,
        "slo": line.wish.code,
        "step": line.step,
        "state": line.state,
        "differences": line.differences,
        "reason": line.reason,
        "sentence": _why(line),
        "outcome": line.there.ref if line.there else None,
    }


def _complain(plan: OutcomesPlan) -> None:
    """On standard error: what could not be asked, and what hinders."""
    for place in plan.places:
        if place.unread:
            why = outcome_sentence(place.unread)
            complain(f"Canvas could not be asked about {_where(place)}: {why}")
    for one in plan.hindrances:
        named = f" ({', '.join(one.details)})" if one.details else ""
        if not one.stops:
            complain(f"{one.sentence}{named} Send all the same with --accept {one.slug}.")


def _where(place: PlannedPlace) -> str:
    return place.name or "no account"


def _why(line: PlanLine) -> str:
    return outcome_sentence(line.reason) if line.reason else ""
