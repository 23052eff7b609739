"""Links between an LMS assignment and an assessment in a section."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from domain.ids import (
    LinkId,
    LmsAssignmentRef,
    LmsCourseRef,
    PersonId,
    SectionAssessmentId,
    SectionId,
    SiteId,
)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a launch came from: the assignment as the LMS named it.

    Canvas makes new `resource_link_id`s when a course is copied and keeps the launch URL,
    so the three together name a placement (lti.md 1.6).
    """

    platform: str
    context_id: str
    resource_link_id: str


def unopened(link_id: LinkId) -> str:
    """Stands for the resource link id until the LMS has made one."""
    return f"unopened:{link_id}"


@dataclass(frozen=True, slots=True)
class Link:
    """One assignment tied to one assessment in a section; undone, never deleted.

    A Canvas assignment may hold one link per Attain section.
    """

    id: LinkId
    placement: Placement
    section_assessment_id: SectionAssessmentId
    section_id: SectionId
    site_id: SiteId | None
    course_ref: LmsCourseRef | None
    assignment_ref: LmsAssignmentRef | None
    title: str
    points_possible: Decimal | None
    linked_by: PersonId
    linked_at: datetime
    unlinked_at: datetime | None
    version: int

    @property
    def active(self) -> bool:
        return self.unlinked_at is None

    def awaits_placement(self, context_id: str) -> bool:
        """Chosen in the selection dialog of this LMS course, not opened since."""
        return self.placement == Placement(self.placement.platform, context_id, unopened(self.id))

    def unlinked(self, at: datetime) -> "Link":
        return self if self.unlinked_at else replace(self, unlinked_at=at)


@dataclass(frozen=True, slots=True)
class ContextChoice:
    """The section that a person chose once for an LMS course, remembered."""

    platform: str
    context_id: str
    person_id: PersonId
    section_id: SectionId
    chosen_at: datetime
