"""Student learning outcomes and the words that describe work at each level."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.ids import CourseId, OrgId, ScaleId, SloId


class SloKind(StrEnum):
    COURSE = "cslo"
    PROGRAM = "pslo"
    INSTITUTION = "islo"


class SloState(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class PerformanceDescriptor:
    """What work at one level of a scale looks like, in this SLO's own words."""

    scale_id: ScaleId
    points: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Slo:
    """One statement of what a student can do after learning; `version` counts wordings."""

    id: SloId
    code: str
    kind: SloKind
    course_id: CourseId | None
    org_id: OrgId | None
    title: str
    statement: str
    state: SloState
    version: int
    descriptors: tuple[PerformanceDescriptor, ...] = ()

    def descriptors_on(self, scale_id: ScaleId) -> Mapping[Decimal, str]:
        return {d.points: d.text for d in self.descriptors if d.scale_id == scale_id}
