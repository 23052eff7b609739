"""`attain links` and `attain scores`: linked assignments, their grades, and scores from there."""

from collections import Counter

import rich_click as click

from adapters.inbound.cli.actor import as_option
from adapters.inbound.cli.import_commands import import_scores
from adapters.inbound.cli.messages import PARTLY
from adapters.inbound.cli.output import json_option, leave, print_json, print_table, say
from adapters.inbound.cli.release_command import release
from adapters.inbound.cli.workbench import Workbench
from application.errors import Invalid
from application.sending.send_plan import SendPlan, Standing
from application.use_cases.lms.decide_offers import DecideOffersCommand
from application.use_cases.sending.send_scores import SendScoresCommand
from domain.ids import OfferId


@click.group()
def links() -> None:
    """Links to LMS assignments."""


@click.group()
def scores() -> None:
    """Send scores to the LMS, import them, release them to students."""


scores.add_command(import_scores)
scores.add_command(release)


@links.command("list")
@json_option
@click.pass_obj
def list_links(bench: Workbench, *, as_json: bool) -> None:
    """List all links, newest first, undone ones too."""
    with bench.open_house() as house:
        lines = house.registers.links()
    if as_json:
        print_json(lines)
        return
    rows = [
        (n.section, n.assessment, n.assignment, n.linked_at, n.unlinked_at, n.sent) for n in lines
    ]
    header = ("section", "assessment", "assignment", "linked", "unlinked", "grades sent")
    print_table(header, rows, "There is no link yet; faculty make them from Canvas.")


@links.command()
@as_option("Only what this person may decide.", required=False)
@json_option
@click.pass_obj
def offers(bench: Workbench, tech_id: str | None, *, as_json: bool) -> None:
    """List links that copied Canvas courses brought along and that wait for a decision."""
    with bench.open_house() as house:
        lines = house.link_offers(house.acting_viewer(tech_id))
    if as_json:
        print_json(lines)
        return
    rows = [
        (n.id, n.assignment, n.assessment, n.section, n.earlier_section, n.work_id is not None)
        for n in lines
    ]
    header = ("offer", "assignment", "assessment", "section", "was linked in", "can be linked")
    print_table(header, rows, "No link waits for a decision.")


@links.command()
@click.argument("offers", nargs=-1)
@as_option("Who decides.")
@click.option("--decline", is_flag=True, help="Decline instead of linking.")
@click.option("--all", "every", is_flag=True, help="All that wait.")
@click.pass_obj
def decide(
    bench: Workbench, offers: tuple[str, ...], tech_id: str, *, decline: bool, every: bool
) -> None:
    """Link the assignments of OFFERS, ids from `links offers`; or decline them."""
    if every is bool(offers):
        raise Invalid("offers", "name some, or take --all.")
    with bench.open_house() as house:
        command = DecideOffersCommand(
            house.acting_viewer(tech_id),
            accept=not decline,
            offers=None if every else frozenset(OfferId(one) for one in offers),
        )
        report = house.decide_offers(command)
    say(f"{report.decided} decided, {report.left} wait for their assessment.")


@scores.command()
@click.argument("section")
@click.argument("assessment")
@as_option("Whose Canvas authorisation is used.")
@click.option("--dry-run", is_flag=True, help="Show who would be sent what; send nothing.")
@json_option
@click.pass_obj
def send(
    bench: Workbench, section: str, assessment: str, tech_id: str, *, dry_run: bool, as_json: bool
) -> None:
    """Send the grades of ASSESSMENT in SECTION to its linked assignment.

    SECTION is a title or source id, ASSESSMENT a code. The send is carried out by the job
    worker; the exit code is 5 when some students cannot be sent now.
    """
    with bench.open_house() as house:
        place = house.registers.work_of(section, assessment, tech_id)
        plan = house.run(house.plan_send(place.person_id, place.work_id))
        command = SendScoresCommand(place.person_id, place.work_id)
        send_id = None if dry_run else house.run(house.send_scores(command))
    counts = Counter(grade.standing for grade in plan.grades)
    if as_json:
        print_json(_as_json(plan, send_id))
    else:
        _print_plan(plan, send_id)
    left = counts[Standing.CANNOT] + counts[Standing.CONFIRM]
    leave(PARTLY if left else 0)


def _as_json(plan: SendPlan, send_id: str | None) -> dict[str, object]:
    return {
        "send": send_id,
        "refused": plan.refused,
        "unread": plan.unread,
        "grades": [
            {
                "tech_id": grade.person.tech_id,
                "grade": grade.proposal.grade,
                "standing": grade.standing,
                "reason": grade.reason,
                "there": grade.there,
            }
            for grade in plan.grades
        ],
    }


def _print_plan(plan: SendPlan, send_id: str | None) -> None:
    rows = [
        (g.person.tech_id, g.proposal.grade, g.there, g.standing, g.reason) for g in plan.grades
    ]
    print_table(("student", "grade", "in the LMS", "", "reason"), rows, "Nobody is enrolled.")
    if send_id is None:
        say("Dry run: nothing was sent.")
    else:
        say(f"Send {send_id} is queued. Watch it with `attain jobs list`.")
