"""Where plans, the distribution calendar, reminders and offered links are kept.

`get...`, `save...` keep the promises of `application.ports.repositories`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ids import (
    AssessmentId,
    CourseId,
    OfferId,
    OrgId,
    PersonId,
    PlanId,
    RoundId,
    SectionId,
    TermId,
)
from domain.link import Placement
from domain.link_offer import LinkOffer
from domain.planning import AssessmentPlan
from domain.reminder import Reminder, ReminderRound
from domain.rostering import Person, Section
from domain.work_standing import WorkStanding


class PlanRepository(Protocol):
    def get(self, plan_id: PlanId) -> AssessmentPlan: ...
    def of_term(self, term_id: TermId) -> list[AssessmentPlan]:
        """Undone ones too, in the order in which they were made."""

    def of_assessment(self, assessment_id: AssessmentId) -> list[AssessmentPlan]:
        """Undone ones too, newest first."""

    def save(self, plan: AssessmentPlan) -> AssessmentPlan: ...


@dataclass(frozen=True, slots=True)
class StandingFilter:
    """Which work is asked for; None means all. `org_ids` are those of the courses."""

    org_ids: Collection[OrgId] | None = None
    course_id: CourseId | None = None
    assessment_id: AssessmentId | None = None


class StandingRepository(Protocol):
    """Numbers of work in sections, each answer by a fixed count of statements."""

    def of_term(self, term_id: TermId, wanted: StandingFilter) -> list[WorkStanding]:
        """Of active sections, by course code, section title and assessment name."""

    def sections_of(self, term_id: TermId) -> list[Section]:
        """Active sections of the term, by title."""

    def teachers(self, section_ids: Iterable[SectionId]) -> dict[SectionId, list[Person]]:
        """Active people who teach each section, by family name; empty sections left out."""


class ReminderRepository(Protocol):
    def save_round(self, one: ReminderRound) -> None:
        """Insert or replace by id."""

    def round(self, round_id: RoundId) -> ReminderRound: ...
    def put(self, reminders: Iterable[Reminder]) -> None:
        """Insert or replace by round and person."""

    def of_round(self, round_id: RoundId) -> list[Reminder]:
        """By person id."""

    def one(self, round_id: RoundId, person_id: PersonId) -> Reminder: ...
    def reminded_since(self, since: datetime) -> list[Reminder]:
        """Those sent after `since`, and those on their way, whenever they were asked for."""


class OfferRepository(Protocol):
    def get(self, offer_id: OfferId) -> LinkOffer: ...
    def open(self) -> list[LinkOffer]:
        """By title, then id."""

    def at(self, placement: Placement) -> list[LinkOffer]:
        """Decided ones too."""

    def save(self, offer: LinkOffer) -> LinkOffer:
        """Raises Conflict too when the placement has an offer for that section."""
