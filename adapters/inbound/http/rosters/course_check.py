"""Section Titles against the Course Codes in Canvas, asked for when a Data Steward says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromQuery

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import Visit
from application.errors import Invalid, LmsError
from application.ports.runtime import Transact
from application.queries.rosters.course_check_choices import CourseCheckChoices
from application.refusals import outcome_sentence, why_unread
from application.use_cases.lms.check_courses import (
    CheckCourses,
    CheckCoursesCommand,
    CheckCoursesReport,
)
from domain.access import Right

_MOST = 500
"""Lines of one table on the page; the command lists all."""


@dataclass(frozen=True, slots=True)
class CheckModel:
    """`unread` says why Canvas could not be asked; `report` None: nobody asked yet."""

    sites: Sequence[str]
    terms: Sequence[str]
    site: str
    term: str
    report: CheckCoursesReport | None = None
    unread: str = ""
    most: int = _MOST


@get("/loads/check", right=Right.RUN_SYSTEM)
async def check_page(
    visit: Injected[Visit],
    course_check_choices: Injected[CourseCheckChoices],
    check_courses: Injected[CheckCourses],
    transact: Injected[Transact],
    canvas: FromQuery[str] = "",
    term: FromQuery[str] = "",
    ask: FromQuery[str] = "",
) -> Response[str]:
    """The question with its filters in the address, and the answer once it is asked."""
    choices = await transact(course_check_choices)
    report, unread = None, ""
    if ask:
        try:
            report = await check_courses(CheckCoursesCommand(canvas, term))
        except Invalid as wrong:
            unread = wrong.cure
        except LmsError as error:
            unread = outcome_sentence(why_unread(error))
    model = CheckModel(choices.sites, choices.terms, canvas, term, report, unread)
    return await transact(lambda: page(visit, "load-check.html", model))


ROUTES = (check_page,)
