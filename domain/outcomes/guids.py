"""The names under which our outcomes and folders are known in the LMS (`vendor_guid`).

Canvas looks a guid up over the whole installation, far beyond one course or account, so each
begins with our name and the root account. A guid is never used again and never changed.
"""

from domain.ids import CourseId, LmsAccountRef, LmsCourseRef, SectionAssessmentId, SloId

_OURS = "attain"


def slo_guid(root: LmsAccountRef, slo_id: SloId, generation: int = 1) -> str:
    """An SLO in an account; a later generation replaces one that was assessed already."""
    return _generation(f"{_OURS}:{root}:slo:{slo_id}", generation)


def use_guid(
    root: LmsAccountRef,
    work_id: SectionAssessmentId,
    course: LmsCourseRef,
    slo_id: SloId,
    generation: int = 1,
) -> str:
    """An SLO as an assessment in a section uses it, in one LMS course."""
    return _generation(f"{_OURS}:{root}:use:{work_id}:{course}:{slo_id}", generation)


def course_folder_guid(root: LmsAccountRef, course_id: CourseId) -> str:
    return f"{_OURS}:{root}:course:{course_id}"


def use_folder_guid(root: LmsAccountRef, work_id: SectionAssessmentId, course: LmsCourseRef) -> str:
    return f"{_OURS}:{root}:use:{work_id}:{course}"


def is_ours(guid: str) -> bool:
    return guid.startswith(f"{_OURS}:")


def slo_named_by(guid: str) -> SloId | None:
    """The SLO that one of our outcome guids names; None for a folder's or a foreign one."""
    parts = guid.split(":")
    if parts[-1].startswith("v") and parts[-1][1:].isdigit():
        parts.pop()
    match parts:
        case [ours, _, "slo", slo_id] if ours == _OURS:
            return SloId(slo_id)
        case [ours, _, "use", _, _, slo_id] if ours == _OURS:
            return SloId(slo_id)
        case _:
            return None


def course_named_by(guid: str) -> CourseId | None:
    """The course that one of our folder guids names; None for any other."""
    match guid.split(":"):
        case [ours, _, "course", course_id] if ours == _OURS:
            return CourseId(course_id)
        case _:
            return None


def _generation(stem: str, generation: int) -> str:
    return stem if generation == 1 else f"{stem}:v{generation}"
