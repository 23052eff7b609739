"""What can be chosen for a new action plan or request: terms, orgs, templates, own sections."""

from dataclasses import dataclass

from application.college_rules import today
from application.errors import NotFound
from application.improvement.sight import ImprovementSight, sight_of
from application.org_tree import TreeOrg, drawn_orgs
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.slos.names import usual_term
from application.viewers import Viewer
from domain.ids import OrgId, SectionAssessmentId
from domain.improvement.question_template import QuestionTemplate, TemplateUse
from domain.rostering import Section, Term


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the work from which somebody came suggests for a new action plan."""

    section: str = ""
    term: str = ""
    assessment: str = ""


@dataclass(frozen=True, slots=True)
class ImprovementChoicesView:
    """`sections` are those taught, newest term first; `orgs` those kept, as a tree."""

    keeps: bool
    whole_college: bool
    terms: tuple[Term, ...]
    term: Term | None
    orgs: tuple[TreeOrg, ...]
    sections: tuple[tuple[Section, Term], ...]
    templates: tuple[QuestionTemplate, ...]
    proposed: Proposed


@dataclass(frozen=True, slots=True)
class ImprovementChoices:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, use: TemplateUse, work: str = "") -> ImprovementChoicesView:
        with self.units(write=False) as unit:
            sight = sight_of(unit, viewer)
            terms = unit.roster.terms()
            return ImprovementChoicesView(
                sight.keeps_any,
                sight.keeps_all,
                tuple(terms),
                usual_term(unit, today(unit.settings, self.clock.now())),
                _orgs(unit, sight),
                _sections(unit, sight, {term.id: term for term in terms}),
                _templates(unit, sight, use),
                _proposed(unit, sight, SectionAssessmentId(work)) if work else Proposed(),
            )


def seen_templates(unit: UnitOfWork, sight: ImprovementSight) -> list[QuestionTemplate]:
    """Of the whole college and of the orgs kept, by name, retired ones too."""
    return [
        one
        for one in unit.question_templates.all()
        if one.org_id is None or sight.keeps(one.org_id)
    ]


def _orgs(unit: UnitOfWork, sight: ImprovementSight) -> tuple[TreeOrg, ...]:
    def kept(org_id: OrgId) -> bool:
        return sight.keeps(org_id)

    return drawn_orgs(org for org in unit.roster.orgs() if kept(org.id))


def _sections(
    unit: UnitOfWork, sight: ImprovementSight, terms: dict[str, Term]
) -> tuple[tuple[Section, Term], ...]:
    own = [(one, terms[one.term_id]) for one in map(unit.roster.section, sight.sections)]
    own.sort(key=lambda pair: pair[0].title)
    own.sort(key=lambda pair: pair[1].starts_on, reverse=True)
    return tuple(own)


def _templates(
    unit: UnitOfWork, sight: ImprovementSight, use: TemplateUse
) -> tuple[QuestionTemplate, ...]:
    return tuple(one for one in seen_templates(unit, sight) if one.use is use and one.offered)


def _proposed(unit: UnitOfWork, sight: ImprovementSight, work_id: SectionAssessmentId) -> Proposed:
    """Nothing for a work that is not the viewer's to see."""
    try:
        work = unit.assessments.work(work_id)
    except NotFound:
        return Proposed()
    section = unit.roster.section(work.section_id)
    if section.id not in sight.sections and not sight.keeps(section.org_id):
        return Proposed()
    assessment = unit.assessments.get(work.assessment_id)
    cited = assessment.code if work.snapshot else ""
    return Proposed(section.title, section.term_id, cited)
