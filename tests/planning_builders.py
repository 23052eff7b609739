"""Plans, reminders and offered links with valid defaults, as `tests.builders` makes records."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from domain.ids import (
    AssessmentId,
    LinkId,
    LmsAssignmentRef,
    LmsCourseRef,
    OfferId,
    PersonId,
    PlanId,
    RoundId,
    SectionAssessmentId,
    SectionId,
    SiteId,
    TermId,
)
from domain.link_offer import LinkOffer, OfferState
from domain.planning import AssessmentPlan, PlanTarget, TargetKind
from domain.reminder import Reminder, ReminderRound, ReminderState
from tests.builders import a_placement
from tests.stand_ins import NOON


def a_plan(key: str = "essay", **changes: Any) -> AssessmentPlan:
    target = PlanTarget(TargetKind.COURSES, ("course-engl101",))
    plan = AssessmentPlan(
        PlanId(f"plan-{key}"), AssessmentId("assessment-essay"), TermId("term-fall"), target,
        NOON, NOON + timedelta(days=7), PersonId("person-cora"), NOON, None, None, 0,
    )  # fmt: skip
    return replace(plan, **changes)


def a_round(key: str = "first", **changes: Any) -> ReminderRound:
    one = ReminderRound(RoundId(f"round-{key}"), TermId("term-fall"), PersonId("person-cora"), NOON,
                        "Assessments are due", "Please complete:", None)  # fmt: skip
    return replace(one, **changes)


def a_reminder(person: str = "tess", round_key: str = "first", **changes: Any) -> Reminder:
    one = Reminder(RoundId(f"round-{round_key}"), PersonId(f"person-{person}"),
                   (SectionAssessmentId("work-essay"),), ReminderState.PENDING, "",
                   None)  # fmt: skip
    return replace(one, **changes)


def a_link_offer(key: str = "copy", **changes: Any) -> LinkOffer:
    offer = LinkOffer(
        OfferId(f"offer-{key}"), a_placement(key), SectionId("section-engl101-02"),
        LinkId("link-essay"), SiteId("site-main"), LmsCourseRef("102"), LmsAssignmentRef("502"),
        f"Essay {key}", Decimal(100), NOON, OfferState.OPEN, None, None, 0,
    )  # fmt: skip
    return replace(offer, **changes)
