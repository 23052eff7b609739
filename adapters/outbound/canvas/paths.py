"""Where things are in Canvas' REST API."""

from urllib.parse import quote

from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsFolderRef, LmsOutcomeRef
from domain.outcomes.found import OutcomePlace


def segment(reference: str) -> str:
    """A reference as one segment of a path; it never adds one."""
    return quote(reference, safe=":~")


def course_path(course: LmsCourseRef) -> str:
    return f"/courses/{segment(course)}"


def assignment_path(course: LmsCourseRef, assignment: LmsAssignmentRef) -> str:
    return f"{course_path(course)}/assignments/{segment(assignment)}"


def place_path(place: OutcomePlace) -> str:
    return f"/{place.kind}s/{segment(place.ref)}"


def folder_path(place: OutcomePlace, folder: LmsFolderRef) -> str:
    return f"{place_path(place)}/outcome_groups/{segment(folder)}"


def link_path(place: OutcomePlace, folder: LmsFolderRef, outcome: LmsOutcomeRef) -> str:
    return f"{folder_path(place, folder)}/outcomes/{segment(outcome)}"


def outcome_path(outcome: LmsOutcomeRef) -> str:
    return f"/outcomes/{segment(outcome)}"
