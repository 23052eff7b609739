"""Put the rubric of an assessment on an assignment of a Canvas course."""

from dataclasses import dataclass, replace
from functools import partial

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.outcomes.chosen_course import chosen_course
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid, LmsRefused
from application.ports.runtime import Transact
from application.queries.works.work_header import ReadWorkHeader, WorkHeader
from application.use_cases.lms.choose_course import (
    CourseChoice,
    OfferedCourse,
    RememberCourse,
    TaughtCourses,
)
from application.use_cases.outcome_sync.place_rubric import (
    OfferRubric,
    PlaceRubric,
    PlaceRubricCommand,
    RubricOffer,
    RubricTarget,
)
from domain.access import Right
from domain.ids import LmsAssignmentRef, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class RubricForm:
    """What is chosen on the page, also after a refused press."""

    assignment: str = ""
    points: str = "rubric"
    replace: bool = False


@dataclass(frozen=True, slots=True)
class RubricModel:
    """`course` None: none is preselected, so the page asks for it."""

    header: WorkHeader
    courses: CourseChoice
    course: OfferedCourse | None
    offer: RubricOffer | None = None
    form: RubricForm = RubricForm()
    placed: str = ""
    """Reference of the assignment that the rubric was put on just now."""
    problem: str = ""

    @property
    def placed_on(self) -> str:
        """Name of that assignment, empty unless the rubric is there."""
        offered = self.offer.assignments if self.offer else ()
        there = (one.assignment for one in offered if one.placed)
        return next((one.name for one in there if one.ref == self.placed), "")


@dataclass(frozen=True, slots=True)
class RubricDesk:
    """What the page needs to be drawn, also again after a refused press."""

    read_work_header: ReadWorkHeader
    taught_courses: TaughtCourses
    offer_rubric: OfferRubric
    transact: Transact

    async def begun(self, visit: Visit, work_id: SectionAssessmentId, key: str) -> RubricModel:
        """With the course and without its assignments."""
        header = await self.transact(partial(self.read_work_header, visit.person_id, work_id))
        courses = await self.taught_courses(visit.person_id, header.section_id)
        return RubricModel(header, courses, chosen_course(courses, key))

    async def offered(self, visit: Visit, model: RubricModel) -> RubricModel:
        """With the assignments as they are now, where a course is chosen."""
        if model.course is None:
            return model
        target = _target(visit, model.header.work_id, model.course)
        return replace(model, offer=await self.offer_rubric(target))


@get("/works/{work_id:str}/lms-rubric", right=Right.TEACH)
async def choose_assignment(
    visit: Injected[Visit],
    work_id: FromPath[str],
    rubric_desk: Injected[RubricDesk],
    course: FromQuery[str] = "",
    placed: FromQuery[str] = "",
) -> Response[str]:
    """The course's assignments, also those that open another LTI tool."""
    begun = await rubric_desk.begun(visit, SectionAssessmentId(work_id), course)
    model = replace(begun, form=RubricForm(assignment=placed), placed=placed)
    return page(visit, "lms-rubric.html", await rubric_desk.offered(visit, model))


@post("/works/{work_id:str}/lms-rubric", right=Right.TEACH)
async def put_on_assignment(
    visit: Injected[Visit],
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    rubric_desk: Injected[RubricDesk],
    place_rubric: Injected[PlaceRubric],
    remember_course: Injected[RememberCourse],
    transact: Injected[Transact],
) -> Response[str] | Redirect:
    sent, work = FormFields(data), SectionAssessmentId(work_id)
    model = await rubric_desk.begun(visit, work, sent.text("course"))
    course, form = model.course, _form(sent)
    if course is None:
        return page(visit, "lms-rubric.html", model, status=409)
    await transact(lambda: remember_course(visit.person_id, model.header.section_id, course))
    try:
        await place_rubric(_command(_target(visit, work, course), form))
    except (LmsRefused, Conflict, Invalid) as refused:
        told = refused.cure if isinstance(refused, Invalid) else str(refused)
        again = await rubric_desk.offered(visit, replace(model, form=form, problem=told))
        status = 422 if isinstance(refused, Invalid) else 409
        return page(visit, "lms-rubric.html", again, status=status)
    where = f"/works/{work}/lms-rubric?course={course.key}&placed={form.assignment}"
    return see_other(visit, where)


def _form(sent: FormFields) -> RubricForm:
    return RubricForm(
        assignment=sent.text("assignment"),
        points=sent.text("points"),
        replace=bool(sent.text("replace")),
    )


def _command(target: RubricTarget, form: RubricForm) -> PlaceRubricCommand:
    if not form.assignment:
        raise Invalid("assignment", "choose the assignment that gets the rubric.")
    return PlaceRubricCommand(
        target,
        LmsAssignmentRef(form.assignment),
        grades=form.points != "none",
        keeps_points=form.points == "keep",
        replaces=form.replace,
    )


def _target(visit: Visit, work: SectionAssessmentId, course: OfferedCourse) -> RubricTarget:
    return RubricTarget(visit.person_id, work, course.site_id, course.course.ref)


ROUTES = (choose_assignment, put_on_assignment)
