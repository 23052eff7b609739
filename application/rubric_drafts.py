"""The rubric of an assessment as it can stand on an assignment of an LMS course."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from application.ports.unit_of_work import UnitOfWork
from application.workplace import Workplace, points_possible
from domain.assessment import AssessmentKind
from domain.ids import LmsCourseRef, LmsOutcomeRef, SiteId, SloId
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.outcomes.publication import Publication
from domain.rubric import Criterion
from domain.score_import.placed_rubric import (
    DraftCriterion,
    RubricDraft,
    outcome_criterion,
    shares,
    weighted_criterion,
)


@dataclass(frozen=True, slots=True)
class DraftRubric:
    """`missing` are rows whose outcome is not in the LMS yet: send the outcomes first."""

    criteria: tuple[DraftCriterion, ...]
    missing: tuple[Criterion, ...]

    @property
    def weightless(self) -> int:
        """How many rows stay out of a rubric that grades."""
        return sum(not row.counts for row in self.criteria)

    @property
    def total(self) -> Decimal:
        """Points that a rubric which grades can give at most."""
        counted = (row.ratings[0].points for row in self.criteria if row.counts)
        return sum(counted, Decimal(0))

    def draft(self, title: str, *, grades: bool, keeps_points: bool) -> RubricDraft:
        criteria = tuple(row for row in self.criteria if row.counts or not grades)
        return RubricDraft(title, criteria, grades, keeps_points)


def draft_rubric(
    unit: UnitOfWork,
    place: Workplace,
    site_id: SiteId,
    course: LmsCourseRef,
    total: Decimal | None = None,
) -> DraftRubric:
    """Outcomes-Oriented: one criterion bound to each SLO's outcome; else weighted criteria.

    `total` is what weighted criteria shall be worth together, if not what a full score is.
    """
    rows = place.rubric.criteria
    if place.assessment.kind is AssessmentKind.STUDENT:
        worth = shares(rows, total or points_possible(unit, place))
        return DraftRubric(tuple(weighted_criterion(row, worth[row.id]) for row in rows), ())
    slo_ids = [slo_id for row in rows for slo_id in row.slo_ids]
    known = unit.publications.of_slos(site_id, slo_ids)
    here = OutcomePlace(PlaceKind.COURSE, course)
    refs = _outcomes(known, place, here)
    bound = [(row, _bound(row, refs)) for row in rows]
    return DraftRubric(
        tuple(outcome_criterion(row, ref) for row, ref in bound if ref),
        tuple(row for row, ref in bound if ref is None),
    )


def _outcomes(
    known: Iterable[Publication], place: Workplace, here: OutcomePlace
) -> Mapping[SloId, LmsOutcomeRef]:
    """The outcome sent for this very assessment and course, else the one of the account.

    A course may use what accounts above it own, nothing that belongs to another course.
    """
    chosen: dict[SloId, Publication] = {}
    for one in known:
        for_this = one.place == here and one.work_id == place.work.id
        usable = for_this or (one.place.kind is PlaceKind.ACCOUNT and not one.mapped)
        if one.live and usable and (for_this or one.slo_id not in chosen):
            chosen[one.slo_id] = one
    return {slo_id: one.outcome_ref for slo_id, one in chosen.items()}


def _bound(row: Criterion, refs: Mapping[SloId, LmsOutcomeRef]) -> LmsOutcomeRef | None:
    return next((refs[slo_id] for slo_id in row.slo_ids if slo_id in refs), None)
