"""What the form that defines an assessment offers, and what stands in it."""

from dataclasses import dataclass

from application.errors import Invalid
from application.org_tree import TreeOrg, drawn_orgs
from application.planning.keeping import changeable
from application.ports.repositories import Uses
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.reflection_templates import offered_templates
from application.viewers import Viewer, kept_orgs
from domain.assessment import Assessment
from domain.ids import SloId
from domain.reflection import CollegeTemplate
from domain.scale import AssessmentScale
from domain.slo import Slo, SloKind, SloState

_UNUSED = Uses(0, 0)


@dataclass(frozen=True, slots=True)
class EditorView:
    """`stored` None: a new assessment. `slos` are those to tick; others are named by code."""

    stored: Assessment | None
    uses: Uses
    course: str
    slos: tuple[Slo, ...]
    codes: dict[SloId, str]
    scales: tuple[AssessmentScale, ...]
    """The newest version of each, the default first."""
    scale_code: str
    orgs: tuple[TreeOrg, ...]
    org_code: str
    whole_college: bool
    """The viewer may share with the whole college."""
    templates: tuple[CollegeTemplate, ...]
    """Of reflections, whose questions it may take."""

    @property
    def next_edition(self) -> int:
        """The edition that a changed rubric makes; 0 where none is made."""
        return self.stored.edition + 1 if self.stored and self.uses.scored else 0


@dataclass(frozen=True, slots=True)
class AssessmentEditor:
    """Raises: NotFound, Forbidden; Invalid for a course code that fits no active course."""

    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, assessment: str = "", course: str = "") -> EditorView:
        with self.units(write=False) as unit:
            orgs = kept_orgs(unit, viewer)
            stored = changeable(unit, viewer, assessment) if assessment else None
            slos = _offered(unit, stored, course)
            uses = unit.assessments.uses().get(stored.id, _UNUSED) if stored else _UNUSED
            scales = _newest(unit.outcomes.scales())
            org = unit.roster.org(stored.org_id) if stored and stored.org_id else None
            return EditorView(
                stored=stored,
                uses=uses,
                course=course,
                slos=slos,
                codes={slo.id: slo.code for slo in slos},
                scales=scales,
                scale_code=_scale_code(unit, stored),
                orgs=drawn_orgs(one for one in unit.roster.orgs() if one.id in orgs),
                org_code=org.code if org else "",
                whole_college=viewer.sees_all or bool(stored and stored.org_id is None),
                templates=offered_templates(unit, viewer),
            )


def _offered(unit: UnitOfWork, stored: Assessment | None, course: str) -> tuple[Slo, ...]:
    """SLOs that the assessment has, those of the course asked for, and institution SLOs."""
    held = {slo_id for row in stored.rubric.rows for slo_id in row.slo_ids} if stored else set()
    own = {slo.id: slo for slo in unit.outcomes.slos_by_id(held).values()}
    if course:
        named = [
            one
            for one in unit.roster.courses()
            if one.active and course.strip().casefold() in {one.code.casefold(), one.source_id}
        ]
        if len(named) != 1:
            raise Invalid("course", f"no active course has the code '{course}'.")
        own |= {slo.id: slo for slo in unit.outcomes.slos_of_course(named[0].id)}
    own |= {
        slo.id: slo
        for slo in unit.outcomes.slos()
        if slo.kind is SloKind.INSTITUTION and slo.state is SloState.ACTIVE
    }
    return tuple(sorted(own.values(), key=lambda slo: (slo.kind, slo.code)))


def _newest(scales: list[AssessmentScale]) -> tuple[AssessmentScale, ...]:
    newest: dict[str, AssessmentScale] = {}
    for scale in scales:
        if scale.code not in newest or newest[scale.code].version < scale.version:
            newest[scale.code] = scale
    return tuple(sorted(newest.values(), key=lambda one: (not one.is_default, one.name)))


def _scale_code(unit: UnitOfWork, stored: Assessment | None) -> str:
    return unit.outcomes.scale(stored.scale_id).code if stored else ""
