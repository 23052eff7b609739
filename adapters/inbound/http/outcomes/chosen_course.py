"""The Canvas course of a page about an assessment: preselected, or chosen in the address."""

from application.use_cases.lms.choose_course import CourseChoice, OfferedCourse


def chosen_course(courses: CourseChoice, key: str) -> OfferedCourse | None:
    """The course that `key` names, else the preselected one; none while none can be offered.

    Raises Invalid for any other.
    """
    return courses.course(key) if key and courses.offered else courses.chosen
