"""`attain outcomes send|rubric`: the SLOs and the rubric of one assessment, to a Canvas course."""

from dataclasses import dataclass

import rich_click as click

from adapters.inbound.cli.actor import as_option
from adapters.inbound.cli.course_option import course_option, told_course
from adapters.inbound.cli.house import House
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.sync_result import Sending, sending_options
from adapters.inbound.cli.workbench import Workbench
from application.only_one import only_one
from application.outcome_sync.scope import WorkScope
from application.use_cases.outcome_sync.place_rubric import (
    OfferedAssignment,
    PlaceRubricCommand,
    RubricOffer,
    RubricTarget,
)
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomesCommand
from domain.score import plain

_AS = as_option("Whose Canvas authorisation is used.")
_POINTS = {
    "rubric": "the rubric's total, which becomes the assignment's points",
    "keep": "the rubric's total; the assignment keeps its points",
    "none": "none: for rating only",
}


@click.command()
@click.argument("section")
@click.argument("assessment")
@_AS
@course_option
@sending_options
@json_option
@click.pass_obj
def send(
    bench: Workbench,
    section: str,
    assessment: str,
    tech_id: str,
    course: str | None,
    codes: tuple[str, ...],
    accepted: tuple[str, ...],
    *,
    dry_run: bool,
    wait: bool,
    as_json: bool,
) -> None:
    """Send the SLOs of ASSESSMENT in SECTION, with its own rubric, to the Canvas course.

    SECTION is a title or source id, ASSESSMENT a code. Carried out by the job worker; running
    it again sends only differences. The exit code is 5 when something is blocked, in conflict
    or failed, 4 when Canvas could not be asked.
    """
    sending = Sending(codes, accepted, dry_run, wait)
    with bench.open_house() as house:
        target = _target(house, section, assessment, tech_id, course)
        sent = sending.carry_out(house, _planning(house, target, tech_id))
    sent.finish(as_json=as_json)


@click.command("rubric")
@click.argument("section")
@click.argument("assessment")
@_AS
@course_option
@click.option("--assignment", metavar="NAME|ID", help="Where it goes; left out, they are listed.")
@click.option(
    "--points", type=click.Choice(list(_POINTS)), default="rubric", show_default=True,
    help="What the grade is: " + "; ".join(f"{one}, {what}" for one, what in _POINTS.items()) + ".",
)  # fmt: skip
@click.option(
    "--replace", is_flag=True, help="Replace another rubric there, if nobody was rated on it."
)
@json_option
@click.pass_obj
def put_rubric(
    bench: Workbench,
    section: str,
    assessment: str,
    tech_id: str,
    course: str | None,
    assignment: str | None,
    points: str,
    *,
    replace: bool,
    as_json: bool,
) -> None:
    """Put the rubric of ASSESSMENT in SECTION on an assignment of the Canvas course.

    SECTION is a title or source id, ASSESSMENT a code. Its SLOs must have outcomes there:
    `attain outcomes send` or `sync` comes first. A rubric that somebody was rated on stays.
    """
    with bench.open_house() as house:
        target = _target(house, section, assessment, tech_id, course)
        offer = house.run(house.offer_rubric(target))
        if assignment is None:
            _list(offer, as_json=as_json)
            return
        chosen = _named(offer, assignment).assignment
        placed = house.run(
            house.place_rubric(
                PlaceRubricCommand(
                    target,
                    chosen.ref,
                    grades=points != "none",
                    keeps_points=points == "keep",
                    replaces=replace,
                )
            )
        )
    if as_json:
        print_json(
            {"assignment": chosen.ref, "name": chosen.name, "rubric": placed.rubric_ref,
             "criteria": len(placed.criteria)}
        )  # fmt: skip
    else:
        say(f"The rubric is on “{chosen.name}”: {len(placed.criteria)} criteria.")


def _target(
    house: House, section: str, assessment: str, tech_id: str, course: str | None
) -> RubricTarget:
    place = house.registers.work_of(section, assessment, tech_id)
    header = house.read_work_header(place.person_id, place.work_id)
    choice = house.run(house.taught_courses(place.person_id, header.section_id))
    told = told_course(choice, course)
    return RubricTarget(place.person_id, place.work_id, told.site_id, told.course.ref)


def _planning(house: House, target: RubricTarget, tech_id: str) -> PlanOutcomesCommand:
    scope = WorkScope(target.work_id, target.site_id, target.course_ref)
    viewer = house.acting_viewer(tech_id)
    return PlanOutcomesCommand(viewer.person_id, viewer.role, scope, target.site_id)


def _named(offer: RubricOffer, name: str) -> OfferedAssignment:
    meant = [one for one in offer.assignments if name in {one.assignment.ref, one.assignment.name}]
    there = (f"{o.assignment.name} ({o.assignment.ref})" for o in offer.assignments)
    return only_one("assignment", name, meant, "assignment", "name or Canvas id", there)


def _list(offer: RubricOffer, *, as_json: bool) -> None:
    """The assignments of the course, and what stands on them."""
    lines = [_Line.of(one) for one in offer.assignments]
    if as_json:
        print_json(lines)
        return
    rows = [(n.id, n.name, n.points, n.opens_tool, n.rubric or None, n.ours) for n in lines]
    header = ("id", "assignment", "points", "opens a tool", "rubric there", "of this assessment")
    print_table(header, rows, "The course has no assignment yet. Make one in Canvas.")


@dataclass(frozen=True, slots=True)
class _Line:
    id: str
    name: str
    points: str | None
    opens_tool: bool
    rubric: str
    ours: bool

    @classmethod
    def of(cls, one: OfferedAssignment) -> "_Line":
        there = one.assignment
        return cls(
            there.ref,
            there.name,
            None if there.points_possible is None else plain(there.points_possible),
            bool(there.launch_url),
            there.rubric.title if there.rubric else "",
            one.placed,
        )
