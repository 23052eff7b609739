"""One SLO with all that hangs on it: wordings, descriptors, mappings, target, use."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from application.errors import NotFound
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.slo_list import owner_name
from application.reporting.targets import nearest_target
from application.slos.book import stamp_of
from application.slos.keeper import Keeper, keeper_of
from application.slos.names import usual_term
from application.viewers import Viewer
from domain.assessment import Assessment
from domain.foreign import ForeignRecord, Standard
from domain.ids import ScaleId, SloId
from domain.rostering import Term
from domain.scale import MasteryLevel
from domain.slo import Slo, SloKind, SloState
from domain.slo_mapping import MappingKind
from domain.slo_version import SloVersion
from domain.target import TargetOf

_HIGHER = {
    SloKind.COURSE: (SloKind.PROGRAM, SloKind.INSTITUTION),
    SloKind.PROGRAM: (SloKind.INSTITUTION,),
    SloKind.INSTITUTION: (),
}


@dataclass(frozen=True, slots=True)
class DescribedLevel:
    """`own` is the SLO's descriptor there, `default` that of the scale."""

    points: Decimal
    label: str
    mastery: MasteryLevel
    own: str
    default: str


@dataclass(frozen=True, slots=True)
class DescribedScale:
    """`levels` from the highest to the lowest. A former version is only shown."""

    id: ScaleId
    name: str
    version: int
    is_default: bool
    is_newest: bool
    levels: tuple[DescribedLevel, ...]


@dataclass(frozen=True, slots=True)
class MappedSlo:
    id: SloId
    code: str
    title: str
    kind: SloKind
    state: SloState
    mapping_kind: MappingKind | None
    from_term: str
    until_term: str | None
    may_change: bool


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
            up, down = _mapped(unit, keeper, slo)
            mapped = {one.id for one in up if one.until_term is None}
            return SloPageView(
                slo,
                _owner(unit, slo),
                stamp_of(slo),
                keeper.keeps(slo),
                _versions(unit, slo),
                _described(unit, slo),
                up,
                down,
                _choices(unit, slo, mapped),
                tuple(unit.roster.terms()),
                usual_term(unit, self.clock.now().date()),
                _target(unit, keeper, slo),
                _sent(unit, slo),
                _assessed(unit, slo),
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


def _described(unit: UnitOfWork, slo: Slo) -> tuple[DescribedScale, ...]:
    """The newest version of each scale, and former ones on which it has descriptors."""
    scales = unit.outcomes.scales()
    newest = {scale.code: scale.id for scale in sorted(scales, key=lambda one: one.version)}
    own = {one.scale_id for one in slo.descriptors}
    return tuple(
        DescribedScale(
            scale.id,
            scale.name,
            scale.version,
            scale.is_default,
            scale.id in newest.values(),
            tuple(
                DescribedLevel(
                    level.points,
                    level.label,
                    level.mastery,
                    slo.descriptors_on(scale.id).get(level.points, ""),
                    level.descriptor,
                )
                for level in reversed(scale.levels)
            ),
        )
        for scale in scales
        if scale.id in newest.values() or scale.id in own
    )


def _mapped(
    unit: UnitOfWork, keeper: Keeper, slo: Slo
) -> tuple[tuple[MappedSlo, ...], tuple[MappedSlo, ...]]:
    mappings = unit.curriculum.mappings_of(slo.id)
    others = unit.outcomes.slos_by_id(
        one for mapping in mappings for one in (mapping.lower_id, mapping.higher_id)
    )
    names = {term.id: term.name for term in unit.roster.terms()}
    up: list[MappedSlo] = []
    down: list[MappedSlo] = []
    for mapping in mappings:
        is_up = mapping.lower_id == slo.id
        other = others[mapping.higher_id if is_up else mapping.lower_id]
        shown = MappedSlo(
            other.id, other.code, other.title, other.kind, other.state, mapping.kind,
            names.get(mapping.from_term, ""),
            names.get(mapping.until_term, "") if mapping.until_term else None,
            mapping.is_open and (keeper.keeps(slo) or keeper.keeps(other)),
        )  # fmt: skip
        (up if is_up else down).append(shown)
    return _by_code(up), _by_code(down)


def _by_code(mapped: list[MappedSlo]) -> tuple[MappedSlo, ...]:
    return tuple(sorted(mapped, key=lambda one: (one.until_term is not None, one.code)))


def _choices(unit: UnitOfWork, slo: Slo, mapped: set[SloId]) -> tuple[tuple[SloId, str], ...]:
    return tuple(
        (other.id, f"{other.code} {other.title}")
        for other in unit.outcomes.slos()
        if other.kind in _HIGHER[slo.kind]
        and other.state is not SloState.RETIRED
        and other.id not in mapped
    )


def _target(unit: UnitOfWork, keeper: Keeper, slo: Slo) -> ShownTarget:
    targets = {(one.of, one.subject_id): one for one in unit.curriculum.targets()}
    own = targets.get((TargetOf.SLO, slo.id))
    orgs = {org.id: org for org in unit.roster.orgs()}
    above, name = nearest_target(targets, orgs, keeper.org_of(slo))
    return ShownTarget(own.share if own else None, above.share if above else None, name)


def _sent(unit: UnitOfWork, slo: Slo) -> tuple[SentOutcome, ...]:
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


def _assessed(unit: UnitOfWork, slo: Slo) -> tuple[AssessedIn, ...]:
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


def _foreign(record: ForeignRecord) -> ForeignFact:
    body = json.loads(record.body)
    facts = tuple(
        (name, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in body.items()
        if isinstance(value, str | int | float | list) and value not in ("", [])
    )
    return ForeignFact(record.standard, record.framework, record.identifier, facts)
