"""What the commands of action plans and requests for information need of the house."""

from typing import Protocol

from application.later import imported_later

with imported_later(__name__):
    from application.queries.improvement.action_plan_list import ActionPlanList
    from application.queries.improvement.action_plan_page import ActionPlanPage
    from application.queries.improvement.rfi_list import RfiList
    from application.queries.improvement.rfi_page import RfiPage
    from application.use_cases.improvement.keep_question_templates import QuestionTemplateList
    from application.use_cases.improvement.move_action_plan import (
        FollowUpActionPlan,
        MoveActionPlan,
    )
    from application.use_cases.improvement.send_rfi import CloseRfi, SendRfi
    from application.use_cases.improvement.start_action_plan import StartActionPlan
    from application.use_cases.reminders.remind_rfi import SampleRfiReminders, SendRfiReminders


class ImprovementHouse(Protocol):
    @property
    def action_plan_list(self) -> ActionPlanList: ...
    @property
    def action_plan_page(self) -> ActionPlanPage: ...
    @property
    def start_action_plan(self) -> StartActionPlan: ...
    @property
    def move_action_plan(self) -> MoveActionPlan: ...
    @property
    def follow_up_action_plan(self) -> FollowUpActionPlan: ...
    @property
    def question_template_list(self) -> QuestionTemplateList: ...
    @property
    def rfi_list(self) -> RfiList: ...
    @property
    def rfi_page(self) -> RfiPage: ...
    @property
    def send_rfi(self) -> SendRfi: ...
    @property
    def close_rfi(self) -> CloseRfi: ...
    @property
    def sample_rfi_reminders(self) -> SampleRfiReminders: ...
    @property
    def send_rfi_reminders(self) -> SendRfiReminders: ...
