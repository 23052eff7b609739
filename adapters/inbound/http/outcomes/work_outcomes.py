"""Send Outcomes to LMS: the SLOs and rubric of an assessment, to a Canvas course."""

from dataclasses import dataclass, replace
from functools import partial

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.outcomes.chosen_course import chosen_course
from adapters.inbound.http.outcomes.plan_review import (
    NO_TICKS,
    PlanReview,
    Ticks,
    status_of,
    ticks_of,
    told,
)
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid, LmsError
from application.outcome_sync.scope import WorkScope
from application.ports.runtime import Transact
from application.queries.works.work_header import ReadWorkHeader, WorkHeader
from application.use_cases.lms.choose_course import (
    CourseChoice,
    OfferedCourse,
    RememberCourse,
    TaughtCourses,
)
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomes, PlanOutcomesCommand
from application.use_cases.outcome_sync.sync_outcomes import SyncOutcomes, SyncOutcomesCommand
from domain.access import Right
from domain.ids import SectionAssessmentId


@dataclass(frozen=True, slots=True)
class WorkOutcomesModel:
    """`course` None: none is preselected, so the page asks for it."""

    header: WorkHeader
    courses: CourseChoice
    course: OfferedCourse | None
    review: PlanReview | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class WorkOutcomesDesk:
    """What the page needs to be drawn, also again after a refused press."""

    read_work_header: ReadWorkHeader
    taught_courses: TaughtCourses
    plan_outcomes: PlanOutcomes
    transact: Transact

    async def begun(
        self, visit: Visit, work_id: SectionAssessmentId, key: str
    ) -> WorkOutcomesModel:
        """With the course and without the plan."""
        header = await self.transact(partial(self.read_work_header, visit.person_id, work_id))
        courses = await self.taught_courses(visit.person_id, header.section_id)
        return WorkOutcomesModel(header, courses, chosen_course(courses, key))

    async def planned(
        self, visit: Visit, model: WorkOutcomesModel, ticks: Ticks
    ) -> WorkOutcomesModel:
        """With the plan, where a course is chosen."""
        if model.course is None:
            return model
        plan = await self.plan_outcomes(_planning(visit, model.header, model.course))
        name = model.course.course.name
        named = tuple(replace(place, name=name) for place in plan.places)
        return replace(model, review=PlanReview(replace(plan, places=named), ticks))


@get("/works/{work_id:str}/outcomes", right=Right.TEACH)
async def review_of_work(
    visit: Injected[Visit],
    work_id: FromPath[str],
    work_outcomes_desk: Injected[WorkOutcomesDesk],
    course: FromQuery[str] = "",
) -> Response[str]:
    """What would be sent to which course; nothing is sent by looking."""
    begun = await work_outcomes_desk.begun(visit, SectionAssessmentId(work_id), course)
    model = await work_outcomes_desk.planned(visit, begun, NO_TICKS)
    return page(visit, "work-outcomes.html", model)


@post("/works/{work_id:str}/outcomes", right=Right.TEACH)
async def send_of_work(
    visit: Injected[Visit],
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    work_outcomes_desk: Injected[WorkOutcomesDesk],
    sync_outcomes: Injected[SyncOutcomes],
    remember_course: Injected[RememberCourse],
    transact: Injected[Transact],
) -> Response[str] | Redirect:
    """Remember the course and send what the plan says, and the conflicts that were ticked."""
    sent, ticks = FormFields(data), ticks_of(FormFields(data).every)
    work = SectionAssessmentId(work_id)
    model = await work_outcomes_desk.begun(visit, work, sent.text("course"))
    course = model.course
    if course is None:
        return page(visit, "work-outcomes.html", model, status=409)
    await transact(lambda: remember_course(visit.person_id, model.header.section_id, course))
    command = SyncOutcomesCommand(
        _planning(visit, model.header, course),
        overwrite=ticks.overwrite,
        accepted=ticks.accepted,
    )
    try:
        run_id = await sync_outcomes(command)
    except (Invalid, Conflict, LmsError) as refused:
        again = await work_outcomes_desk.planned(visit, model, ticks)
        shown = replace(again, problem=told(refused))
        return page(visit, "work-outcomes.html", shown, status=status_of(refused))
    review_path = f"/works/{work}/outcomes?course={course.key}"
    return see_other(visit, f"/outcomes/runs/{run_id}" if run_id else review_path)


def _planning(visit: Visit, header: WorkHeader, course: OfferedCourse) -> PlanOutcomesCommand:
    scope = WorkScope(header.work_id, course.site_id, course.course.ref)
    return PlanOutcomesCommand(visit.person_id, visit.role, scope, course.site_id)


ROUTES = (review_of_work, send_of_work)
