"""Plans of an assessment: for which sections it is meant, and their carrying forward."""

from datetime import datetime

import rich_click as click

from adapters.inbound.cli.actor import TERMINAL
from adapters.inbound.cli.days import DAY, end_of, start_of
from adapters.inbound.cli.output import json_option, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.errors import Invalid
from application.planning.carrying import CarryLine
from application.planning.targets import PlanPreview
from application.use_cases.assessments.carry_plans import CarryPlansCommand
from application.use_cases.assessments.plan_sections import PlanSectionsCommand
from domain.planning import PlanTarget, TargetKind


@click.command()
@click.argument("code")
@click.option("--section", "sections", multiple=True, help="Section Title or source id.")
@click.option("--course", "courses", multiple=True, help="Course code: all its sections.")
@click.option("--org", "orgs", multiple=True, help="Org code: all sections below it.")
@click.option("--term", default="", help="Name or source id; the current one without.")
@click.option("--opens", type=DAY, help="Open date, YYYY-MM-DD.")
@click.option("--due", type=DAY, help="Due date, YYYY-MM-DD, at the end of that day.")
@click.option("--dry-run", is_flag=True, help="Show which sections would get it; plan nothing.")
@json_option
@click.pass_obj
def plan(
    bench: Workbench,
    code: str,
    sections: tuple[str, ...],
    courses: tuple[str, ...],
    orgs: tuple[str, ...],
    term: str,
    opens: datetime | None,
    due: datetime | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Plan CODE for sections, all sections of courses, or all sections of orgs."""
    kind, names = _one_kind(sections, courses, orgs)
    with bench.open_house() as house:
        term_id = house.plan_choices.term(term)
        time = house.read_college_rules().time
        command = PlanSectionsCommand(
            TERMINAL,
            code,
            term_id,
            house.plan_choices.target(kind, names, term_id),
            start_of(opens, time),
            end_of(due, time),
        )
        if dry_run:
            preview, plan_id = house.preview_plan(command), None
        else:
            report = house.plan_sections(command)
            preview, plan_id = report.preview, report.plan.id if report.plan else None
    if as_json:
        print_json({"plan": plan_id, **_preview_as_json(preview)})
        return
    _print_preview(preview)
    say("Dry run: nothing was planned." if dry_run else _planned(plan_id))


@click.command()
@click.argument("code")
@click.option("--plan", "plan_id", default="", help="Only this plan, by its id.")
@click.option("--term", default="", help="Name or source id; the current one without.")
@click.option("--section", "sections", multiple=True, help="Only the plan of these sections.")
@click.option("--course", "courses", multiple=True, help="Only the plan of these courses.")
@click.option("--org", "orgs", multiple=True, help="Only the plan of these orgs.")
@click.pass_obj
def unplan(
    bench: Workbench,
    code: str,
    plan_id: str,
    term: str,
    sections: tuple[str, ...],
    courses: tuple[str, ...],
    orgs: tuple[str, ...],
) -> None:
    """Undo plans of CODE in a term where nothing is scored or linked yet."""
    with bench.open_house() as house:
        term_id = house.plan_choices.term(term)
        target: PlanTarget | None = None
        if sections or courses or orgs:
            kind, names = _one_kind(sections, courses, orgs)
            target = house.plan_choices.target(kind, names, term_id)
        lines = house.library_page(TERMINAL, code).plans
        meant = [
            line.plan
            for line in lines
            if line.plan.stands
            and (line.plan.id == plan_id if plan_id else line.plan.term_id == term_id)
            and (target is None or line.plan.target == target)
        ]
        if not meant:
            raise Invalid("plan", "no plan that stands fits; see `attain assessment show`.")
        for one in meant:
            report = house.undo_plan(TERMINAL, one.id)
            say(f"Plan {one.id} is undone: {report.removed} removed, {len(report.kept)} kept.")


@click.command()
@click.argument("from_term")
@click.argument("to_term")
@click.option("--plan", "keys", multiple=True, help="Only this one, by its key; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Show what would be carried; carry nothing.")
@json_option
@click.pass_obj
def carry(
    bench: Workbench,
    from_term: str,
    to_term: str,
    keys: tuple[str, ...],
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Carry the plans of FROM_TERM forward to TO_TERM, matched by course."""
    with bench.open_house() as house:
        command = CarryPlansCommand(
            TERMINAL,
            house.plan_choices.term(from_term),
            house.plan_choices.term(to_term),
            keys or None,
        )
        lines = house.preview_carry(command)
        report = None if dry_run else house.carry_plans(command)
    if as_json:
        plans = [plan.id for plan in report.plans] if report else None
        print_json({"plans": plans, "lines": [_line_as_json(line) for line in lines]})
        return
    rows = [
        (line.key, line.assessment.code, line.names, line.opens_at, line.due_at,
         len(line.preview.gets) if line.preview else 0, line.reason)
        for line in lines
    ]  # fmt: skip
    header = ("key", "assessment", "for", "opens", "due", "sections", "not carried")
    print_table(header, rows, "Nothing was planned in that term.")
    if report is None:
        say("Dry run: nothing was carried.")
    else:
        say(f"{len(report.plans)} plans carried; {report.sections} sections got an assessment.")


@click.command()
@click.pass_obj
def follow(bench: Workbench) -> None:
    """Give sections that were loaded later what is planned for their course or org."""
    with bench.open_house() as house:
        added = house.follow_plans()
    say(f"{added} sections got what was planned for them.")


def _one_kind(
    sections: tuple[str, ...], courses: tuple[str, ...], orgs: tuple[str, ...]
) -> tuple[TargetKind, tuple[str, ...]]:
    """Raises: Invalid unless exactly one of them is named."""
    named = {
        TargetKind.SECTIONS: sections,
        TargetKind.COURSES: courses,
        TargetKind.ORGS: orgs,
    }
    given = [(kind, names) for kind, names in named.items() if names]
    if len(given) != 1:
        raise Invalid("target", "name sections, courses or orgs: one kind in one plan.")
    return given[0]


def _planned(plan_id: str | None) -> str:
    if plan_id is None:
        return "Every section has it already; nothing was planned."
    return f"Planned; undo it with `attain assessment unplan CODE --plan {plan_id}`."


def _print_preview(preview: PlanPreview) -> None:
    sorts = (("gets it", preview.gets), ("has it", preview.has), ("not yours", preview.outside))
    rows = [(section.title, section.source_id, word) for word, found in sorts for section in found]
    print_table(("section", "source id", ""), rows, "No section of the term is meant yet.")


def _preview_as_json(preview: PlanPreview) -> dict[str, object]:
    return {
        "gets": [section.title for section in preview.gets],
        "has": [section.title for section in preview.has],
        "outside": [section.title for section in preview.outside],
    }


def _line_as_json(line: CarryLine) -> dict[str, object]:
    preview = line.preview
    return {
        "key": line.key,
        "assessment": line.assessment.code,
        "for": line.target.kind if line.target else None,
        "names": line.names,
        "opens_at": line.opens_at,
        "due_at": line.due_at,
        "reason": line.reason,
        **(_preview_as_json(preview) if preview else {}),
    }
