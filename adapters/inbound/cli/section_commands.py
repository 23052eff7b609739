"""`attain section`: sections with their people, and those made by hand."""

import rich_click as click

from adapters.inbound.cli.actor import ACTOR
from adapters.inbound.cli.course_commands import STANDINGS
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.ports.people_repositories import Standing
from application.queries.rosters.section_register import RegisterFilter
from application.use_cases.rosters.keep_sections import EnrolCommand, SaveSectionCommand
from domain.rostering import EnrolmentRole

_ROLE = click.option(
    "--role", type=click.Choice([role.value for role in EnrolmentRole]), default="student",
    show_default=True,
)  # fmt: skip


@click.group()
def section() -> None:
    """Sections and who is in them."""


@section.command("list")
@click.option("--search", default="", help="A part of title or code.")
@click.option("--term", metavar="NAME")
@click.option("--org", metavar="CODE", help="Of this org or below it.")
@click.option("--course", metavar="CODE")
@click.option("--standing", type=STANDINGS, default=Standing.ACTIVE.value, show_default=True)
@click.option("--page", type=click.IntRange(1), default=1, help="Of 100 sections each.")
@json_option
@click.pass_obj
def list_sections(
    bench: Workbench,
    search: str,
    term: str | None,
    org: str | None,
    course: str | None,
    standing: str,
    page: int,
    *,
    as_json: bool,
) -> None:
    """List sections by title."""
    with bench.open_house() as house:
        wanted = RegisterFilter(
            search,
            house.lookup.term(term) if term else None,
            house.lookup.org(org) if org else None,
            house.lookup.course(course) if course else None,
            Standing(standing),
            page,
        )
        found = house.section_register(wanted)
    if as_json:
        print_json({"total": found.total, "page": found.page, "pages": found.pages,
                    "sections": found.lines})  # fmt: skip
        return
    rows = [
        (one.section.title, one.course.code, one.term.name, one.org.code, one.students,
         "" if one.section.active else "ended")
        for one in found.lines
    ]  # fmt: skip
    header = ("title", "course", "term", "org", "students", "standing")
    print_table(header, rows, "No section fits.")
    if found.pages > 1:
        say(f"Page {found.page} of {found.pages}, {found.total} sections.")


@section.command()
@click.argument("title")
@json_option
@click.pass_obj
def show(bench: Workbench, title: str, *, as_json: bool) -> None:
    """Show one section and its people."""
    with bench.open_house() as house:
        view = house.read_section(house.lookup.section(title))
    if as_json:
        print_json(view)
        return
    say(f"{view.section.title}: {view.course.code} in {view.term.name}, {view.org.name}")
    days = view.days
    if days:
        say(f"From {days[0]} to {days[1]}.")
    rows = [
        (one.person.list_name, one.person.tech_id, one.role, "" if one.active else "ended")
        for one in view.people
    ]
    print_table(("name", "Tech ID", "as", "standing"), rows, "Nobody is enrolled.")


@section.command()
@click.option("--title", required=True, help="Must equal the Canvas Course Code.")
@click.option("--code", default="", help="Else the title.")
@click.option("--course", required=True, metavar="CODE")
@click.option("--term", required=True, metavar="NAME")
@click.pass_obj
def new(bench: Workbench, title: str, code: str, course: str, term: str) -> None:
    """Make a section by hand. No roster ends it."""
    with bench.open_house() as house:
        command = SaveSectionCommand(
            ACTOR, None, title, code, house.lookup.course(course), house.lookup.term(term)
        )
        made = house.save_section(command)
    say(f"{made.title} is made.")


@section.command()
@click.argument("title")
@click.option("--title", "new_title", metavar="NEW", help="Another title.")
@click.option("--code")
@click.option("--course", metavar="CODE")
@click.option("--term", metavar="NAME")
@click.option("--end/--restore", "ends", default=None, help="End the section, or undo that.")
@click.pass_obj
def edit(
    bench: Workbench,
    title: str,
    new_title: str | None,
    code: str | None,
    course: str | None,
    term: str | None,
    *,
    ends: bool | None,
) -> None:
    """Change a section. What is left out stays."""
    with bench.open_house() as house:
        now = house.read_section(house.lookup.section(title)).section
        command = SaveSectionCommand(
            ACTOR,
            now.id,
            new_title or now.title,
            code or now.code,
            house.lookup.course(course) if course else now.course_id,
            house.lookup.term(term) if term else now.term_id,
            now.active if ends is None else not ends,
        )
        saved = house.save_section(command)
    say(f"{saved.title} is saved.")


@section.command()
@click.argument("title")
@click.argument("tech_id")
@_ROLE
@click.pass_obj
def enrol(bench: Workbench, title: str, tech_id: str, role: str) -> None:
    """Enrol the person with TECH_ID in the section TITLE. Twice changes nothing."""
    with bench.open_house() as house:
        command = EnrolCommand(
            ACTOR, house.lookup.section(title), house.lookup.person(tech_id), EnrolmentRole(role)
        )
        changed = house.enrol(command)
    say(f"{tech_id} {'is now' if changed else 'was already'} {role} in {title}.")


@section.command()
@click.argument("title")
@click.argument("tech_id")
@_ROLE
@click.pass_obj
def unenrol(bench: Workbench, title: str, tech_id: str, role: str) -> None:
    """End an enrolment. Scores stay."""
    with bench.open_house() as house:
        command = EnrolCommand(
            ACTOR, house.lookup.section(title), house.lookup.person(tech_id), EnrolmentRole(role)
        )
        house.end_enrolment(command)
    say(f"{tech_id} is no longer {role} in {title}.")
