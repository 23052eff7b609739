"""Who takes part in assessment: where work stands, section by section, and SLOs left out."""

from collections.abc import Collection
from dataclasses import dataclass

from application.ports.planning_repositories import StandingFilter
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.ids import OrgId, SectionId, SloId, TermId
from domain.reporting import ParticipationFigures
from domain.roll_up import Ladder
from domain.slo import SloState
from domain.work_standing import WorkStanding


@dataclass(frozen=True, slots=True)
class ParticipationFilter:
    """`org_ids` are those of courses and SLOs, None all; orgs below are named by the caller."""

    term_ids: tuple[TermId, ...]
    org_ids: Collection[OrgId] | None = None


@dataclass(frozen=True, slots=True)
class Participation:
    """For suppression and masking to judge: sections are named."""

    units: UnitOfWorkFactory

    def __call__(self, wanted: ParticipationFilter) -> ParticipationFigures:
        with self.units(write=False) as unit:
            return self.within(unit, wanted)

    def within(self, unit: UnitOfWork, wanted: ParticipationFilter) -> ParticipationFigures:
        """The same in a unit of work that is open."""
        asked = StandingFilter(wanted.org_ids)
        standings = {
            term_id: tuple(unit.standings.of_term(term_id, asked)) for term_id in wanted.term_ids
        }
        return ParticipationFigures(
            standings,
            {
                term_id: tuple(_without(unit, wanted, term_id, standings[term_id]))
                for term_id in wanted.term_ids
            },
            tuple(_never_assessed(unit, wanted)),
        )


def _never_assessed(unit: UnitOfWork, wanted: ParticipationFilter) -> list[SloId]:
    """By code, as SLO lists are ordered."""
    ladder = Ladder(unit.curriculum.mappings(), unit.roster.terms())
    assessed = ladder.ever_above(unit.results.assessed() | unit.counts.assessed())
    courses = {course.id: course.org_id for course in unit.roster.courses()}
    return [
        slo.id
        for slo in unit.curriculum.slo_heads()
        if slo.state is SloState.ACTIVE
        and slo.id not in assessed
        and (
            wanted.org_ids is None
            or (slo.org_id or (courses.get(slo.course_id) if slo.course_id else None))
            in wanted.org_ids
        )
    ]


def _without(
    unit: UnitOfWork,
    wanted: ParticipationFilter,
    term_id: TermId,
    standings: tuple[WorkStanding, ...],
) -> list[SectionId]:
    """Active sections of the term in which nothing is assessed, by title."""
    worked = {one.section_id for one in standings}
    courses = {course.id: course.org_id for course in unit.roster.courses()}
    return [
        section.id
        for section in unit.standings.sections_of(term_id)
        if section.id not in worked
        and (wanted.org_ids is None or courses[section.course_id] in wanted.org_ids)
    ]
