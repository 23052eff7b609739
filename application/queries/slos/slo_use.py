"""Where one SLO is used: sent to an LMS, assessed in sections."""

from dataclasses import dataclass
from datetime import datetime

from application.ports.unit_of_work import UnitOfWork
from domain.assessment import Assessment
from domain.ids import SloId
from domain.slo import Slo


@dataclass(frozen=True, slots=True)
class SentOutcome:
    """Where the SLO stands in an LMS; `version` is the one that was sent."""

    site: str
    place: str
    guid: str
    version: int
    sent_at: datetime
    live: bool
    mapped: bool


@dataclass(frozen=True, slots=True)
class AssessedIn:
    """An assessment with a row for the SLO, and how many sections use it."""

    code: str
    name: str
    sections: int


def sent_outcomes(unit: UnitOfWork, slo: Slo) -> tuple[SentOutcome, ...]:
    """Newest first."""
    sent = [
        SentOutcome(
            site.name, f"{one.place.kind.value} {one.place.ref}", one.guid, one.slo_version,
            one.sent_at, one.live, one.mapped,
        )
        for site in unit.sites.sites()
        for one in unit.publications.of_slos(site.id, [slo.id])
    ]  # fmt: skip
    return tuple(sorted(sent, key=lambda one: one.sent_at, reverse=True))


def assessed_in(unit: UnitOfWork, slo: Slo) -> tuple[AssessedIn, ...]:
    assessments = [one for one in unit.assessments.all() if _holds(one, slo.id)]
    if not assessments:
        return ()
    sections = [section.id for section in unit.roster.sections()]
    counts: dict[str, int] = {}
    for work in unit.assessments.works_in(sections):
        counts[work.assessment_id] = counts.get(work.assessment_id, 0) + 1
    return tuple(AssessedIn(one.code, one.name, counts.get(one.id, 0)) for one in assessments)


def _holds(assessment: Assessment, slo_id: SloId) -> bool:
    return any(slo_id in row.slo_ids for row in assessment.rubric.rows)
