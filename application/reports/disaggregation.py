"""Results of one SLO in one term by mode, location, program or an attribute of students."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from application.errors import Invalid
from application.org_tree import TreeOrg, drawn_orgs
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.reports.asked import ReportAsked, ReportScope
from application.reports.bars import Bar, LevelHead, bar_of
from application.reports.counting import COUNTED
from application.reports.pieces import Pieces, Told
from application.reports.slo_report import Desk, Figures, desk_of
from application.reports.splitting import SplitTold, Values
from application.viewers import Viewer
from domain.ids import TermId
from domain.privacy.group import PrivacyRule
from domain.reporting import NOT_TOLD, PROGRAM_ATTRIBUTE, Split, SplitBy
from domain.rostering import collation_key
from domain.slo import SloHead

TOGETHER = "Withheld groups together"


class SplitChoice(NamedTuple):
    """`name` as addresses say it."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class DisaggregationView:
    """`total` is the line of all students, `bars` one for each group that may be told of."""

    asked: ReportAsked
    scope: ReportScope
    orgs: tuple[TreeOrg, ...]
    levels: tuple[LevelHead, ...]
    splits: tuple[SplitChoice, ...]
    split: SplitChoice
    slos: tuple[SloHead, ...]
    """Those with results in the term."""
    slo: SloHead | None
    total: Bar | None
    bars: tuple[Bar, ...]
    rule: PrivacyRule
    own_sections: bool


@dataclass(frozen=True, slots=True)
class Disaggregation:
    """Raises: Forbidden; Invalid for a name that fits nothing of the viewer's."""

    units: UnitOfWorkFactory
    clock: Clock
    figures: Figures

    def __call__(self, viewer: Viewer, asked: ReportAsked) -> DisaggregationView:
        with self.units(write=False) as unit:
            desk = desk_of(unit, self.figures, viewer, asked, self.clock)
            splits = _choices(unit, desk)
            chosen = _chosen(splits, asked.by)
            slos = _assessed(desk)
            slo = desk.scope.slo or next(iter(slos), None)
            empty = DisaggregationView(
                asked,
                desk.scope,
                drawn_orgs(desk.reach.orgs),
                desk.levels,
                splits,
                chosen,
                slos,
                slo,
                None,
                (),
                desk.reach.rule,
                desk.reach.is_own_sections,
            )
            if slo is None or desk.scope.term is None:
                return empty
            told = _told(unit, desk, slo, chosen, desk.scope.term.id)
            if told is None:
                return empty
            total = bar_of(desk.levels, told.total, "", "All students")
            return replace(empty, total=total, bars=_bars(desk.levels, told))


def split_of(name: str) -> Split:
    """From the name of a choice."""
    if name in {SplitBy.MODE, SplitBy.LOCATION, SplitBy.PROGRAM}:
        return Split(SplitBy(name))
    return Split(SplitBy.ATTRIBUTE, name)


def _choices(unit: UnitOfWork, desk: Desk) -> tuple[SplitChoice, ...]:
    """Faculty split by what is the same for a whole section: no attribute of their students."""
    found = [SplitChoice("mode", "Mode of delivery"), SplitChoice("location", "Location")]
    if desk.reach.is_own_sections:
        return tuple(found)
    kept = unit.results.attributes()
    if PROGRAM_ATTRIBUTE in kept:
        found.append(SplitChoice("program", "Program"))
    found += [
        SplitChoice(name, name.replace("_", " ").capitalize())
        for name in kept
        if name != PROGRAM_ATTRIBUTE
    ]
    return tuple(found)


def _chosen(offered: tuple[SplitChoice, ...], name: str) -> SplitChoice:
    for one in offered:
        if name in {"", one.name}:
            return one
    raise Invalid("by", f"choose one of: {', '.join(one.name for one in offered)}.")


def _assessed(desk: Desk) -> tuple[SloHead, ...]:
    if desk.scope.term is None or not desk.scope.slos:
        return ()
    scope, term_id = desk.scope, desk.scope.term.id
    judged = desk.judge(desk.wanted(term_id))
    return tuple(
        slo
        for slo in scope.slos
        if not judged.get((slo.id, term_id), Pieces()).within(scope.courses).is_empty
    )


def _told(
    unit: UnitOfWork, desk: Desk, slo: SloHead, chosen: SplitChoice, term_id: TermId
) -> SplitTold | None:
    by = split_of(chosen.name)
    wanted = replace(desk.wanted(term_id), slo_ids=frozenset({slo.id}))
    found = desk.judge.split(wanted, by, _values(unit, by)).get((slo.id, term_id))
    return found.within(desk.scope.courses) if found else None


def _values(unit: UnitOfWork, by: Split) -> Values:
    if by.of_students:
        told = set(unit.results.groups(by.of_students).values())
        return Values(tuple(sorted(told | {NOT_TOLD})))
    sections = unit.roster.sections()
    of = (one.mode if by.by is SplitBy.MODE else one.location for one in sections)
    return Values(tuple(sorted({*of, NOT_TOLD})))


def _bars(levels: tuple[LevelHead, ...], told: SplitTold) -> tuple[Bar, ...]:
    names = {name for name, row in told.rows.items() if any(row)} | told.partly
    bars = [_bar(levels, told.rows, name, told.partly) for name in sorted(names, key=_order)]
    if any(told.rest):
        bars.append(bar_of(levels, Told(told.rest, withheld=False), TOGETHER, TOGETHER))
    return tuple(bars)


def _bar(
    levels: tuple[LevelHead, ...],
    rows: Mapping[str, tuple[int, ...]],
    name: str,
    partly: frozenset[str],
) -> Bar:
    told = Told(rows.get(name), withheld=name in partly)
    return bar_of(levels, told, name, _label(name))


def _label(name: str) -> str:
    if name == COUNTED:
        return "Entered as counts"
    return name[:1].upper() + name[1:] if name else "Not told"


def _order(name: str) -> tuple[int, tuple[str, str]]:
    """Values by name, those not told of and counts last."""
    return (name == NOT_TOLD) + 2 * (name == COUNTED), collation_key(name)
