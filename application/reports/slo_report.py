"""SLO performance: how many reached which level, SLO by SLO, and term to term."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from application.org_tree import TreeOrg, drawn_orgs
from application.paging import on_page, page_within, pages_of
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.reporting.targets import targets_of
from application.reports.asked import ReportAsked, ReportScope, scope_of
from application.reports.bars import Bar, LevelHead, bar_of, level_heads
from application.reports.curriculum import Curriculum, curriculum_of
from application.reports.judging import Judge, Wanted
from application.reports.pieces import Judged, Pieces
from application.reports.reach import ReportReach, report_reach
from application.viewers import Viewer
from domain.ids import SloId, TermId
from domain.privacy.group import PrivacyRule
from domain.reporting import ReportFilter, ResultCell
from domain.slo import SloKind

PAGE = 25


class Figures(Protocol):
    """Counts, nothing withheld."""

    def cells(self, unit: UnitOfWork, wanted: ReportFilter) -> list[ResultCell]: ...


@dataclass(frozen=True, slots=True)
class SloReportView:
    """`bars` are one for each SLO with results; `trend` one for each term of the chosen SLO."""

    asked: ReportAsked
    scope: ReportScope
    orgs: tuple[TreeOrg, ...]
    levels: tuple[LevelHead, ...]
    """Lowest first."""
    bars: tuple[Bar, ...]
    trend: tuple[Bar, ...]
    rule: PrivacyRule
    own_sections: bool
    page: int = 1

    @property
    def pages(self) -> int:
        return pages_of(len(self.bars), PAGE)

    @property
    def shown(self) -> tuple[Bar, ...]:
        """The bars of this page."""
        return on_page(self.bars, page_within(self.page, len(self.bars), PAGE), PAGE)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every report of results is made from, in one unit of work."""

    reach: ReportReach
    curriculum: Curriculum
    scope: ReportScope
    judge: Judge

    @property
    def levels(self) -> tuple[LevelHead, ...]:
        return level_heads(self.curriculum.levels)

    def wanted(self, *terms: TermId) -> Wanted:
        """All terms without one. Of own sections, what was assessed itself."""
        rolls_up = not self.reach.is_own_sections
        kind = self.scope.kind
        every = len(self.scope.slos) == sum(
            slo.kind is kind for slo in self.curriculum.slos.values()
        )
        # Rolled up, all would be the many CSLOs below as well, which are not asked for.
        is_all = every and (kind is SloKind.COURSE or not rolls_up)
        slo_ids = None if is_all else self.scope.slo_ids
        return Wanted(self.scope.kind, slo_ids, frozenset(terms) or None, rolls_up)


def desk_of(
    unit: UnitOfWork, figures: Figures, viewer: Viewer, asked: ReportAsked, clock: Clock
) -> Desk:
    """Raises: Forbidden, Invalid."""
    reach = report_reach(unit, viewer)
    curriculum = curriculum_of(unit)

    def cells(wanted: ReportFilter) -> list[ResultCell]:
        return figures.cells(unit, replace(wanted, section_ids=reach.sections))

    scope = scope_of(unit, curriculum, reach, asked, clock)
    return Desk(reach, curriculum, scope, Judge(cells, curriculum, reach.rule))


@dataclass(frozen=True, slots=True)
class SloReport:
    """Raises: Forbidden; Invalid for a name that fits nothing of the viewer's."""

    units: UnitOfWorkFactory
    clock: Clock
    figures: Figures

    def __call__(self, viewer: Viewer, asked: ReportAsked, page: int = 1) -> SloReportView:
        with self.units(write=False) as unit:
            desk = desk_of(unit, self.figures, viewer, asked, self.clock)
            scope = desk.scope
            empty = SloReportView(
                asked,
                scope,
                drawn_orgs(desk.reach.orgs),
                desk.levels,
                (),
                (),
                desk.reach.rule,
                desk.reach.is_own_sections,
                page,
            )
            if scope.term is None or not scope.slos:
                return empty
            targets = targets_of(unit, scope.slos)
            if scope.slo is not None:
                judged = desk.judge(desk.wanted())
                trend = _trend(desk, judged, targets)
            else:
                terms = [one.id for one in (scope.term, scope.before) if one]
                judged, trend = desk.judge(desk.wanted(*terms)), ()
            return replace(empty, bars=_bars(desk, judged, targets), trend=trend)


def _bars(desk: Desk, judged: Judged, targets: Mapping[SloId, Decimal]) -> tuple[Bar, ...]:
    scope, nothing = desk.scope, Pieces()
    found = []
    for slo in scope.slos:
        then = judged.get((slo.id, scope.before.id)) if scope.before else None
        now = judged.get((slo.id, scope.term.id), nothing) if scope.term else nothing
        told = now.within(scope.courses)
        if not told.is_empty:
            before = then.within(scope.courses) if then else None
            target = targets.get(slo.id)
            bar = bar_of(desk.levels, told, slo.code, slo.code, slo.title, target, before)
            found.append(bar)
    return tuple(found)


def _trend(desk: Desk, judged: Judged, targets: Mapping[SloId, Decimal]) -> tuple[Bar, ...]:
    """Oldest term first, terms without results left out."""
    scope, found = desk.scope, []
    for term in sorted(scope.terms, key=lambda one: one.starts_on):
        for slo in scope.slos:
            told = judged.get((slo.id, term.id), Pieces()).within(scope.courses)
            if not told.is_empty:
                target = targets.get(slo.id)
                found.append(bar_of(desk.levels, told, term.id, term.name, "", target))
    return tuple(found)
