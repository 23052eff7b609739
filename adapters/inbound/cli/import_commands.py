"""`attain scores import`: scores given in the LMS, read here and now."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

import rich_click as click

from adapters.inbound.cli.actor import as_option
from adapters.inbound.cli.course_option import course_option, told_course
from adapters.inbound.cli.house import House
from adapters.inbound.cli.messages import PARTLY
from adapters.inbound.cli.output import complain, json_option, leave, print_json, print_table, say
from adapters.inbound.cli.workbench import Workbench
from application.errors import Invalid, LmsRefused
from application.only_one import only_one
from application.queries.rosters.registers import WorkPlace
from application.queries.score_import.import_preview import ImportPreviewView, PreviewLine
from application.refusals import sentence
from application.use_cases.score_import.apply_import import ApplyImportCommand, ImportReport
from domain.ids import ImportId, LmsAssignmentRef
from domain.score_import.import_plan import ImportPolicy, LineState
from domain.score_import.import_run import ImportState

_POLICIES = click.Choice([policy.value for policy in ImportPolicy])


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the options say."""

    course: str | None
    assignments: tuple[str, ...]
    policy: ImportPolicy
    replace_conflicts: bool


@click.command("import")
@click.argument("section")
@click.argument("assessment")
@as_option("Whose Canvas authorisation is used.")
@course_option
@click.option(
    "--assignment", "assignments", multiple=True, metavar="NAME|ID",
    help="Only this one; may be given again. Without it, all whose rubric fits.",
)  # fmt: skip
@click.option(
    "--policy", type=_POLICIES, default=ImportPolicy.LATEST.value, show_default=True,
    help="Which of several assignments counts.",
)  # fmt: skip
@click.option("--replace-conflicts", is_flag=True, help="Replace scores that were given here too.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@json_option
@click.pass_obj
def import_scores(
    bench: Workbench,
    section: str,
    assessment: str,
    tech_id: str,
    course: str | None,
    assignments: tuple[str, ...],
    policy: str,
    *,
    replace_conflicts: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import scores that were given in Canvas into ASSESSMENT in SECTION.

    SECTION is a title or source id, ASSESSMENT a code. The exit code is 5 when something
    cannot come over, or stays since a score was given here.
    """
    wanted = _Wanted(course, assignments, ImportPolicy(policy), replace_conflicts)
    with bench.open_house() as house:
        place = house.registers.work_of(section, assessment, tech_id)
        import_id = _read(house, place, wanted)
        chosen = _chosen(house, place, import_id, wanted)
        preview = house.import_preview(place.person_id, import_id, chosen, wanted.policy)
        report = None if dry_run else _apply(house, place, import_id, chosen, wanted)
    if as_json:
        print_json(_as_json(preview, report))
    else:
        _print(preview, report)
    left = preview.counted(LineState.CANNOT)
    kept = 0 if replace_conflicts else preview.counted(LineState.CONFLICT)
    leave(PARTLY if left or kept else 0)


def _read(house: House, place: WorkPlace, wanted: _Wanted) -> ImportId:
    """Raises: LmsRefused when the LMS could not be read to the end."""
    header = house.read_work_header(place.person_id, place.work_id)
    choice = house.run(house.taught_courses(place.person_id, header.section_id))
    course = told_course(choice, wanted.course)
    import_id = house.begin_import(
        place.person_id, place.work_id, course.site_id, course.course.ref, course.course.code,
        inline=True,
    )  # fmt: skip
    house.run(house.read_lms_scores.read(import_id, _told))
    one = house.import_choices(place.person_id, import_id).score_import
    if one.state is not ImportState.READ:
        raise LmsRefused(sentence(one.reason), reason=one.reason)
    return import_id


def _chosen(
    house: House, place: WorkPlace, import_id: ImportId, wanted: _Wanted
) -> frozenset[LmsAssignmentRef]:
    """Raises: Invalid when no assignment fits, or one that was named does not."""
    fitting = house.import_choices(place.person_id, import_id).assignments
    if not fitting:
        raise Invalid("assignment", sentence("no-rubric"))
    chosen = set()
    for name in wanted.assignments:
        meant = [one.ref for one in fitting if name in {one.ref, one.name}]
        there = (f"{one.name} ({one.ref})" for one in fitting)
        chosen.add(only_one("assignment", name, meant, "assignment", "name or Canvas id", there))
    return frozenset(chosen or (one.ref for one in fitting))


def _apply(
    house: House,
    place: WorkPlace,
    import_id: ImportId,
    chosen: frozenset[LmsAssignmentRef],
    wanted: _Wanted,
) -> ImportReport:
    return house.apply_import(
        ApplyImportCommand(
            place.person_id,
            import_id,
            chosen,
            wanted.policy,
            replace_all=wanted.replace_conflicts,
        )
    )


def _told(done: int, total: int) -> None:
    """How far it is, for somebody who watches."""
    if sys.stderr.isatty():
        complain(f"Reading Canvas: {done} of {total} portions of assignments")


def _as_json(preview: ImportPreviewView, report: ImportReport | None) -> dict[str, object]:
    return {
        "import": preview.score_import.id,
        "course": preview.score_import.course_ref,
        "assignments": [{"id": ref, "name": name} for ref, name in preview.assignments],
        "policy": preview.policy,
        "written": report.written if report else None,
        "counts": {state: preview.counted(state) for state in LineState},
        "scores": [_line_as_json(line) for line in preview.lines],
    }


def _line_as_json(line: PreviewLine) -> dict[str, object]:
    return {
        "tech_id": line.tech_id,
        "lms_user": line.user_ref,
        "row": line.row_code,
        "state": line.state,
        "stands": line.stands,
        "becomes": line.becomes,
        "from": [source.assignment for source in line.sources],
        "reason": line.reason,
    }


def _print(preview: ImportPreviewView, report: ImportReport | None) -> None:
    rows = [
        (line.tech_id or f"LMS user {line.user_ref}", line.row_code, line.stands, line.becomes,
         line.state, line.sentence or _origin(line))
        for line in preview.lines
    ]  # fmt: skip
    header = ("student", "row", "here", "there", "", "from")
    print_table(header, rows, "Nobody was rated on a fitting rubric.")
    if report is None:
        say("Dry run: nothing was imported.")
    else:
        say(f"{report.written} scores imported, import {report.score_import.id}.")


def _origin(line: PreviewLine) -> str:
    return "; ".join(_words((source.assignment, source.rating) for source in line.sources))


def _words(sources: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (f"{assignment}: {rating}" for assignment, rating in sources)
