"""The register of courses, and courses made by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.paging import Pager
from adapters.inbound.http.rosters.record_form import (
    ENDED,
    FormField,
    RecordForm,
    Register,
    org_options,
    record_page,
    saved,
)
from adapters.inbound.http.rosters.register_filters import filter_of, pager_of
from adapters.inbound.http.visit import AnyRequest, Visit
from application.paging import ListPage
from application.ports.people_repositories import Standing
from application.queries.rosters.course_register import CourseLine, CourseRegister, ReadCourse
from application.queries.rosters.org_register import ListOrgs, OrgLine
from application.queries.rosters.section_register import RegisterFilter
from application.use_cases.rosters.keep_sections import SaveCourse, SaveCourseCommand
from domain.access import Right
from domain.ids import CourseId, OrgId
from domain.rostering import Course

_REGISTER = Register("/courses", "Courses", "course")


@dataclass(frozen=True, slots=True)
class CoursesModel:
    found: ListPage[CourseLine]
    filter: RegisterFilter
    orgs: Sequence[OrgLine]
    pager: Pager
    notice: str
    standings: Sequence[Standing] = tuple(Standing)

    @property
    def is_filtered(self) -> bool:
        return self.filter != RegisterFilter(page=self.filter.page)


@get("/courses", right=Right.RUN_SYSTEM, sync_to_thread=True)
def courses(
    request: AnyRequest,
    visit: Injected[Visit],
    course_register: Injected[CourseRegister],
    list_orgs: Injected[ListOrgs],
    done: FromQuery[str] = "",
) -> Response[str]:
    wanted = filter_of(request)
    found = course_register(wanted)
    pager = pager_of(request, "/courses", found)
    notice = "Saved." if done else ""
    return page(visit, "courses.html", CoursesModel(found, wanted, list_orgs(), pager, notice))


@get("/courses/new", right=Right.RUN_SYSTEM, sync_to_thread=True)
def new_course(visit: Injected[Visit], list_orgs: Injected[ListOrgs]) -> Response[str]:
    return record_page(visit, _form(list_orgs(), None, None, {}))


@post("/courses/new", right=Right.RUN_SYSTEM, sync_to_thread=True)
def make_course(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_course: Injected[SaveCourse],
    list_orgs: Injected[ListOrgs],
) -> Response[str] | Redirect:
    typed = FormFields(data)
    return saved(
        visit,
        lambda: _saved(save_course, _command(visit, typed, None)),
        lambda errors: record_page(visit, _form(list_orgs(), None, typed, errors), 422),
    )


@get("/courses/{course_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def course_form(
    course_id: FromPath[str],
    visit: Injected[Visit],
    read_course: Injected[ReadCourse],
    list_orgs: Injected[ListOrgs],
) -> Response[str]:
    return record_page(visit, _form(list_orgs(), read_course(CourseId(course_id)), None, {}))


@post("/courses/{course_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_a_course(
    course_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_course: Injected[SaveCourse],
    read_course: Injected[ReadCourse],
    list_orgs: Injected[ListOrgs],
) -> Response[str] | Redirect:
    typed, stored = FormFields(data), read_course(CourseId(course_id))
    return saved(
        visit,
        lambda: _saved(save_course, _command(visit, typed, stored.id)),
        lambda errors: record_page(visit, _form(list_orgs(), stored, typed, errors), 422),
    )


def _saved(save_course: SaveCourse, command: SaveCourseCommand) -> str:
    save_course(command)
    return "/courses?done=yes"


def _command(visit: Visit, typed: FormFields, course_id: CourseId | None) -> SaveCourseCommand:
    return SaveCourseCommand(
        visit.person_id,
        course_id,
        typed.text("code"),
        typed.text("title"),
        OrgId(typed.text("org")),
        typed.text("standing") != ENDED,
    )


def _form(
    orgs: Sequence[OrgLine],
    course: Course | None,
    typed: FormFields | None,
    errors: Mapping[str, str],
) -> RecordForm:
    fields = [
        FormField("code", "Code", course.code if course else "", hint="Such as ENGL 101."),
        FormField("title", "Title", course.title if course else ""),
        FormField("org", "Org", course.org_id if course else "", options=org_options(orgs)),
    ]
    return _REGISTER.form(course, course.code if course else "", fields, typed, errors)


ROUTES = (courses, new_course, make_course, course_form, save_a_course)
