"""Action plans and requests for information as they go out and come in."""

from datetime import date, datetime
from typing import Annotated

import msgspec

from adapters.inbound.http.api.questions import QuestionIn, QuestionOut, questions_out
from adapters.inbound.http.api.wire import In, Line, Out, Prose, shapes
from application.improvement.citable import CitableResult
from application.queries.improvement_records import AskRecord
from domain.improvement.action_plan import (
    ActionPlan,
    ActionPlanState,
    FollowUp,
    OwnerKind,
    PlanMove,
)
from domain.improvement.rfi import AskState, Rfi
from domain.reflection import Answer

Short = Annotated[str, msgspec.Meta(max_length=2000, pattern=r"^[^\x00]*$")]
Zoned = Annotated[datetime, msgspec.Meta(tz=True)]


class AnswerOut(Out, frozen=True):
    """`prompt` is the question as it was answered."""

    question_id: str
    prompt: str
    text: str


class AnswerIn(In, frozen=True):
    question_id: Line
    text: Prose


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


class RfiOut(Out, frozen=True):
    """`orgId` null: of the whole college. `sentBy` null: the command line."""

    id: str
    title: str
    message: str
    org_id: str | None
    term_id: str
    questions: list[QuestionOut]
    due_at: datetime
    sent_by: str | None
    sent_at: datetime
    closed_at: datetime | None
    version: int


class RfiIn(In, frozen=True):
    """Put to `people` by Tech ID, `sections` by Title or source id, faculty of `toOrgs` by code.

    `org` is the code of the org that asks, `term` an id, a source id or a name. Questions are
    given here, or by the id of a `template`.
    """

    title: Line
    due_at: Zoned
    message: Prose = ""
    questions: tuple[QuestionIn, ...] = ()
    template: Line | None = None
    org: Line | None = None
    term: Line | None = None
    people: tuple[Line, ...] = ()
    sections: tuple[Line, ...] = ()
    to_orgs: tuple[Line, ...] = ()


class RfiClosed(In, frozen=True):
    """Closed, nobody answers any more; what was answered stays."""

    closed: bool


class RfiAnswerOut(Out, frozen=True):
    """Of one person or section asked; `answers` are empty until they are given."""

    id: str
    person_id: str | None
    section_id: str | None
    state: AskState
    answers: list[AnswerOut]
    answered_by: str | None
    answered_at: datetime | None


class AskOut(Out, frozen=True):
    """What is put to the caller, or to a section that they teach (`sectionId`).

    `answers` are saved, and read by those who asked once `answeredAt` is set.
    """

    id: str
    rfi_id: str
    title: str
    message: str
    due_at: datetime
    section_id: str | None
    state: AskState
    questions: list[QuestionOut]
    answers: list[AnswerOut]
    answered_at: datetime | None
    version: int


class AskAnswers(In, frozen=True):
    """`give`: those who asked can read them. What was given once stays given."""

    answers: tuple[AnswerIn, ...]
    give: bool = False


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
        answers=_answers(plan.answers),
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


def rfi_out(rfi: Rfi) -> RfiOut:
    return RfiOut(
        rfi.id, rfi.title, rfi.message, rfi.org_id, rfi.term_id, questions_out(rfi.questions),
        rfi.due_at, rfi.sent_by, rfi.sent_at, rfi.closed_at, rfi.version,
    )  # fmt: skip


def rfi_answer_out(one: AskRecord) -> RfiAnswerOut:
    """Saved answers are for those asked alone."""
    ask = one.ask
    given = _answers(ask.answers) if ask.answered_at else []
    return RfiAnswerOut(
        ask.id, ask.person_id, ask.section_id, one.state, given, ask.answered_by, ask.answered_at
    )


def ask_out(one: AskRecord) -> AskOut:
    ask, rfi = one.ask, one.rfi
    return AskOut(
        ask.id, rfi.id, rfi.title, rfi.message, rfi.due_at, ask.section_id, one.state,
        questions_out(rfi.questions), _answers(ask.answers), ask.answered_at, ask.version,
    )  # fmt: skip


def texts_of(answers: tuple[AnswerIn, ...]) -> dict[str, str]:
    """By question id."""
    return {one.question_id: one.text for one in answers}


def _answers(answers: tuple[Answer, ...]) -> list[AnswerOut]:
    return shapes(AnswerOut, answers)


def _follow_up(one: FollowUp | None) -> FollowUpOut | None:
    return FollowUpOut(one.slo_id, one.work_id, one.result) if one else None
