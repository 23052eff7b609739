"""Action plans as they go out and come in."""

from datetime import date, datetime

from adapters.inbound.http.api.questions import (
    AnswerIn,
    AnswerOut,
    QuestionOut,
    answers_out,
    questions_out,
)
from adapters.inbound.http.api.wire import In, Line, Out, Prose, Short, Zoned, shapes
from application.improvement.citable import CitableResult
from domain.improvement.action_plan import (
    ActionPlan,
    ActionPlanState,
    FollowUp,
    OwnerKind,
    PlanMove,
)


class OwnerOut(Out, frozen=True):
    """`id` is that of a section, a course or an org, as the kind says."""

    kind: OwnerKind
    id: str


class PlanStepOut(Out, frozen=True):
    """`by` is a person's id, or `command line`."""

    move: PlanMove
    state: ActionPlanState
    by: str
    at: datetime
    note: str


class FollowUpOut(Out, frozen=True):
    """The later result that closed the loop, and what it shows."""

    slo_id: str
    section_assessment_id: str
    result: str


class ActionPlanOut(Out, frozen=True):
    """`termId` is that of the results that led to it, `sectionAssessmentIds` are those results.

    `who` carries it out `byWhen`; an answer is due at `dueAt`. Of `askedIds` a section's teachers
    are no part: they answer too.
    """

    id: str
    title: str
    owner: OwnerOut
    org_id: str
    term_id: str
    reason: str
    slo_ids: list[str]
    section_assessment_ids: list[str]
    questions: list[QuestionOut]
    answers: list[AnswerOut]
    who: str
    by_when: date | None
    resources: str
    due_at: datetime | None
    state: ActionPlanState
    history: list[PlanStepOut]
    follow_up: FollowUpOut | None
    asked_ids: list[str]
    made_at: datetime
    version: int


class ActionPlanIn(In, frozen=True):
    """`owner` is an id, or a Section Title, a course code, an org code, as `ownerKind` says.

    `slos` and `assessments` are codes; without SLOs those count that the assessments measured.
    `people` are Tech IDs of who is asked, without any those who teach there. `ask` false begins a
    draft of one's own. `template` is the id of a template of questions.
    """

    title: Line
    owner_kind: OwnerKind
    owner: Line
    ask: bool = True
    term: Line | None = None
    slos: tuple[Line, ...] = ()
    assessments: tuple[Line, ...] = ()
    template: Line | None = None
    people: tuple[Line, ...] = ()
    reason: Prose = ""
    due_at: Zoned | None = None


class ActionPlanWritten(In, frozen=True):
    """What stands in the plan afterwards. `submit` hands it in, which needs all that is asked."""

    answers: tuple[AnswerIn, ...] = ()
    who: Short = ""
    by_when: date | None = None
    resources: Short = ""
    submit: bool = False


class PlanMoveIn(In, frozen=True):
    """`approve`, `send back`, `start`, `finish` or `withdraw`; two of them need a note."""

    move: PlanMove
    note: Prose = ""


class FollowUpIn(In, frozen=True):
    """One of the citable results, and in words what it shows."""

    slo_id: Line
    section_assessment_id: Line
    result: Prose


class CitableOut(Out, frozen=True):
    """A later result with which the plan can be followed up."""

    section_assessment_id: str
    slo_id: str
    slo_code: str
    assessment: str
    section: str
    term_id: str


def action_plan_out(plan: ActionPlan) -> ActionPlanOut:
    return ActionPlanOut(
        id=plan.id,
        title=plan.title,
        owner=OwnerOut(plan.owner.kind, plan.owner.id),
        org_id=plan.org_id,
        term_id=plan.term_id,
        reason=plan.reason,
        slo_ids=list(plan.slo_ids),
        section_assessment_ids=list(plan.work_ids),
        questions=questions_out(plan.questions),
        answers=answers_out(plan.answers),
        who=plan.who,
        by_when=plan.by_when,
        resources=plan.resources,
        due_at=plan.due_at,
        state=plan.state,
        history=shapes(PlanStepOut, plan.history),
        follow_up=_follow_up(plan.follow_up),
        asked_ids=list(plan.asked_ids),
        made_at=plan.made_at,
        version=plan.version,
    )


def citable_out(one: CitableResult) -> CitableOut:
    return CitableOut(
        one.work_id, one.slo_id, one.slo_code, one.assessment, one.section, one.term.id
    )


def _follow_up(one: FollowUp | None) -> FollowUpOut | None:
    return FollowUpOut(one.slo_id, one.work_id, one.result) if one else None
