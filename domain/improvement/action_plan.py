"""Action plans: what will change because of results, and what came of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.errors import IllegalMove, NonsenseValue
from domain.ids import (
    ActionPlanId,
    OrgId,
    PersonId,
    SectionAssessmentId,
    SectionId,
    SloId,
    TermId,
)
from domain.improvement.question_template import require_questions
from domain.reflection import Answer, Question


class OwnerKind(StrEnum):
    SECTION = "section"
    COURSE = "course"
    PROGRAM = "program"
    """An org whose kind is program."""
    ORG = "org"


@dataclass(frozen=True, slots=True)
class PlanOwner:
    """Whose plan it is; `id` is that of a section, a course or an org, as the kind says."""

    kind: OwnerKind
    id: str

    @property
    def section_id(self) -> SectionId | None:
        return SectionId(self.id) if self.kind is OwnerKind.SECTION else None


class ActionPlanState(StrEnum):
    REQUESTED = "requested"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    IN_PROGRESS = "in progress"
    DONE = "done"
    FOLLOWED_UP = "followed up"
    WITHDRAWN = "withdrawn"
    """Taken back before anybody submitted it; kept, so that nothing written is lost."""


class Party(StrEnum):
    KEEPER = "keeper"
    """Who keeps the org of the plan: asks, approves, sends back."""
    RESPONDER = "responder"
    """Who answers: teachers of the section, and the people asked by name."""


class PlanMove(StrEnum):
    REQUEST = "request"
    DRAFT = "draft"
    SUBMIT = "submit"
    RETURN = "send back"
    APPROVE = "approve"
    BEGIN = "start"
    FINISH = "finish"
    FOLLOW_UP = "follow up"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class _Rule:
    """From which states a move leads where, who may do it, and whether it needs words."""

    before: frozenset[ActionPlanState]
    after: ActionPlanState
    by: frozenset[Party]
    needs_note: bool = False


_State, _Both = ActionPlanState, frozenset(Party)
_Keeper = frozenset({Party.KEEPER})
OPEN_TO_WRITING = frozenset({_State.REQUESTED, _State.DRAFT})
OPEN_TO_RESPONDER = frozenset(
    {_State.REQUESTED, _State.DRAFT, _State.APPROVED, _State.IN_PROGRESS, _State.DONE}
)
"""States in which the next step is the responder's."""
RULES: Mapping[PlanMove, _Rule] = {
    PlanMove.DRAFT: _Rule(OPEN_TO_WRITING, _State.DRAFT, _Both),
    PlanMove.SUBMIT: _Rule(OPEN_TO_WRITING, _State.SUBMITTED, _Both),
    PlanMove.RETURN: _Rule(frozenset({_State.SUBMITTED}), _State.DRAFT, _Keeper, needs_note=True),
    PlanMove.APPROVE: _Rule(frozenset({_State.SUBMITTED}), _State.APPROVED, _Keeper),
    PlanMove.BEGIN: _Rule(frozenset({_State.APPROVED}), _State.IN_PROGRESS, _Both),
    PlanMove.FINISH: _Rule(
        frozenset({_State.APPROVED, _State.IN_PROGRESS}), _State.DONE, _Both, needs_note=True
    ),
    PlanMove.FOLLOW_UP: _Rule(frozenset({_State.DONE}), _State.FOLLOWED_UP, _Both),
    PlanMove.WITHDRAW: _Rule(OPEN_TO_WRITING, _State.WITHDRAWN, _Both),
}


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One line of the history: who moved the plan into `state`, and what they said."""

    move: PlanMove
    state: ActionPlanState
    by: str
    """As deeds name who acts: a person's id, or the command line."""
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The later result that closes the loop; `result` says in words what it shows."""

    slo_id: SloId
    work_id: SectionAssessmentId
    result: str


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """One person asked by name for one plan; the plan itself holds the names too."""

    plan_id: ActionPlanId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """`term_id` is the term of the results that led to it, `work_ids` are those results.

    `org_id` is the org of its owner when it was made: who keeps that org keeps the plan. The
    questions are a copy of the template's.
    """

    id: ActionPlanId
    title: str
    owner: PlanOwner
    org_id: OrgId
    term_id: TermId
    reason: str
    """Why it is asked for, in the words of who asks."""
    slo_ids: tuple[SloId, ...]
    work_ids: tuple[SectionAssessmentId, ...]
    questions: tuple[Question, ...]
    answers: tuple[Answer, ...]
    who: str
    """Who carries it out."""
    by_when: date | None
    resources: str
    due_at: datetime | None
    """When the answer is due."""
    state: ActionPlanState
    history: tuple[PlanStep, ...]
    follow_up: FollowUp | None
    made_at: datetime
    version: int
    asked_ids: tuple[PersonId, ...] = ()
    """People asked by name; a section's plan is answered by its teachers as well."""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise NonsenseValue("title", "", "enter a title that says what the plan is about")
        if not self.slo_ids:
            raise NonsenseValue("slos", "", "choose at least one SLO that the plan answers")
        require_questions(self.questions)

    @property
    def requested(self) -> bool:
        """A keeper asked for it; else somebody began it of their own accord."""
        return bool(self.history) and self.history[0].move is PlanMove.REQUEST

    @property
    def texts(self) -> dict[str, str]:
        return {answer.question_id: answer.text for answer in self.answers}

    @property
    def writable(self) -> bool:
        return self.state in OPEN_TO_WRITING

    @property
    def takes_evidence(self) -> bool:
        """Also once it is done: that is when there is some."""
        return self.state is not ActionPlanState.WITHDRAWN

    def moves(self, parties: frozenset[Party]) -> tuple[PlanMove, ...]:
        """What these may do with it now, in the order of the work."""
        return tuple(move for move in RULES if self._may(move, parties))

    def moved(
        self, move: PlanMove, parties: frozenset[Party], *, by: str, at: datetime, note: str = ""
    ) -> "ActionPlan":
        """The plan after the move, which its history tells.

        Raises:
            IllegalMove: not from this state, or not by them.
            NonsenseValue: the move needs words.
        """
        rule = RULES[move]
        if not self._may(move, parties):
            raise IllegalMove("The action plan", self.state, rule.after)
        if rule.needs_note and not note.strip():
            raise NonsenseValue("note", note, "write a sentence about it")
        step = PlanStep(move, rule.after, by, at, note.strip())
        same = self.state is rule.after and not step.note
        history = self.history if same else (*self.history, step)
        return replace(self, state=rule.after, history=history)

    def followed_up(
        self,
        follow_up: FollowUp,
        parties: frozenset[Party],
        *,
        caused_on: date,
        cited_on: date,
        by: str,
        at: datetime,
    ) -> "ActionPlan":
        """Closed by a later result. The days are those on which the two terms begin.

        Raises:
            IllegalMove.
            NonsenseValue: of another SLO, not later than the cause, or without words.
        """
        if follow_up.slo_id not in self.slo_ids:
            raise NonsenseValue("slo", "", "cite a result of an SLO of this plan")
        if cited_on <= caused_on:
            raise NonsenseValue("result", "", "cite a result of a term later than the cause")
        if not follow_up.result.strip():
            raise NonsenseValue("what", "", "say what the later result shows")
        moved = self.moved(PlanMove.FOLLOW_UP, parties, by=by, at=at, note=follow_up.result)
        return replace(moved, follow_up=follow_up)

    def asked_instead(self, gone: Collection[PersonId], put: Iterable[PersonId]) -> "ActionPlan":
        """Asked of others by name; nobody twice."""
        left = (one for one in self.asked_ids if one not in gone)
        return replace(self, asked_ids=tuple(dict.fromkeys((*left, *put))))

    def _may(self, move: PlanMove, parties: frozenset[Party]) -> bool:
        rule = RULES[move]
        if self.state not in rule.before or not parties & rule.by:
            return False
        return move is not PlanMove.WITHDRAW or Party.KEEPER in parties or not self.requested
