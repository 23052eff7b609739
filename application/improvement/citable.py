"""Results that can close the loop of an action plan: later ones of the same SLOs."""

from dataclasses import dataclass

from application.improvement.owners import measured_slos, sections_within
from application.improvement.sight import sight_of
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer
from domain.ids import SectionAssessmentId, SloId
from domain.improvement.action_plan import ActionPlan
from domain.rostering import Term


@dataclass(frozen=True, slots=True)
class CitableResult:
    work_id: SectionAssessmentId
    slo_id: SloId
    slo_code: str
    assessment: str
    section: str
    term: Term


def citable_results(unit: UnitOfWork, viewer: Viewer, plan: ActionPlan) -> list[CitableResult]:
    """Newest term first. Keepers cite any of the owner's sections, others those they teach.

    A section's plan is closed by a later section of the same course.
    """
    sight = sight_of(unit, viewer)
    terms = {one.id: one for one in unit.roster.terms()}
    caused_on = terms[plan.term_id].starts_on
    sections = {
        one.id: one
        for one in sections_within(unit, plan.owner)
        if terms[one.term_id].starts_on > caused_on
        and (sight.keeps(plan.org_id) or one.id in sight.sections)
    }
    slos = unit.outcomes.slos_by_id(plan.slo_ids)
    found = []
    for work in unit.assessments.works_in(sections):
        for slo_id in sorted(measured_slos(work) & set(plan.slo_ids)):
            section = sections[work.section_id]
            name = unit.assessments.get(work.assessment_id).name
            found.append(
                CitableResult(
                    work.id, slo_id, slos[slo_id].code, name, section.title, terms[section.term_id]
                )
            )
    found.sort(key=lambda one: (one.section, one.assessment, one.slo_code))
    return sorted(found, key=lambda one: one.term.starts_on, reverse=True)
