"""What of the college's results may be told, over all of it and before any filter."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from application.reports.counting import LeafKey, groups_of, parts_of
from application.reports.curriculum import Curriculum
from application.reports.pieces import Judged, Pieces, SloTerm, joined, pieces_of
from application.reports.splitting import SplitPieces, Values
from domain.ids import CourseId, SloId, TermId
from domain.privacy.group import Group, PrivacyRule
from domain.privacy.leaves import Bundle, Leaf, bundles, by_higher
from domain.privacy.release import Release, released
from domain.privacy.split import Split as PartsOf
from domain.reporting import Grain, ReportFilter, ResultCell, Split
from domain.slo import SloKind


class Cells(Protocol):
    """Counts as they are, nothing withheld."""

    def __call__(self, wanted: ReportFilter) -> list[ResultCell]: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """SLOs of one kind and terms; None means all."""

    kind: SloKind
    slo_ids: frozenset[SloId] | None = None
    term_ids: frozenset[TermId] | None = None
    rolls_up: bool = True
    """Results of lower SLOs count too."""

    @property
    def is_higher(self) -> bool:
        return self.rolls_up and self.kind is not SloKind.COURSE

    @property
    def itself(self) -> ReportFilter:
        """Results of these SLOs by course, with those that count for them from below."""
        return ReportFilter(
            slo_ids=self.slo_ids,
            term_ids=self.term_ids,
            grain=Grain.LONE_SECTION,
            rolled_up=self.is_higher,
            across_versions=self.is_higher,
        )

    @property
    def leaves(self) -> ReportFilter:
        """All that was assessed itself: what a higher SLO's results are made of."""
        return ReportFilter(term_ids=self.term_ids, grain=Grain.LONE_SECTION)


ToldOn = Mapping[tuple[str, TermId, CourseId], set[str]]
"""Parts that are withheld for a lower SLO, by higher SLO, term and course."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides over the whole college; filters come afterwards and change nothing."""

    cells: Cells
    curriculum: Curriculum
    rule: PrivacyRule

    def __call__(self, wanted: Wanted) -> Judged:
        groups = self._groups(wanted.itself)
        return self._above(wanted, groups) if wanted.is_higher else self._alone(groups)

    def split(self, wanted: Wanted, by: Split, values: Values) -> dict[SloTerm, SplitPieces]:
        """The same pieces, those of single courses in parts; `values` are all there can be."""
        groups = self._groups(wanted.itself)
        judged = self._above(wanted, groups) if wanted.is_higher else self._alone(groups)
        below = self._withheld_below(wanted, by, values) if wanted.is_higher else {}
        found: dict[SloTerm, dict[CourseId, list[PartsOf]]] = {}
        for key, parts in self._parts(wanted.itself, by).items():
            slo_id, _, term_id, course_id = key
            if self._is_shown(groups[key], judged[slo_id, term_id]):
                told_on = below.get((slo_id, term_id, course_id), ())
                one = values.judged(parts, self.rule, told_on)
                found.setdefault((slo_id, term_id), {}).setdefault(course_id, []).append(one)
        return {key: SplitPieces(pieces, found.get(key, {})) for key, pieces in judged.items()}

    def _is_shown(self, group: Group, pieces: Pieces) -> bool:
        """By itself and not in a pool."""
        alone = any(piece.courses == {group.key} for piece in pieces.shown)
        return alone and not self.rule.withholds(group)

    def _groups(self, wanted: ReportFilter) -> dict[LeafKey, Group]:
        return groups_of(self.cells(wanted), self.curriculum.codes)

    def _parts(self, wanted: ReportFilter, by: Split) -> dict[LeafKey, list[Group]]:
        cells = self.cells(replace(wanted, split=by))
        return parts_of(cells, self.curriculum.codes, by_attribute=bool(by.of_students))

    def _alone(self, groups: Mapping[LeafKey, Group]) -> Judged:
        """CSLOs: each version in its course by itself."""
        several: dict[SloTerm, list[Pieces]] = {}
        for (slo_id, _, term_id, _), group in groups.items():
            small = self.rule.withholds(group)
            one = Release((), (), (group,)) if small else Release((group,), (), ())
            several.setdefault((slo_id, term_id), []).append(pieces_of(one))
        return {key: joined(every) for key, every in several.items()}

    def _above(self, wanted: Wanted, groups: Mapping[LeafKey, Group]) -> Judged:
        linked = self._linked(wanted)
        courses: dict[SloTerm, list[Group]] = {}
        for (slo_id, _, term_id, _), group in groups.items():
            courses.setdefault((slo_id, term_id), []).append(group)
        parents = self.curriculum.parents
        return {
            (slo_id, term_id): pieces_of(
                released(slo_id, every, linked.get(term_id, {}).get(slo_id, ()), parents, self.rule)
            )
            for (slo_id, term_id), every in courses.items()
        }

    def _linked(self, wanted: Wanted) -> Mapping[TermId, Mapping[str, list[Bundle]]]:
        terms: dict[TermId, list[Leaf]] = {}
        for (slo_id, version, term_id, course_id), group in self._groups(wanted.leaves).items():
            terms.setdefault(term_id, []).append(Leaf(slo_id, version, course_id, group))
        reaches = self.curriculum.reaches
        return {
            term: by_higher(bundles(leaves, reaches, self.rule)) for term, leaves in terms.items()
        }

    def _withheld_below(self, wanted: Wanted, by: Split, values: Values) -> ToldOn:
        found: dict[tuple[str, TermId, CourseId], set[str]] = {}
        for (slo_id, _, term_id, course_id), parts in self._parts(wanted.leaves, by).items():
            hidden = {part.key for part in values.judged(parts, self.rule).withheld}
            for higher in self.curriculum.reaches.get(slo_id, ()):
                found.setdefault((higher, term_id, course_id), set()).update(hidden)
        return found
