"""`attain evidence`: what is kept, whether records and store agree, and what is past its date."""

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.messages import PARTLY
from adapters.inbound.cli.output import json_option, leave, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from adapters.inbound.http.formats import as_bytes
from application.use_cases.evidence.expire_evidence import CheckReport
from domain.ids import SectionAssessmentId


@click.group()
def evidence() -> None:
    """Look after the files that results rest on."""


@evidence.command("list")
@click.option("--work", metavar="ID", help="Of this assessment in a section, links too.")
@json_option
@click.pass_obj
def list_evidence(bench: Workbench, work: str | None, *, as_json: bool) -> None:
    """List stored files, without names of people or files."""
    with bench.open_house() as house:
        found = house.list_evidence(SectionAssessmentId(work) if work else None)
    if as_json:
        print_json(found)
        return
    print_table(
        ("evidence", "kind", "about", "type", "size", "scan", "state", "added", "kept until"),
        [
            (
                one.id,
                one.kind,
                one.about,
                one.media_type,
                as_bytes(one.size) if one.size else "",
                one.scan,
                one.state,
                one.added_at,
                one.keep_until,
            )
            for one in found
        ],
        "No evidence is stored.",
    )


@evidence.command()
@click.option("--dry-run", is_flag=True, help="Show how much would go; remove nothing.")
@json_option
@click.pass_obj
def expire(bench: Workbench, *, dry_run: bool, as_json: bool) -> None:
    """Remove evidence that is past its last day, with its files.

    A trace without name or content is left. To be run by the system's timer, once a day.
    """
    with bench.open_house() as house:
        report = house.run(house.expire_evidence(ACTOR, dry_run=dry_run))
    if as_json:
        print_json(report)
        return
    verb = "To be removed" if dry_run else "Removed"
    size = as_bytes(report.size)
    say(f"{verb}: {report.removed} in all, with files: {report.files} ({size}).")


@evidence.command()
@click.option(
    "--mend",
    is_flag=True,
    help="Remove files that belong to nothing, ask for missing scans again.",
)
@json_option
@click.pass_obj
def check(bench: Workbench, *, mend: bool, as_json: bool) -> None:
    """Compare the records with the files; exit code 5 when they do not agree.

    A file without a record younger than a day may be on its way in and is left alone.
    """
    with bench.open_house() as house:
        report = house.run(house.check_evidence(mend=mend))
    if as_json:
        print_json(report)
    else:
        _tell(report)
    sound = not (report.missing or report.altered) and (mend or not report.ownerless)
    leave(0 if sound else PARTLY)


def _tell(report: CheckReport) -> None:
    say(f"Files: {report.files} ({as_bytes(report.size)}).")
    for ids, words in ((report.missing, "missing in the store"), (report.altered, "altered")):
        for one in ids:
            say(f"The file of evidence {one} is {words}; bring it back from a backup.")
    if report.ownerless:
        done = "removed" if report.mended else "not removed; --mend removes them"
        say(f"Files that belong to no evidence: {report.ownerless}, {done}.")
    if report.pieces:
        say(f"Pieces of uploads that never ended, removed: {report.pieces}.")
    if report.waiting:
        asked = "asked for again" if report.mended else "--mend asks for them again"
        say(f"Files that wait for a scan: {report.waiting}, {asked}.")
