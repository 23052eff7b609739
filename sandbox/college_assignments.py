"""Assignments of the sample college's Canvas courses."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from sandbox.college_records import College, Section, Shell

_QUIZ_SUBJECT = "ENGL"

Row = dict[str, object]


def assignments_in(
    college: College, shell: Shell, first: int, launch_url: str, quiz_url: str
) -> Iterator[Row]:
    """One for each planned assessment and a few more, all opening Attain but one of English.

    Their numbers follow `first`.
    """
    sections = [section for section in college.sections if section.shell == shell.key]
    due = f"{college.today + timedelta(days=7)}T23:59:00Z"
    rows = [*_planned(college, sections), *_extra(shell is college.shells[0])]
    if shell.code.startswith(_QUIZ_SUBJECT):
        rows.append({"name": "Reading quiz", "points_possible": 10, "external_tool_url": quiz_url})
    for number, row in enumerate(rows, start=1):
        yield {
            "id": first + number,
            "submission_types": ["external_tool"],
            "external_tool_url": launch_url,
            "published": True,
            "due_at": due,
            **row,
        }


def _planned(college: College, sections: list[Section]) -> Iterator[Row]:
    here = {section.source_id for section in sections}
    for assessment in _entries(college.assessments["assessments"]):
        planned = {str(use["section"]) for use in _entries(assessment["sections"])}
        if planned & here:
            yield {
                "name": assessment["name"],
                "description": assessment["description"],
                "points_possible": assessment["points_possible"],
            }


def _extra(with_refusals: bool) -> Iterator[Row]:  # noqa: FBT001 one of two lists
    """An ordinary one; in the first course also those that Canvas or Attain must refuse."""
    yield {"name": "Weekly practice", "points_possible": 20}
    if with_refusals:
        yield {"name": "Draft reader (unpublished)", "points_possible": 20, "published": False}
        yield {"name": "Peer comments (no points)", "points_possible": None}
        yield {
            "name": "Portfolio (letter grade)",
            "points_possible": 20,
            "grading_type": "letter_grade",
        }


def _entries(rows: object) -> Iterable[Row]:
    return rows if isinstance(rows, list) else ()
