"""`attain course`: courses, and courses made by hand."""

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.ports.people_repositories import Standing
from application.queries.rosters.section_register import RegisterFilter
from application.use_cases.rosters.keep_sections import SaveCourseCommand

STANDINGS = click.Choice([standing.value for standing in Standing])


@click.group()
def course() -> None:
    """Courses of the catalogue."""


@course.command("list")
@click.option("--search", default="", help="A part of code or title.")
@click.option("--org", metavar="CODE", help="Of this org or below it.")
@click.option("--standing", type=STANDINGS, default=Standing.ACTIVE.value, show_default=True)
@click.option("--page", type=click.IntRange(1), default=1, help="Of 100 courses each.")
@json_option
@click.pass_obj
def list_courses(
    bench: Workbench, search: str, org: str | None, standing: str, page: int, *, as_json: bool
) -> None:
    """List courses by code."""
    with bench.open_house() as house:
        org_id = house.lookup.org(org) if org else None
        wanted = RegisterFilter(search, org=org_id, standing=Standing(standing), page=page)
        found = house.course_register(wanted)
    if as_json:
        print_json({"total": found.total, "page": found.page, "pages": found.pages,
                    "courses": found.lines})  # fmt: skip
        return
    rows = [
        (one.course.code, one.course.title, one.org.code, one.slos,
         "" if one.course.active else "ended")
        for one in found.lines
    ]  # fmt: skip
    print_table(("code", "title", "org", "CSLOs", "standing"), rows, "No course fits.")
    if found.pages > 1:
        say(f"Page {found.page} of {found.pages}, {found.total} courses.")


@course.command()
@click.option("--code", required=True, help="Such as 'ENGL 101'.")
@click.option("--title", required=True)
@click.option("--org", required=True, metavar="CODE")
@click.pass_obj
def new(bench: Workbench, code: str, title: str, org: str) -> None:
    """Make a course by hand. No roster ends it."""
    with bench.open_house() as house:
        org_id = house.lookup.org(org)
        made = house.save_course(SaveCourseCommand(ACTOR, None, code, title, org_id))
    say(f"{made.code} is made.")


@course.command()
@click.argument("code")
@click.option("--code", "new_code", metavar="NEW", help="Another code.")
@click.option("--title")
@click.option("--org", metavar="CODE", help="Move it to this org.")
@click.option("--end/--restore", "ends", default=None, help="End the course, or undo that.")
@click.pass_obj
def edit(
    bench: Workbench,
    code: str,
    new_code: str | None,
    title: str | None,
    org: str | None,
    *,
    ends: bool | None,
) -> None:
    """Change a course. What is left out stays."""
    with bench.open_house() as house:
        now = house.read_course(house.lookup.course(code))
        command = SaveCourseCommand(
            ACTOR,
            now.id,
            new_code or now.code,
            title or now.title,
            house.lookup.org(org) if org else now.org_id,
            now.active if ends is None else not ends,
        )
        saved = house.save_course(command)
    say(f"{saved.code} is saved.")
