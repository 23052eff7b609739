"""`attain jobs`: background work, looked at and steered."""

import rich_click as click

from adapters.inbound.cli.house import House
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.errors import NotFound
from application.ports.jobs import JobView
from domain.ids import JobId


@click.group()
def jobs() -> None:
    """Background work: look and steer."""


@jobs.command("list")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@json_option
@click.pass_obj
def list_jobs(bench: Workbench, limit: int, *, as_json: bool) -> None:
    """List jobs, newest first."""
    with bench.open_house() as house:
        _print(house.jobs.recent(limit), as_json=as_json)


@jobs.command()
@click.argument("job_id", metavar="ID")
@json_option
@click.pass_obj
def show(bench: Workbench, job_id: str, *, as_json: bool) -> None:
    """Show one job."""
    with bench.open_house() as house:
        job = _job(house, job_id)
    if as_json:
        print_json(job)
    else:
        _print([job], as_json=False)


@jobs.command()
@click.argument("job_id", metavar="ID")
@click.pass_obj
def retry(bench: Workbench, job_id: str) -> None:
    """Run a failed or cancelled job again from its last finished step."""
    with bench.open_house() as house:
        house.jobs.retry(_job(house, job_id).id)
    say(f"Job {job_id} runs again.")


@jobs.command()
@click.argument("job_id", metavar="ID")
@click.pass_obj
def cancel(bench: Workbench, job_id: str) -> None:
    """Stop a job at its next step. A finished one stays as it is."""
    with bench.open_house() as house:
        house.jobs.cancel(_job(house, job_id).id)
    say(f"Job {job_id} stops at its next step.")


def _job(house: House, job_id: str) -> JobView:
    found = house.jobs.view(JobId(job_id))
    if found is None:
        raise NotFound(f"Job {job_id}")
    return found


def _print(listed: list[JobView], *, as_json: bool) -> None:
    if as_json:
        print_json(listed)
        return
    rows = [(j.id, j.kind, j.state, f"{j.done}/{j.total}", j.created_at, j.error) for j in listed]
    print_table(("id", "kind", "state", "done", "made", "error"), rows, "There are no jobs.")
