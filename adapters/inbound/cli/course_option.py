"""The Canvas course of a section at the terminal: told where it can be, else named."""

from collections.abc import Callable
from typing import TypeVar

import rich_click as click

from application.errors import Invalid, LmsRefused
from application.refusals import sentence
from application.use_cases.lms.choose_course import CourseChoice, OfferedCourse

Command = TypeVar("Command", bound=Callable[..., object])
course_option: Callable[[Command], Command] = click.option(
    "--course", metavar="CODE", help="Course Code or id there, where it cannot be told."
)


def told_course(choice: CourseChoice, name: str | None) -> OfferedCourse:
    """The course that is named, or the one that can be told.

    Raises:
        LmsRefused: the person teaches none. Invalid: no course, or several, can be meant.
    """
    if not choice.offered:
        raise LmsRefused(sentence(choice.reason), reason=choice.reason)
    if name is None and choice.chosen is not None:
        return choice.chosen
    fitting = [one for one in choice.offered if name in {one.course.ref, one.course.code}]
    if len(fitting) != 1:
        codes = ", ".join(one.course.code or one.course.ref for one in choice.offered)
        raise Invalid("course", f"name one of these with --course: {codes}.")
    return fitting[0]
