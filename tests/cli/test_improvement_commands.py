"""Action plans and requests for information, by command."""

from dataclasses import replace

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.use_cases.improvement.write_action_plan import (
    WriteActionPlan,
    WriteActionPlanCommand,
)
from domain.ids import ActionPlanId, PersonId
from domain.rubric import Rubric
from tests.application.improving import WORK
from tests.application.library_keeping import TEACHER
from tests.builders import a_criterion, an_slo
from tests.cli.cli_house import Terminal
from tests.improvement_builders import a_question_template, an_ask
from tests.stand_ins import NOON

ASK = ("action-plan", "request", "Clearer theses", "--for", "ENGL101-01", "--due", "2026-10-01")
SEND = ("rfi", "send", "Office hours", "--due", "2026-10-01", "--section", "ENGL101-01",
        "--question", "number: How many?", "--question", "Why?")  # fmt: skip


@pytest.fixture(autouse=True)
def _thesis(memory_units: MemoryUnits) -> None:
    with memory_units() as unit:
        unit.outcomes.put_slos([an_slo()])
        unit.commit()


class TestActionPlans:
    def test_one_is_asked_for_approved_and_done(
        self, terminal: Terminal, memory_units: MemoryUnits
    ) -> None:
        assert "There is no action plan" in terminal.said("action-plan", "list")
        (plan_id,) = terminal.told(*ASK, "--slo", "THESIS", "--reason", "Many are below.")
        command = WriteActionPlanCommand(
            TEACHER, ActionPlanId(plan_id), {"q1": "Few.", "q2": "Drill."}, "Tess", NOON.date(), "",
            submit=True, seen=1,
        )  # fmt: skip
        WriteActionPlan(memory_units, terminal.house.room.clock)(command)
        assert terminal.told("action-plan", "list", "--state", "submitted")[0]["slos"] == ["THESIS"]
        assert "approved" in terminal.said("action-plan", "move", plan_id, "approve")
        assert "Write a sentence" in terminal.refused("action-plan", "move", plan_id, "finish")
        terminal.said("action-plan", "move", plan_id, "finish", "--note", "Twice a week.")
        shown = terminal.told("action-plan", "show", plan_id)
        assert (shown["state"], shown["who"]) == ("done", "Tess")
        assert [step["move"] for step in shown["history"]] == [
            "request", "submit", "approve", "finish"
        ]  # fmt: skip
        assert "Twice a week." in terminal.said("action-plan", "show", plan_id)
        assert "later result" in terminal.refused(
            "action-plan", "follow-up", plan_id, WORK, "THESIS", "--result", "Fewer."
        )

    def test_results_are_named_by_the_code_of_their_assessment(
        self, terminal: Terminal, memory_units: MemoryUnits
    ) -> None:
        assert "has no results" in terminal.refused(*ASK, "--assessment", "ESSAY")
        with memory_units() as unit:
            rubric = Rubric((a_criterion(slo_ids=(an_slo().id,)),))
            unit.assessments.save_work(replace(unit.assessments.work(WORK), snapshot=rubric))
            unit.commit()
        assert "Requested: " in terminal.said(*ASK, "--assessment", "ESSAY")

    def test_templates_are_listed(self, terminal: Terminal, memory_units: MemoryUnits) -> None:
        assert "There is no template" in terminal.said("action-plan", "templates")
        with memory_units() as unit:
            unit.question_templates.save(a_question_template())
            unit.commit()
        (found,) = terminal.told("action-plan", "templates")
        assert (found["name"], found["questions"]) == ("What will change", 2)
        assert "What will change" in terminal.said("action-plan", "templates")


class TestRequests:
    def test_one_is_sent_answered_gathered_and_closed(
        self, terminal: Terminal, memory_units: MemoryUnits
    ) -> None:
        assert "No request" in terminal.said("rfi", "list")
        rfi_id = terminal.told(*SEND)["id"]
        assert terminal.told("rfi", "list")[0]["asked"] == 1
        with memory_units() as unit:
            rfi = unit.rfis.in_orgs(None)[0]
            (ask,) = unit.rfis.asks_of([rfi.id])
            answers = an_ask().answers
            given = ask.answered(rfi, answers, PersonId("person-tess"), rfi.sent_at, give=True)
            unit.rfis.save_asks([given])
            unit.commit()
        assert "1 answered" in terminal.said("rfi", "answers", rfi_id)
        assert "How many?,Why?" in terminal.said("rfi", "answers", rfi_id, "--format", "csv")
        assert terminal.told("rfi", "answers", rfi_id)["answers"][0]["state"] == "answered"
        assert "Closed" in terminal.said("rfi", "close", rfi_id)
        assert "Open again" in terminal.said("rfi", "reopen", rfi_id)
        assert "Nobody is to be reminded" in terminal.said("rfi", "remind", rfi_id, "--dry-run")

    def test_reminders_show_a_sample_first(self, terminal: Terminal) -> None:
        assert "put to 1" in terminal.said(*SEND)
        rfi_id = terminal.told("rfi", "list")[0]["id"]
        dry = terminal.said("rfi", "remind", rfi_id, "--dry-run")
        assert "nothing was sent" in dry
        assert "/rfis/asks/" in dry
        sent = terminal.told("rfi", "remind", rfi_id)
        assert sent["people"][0]["reminded"] is True
        assert "nobody is left" in terminal.refused("rfi", "remind", rfi_id)

    def test_what_is_wrong_is_named(self, terminal: Terminal) -> None:
        assert "ask at least one question" in terminal.refused(*SEND[:-4])
        assert "is called 'NONE'" in terminal.refused(*SEND, "--section", "NONE")
