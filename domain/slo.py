"""Student learning outcomes and the words that describe work at each level."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from domain.errors import IllegalMove
from domain.ids import CourseId, OrgId, ScaleId, SloId


class SloKind(StrEnum):
    COURSE = "cslo"
    PROGRAM = "pslo"
    INSTITUTION = "islo"


class SloState(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class Edit(StrEnum):
    """What another title or statement means (glossary 1)."""

    CORRECTION = "correction"
    """Spelling: the version stays, and with it every result."""
    WORDING = "version"
    """A change of wording: the next version, which names the one it replaces."""


@dataclass(frozen=True, slots=True)
class PerformanceDescriptor:
    """What work at one level of a scale looks like, in this SLO's own words."""

    scale_id: ScaleId
    points: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class SloHead:
    """An SLO as lists need it, without its descriptors."""

    id: SloId
    code: str
    kind: SloKind
    course_id: CourseId | None
    org_id: OrgId | None
    title: str
    statement: str
    state: SloState
    version: int


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

    @property
    def wording(self) -> tuple[str, str]:
        return self.title, self.statement

    def said_as(self, title: str, statement: str, edit: Edit) -> "Slo":
        """With these words; the version moves only when they differ and the wording changed."""
        if (title, statement) == self.wording:
            return self
        version = self.version + 1 if edit is Edit.WORDING else self.version
        return replace(self, title=title, statement=statement, version=version)

    def moved(self, state: SloState) -> "Slo":
        """Into use, out of it, and back.

        Raises:
            IllegalMove: back to draft: what was in use may have been assessed.
        """
        if state is SloState.DRAFT and self.state is not SloState.DRAFT:
            raise IllegalMove(f"SLO {self.code}", self.state, state)
        return replace(self, state=state)
