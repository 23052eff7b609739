"""The use cases of action plans, requests for information and what is due: one line each."""

from application.later import imported_later
from entrypoints.assessments import Assessments
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from application.queries.home.home_page import HomePage
    from application.queries.improvement.action_plan_list import ActionPlanList, WorkActionPlans
    from application.queries.improvement.action_plan_page import ActionPlanPage
    from application.queries.improvement.improvement_choices import ImprovementChoices
    from application.queries.improvement.rfi_list import RfiList
    from application.queries.improvement.rfi_page import AskPage, RfiPage
    from application.use_cases.improvement.answer_rfi import AnswerRfi, OpenRfi
    from application.use_cases.improvement.keep_question_templates import (
        QuestionTemplateList,
        RetireQuestionTemplate,
        SaveQuestionTemplate,
    )
    from application.use_cases.improvement.move_action_plan import (
        FollowUpActionPlan,
        MoveActionPlan,
    )
    from application.use_cases.improvement.send_rfi import CloseRfi, SendRfi
    from application.use_cases.improvement.start_action_plan import StartActionPlan
    from application.use_cases.improvement.write_action_plan import WriteActionPlan
    from application.use_cases.reminders.remind_rfi import SampleRfiReminders, SendRfiReminders

units = Needs.units
clock = Needs.clock
new_id = Needs.new_id


class Improvement(Needs):
    # What is due
    home_page = Use(HomePage, units=units, clock=clock)

    # Action plans
    action_plan_list = Use(ActionPlanList, units=units, clock=clock)
    action_plan_page = Use(ActionPlanPage, units=units)
    work_action_plans = Use(WorkActionPlans, units=units, clock=clock)
    improvement_choices = Use(ImprovementChoices, units=units, clock=clock)
    start_action_plan = Use(StartActionPlan, units=units, clock=clock, new_id=new_id)
    write_action_plan = Use(WriteActionPlan, units=units, clock=clock)
    move_action_plan = Use(MoveActionPlan, units=units, clock=clock)
    follow_up_action_plan = Use(FollowUpActionPlan, units=units, clock=clock)

    # Requests for information
    rfi_list = Use(RfiList, units=units, clock=clock)
    rfi_page = Use(RfiPage, units=units, clock=clock)
    ask_page = Use(AskPage, units=units, clock=clock)
    send_rfi = Use(SendRfi, units=units, clock=clock, new_id=new_id)
    close_rfi = Use(CloseRfi, units=units, clock=clock)
    open_rfi = Use(OpenRfi, units=units, clock=clock)
    answer_rfi = Use(AnswerRfi, units=units, clock=clock)
    sample_rfi_reminders = Use(
        SampleRfiReminders, units=units, clock=clock, mail=Assessments.mail, base_url=Needs.base_url
    )
    send_rfi_reminders = Use(
        SendRfiReminders, units=units, clock=clock, new_id=new_id, mail=Assessments.mail
    )

    # Templates
    question_template_list = Use(QuestionTemplateList, units=units)
    save_question_template = Use(SaveQuestionTemplate, units=units, clock=clock, new_id=new_id)
    retire_question_template = Use(RetireQuestionTemplate, units=units, clock=clock)
