"""One SLO with all that hangs on it: wordings, descriptors, mappings, target, use."""

import json
from dataclasses import dataclass
from decimal import Decimal

from application.college_rules import today
from application.errors import NotFound
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.slos.slo_described import DescribedScale, described
from application.queries.slos.slo_list import owner_name
from application.queries.slos.slo_mapped import MappedSlo, mapped_slos, mapping_choices
from application.queries.slos.slo_use import AssessedIn, SentOutcome, assessed_in, sent_outcomes
from application.reporting.targets import nearest_target
from application.slos.book import stamp_of
from application.slos.keeper import Keeper, keeper_of
from application.slos.names import usual_term
from application.viewers import Viewer
from domain.foreign import ForeignRecord, Standard
from domain.ids import SloId
from domain.rostering import Term
from domain.slo import Slo
from domain.slo_version import SloVersion
from domain.target import TargetOf


@dataclass(frozen=True, slots=True)
class ShownTarget:
    """`own` None: none is set for the SLO itself; `inherited` is that of the org named."""

    own: Decimal | None
    inherited: Decimal | None
    inherited_from: str


@dataclass(frozen=True, slots=True)
class ForeignFact:
    """What a foreign file says of the SLO: its identifier, and fields that we do not model."""

    standard: Standard
    framework: str
    identifier: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SloPageView:
    slo: Slo
    owner: str
    stamp: str
    kept: bool
    versions: tuple[SloVersion, ...]
    """Newest first."""
    scales: tuple[DescribedScale, ...]
    up: tuple[MappedSlo, ...]
    down: tuple[MappedSlo, ...]
    choices: tuple[tuple[SloId, str], ...]
    """Higher SLOs that it can be mapped to."""
    terms: tuple[Term, ...]
    term: Term | None
    """The usual one for a new mapping."""
    target: ShownTarget
    sent: tuple[SentOutcome, ...]
    assessed: tuple[AssessedIn, ...]
    foreign: tuple[ForeignFact, ...]


@dataclass(frozen=True, slots=True)
class SloPage:
    """Raises NotFound; Forbidden for a role that keeps no outcomes."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, slo_id: SloId) -> SloPageView:
        with self.units(write=False) as unit:
            keeper = keeper_of(unit, viewer)
            slo = unit.outcomes.slos_by_id([slo_id]).get(slo_id)
            if slo is None:
                raise NotFound("This SLO")
            up, down = mapped_slos(unit, keeper, slo)
            mapped = {one.id for one in up if one.until_term is None}
            return SloPageView(
                slo,
                _owner(unit, slo),
                stamp_of(slo),
                keeper.keeps(slo),
                _versions(unit, slo),
                described(unit, slo),
                up,
                down,
                mapping_choices(unit, slo, mapped),
                tuple(unit.roster.terms()),
                usual_term(unit, today(unit.settings, self.clock.now())),
                _target(unit, keeper, slo),
                sent_outcomes(unit, slo),
                assessed_in(unit, slo),
                tuple(_foreign(record) for record in unit.curriculum.foreign_of(slo.id)),
            )


def _owner(unit: UnitOfWork, slo: Slo) -> str:
    courses = {course.id: course.code for course in unit.roster.courses()}
    orgs = {org.id: org.name for org in unit.roster.orgs()}
    return owner_name(slo, courses, orgs)


def _versions(unit: UnitOfWork, slo: Slo) -> tuple[SloVersion, ...]:
    kept = unit.curriculum.versions([slo.id]).get(slo.id)
    only = SloVersion(slo.id, slo.version, *slo.wording, None, None, None)
    return tuple(reversed(kept)) if kept else (only,)


def _target(unit: UnitOfWork, keeper: Keeper, slo: Slo) -> ShownTarget:
    targets = {(one.of, one.subject_id): one for one in unit.curriculum.targets()}
    own = targets.get((TargetOf.SLO, slo.id))
    orgs = {org.id: org for org in unit.roster.orgs()}
    above, name = nearest_target(targets, orgs, keeper.org_of(slo))
    return ShownTarget(own.share if own else None, above.share if above else None, name)


def _foreign(record: ForeignRecord) -> ForeignFact:
    body = json.loads(record.body)
    facts = tuple(
        (name, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in body.items()
        if isinstance(value, str | int | float | list) and value not in ("", [])
    )
    return ForeignFact(record.standard, record.framework, record.identifier, facts)
