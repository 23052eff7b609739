"""Define an assessment of the library, and define it anew."""

from dataclasses import dataclass, replace
from decimal import Decimal

from application.assessment_codes import free_code
from application.assessment_entries import AssessmentEntry
from application.assessment_rubrics import EntryProblem, RubricBuilder
from application.errors import Conflict, Forbidden, Invalid
from application.planning.keeping import changeable
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.reflection_templates import offered_templates
from application.viewers import Viewer, kept_orgs
from domain.assessment import Assessment, AssessmentKind, AssessmentState
from domain.audit import Deed
from domain.ids import AssessmentId, OrgId, ReflectionTemplateId
from domain.reflection import ReflectionTemplate

HIGHEST_POINTS = 10_000
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class DefineAssessmentCommand:
    """`entry` is the definition with codes, as files have it; its sections are not looked at.

    `assessment_id` None makes a new one, whose code is made from its name where the entry
    has none. `seen` is the version that the person looked at; `edition_known` says that the
    person was told that a new edition is made.
    """

    viewer: Viewer
    entry: AssessmentEntry
    assessment_id: AssessmentId | None = None
    seen: int = 0
    edition_known: bool = False
    template_id: ReflectionTemplateId | None = None
    """A template of the college, whose questions it takes instead of those of the entry."""


@dataclass(frozen=True, slots=True)
class DefineAssessment:
    """A definition that was scored somewhere gets a new edition; what was scored keeps its own.

    Raises:
        NotFound, Forbidden: not the viewer's to change, or an org that is not the viewer's.
        Invalid: a field, named, that cannot be used; `edition` when a new edition would be
            made and the person was not told so.
        Conflict: somebody else changed it since `seen`.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: DefineAssessmentCommand) -> Assessment:
        with self.units() as unit:
            before = self._before(unit, command)
            _require_fields(command.entry)
            wanted = self._wanted(unit, command, before)
            if before is not None:
                wanted = _next_edition(unit, command, before, wanted)
            if wanted == before:
                return before
            saved = unit.assessments.save(wanted)
            verb = "changed assessment" if before else "created assessment"
            details = f"edition {saved.edition}"
            at = self.clock.now()
            unit.audit.record(
                Deed(command.viewer.actor, verb, f"assessment:{saved.id}", details, at)
            )
            unit.commit()
        return saved

    def _before(self, unit: UnitOfWork, command: DefineAssessmentCommand) -> Assessment | None:
        if command.assessment_id is None:
            return None
        before = changeable(unit, command.viewer, command.assessment_id)
        if before.version != command.seen:
            raise Conflict("Somebody changed this assessment meanwhile; look at it again.")
        if before.kind is not command.entry.kind:
            raise Invalid("kind", "it stays as it is; copy the assessment to change its kind.")
        return before

    def _wanted(
        self, unit: UnitOfWork, command: DefineAssessmentCommand, before: Assessment | None
    ) -> Assessment:
        entry, viewer = command.entry, command.viewer
        builder = RubricBuilder(unit.outcomes, self.new_id)
        try:
            scale = builder.scale(entry)
            rubric = builder.rubric(entry, scale, before)
        except EntryProblem as problem:
            raise Invalid(problem.path.strip("."), f"{problem.cause}.") from problem
        taken = () if before else (one.code for one in unit.assessments.all())
        made = Assessment(
            id=before.id if before else AssessmentId(self.new_id()),
            code=before.code if before else free_code(entry.code or entry.name, taken),
            org_id=_org(unit, viewer, entry.org, before),
            name=entry.name.strip(),
            description=entry.description.strip(),
            kind=entry.kind,
            purpose=entry.purpose,
            scale_id=scale.id,
            rubric=rubric,
            points_possible=entry.points_possible,
            reflection=_reflection(unit, command),
            in_library=entry.library,
            owner_id=viewer.person_id,
            version=0,
            guide=entry.guide.strip(),
            state=AssessmentState.ACTIVE,
        )
        if before is None:
            return made
        return replace(made, owner_id=before.owner_id, version=before.version, state=before.state)


def _reflection(unit: UnitOfWork, command: DefineAssessmentCommand) -> ReflectionTemplate:
    if command.template_id is None:
        return command.entry.reflection
    for one in offered_templates(unit, command.viewer):
        if one.id == command.template_id:
            return one.template
    raise Invalid("template", "choose one of those listed.")


def _next_edition(
    unit: UnitOfWork, command: DefineAssessmentCommand, before: Assessment, wanted: Assessment
) -> Assessment:
    uses = unit.assessments.uses().get(before.id)
    following = wanted.following(before, scored=bool(uses and uses.scored))
    if following.edition != before.edition and not command.edition_known:
        raise Invalid(
            "edition",
            f"it was scored in {uses.scored if uses else 0} sections, which keep edition "
            f"{before.edition}; saving makes edition {following.edition} for all others. "
            "Save again to do so.",
        )
    return following


def _org(
    unit: UnitOfWork, viewer: Viewer, code: str | None, before: Assessment | None
) -> OrgId | None:
    """Raises: Invalid for an unknown org; Forbidden for one that the viewer does not keep."""
    if code is None:
        if not viewer.sees_all and (before is None or before.org_id is not None):
            raise Forbidden("Only a Data Steward shares with the whole college; choose an org.")
        return None
    found = [org for org in unit.roster.orgs() if org.active and code in {org.code, org.id}]
    if len(found) != 1:
        raise Invalid("org", "choose one of the orgs listed.")
    unchanged = before is not None and before.org_id == found[0].id
    if not unchanged and found[0].id not in kept_orgs(unit, viewer):
        raise Forbidden("This org is not one of yours.")
    return found[0].id


def _require_fields(entry: AssessmentEntry) -> None:
    if not entry.name.strip():
        raise Invalid("name", "give the assessment a name.")
    if len(entry.name.strip()) > _LONGEST_NAME:
        raise Invalid("name", f"at most {_LONGEST_NAME} characters.")
    points = entry.points_possible
    if not points.is_finite() or not 0 < points <= HIGHEST_POINTS:
        raise Invalid("points", f"give a number above 0, at most {HIGHEST_POINTS:,}.")
    if entry.kind is AssessmentKind.STUDENT:
        _require_criteria(entry)


def _require_criteria(entry: AssessmentEntry) -> None:
    codes = [criterion.code for criterion in entry.criteria]
    if len(codes) != len(set(codes)):
        raise Invalid("criteria", "give each criterion a code of its own.")
    for criterion in entry.criteria:
        if not criterion.title.strip():
            raise Invalid(criterion.path, "give each criterion a title.")
        if not criterion.weight.is_finite() or criterion.weight < 0:
            raise Invalid(criterion.path, "a weight is a number, 0 or more.")
    weights = sum((criterion.weight for criterion in entry.criteria), Decimal(0))
    if entry.criteria and not weights:
        raise Invalid("criteria", "at least one weight must be above 0.")
