"""Assessments in sections, and their scores."""

from datetime import datetime
from typing import Annotated

from litestar import Response
from litestar.params import FromPath, JSONBody

from adapters.inbound.http.api.asked import CourseAsked, SectionAsked, TermAsked, WorkAsked, named
from adapters.inbound.http.api.doors import ROOT, amending, creating, reading
from adapters.inbound.http.api.reading import Lists, OneOf, made
from adapters.inbound.http.api.wire import Listed
from adapters.inbound.http.api.work_shapes import (
    ScoreAnswers,
    ScoreOut,
    ScoresIn,
    WorkIn,
    WorkOut,
    score_answer,
    score_out,
    work_out,
)
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.errors import Invalid
from application.ports.listings import ScoresWanted, WorksWanted
from application.queries.lists.listed_records import Ask
from application.use_cases.assessments.plan_assessment import PlanAssessment, PlanAssessmentCommand
from application.use_cases.scoring.record_scores import (
    CellChange,
    RecordScores,
    RecordScoresCommand,
)
from domain.access import Right
from domain.assessment import SectionAssessment
from domain.ids import AssessmentId, PersonId, RowId, SectionAssessmentId, SectionId

_TAG = "Assessments in sections and scores"


@reading("/section-assessments", _TAG, Right.SIGNED_IN)
def list_works(
    lists: Injected[Lists],
    assessment: Annotated[AssessmentId | None, named("assessment", "Id of an assessment.")] = None,
    section: SectionAsked = None,
    course: CourseAsked = None,
    term: TermAsked = None,
) -> Response[Listed[WorkOut]]:
    """Which assessments stand in which sections, as far as the role sees sections."""
    wanted = WorksWanted(
        assessment_id=assessment, section_id=section, course_id=course, term_id=term
    )
    return lists.page(lambda its, sight, turn: its.works(sight, wanted, turn), work_out)


@reading("/section-assessments/{work_id:str}", _TAG, Right.SIGNED_IN, 404)
def one_work(work_id: FromPath[SectionAssessmentId], one_of: Injected[OneOf]) -> Response[WorkOut]:
    return one_of.shape(_asking(work_id), "This assessment", work_out)


@creating("/section-assessments", _TAG, Right.TEACH, 404)
def add_work(
    data: JSONBody[WorkIn],
    caller: Injected[Caller],
    plan_assessment: Injected[PlanAssessment],
    one_of: Injected[OneOf],
) -> Response[WorkOut]:
    """Put an assessment on a section; once it stands there, the same answer comes again."""
    work_id = plan_assessment(
        PlanAssessmentCommand(
            caller.person_id,
            AssessmentId(data.assessment_id),
            SectionId(data.section_id),
            data.due_at,
        )
    )
    work = one_of.record(_asking(work_id), "This assessment")
    return made(f"{ROOT}/section-assessments/{work_id}", work_out(work))


@reading("/scores", _TAG, Right.READ_SCORES)
def list_scores(
    lists: Injected[Lists],
    work: WorkAsked = None,
    section: SectionAsked = None,
    student: Annotated[PersonId | None, named("student", "Id of a person.")] = None,
    row: Annotated[RowId | None, named("row", "Id of a row of the rubric.")] = None,
    since: Annotated[
        datetime | None, named("since", "Given or changed then or later; with a time zone.")
    ] = None,
) -> Response[Listed[ScoreOut]]:
    """Scores: all, those of sections taught, or one's own that are released."""
    wanted = ScoresWanted(
        work_id=work, section_id=section, student_id=student, row_id=row, since=_aware(since)
    )
    return lists.page(lambda its, sight, turn: its.scores(sight, wanted, turn), score_out)


@amending("/section-assessments/{work_id:str}/scores", _TAG, Right.SCORE, 404)
def give_scores(
    work_id: FromPath[SectionAssessmentId],
    data: JSONBody[ScoresIn],
    caller: Injected[Caller],
    record_scores: Injected[RecordScores],
) -> ScoreAnswers:
    """Give scores in a section that one teaches or was given; one that fails stops no other.

    Each names the version that was looked at, so that nobody's score is lost.
    """
    changes = tuple(
        CellChange(PersonId(one.student_id), RowId(one.row_id), one.value, one.version, one.comment)
        for one in data.scores
    )
    report = record_scores(RecordScoresCommand(caller.person_id, work_id, changes))
    return ScoreAnswers([score_answer(answer) for answer in report.answers])


def _asking(work_id: SectionAssessmentId) -> Ask[SectionAssessment]:
    wanted = WorksWanted(id=work_id)
    return lambda its, sight, turn: its.works(sight, wanted, turn)


def _aware(moment: datetime | None) -> datetime | None:
    """Raises Invalid for a time of day that could be anywhere."""
    if moment is not None and moment.tzinfo is None:
        raise Invalid("since", "say the time zone, such as 2026-09-01T00:00:00Z.")
    return moment


ROUTES = (list_works, one_work, add_work, list_scores, give_scores)
