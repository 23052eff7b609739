"""What reports count: which results are wanted, and how many students reached each level.

Nothing here is withheld: cells are for suppression to judge, never for a page as they are.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.assessment import Purpose
from domain.errors import NonsenseValue
from domain.ids import CourseId, OrgId, SectionAssessmentId, SectionId, SloId, TermId
from domain.work_standing import WorkStanding

ANY_VERSION = 0
"""Stands where the versions of an SLO are counted together."""
NOT_TOLD = ""
"""The group of those of whom the roster does not tell what a report is split by."""
PROGRAM_ATTRIBUTE = "program"
"""The attribute under which a data load brings a student's program, where switched on."""


class Several(StrEnum):
    """Which result counts when a student has several of one SLO in one term (glossary 1)."""

    LATEST = "latest"
    HIGHEST = "highest"
    AVERAGE = "average"
    """The mean of the positions of the mastery levels, half up to the nearest level."""


class Grain(StrEnum):
    """Down to what cells tell places apart; what is coarser is told along."""

    COLLEGE = "college"
    ORG = "org"
    COURSE = "course"
    SECTION = "section"
    LONE_SECTION = "lone section"
    """COURSE, and the section too where all with a level were assessed in a single one."""


class SplitBy(StrEnum):
    NONE = "none"
    MODE = "mode"
    """How the section is taught, in the roster's word."""
    LOCATION = "location"
    PROGRAM = "program"
    """The student's own, where rosters bring it (`PROGRAM_ATTRIBUTE`)."""
    ATTRIBUTE = "attribute"
    """One that a Data Steward switched on, such as `sex`."""


@dataclass(frozen=True, slots=True)
class Split:
    """`attribute` names it where split by an attribute. Raises NonsenseValue without a name."""

    by: SplitBy = SplitBy.NONE
    attribute: str = ""

    def __post_init__(self) -> None:
        if (self.by is SplitBy.ATTRIBUTE) != bool(self.attribute):
            raise NonsenseValue("split", self.attribute, "name the attribute to split by")

    @property
    def of_students(self) -> str:
        """The attribute of students it goes by; empty when it goes by none."""
        return PROGRAM_ATTRIBUTE if self.by is SplitBy.PROGRAM else self.attribute


UNSPLIT = Split()


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which results are counted; None means all.

    A student counts once for each SLO and term, in the section of the result that counts:
    that is settled over the whole college before places are chosen, so that sections add up
    to courses, courses to orgs and those to the college under every filter.
    """

    slo_ids: frozenset[SloId] | None = None
    term_ids: frozenset[TermId] | None = None
    org_ids: frozenset[OrgId] | None = None
    """Of the courses; orgs below are named by the caller."""
    course_ids: frozenset[CourseId] | None = None
    section_ids: frozenset[SectionId] | None = None
    purpose: Purpose = Purpose.SUMMATIVE
    split: Split = UNSPLIT
    grain: Grain = Grain.COLLEGE
    rolled_up: bool = False
    """Results of lower SLOs count for the SLOs above them too, from the mapping's term."""
    several: Several = Several.LATEST
    across_versions: bool = False
    """Read a trend across wordings; otherwise each version is counted by itself."""

    @property
    def is_split(self) -> bool:
        return self.split != UNSPLIT

    @property
    def names_places(self) -> bool:
        chosen = (self.org_ids, self.course_ids, self.section_ids)
        return self.grain is not Grain.COLLEGE or any(one is not None for one in chosen)

    @property
    def looks_into_courses(self) -> bool:
        """Whether counts of whole courses do not answer it."""
        by_place = self.split.by in {SplitBy.MODE, SplitBy.LOCATION}
        return by_place or self.grain is Grain.SECTION or self.section_ids is not None


@dataclass(frozen=True, slots=True)
class Counts:
    """Students by the code of the mastery level they reached.

    `not_assessed` had N/A and no level. `collective` are those of Collective work: nobody
    is named there, so that they may repeat students and are never split by attributes.
    """

    levels: Mapping[str, int] = field(default_factory=dict)
    not_assessed: int = 0
    collective: Mapping[str, int] = field(default_factory=dict)
    collective_not_assessed: int = 0

    @property
    def students(self) -> int:
        """Students assessed one by one."""
        return sum(self.levels.values())

    @property
    def assessed(self) -> int:
        """All who were assessed: the denominator of every share."""
        return self.students + sum(self.collective.values())

    def at(self, level: str) -> int:
        return self.levels.get(level, 0) + self.collective.get(level, 0)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            Counter(self.levels) + Counter(other.levels),
            self.not_assessed + other.not_assessed,
            Counter(self.collective) + Counter(other.collective),
            self.collective_not_assessed + other.collective_not_assessed,
        )


@dataclass(frozen=True, slots=True)
class ResultCell:
    """The students of one SLO, version and term in one place and one group of the split.

    Places finer than the grain asked for are None. `group` is the value that the report is
    split by, `NOT_TOLD` when it is not split or not told.
    """

    slo_id: SloId
    slo_version: int
    term_id: TermId
    org_id: OrgId | None
    course_id: CourseId | None
    section_id: SectionId | None
    group: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class CollectiveCounts:
    """What was entered for one SLO of Collective work: students by mastery level, and N/A."""

    work_id: SectionAssessmentId
    slo_id: SloId
    levels: Mapping[str, int]
    not_assessed: int
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class ParticipationFigures:
    """What `application.queries.participation.Participation` answers.

    `never_assessed` are SLOs in use without a summative result in any term, their own or,
    for higher ones, of an SLO mapped to them.

    `standings` hold one row for each assessment in a section; `WorkStanding.state` tells
    planned, complete and overdue ones. `sections_without` are active sections without any.
    """

    standings: Mapping[TermId, tuple[WorkStanding, ...]]
    sections_without: Mapping[TermId, tuple[SectionId, ...]]
    never_assessed: tuple[SloId, ...]
