"""Which criteria of rubrics in the LMS feed which rows of an assessment, and what they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from application.workplace import Workplace
from domain.ids import LmsAssignmentRef, LmsCriterionRef, LmsOutcomeRef, RowId, SiteId, SloId
from domain.outcomes.guids import slo_named_by
from domain.outcomes.publication import Publication
from domain.rubric import Rubric
from domain.score_import.conversion import Meaning
from domain.score_import.lms_rubric import LmsCriterion, RubricAssignment
from domain.score_import.placed_rubric import PlacedRubric
from domain.score_import.reading import CriterionUse, Uses

_Place = tuple[LmsAssignmentRef, LmsCriterionRef]


@dataclass(frozen=True, slots=True)
class CriterionUses:
    uses: Uses
    foreign: Mapping[_Place, LmsCriterion]
    """Criteria bound to outcomes of which nobody said yet what they mean here."""

    def concerns(self, assignment: RubricAssignment) -> bool:
        """Whether its rubric feeds a row, or could once somebody says what it means."""
        criteria = assignment.rubric.criteria if assignment.rubric else ()
        places = {(assignment.ref, one.ref) for one in criteria}
        return not places.isdisjoint(self.uses.keys() | self.foreign.keys())


def criterion_uses(
    unit: UnitOfWork, place: Workplace, site_id: SiteId, assignments: Sequence[RubricAssignment]
) -> CriterionUses:
    """A rubric of ours names its rows; an outcome names an SLO, and that its row.

    Any outcome that ever stood for the SLO counts, of whatever place and generation; so does
    one whose guid names the SLO while our own record of it is lost.
    """
    pairs = [(a, one) for a in assignments if a.rubric for one in a.rubric.criteria]
    refs = {one.outcome_ref for _, one in pairs if one.outcome_ref}
    outcomes = _Outcomes.known(unit, place.rubric, site_id, refs)
    here = unit.imports.placed_rubrics(site_id, [one.ref for one in assignments])
    placed = _placed(here, place.rubric)
    uses: dict[_Place, CriterionUse] = {}
    foreign: dict[_Place, LmsCriterion] = {}
    for assignment, criterion in pairs:
        key = (assignment.ref, criterion.ref)
        use = placed.get(key) or outcomes.use(criterion)
        if use is not None:
            uses[key] = use
        elif outcomes.is_foreign(criterion):
            foreign[key] = criterion
    return CriterionUses(uses, foreign)


def rows_by_slo(rubric: Rubric) -> dict[SloId, RowId]:
    """Where the level of an SLO is kept: its own row, derived from others or not."""
    rows = rubric.outcomes or rubric.criteria
    return {slo_id: row.id for row in rows for slo_id in row.slo_ids}


@dataclass(frozen=True, slots=True)
class _Outcomes:
    published: Mapping[LmsOutcomeRef, Publication]
    rows: Mapping[SloId, RowId]

    @classmethod
    def known(
        cls, unit: UnitOfWork, rubric: Rubric, site_id: SiteId, refs: set[LmsOutcomeRef]
    ) -> "_Outcomes":
        """What is ours stands for its SLO for ever, what was mapped as long as it is mapped."""
        found = unit.publications.of_outcomes(site_id, sorted(refs))
        mapped = {one.outcome_ref: one for one in found if one.mapped and one.live}
        ours = {one.outcome_ref: one for one in found if not one.mapped}
        return cls(mapped | ours, rows_by_slo(rubric))

    def use(self, criterion: LmsCriterion) -> CriterionUse | None:
        row_id = self.rows.get(self._slo(criterion) or SloId(""))
        if row_id is None:
            return None
        one = self.published.get(criterion.outcome_ref) if criterion.outcome_ref else None
        meanings = one.meanings if one else ()
        return CriterionUse(row_id, Meaning({}, {m.points: m.mastery for m in meanings}))

    def is_foreign(self, criterion: LmsCriterion) -> bool:
        return criterion.outcome_ref is not None and self._slo(criterion) is None

    def _slo(self, criterion: LmsCriterion) -> SloId | None:
        if criterion.outcome_ref is None:
            return None
        one = self.published.get(criterion.outcome_ref)
        return one.slo_id if one else slo_named_by(criterion.guid)


def _placed(rubrics: list[PlacedRubric], rubric: Rubric) -> dict[_Place, CriterionUse]:
    """Sections in one LMS course share a rubric: whichever put it there, the rows are these."""
    rows = {row.id for row in rubric.rows}
    return {
        (placed.assignment_ref, one.criterion_ref): CriterionUse(
            one.row_id, Meaning(dict(one.levels), {})
        )
        for placed in rubrics
        for one in placed.criteria
        if one.row_id in rows
    }
