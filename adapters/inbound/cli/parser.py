"""`attain`: the whole tree, from the house and the processes that entrypoints give."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from importlib.metadata import version
from typing import TYPE_CHECKING

import rich_click as click

from adapters.inbound.cli.tree import Branch, Tree, grow
from adapters.inbound.cli.workbench import Processes, Workbench

if TYPE_CHECKING:
    from adapters.inbound.cli.house import House

_HERE = "adapters.inbound.cli"
BRANCHES = {
    "demo": Branch(f"{_HERE}.run_commands:demo", "Try Attain with a sample college."),
    "serve": Branch(f"{_HERE}.run_commands:serve", "Run the server."),
    "worker": Branch(f"{_HERE}.run_commands:worker", "Run background work only."),
    "db": Branch(f"{_HERE}.run_commands:db", "Prepare, check and back up the database."),
    "doctor": Branch(f"{_HERE}.run_commands:doctor", "Check everything, with the cure."),
    "lti": Branch(f"{_HERE}.lti_commands:lti", "LTI: the switch, keys, configuration."),
    "match": Branch(f"{_HERE}.match_commands:match", "How launches find their person."),
    "person": Branch(f"{_HERE}.person_commands:person", "People, roles, sign-in."),
    "org": Branch(f"{_HERE}.org_commands:org", "Orgs: the tree of the college."),
    "term": Branch(f"{_HERE}.term_commands:term", "Terms."),
    "course": Branch(f"{_HERE}.course_commands:course", "Courses of the catalogue."),
    "section": Branch(f"{_HERE}.section_commands:section", "Sections and who is in them."),
    "load": Branch(f"{_HERE}.load_commands:load", "Load rosters."),
    "canvas": Branch(f"{_HERE}.canvas_commands:canvas", "Canvas sites and authorization."),
    "slo": Branch(f"{_HERE}.slo_commands:slo", "Student learning outcomes."),
    "scale": Branch(f"{_HERE}.scale_commands:scale", "Assessment scales."),
    "assessment": Branch(f"{_HERE}.assessment_commands:assessment", "Assessments, plans."),
    "calendar": Branch(f"{_HERE}.calendar_commands:calendar", "Where assessments stand; remind."),
    "report": Branch(f"{_HERE}.report_commands:report", "Results as groups, and participation."),
    "action-plan": Branch(f"{_HERE}.action_plan_commands:action_plan", "Ask for change; follow."),
    "rfi": Branch(f"{_HERE}.rfi_commands:rfi", "Requests for information; their answers."),
    "outcomes": Branch(f"{_HERE}.sync_commands:outcomes", "CSLOs in Canvas: plan, send, look."),
    "links": Branch(f"{_HERE}.score_commands:links", "Links to LMS assignments."),
    "scores": Branch(f"{_HERE}.score_commands:scores", "Send, import and release scores."),
    "dla": Branch(f"{_HERE}.dla_commands:dla", "Activities for particular students."),
    "scorecard": Branch(
        f"{_HERE}.scorecard_commands:scorecard", "Rubric and scorecard as files, and back."
    ),
    "evidence": Branch(f"{_HERE}.evidence_commands:evidence", "Files of evidence: keep, expire."),
    "counts": Branch(f"{_HERE}.count_commands:counts", "Counts of Collective assessments."),
    "evaluator": Branch(f"{_HERE}.evaluator_commands:evaluator", "Who scores besides teachers."),
    "reflection": Branch(f"{_HERE}.reflection_commands:reflection", "Reflections to read."),
    "credentials": Branch(
        f"{_HERE}.credential_commands:credentials", "Keys that sign students' credentials."
    ),
    "portfolio": Branch(f"{_HERE}.credential_commands:portfolio", "ePortfolios of students."),
    "settings": Branch(f"{_HERE}.settings_commands:settings", "Rounding, groups, words."),
    "jobs": Branch(f"{_HERE}.job_commands:jobs", "Background work: look and steer."),
    "export": Branch(f"{_HERE}.export_commands:export", "All data of the college, to take away."),
    "audit": Branch(f"{_HERE}.audit_commands:audit", "The audit trail."),
}


def build(
    commands: Callable[[], AbstractContextManager["House"]],
    processes: Processes,
    refusals: Mapping[type[Exception], int] | None = None,
) -> click.Group:
    """The root command. `commands` opens the house for one command.

    `refusals` are the errors of starting that only entrypoints know, with their exit codes;
    their texts are sentences for people.
    """
    bench = Workbench(commands, processes, refusals or {})

    @click.group("attain", cls=Tree, context_settings={"obj": bench})
    @click.version_option(version("attain"), message="attain %(version)s")
    @click.option("--debug", is_flag=True, help="Show where an error came from.")
    def attain(debug: bool) -> None:  # noqa: FBT001 read by Tree from the context
        """Assess student learning outcomes inside Canvas."""

    grow(attain, BRANCHES)
    return attain
