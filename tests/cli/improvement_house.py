"""The use cases of action plans and requests over memory, under the names commands ask for."""

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.ports.mail import Mail
from application.ports.runtime import Clock
from application.queries.improvement.action_plan_list import ActionPlanList
from application.queries.improvement.action_plan_page import ActionPlanPage
from application.queries.improvement.rfi_list import RfiList
from application.queries.improvement.rfi_page import RfiPage
from application.use_cases.improvement.keep_question_templates import QuestionTemplateList
from application.use_cases.improvement.move_action_plan import FollowUpActionPlan, MoveActionPlan
from application.use_cases.improvement.send_rfi import CloseRfi, SendRfi
from application.use_cases.improvement.start_action_plan import StartActionPlan
from application.use_cases.reminders.remind_rfi import SampleRfiReminders, SendRfiReminders
from tests.stand_ins import CountedIds


class ImprovementRooms:
    def improve(self, units: MemoryUnits, clock: Clock, mail: Mail, base_url: str) -> None:
        ids = CountedIds("improve")
        self.action_plan_list = ActionPlanList(units, clock)
        self.action_plan_page = ActionPlanPage(units)
        self.start_action_plan = StartActionPlan(units, clock, ids)
        self.move_action_plan = MoveActionPlan(units, clock)
        self.follow_up_action_plan = FollowUpActionPlan(units, clock)
        self.question_template_list = QuestionTemplateList(units)
        self.rfi_list, self.rfi_page = RfiList(units, clock), RfiPage(units, clock)
        self.send_rfi, self.close_rfi = SendRfi(units, clock, ids), CloseRfi(units, clock)
        self.sample_rfi_reminders = SampleRfiReminders(units, clock, mail, base_url)
        self.send_rfi_reminders = SendRfiReminders(units, clock, ids, mail)
