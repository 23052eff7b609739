"""Commands that run things: demo, serve, worker, db, doctor."""

from pathlib import Path

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.messages import REFUSED
from adapters.inbound.cli.output import json_option, leave, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.doctor.findings import Finding, Verdict, bad, good

PORT = click.IntRange(0, 65535)
_FOLLOW = click.option("--follow-parent", type=int, metavar="PID", hidden=True)


@click.command()
@click.option("--port", type=PORT, default=8400, show_default=True, help="0 takes a free one.")
@click.option("--no-browser", is_flag=True, help="Open no browser.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line first.")
@click.pass_obj
def demo(bench: Workbench, port: int, *, no_browser: bool, as_json: bool) -> None:
    """Sample college, practice Canvas and Attain together, until Ctrl-C.

    Everything lies in a temporary folder and is gone afterwards. The practice Canvas
    listens on the next port.
    """
    bench.processes.demo(port=port, browser=not no_browser, as_json=as_json)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=PORT, default=8400, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--no-jobs", is_flag=True, help="Run no job worker beside the web workers.")
@_FOLLOW
@click.pass_obj
def serve(
    bench: Workbench,
    host: str,
    port: int,
    workers: int,
    follow_parent: int | None,
    *,
    no_jobs: bool,
) -> None:
    """Serve pages and launches; a job worker runs beside."""
    bench.processes.serve(
        host=host,
        port=port,
        workers=workers,
        with_jobs=not no_jobs,
        follow_parent=follow_parent,
    )


@click.command()
@_FOLLOW
@click.pass_obj
def worker(bench: Workbench, follow_parent: int | None) -> None:
    """Execute background jobs in a process of its own.

    With SQLite one worker runs at a time, with PostgreSQL any number.
    """
    bench.processes.worker(follow_parent=follow_parent)


@click.group()
def db() -> None:
    """Prepare, check and back up the database."""


@db.command()
@click.pass_obj
def upgrade(bench: Workbench) -> None:
    """Bring the schema up to this version; again is harmless."""
    bench.processes.db_upgrade()
    say("The database schema is current.")


@db.command()
@click.option("--rebuild", is_flag=True, help="Count again what reports read, from the scores.")
@json_option
@click.pass_obj
def check(bench: Workbench, *, rebuild: bool, as_json: bool) -> None:
    """Tell whether the schema is current and what reports read agrees with the scores.

    Exit code 3 when it does not. Nothing is changed without --rebuild.
    """
    current = bench.processes.db_check()
    if current and rebuild:
        bench.processes.db_rebuild()
    differences = bench.processes.db_differences() if current else []
    if as_json:
        told = {"differences": differences} if current else {}
        print_json({"current": current, **told})
    else:
        _tell_check(current=current, differences=differences)
    leave(0 if current and not differences else REFUSED)


def _tell_check(*, current: bool, differences: list[str]) -> None:
    say(_CURRENT if current else _OLD)
    for sentence in differences[:_SHOWN]:
        say(sentence)
    if len(differences) > _SHOWN:
        say(f"... and {len(differences) - _SHOWN} more; --json names all of them.")
    if differences:
        say("What reports read is not what the scores say. Run `attain db check --rebuild`.")
    elif current:
        say("What reports read is what the scores say.")


_SHOWN = 20
_CURRENT = "The database schema is current."
_OLD = "The database schema is not current. Run `attain db upgrade`."


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup(bench: Workbench, file: Path) -> None:
    """Copy a SQLite database to FILE while it is in use.

    The copy holds sealed secrets; keep the keys apart from it. For PostgreSQL use its own
    pg_dump.
    """
    bench.processes.db_backup(file)
    say(f"Backed up to {file}.")


@db.command()
@json_option
@click.pass_obj
def reseal(bench: Workbench, *, as_json: bool) -> None:
    """Seal stored secrets with the first of ATTAIN_SECRET_KEYS, so that the others can go.

    Exit code 3 when no key opens some of them; those stay as they are, and are named.
    """
    with bench.open_house() as house:
        report = house.seal_anew(ACTOR)
    if as_json:
        print_json(report)
    else:
        say(f"Sealed anew: {report.sealed}; with the first key already: {report.present}.")
        for row in report.shut:
            say(f"No key opens the secret of {row}: put its key back, or make the secret anew.")
        if not report.shut:
            say("Nothing needs the other keys of ATTAIN_SECRET_KEYS any more.")
    leave(REFUSED if report.shut else 0)


@click.command()
@click.option("--canvas", "site", help="Look at this Canvas site only.")
@click.option("--probe", is_flag=True, help="Also make and remove one outcome in Canvas.")
@json_option
@click.pass_obj
def doctor(bench: Workbench, site: str | None, *, probe: bool, as_json: bool) -> None:
    """Check everything, one line each, with the cure; exit code 3 when something is bad.

    With --probe a folder with one outcome is made in the account of each Canvas site, read
    back and removed again.
    """
    findings = _findings(bench, site, probe=probe)
    if as_json:
        print_json(findings)
    else:
        rows = [(f.verdict, f.name, f.says, f.cure) for f in findings]
        print_table(("", "check", "finding", "cure"), rows, "")
    leave(REFUSED if any(f.verdict is Verdict.BAD for f in findings) else 0)


def _findings(bench: Workbench, site: str | None, *, probe: bool) -> list[Finding]:
    try:
        with bench.open_house() as house:
            found = house.run(house.examine(site))
            steps = house.run(house.probe_sites(site)) if probe and _is_sound(found) else []
            return [good("settings", "readable"), *found, *steps]
    except tuple(bench.refusals) as wrong:
        return [bad("settings", str(wrong), "correct it, then run this again")]


def _is_sound(found: list[Finding]) -> bool:
    """Behind an old schema there are no sites to probe."""
    return not any(f.name == "schema" and f.verdict is Verdict.BAD for f in found)
