"""Copy, retire, restore and offer assessments of the library."""

from dataclasses import dataclass, replace

from application.assessment_codes import free_code
from application.errors import Invalid, NotFound
from application.planning.keeping import changeable, seen_assessment
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer
from domain.assessment import Assessment, AssessmentKind, AssessmentState
from domain.audit import Deed
from domain.ids import AssessmentId, PersonId, RowId
from domain.rubric import Rubric


@dataclass(frozen=True, slots=True)
class CopyAssessment:
    """A new assessment with the same definition: the viewer's own, not offered yet.

    Raises: NotFound; Invalid without a name; Forbidden.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, viewer: Viewer, assessment: str, name: str = "") -> Assessment:
        with self.units() as unit:
            original = seen_assessment(unit, viewer, assessment)
            title = name.strip() or f"{original.name} (copy)"
            taken = (one.code for one in unit.assessments.all())
            made = replace(
                original,
                id=AssessmentId(self.new_id()),
                code=free_code(title, taken),
                name=title,
                rubric=self._own_rows(original),
                in_library=viewer.person_id is None,
                owner_id=viewer.person_id,
                state=AssessmentState.ACTIVE,
                edition=1,
                version=0,
            )
            saved = unit.assessments.save(made)
            details = f"from {original.id}"
            _record(unit, viewer.actor, "copied assessment", saved, self.clock, details)
            unit.commit()
        return saved

    def _own_rows(self, original: Assessment) -> Rubric:
        """Criteria get ids of their own; rows of SLOs are named by their SLO."""
        rubric = original.rubric
        if original.kind is not AssessmentKind.STUDENT:
            return rubric
        rows = tuple(replace(row, id=RowId(self.new_id())) for row in rubric.criteria)
        return replace(rubric, criteria=rows)


@dataclass(frozen=True, slots=True)
class RetireAssessment:
    """Offer it for no new use, or offer it again; where it is used it stays.

    Raises: NotFound, Forbidden.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, assessment: str, *, retired: bool = True) -> Assessment:
        state = AssessmentState.RETIRED if retired else AssessmentState.ACTIVE
        with self.units() as unit:
            stored = changeable(unit, viewer, assessment)
            if stored.state is state:
                return stored
            saved = unit.assessments.save(replace(stored, state=state))
            verb = "retired assessment" if retired else "restored assessment"
            _record(unit, viewer.actor, verb, saved, self.clock)
            unit.commit()
        return saved


@dataclass(frozen=True, slots=True)
class OfferAssessment:
    """Faculty offer an own assessment to the library, or take the offer back.

    Raises:
        NotFound: not the person's own. Invalid: offered while it is retired.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(
        self, person_id: PersonId, assessment_id: AssessmentId, *, offered: bool
    ) -> Assessment:
        with self.units() as unit:
            stored = unit.assessments.get(assessment_id)
            if stored.owner_id != person_id:
                raise NotFound("This assessment")
            if offered and not stored.active:
                raise Invalid("assessment", "it is retired.")
            if stored.in_library is offered:
                return stored
            saved = unit.assessments.save(replace(stored, in_library=offered))
            verb = "offered assessment" if offered else "withdrew assessment"
            _record(unit, person_id, verb, saved, self.clock)
            unit.commit()
        return saved


def _record(
    unit: UnitOfWork, actor: str, verb: str, assessment: Assessment, clock: Clock, details: str = ""
) -> None:
    unit.audit.record(Deed(actor, verb, f"assessment:{assessment.id}", details, clock.now()))
