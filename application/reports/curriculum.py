"""How SLOs and orgs hang together, as the privacy rules need it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from domain.ids import CourseId, OrgId, SloId
from domain.privacy.leaves import Reach
from domain.rostering import Course
from domain.scale import MasteryLevel
from domain.slo import SloHead, SloKind
from domain.slo_mapping import SloMapping


@dataclass(frozen=True, slots=True)
class Curriculum:
    """`reaches` hold ended mappings too: they count for the terms in which they held."""

    slos: Mapping[SloId, SloHead]
    courses: Mapping[CourseId, Course]
    parents: Mapping[str, str]
    reaches: Mapping[str, Reach]
    levels: tuple[MasteryLevel, ...]
    """Lowest first."""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(level.code for level in self.levels)

    def org_of(self, slo: SloHead) -> OrgId | None:
        """Its own org, else that of its course."""
        course = self.courses.get(slo.course_id) if slo.course_id else None
        return slo.org_id or (course.org_id if course else None)


def curriculum_of(unit: UnitOfWork) -> Curriculum:
    heads = unit.curriculum.slo_heads()
    return Curriculum(
        {slo.id: slo for slo in heads},
        {course.id: course for course in unit.roster.courses()},
        {org.id: org.parent_id or "" for org in unit.roster.orgs()},
        reaches_of(heads, unit.curriculum.mappings()),
        tuple(unit.curriculum.mastery_levels()),
    )


def reaches_of(slos: Sequence[SloHead], mappings: Iterable[SloMapping]) -> dict[str, Reach]:
    """For each SLO those of several courses that its results count for (glossary 1, Roll-up)."""
    above: dict[SloId, set[SloId]] = {}
    for one in mappings:
        above.setdefault(one.lower_id, set()).add(one.higher_id)
    return {slo.id: _reached(slo, above) for slo in slos}


def _reached(slo: SloHead, above: Mapping[SloId, set[SloId]]) -> Reach:
    own = set[SloId]() if slo.kind is SloKind.COURSE else {slo.id}
    found, waiting = own | above.get(slo.id, set()), list(above.get(slo.id, ()))
    while waiting:
        higher = above.get(waiting.pop(), set()) - found
        found |= higher
        waiting += higher
    return frozenset(found)
