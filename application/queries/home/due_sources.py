"""The sources of Home, in the order in which a day's work is done.

A new kind of work that waits for faculty is one more function here, and one more entry.
"""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from application.improvement.sight import ImprovementSight
from application.ports.unit_of_work import UnitOfWork
from application.queries.home.due_items import DueDesk, DueItem, DueKind, DueSource
from application.queries.improvement.action_plan_list import is_mine
from application.queries.improvement.rfi_list import asked_of
from application.queries.works.listed_work import ListedWork, listed_works
from domain.assessment import WorkState
from domain.dla import DlaState
from domain.improvement.rfi import OPEN, AskState

_UNFINISHED = frozenset({WorkState.ASSIGNED, WorkState.IN_PROGRESS, WorkState.OVERDUE})
_ALL_SCORED = 100


def assessments_due(unit: UnitOfWork, desk: DueDesk) -> Iterator[DueItem]:
    """Work that is not complete: to score, or scored and waiting for its reflection."""
    works = {one.id: one for one in unit.assessments.works_in([one.id for one in desk.here])}
    for listed in listed_works(unit, list(desk.here), None, desk.person_id, desk.now):
        if listed.state in _UNFINISHED:
            section = desk.sections[works[listed.work_id].section_id]
            kind, path = _step(listed)
            yield DueItem(
                kind, listed.name, _told(listed), section.term_id, section.id, listed.due_at,
                listed.state is WorkState.OVERDUE, path,
            )  # fmt: skip


def action_plans_due(unit: UnitOfWork, desk: DueDesk) -> Iterator[DueItem]:
    """Plans whose next step is the person's."""
    sight = _sight(desk)
    for plan in unit.action_plans.to_answer(desk.person_id, sight.sections):
        if is_mine(plan, sight.parties(plan)):
            late = plan.writable and plan.due_at is not None and desk.now > plan.due_at
            due_at = plan.due_at if plan.writable else None
            yield DueItem(
                DueKind.ACTION_PLAN, plan.title, plan.state, plan.term_id, plan.owner.section_id,
                due_at, late, f"/action-plans/{plan.id}",
            )  # fmt: skip


def rfis_due(unit: UnitOfWork, desk: DueDesk) -> Iterator[DueItem]:
    """Requests for information that are not answered."""
    for asked in asked_of(unit, _sight(desk), desk.now):
        if asked.state in OPEN:
            yield DueItem(
                DueKind.RFI, asked.rfi.title, asked.state, asked.rfi.term_id,
                asked.section_id, asked.rfi.due_at, asked.state is AskState.OVERDUE,
                f"/rfis/asks/{asked.ask_id}",
            )  # fmt: skip


def dlas_due(unit: UnitOfWork, desk: DueDesk) -> Iterator[DueItem]:
    """DLAs that students handed in, to accept or return; the due date was the students'."""
    handed_in = Counter(
        (one.section_id, one.dla_id)
        for one in unit.dlas.in_sections([section.id for section in desk.here])
        if one.state is DlaState.HANDED_IN
    )
    dlas = unit.dlas.dlas({dla_id for _, dla_id in handed_in})
    for (section_id, dla_id), count in handed_in.items():
        wanted = urlencode({"state": DlaState.HANDED_IN, "section": section_id, "dla": dla_id})
        yield DueItem(
            DueKind.DLA, dlas[dla_id].title, f"{count} handed in, to accept",
            desk.sections[section_id].term_id, section_id, None, late=False,
            path=f"/dlas?{wanted}",
        )  # fmt: skip


SOURCES: tuple[DueSource, ...] = (assessments_due, dlas_due, action_plans_due, rfis_due)


def _sight(desk: DueDesk) -> ImprovementSight:
    return ImprovementSight(desk.viewer, frozenset(), frozenset(desk.sections))


def _step(listed: ListedWork) -> tuple[DueKind, str]:
    base = f"/works/{listed.work_id}"
    if listed.scored == _ALL_SCORED:
        return DueKind.REFLECTION, f"{base}/reflection"
    return DueKind.ASSESSMENT, f"{base}/rubric" if listed.takes_scores else f"{base}/state"


def _told(listed: ListedWork) -> str:
    if listed.scored == _ALL_SCORED:
        return "scored, reflection missing"
    return f"{listed.scored}% scored"
