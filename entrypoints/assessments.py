"""The use cases of the assessment library, plans, the calendar and reminders: one line each."""

from application.later import imported_later
from entrypoints.mail import mail_of
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from application.queries.assessments.assessment_editor import AssessmentEditor
    from application.queries.assessments.assessment_export import AssessmentExport
    from application.queries.assessments.library_list import LibraryList
    from application.queries.assessments.library_page import LibraryPage
    from application.queries.assessments.plan_choices import PlanChoices
    from application.queries.calendar.calendar_page import CalendarExport, CalendarPage
    from application.queries.calendar.reminder_report import ReminderReport
    from application.queries.lms.link_offers import LinkOffers
    from application.queries.scoring.work_state_page import WorkStatePage
    from application.use_cases.assessments.carry_plans import CarryPlans, PreviewCarry
    from application.use_cases.assessments.close_work import CloseWork, RemoveWork, ReopenWork
    from application.use_cases.assessments.define_assessment import DefineAssessment
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
    from application.use_cases.reminders.deliver_reminders import DeliverReminders
    from application.use_cases.reminders.remind import SampleReminders, SendReminders
    from application.use_cases.settings.send_test_mail import SendTestMail

units = Needs.units
clock = Needs.clock
new_id = Needs.new_id
transact = Needs.transact
base_url = Needs.base_url


class Assessments(Needs):
    """What coordinators keep; a page or command asks by the name on the left."""

    mail = Use(mail_of, settings=Needs.settings, clock=clock)

    # The library
    library_list = Use(LibraryList, units=units)
    library_page = Use(LibraryPage, units=units)
    assessment_editor = Use(AssessmentEditor, units=units)
    assessment_export = Use(AssessmentExport, units=units)
    define_assessment = Use(DefineAssessment, units=units, clock=clock, new_id=new_id)
    copy_assessment = Use(CopyAssessment, units=units, clock=clock, new_id=new_id)
    retire_assessment = Use(RetireAssessment, units=units, clock=clock)
    offer_assessment = Use(OfferAssessment, units=units, clock=clock)

    # Plans
    plan_choices = Use(PlanChoices, units=units, clock=clock)
    preview_plan = Use(PreviewPlan, units=units)
    plan_sections = Use(PlanSections, units=units, clock=clock, new_id=new_id)
    undo_plan = Use(UndoPlan, units=units, clock=clock)
    follow_plans = Use(FollowPlans, units=units, clock=clock, new_id=new_id)
    preview_carry = Use(PreviewCarry, units=units)
    carry_plans = Use(CarryPlans, units=units, clock=clock, new_id=new_id)
    work_state_page = Use(WorkStatePage, units=units, clock=clock)
    close_work = Use(CloseWork, units=units, clock=clock)
    reopen_work = Use(ReopenWork, units=units, clock=clock)
    remove_work = Use(RemoveWork, units=units, clock=clock)
    link_offers = Use(LinkOffers, units=units)
    decide_offers = Use(DecideOffers, units=units, clock=clock, new_id=new_id)

    # The calendar
    calendar_page = Use(CalendarPage, units=units, clock=clock)
    calendar_export = Use(CalendarExport, units=units, clock=clock)
    send_test_mail = Use(
        SendTestMail,
        units=units,
        transact=Needs.transact,
        clock=clock,
        new_id=new_id,
        mail=mail,
    )
    sample_reminders = Use(SampleReminders, units=units, clock=clock, mail=mail, base_url=base_url)
    send_reminders = Use(SendReminders, units=units, clock=clock, new_id=new_id, mail=mail)
    deliver_reminders = Use(
        DeliverReminders,
        units=units,
        transact=transact,
        clock=clock,
        mail=mail,
        base_url=base_url,
    )
    reminder_report = Use(ReminderReport, units=units)
