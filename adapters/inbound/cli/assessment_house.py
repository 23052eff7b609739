"""What the commands of the library, of plans and of the calendar ask of the house."""

from typing import Protocol

from application.later import imported_later

with imported_later(__name__):
    from application.queries.assessments.assessment_export import AssessmentExport
    from application.queries.assessments.library_page import LibraryPage
    from application.queries.assessments.plan_choices import PlanChoices
    from application.queries.calendar.calendar_page import CalendarExport
    from application.queries.calendar.reminder_report import ReminderReport
    from application.queries.lms.link_offers import LinkOffers
    from application.use_cases.assessments.carry_plans import CarryPlans, PreviewCarry
    from application.use_cases.assessments.close_work import CloseWork, RemoveWork, ReopenWork
    from application.use_cases.assessments.import_assessments import ImportAssessments
    from application.use_cases.assessments.keep_library import (
        CopyAssessment,
        OfferAssessment,
        RetireAssessment,
    )
    from application.use_cases.assessments.plan_sections import (
        FollowPlans,
        PlanSections,
        PreviewPlan,
        UndoPlan,
    )
    from application.use_cases.lms.decide_offers import DecideOffers
    from application.use_cases.reminders.remind import SampleReminders, SendReminders


class AssessmentHouse(Protocol):
    @property
    def import_assessments(self) -> ImportAssessments: ...
    @property
    def library_page(self) -> LibraryPage: ...
    @property
    def assessment_export(self) -> AssessmentExport: ...
    @property
    def copy_assessment(self) -> CopyAssessment: ...
    @property
    def retire_assessment(self) -> RetireAssessment: ...
    @property
    def plan_choices(self) -> PlanChoices: ...
    @property
    def preview_plan(self) -> PreviewPlan: ...
    @property
    def plan_sections(self) -> PlanSections: ...
    @property
    def undo_plan(self) -> UndoPlan: ...
    @property
    def follow_plans(self) -> FollowPlans: ...
    @property
    def preview_carry(self) -> PreviewCarry: ...
    @property
    def carry_plans(self) -> CarryPlans: ...
    @property
    def close_work(self) -> CloseWork: ...
    @property
    def reopen_work(self) -> ReopenWork: ...
    @property
    def calendar_export(self) -> CalendarExport: ...
    @property
    def sample_reminders(self) -> SampleReminders: ...
    @property
    def send_reminders(self) -> SendReminders: ...
    @property
    def link_offers(self) -> LinkOffers: ...
    @property
    def decide_offers(self) -> DecideOffers: ...
    @property
    def remove_work(self) -> RemoveWork: ...
    @property
    def offer_assessment(self) -> OfferAssessment: ...
    @property
    def reminder_report(self) -> ReminderReport: ...
