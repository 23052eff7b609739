"""All that files say of SLOs, read at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.slos.keeper import keeper_of
from application.slos.names import org_named
from application.viewers import Viewer, with_those_below
from domain.foreign import ForeignRecord, Standard
from domain.ids import CourseId, OrgId, SloId, TermId
from domain.outcomes.publication import Publication
from domain.rostering import Course, Org, Term
from domain.scale import AssessmentScale
from domain.slo import Slo
from domain.slo_mapping import SloMapping
from domain.slo_version import SloVersion
from domain.target import Target, TargetOf


@dataclass(frozen=True, slots=True)
class OutcomeExport:
    """SLOs of one scope by code, and everything that hangs on them."""

    at: datetime
    slos: tuple[Slo, ...]
    scales: tuple[AssessmentScale, ...]
    """The newest version of each, the default first."""
    courses: Mapping[CourseId, Course]
    orgs: Mapping[OrgId, Org]
    terms: Mapping[TermId, Term]
    codes: Mapping[SloId, str]
    """Codes of all SLOs, those outside the scope too."""
    mappings: tuple[SloMapping, ...]
    """Those that hold, with their lower SLO in the scope."""
    versions: Mapping[SloId, list[SloVersion]]
    targets: Mapping[SloId, Target]
    foreign: tuple[ForeignRecord, ...]
    """Of all frameworks and SLOs, whatever the scope."""
    sent: tuple[Publication, ...]
    """CSLOs in accounts of an LMS, newest generation last."""

    @property
    def default_scale(self) -> AssessmentScale | None:
        return next(iter(self.scales), None)


@dataclass(frozen=True, slots=True)
class ReadOutcomeExport:
    """`org` is an id, code or source id, and counts with those below; empty: all SLOs.

    Raises:
        Invalid: the org. Forbidden: a role that keeps no outcomes.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(
        self, viewer: Viewer, org: str = "", chosen: frozenset[SloId] | None = None
    ) -> OutcomeExport:
        """`chosen` None: all of the scope."""
        with self.units(write=False) as unit:
            stored = unit.outcomes.slos()
            slos = _in_scope(unit, viewer, org, stored)
            if chosen is not None:
                slos = [slo for slo in slos if slo.id in chosen]
            ids = {slo.id for slo in slos}
            newest = {s.code: s for s in sorted(unit.outcomes.scales(), key=lambda s: s.version)}
            return OutcomeExport(
                self.clock.now(),
                tuple(slos),
                tuple(sorted(newest.values(), key=lambda s: (not s.is_default, s.code))),
                {course.id: course for course in unit.roster.courses()},
                {one.id: one for one in unit.roster.orgs()},
                {term.id: term for term in unit.roster.terms()},
                {slo.id: slo.code for slo in stored},
                tuple(
                    one for one in unit.curriculum.mappings() if one.is_open and one.lower_id in ids
                ),
                unit.curriculum.versions(ids),
                {
                    SloId(one.subject_id): one
                    for one in unit.curriculum.targets()
                    if one.of is TargetOf.SLO
                },
                tuple(one for kind in Standard for one in unit.curriculum.foreign(kind)),
                _sent(unit, ids),
            )


def _in_scope(unit: UnitOfWork, viewer: Viewer, org: str, stored: list[Slo]) -> list[Slo]:
    keeper = keeper_of(unit, viewer)
    if not org:
        return stored
    inside = with_those_below(unit.roster.orgs(), [org_named(unit, org).id])
    return [slo for slo in stored if keeper.org_of(slo) in inside]


def _sent(unit: UnitOfWork, ids: set[SloId]) -> tuple[Publication, ...]:
    return tuple(
        one
        for site in unit.sites.sites()
        for one in unit.publications.of_slos(site.id, ids)
        if one.work_id is None and one.live and not one.mapped
    )
