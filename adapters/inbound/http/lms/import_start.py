"""Import LMS Scores, first page: the Canvas course, earlier imports, and the schedule."""

from dataclasses import dataclass
from functools import partial

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.outcomes.chosen_course import chosen_course
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.ports.runtime import Transact
from application.queries.score_import.work_imports import WorkImports, WorkImportsView
from application.use_cases.lms.choose_course import (
    CourseChoice,
    OfferedCourse,
    RememberCourse,
    TaughtCourses,
)
from application.use_cases.score_import.begin_import import BeginImport
from application.use_cases.score_import.schedule_import import SetRefresh, SetRefreshCommand
from domain.access import Right
from domain.ids import ImportId, PersonId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class StartModel:
    """`course` None: none is preselected, so the page asks for it."""

    view: WorkImportsView
    courses: CourseChoice
    course: OfferedCourse | None
    said: str


@get("/works/{work_id:str}/import", right=Right.TEACH)
async def start(
    visit: Injected[Visit],
    work_id: FromPath[str],
    work_imports: Injected[WorkImports],
    taught_courses: Injected[TaughtCourses],
    transact: Injected[Transact],
    course: FromQuery[str] = "",
    said: FromQuery[str] = "",
) -> Response[str]:
    read = partial(work_imports, visit.person_id, SectionAssessmentId(work_id))
    view = await transact(read)
    courses = await taught_courses(visit.person_id, view.header.section_id)
    model = StartModel(view, courses, chosen_course(courses, course), said)
    return page(visit, "import-start.html", model)


@post("/works/{work_id:str}/import", right=Right.TEACH)
async def begin(
    visit: Injected[Visit],
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    work_imports: Injected[WorkImports],
    taught_courses: Injected[TaughtCourses],
    remember_course: Injected[RememberCourse],
    begin_import: Injected[BeginImport],
    transact: Injected[Transact],
) -> Redirect:
    """Remember the course and begin to read it."""
    person, work = visit.person_id, SectionAssessmentId(work_id)
    view = await transact(partial(work_imports, person, work))
    courses = await taught_courses(person, view.header.section_id)
    course = chosen_course(courses, FormFields(data).text("course"))
    if course is None:
        raise Invalid("course", "choose the Canvas course first.")

    def begun() -> ImportId:
        remember_course(person, view.header.section_id, course)
        return begin_import(person, work, course.site_id, course.course.ref, course.course.name)

    return see_other(visit, f"/imports/{await transact(begun)}")


@post("/works/{work_id:str}/refresh", right=Right.TEACH, sync_to_thread=True)
def set_schedule(
    visit: Injected[Visit],
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    set_refresh: Injected[SetRefresh],
) -> Redirect:
    """Let the import be done again by itself, or no more."""
    set_refresh(_schedule(visit.person_id, SectionAssessmentId(work_id), FormFields(data)))
    return see_other(visit, f"/works/{work_id}/import?said=schedule")


def _schedule(
    person_id: PersonId, work_id: SectionAssessmentId, sent: FormFields
) -> SetRefreshCommand:
    if sent.text("active") != "yes":
        return SetRefreshCommand(person_id, work_id, active=False)
    return SetRefreshCommand(
        person_id,
        work_id,
        active=True,
        import_id=ImportId(sent.text("import")),
        every_hours=sent.whole("hours"),
    )


ROUTES = (start, begin, set_schedule)
