from dataclasses import replace
from datetime import timedelta
from typing import Any

import anyio
import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryRunner
from adapters.outbound.memory.mail import MemoryMail
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Forbidden, Invalid, NotFound
from application.queries.improvement.rfi_list import RfiList
from application.queries.improvement.rfi_page import AskPage, RfiPage
from application.use_cases.improvement.answer_rfi import AnswerRfi, AnswerRfiCommand, OpenRfi
from application.use_cases.improvement.send_rfi import CloseRfi, SendRfi, SendRfiCommand
from application.use_cases.reminders.deliver_reminders import GONE, DeliverReminders
from application.use_cases.reminders.remind import JOB
from application.use_cases.reminders.remind_rfi import (
    RemindRfiCommand,
    SampleRfiReminders,
    SendRfiReminders,
)
from application.viewers import Viewer
from domain.access import Role
from domain.errors import IllegalMove
from domain.ids import AskId
from domain.improvement.question_template import TemplateUse
from domain.improvement.rfi import AskState, Rfi, RfiAsk
from domain.reminder import ReminderState
from tests.application.improving import ABROAD, STUDENT, TOM
from tests.application.library_keeping import KEEPER, STEWARD, TEACHER, TERMINAL, Keeping, fill
from tests.application.sending import at_once
from tests.builders import a_person, a_role_grant
from tests.improvement_builders import QUESTIONS, a_question_template
from tests.stand_ins import CountedIds, FixedClock

ANSWERS = {"q1": "Peer review.", "q2": "12"}
BASE = "https://attain.test"


class Asking:
    def __init__(self, units: MemoryUnits, clock: FixedClock) -> None:
        self.units, self.clock = units, clock
        self.mail, self.ids = MemoryMail(), CountedIds("rfi")

    def send(self, viewer: Viewer = KEEPER, **changes: Any) -> Rfi:
        command = SendRfiCommand(
            viewer, "Office hours", "For the centre.", self.clock.now() + timedelta(days=7),
            QUESTIONS, org="ENGL", sections=("ENGL101-01",),
        )  # fmt: skip
        return SendRfi(self.units, self.clock, self.ids)(replace(command, **changes))

    def asks(self, rfi: Rfi) -> list[RfiAsk]:
        with self.units(write=False) as unit:
            return unit.rfis.asks_of([rfi.id])

    def ask(self, rfi: Rfi) -> RfiAsk:
        (ask,) = self.asks(rfi)
        return ask

    def answer(self, ask: RfiAsk, viewer: Viewer = TEACHER, **changes: Any) -> RfiAsk:
        command = AnswerRfiCommand(viewer, ask.id, ANSWERS, give=True, seen=ask.version)
        return AnswerRfi(self.units, self.clock)(replace(command, **changes))

    def states(self, rfi: Rfi) -> list[AskState]:
        return [line.state for line in RfiPage(self.units, self.clock)(KEEPER, rfi.id).lines]


@pytest.fixture
def asking(memory_units: MemoryUnits, clock: FixedClock) -> Asking:
    with memory_units() as unit:
        fill(unit)
        unit.commit()
    return Asking(memory_units, clock)


class TestSending:
    def test_goes_to_sections_people_and_faculty_of_orgs_once(self, asking: Asking) -> None:
        with asking.units() as unit:
            unit.roster.put_people([a_person("flo"), a_person("gone", active=False)])
            for name in ("flo", "gone"):
                grant = a_role_grant(name, role=Role.FACULTY, org_id=KEEPER.org_id or "org-english")
                unit.roster.grant(grant)
            unit.commit()
        rfi = asking.send(people=("Ctess",), to_orgs=("ENGL",))

        asked = {(one.person_id, one.section_id) for one in asking.asks(rfi)}
        assert asked == {
            (None, "section-engl101-01"), ("person-tess", None), ("person-tom", None),
            ("person-flo", None),
        }  # fmt: skip
        assert Keeping(asking.units).verbs() == ["sent RFI"]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"title": " "}, "title"),
            ({"message": "x" * 5_001}, "message"),
            ({"due_at": None}, "due"),
            ({"questions": ()}, "prompt-1"),
            ({"template": "none"}, "template"),
            ({"org": ""}, "org"),
            ({"org": "SCIE"}, "org"),
            ({"term": "none"}, "term"),
            ({"sections": ()}, "people"),
            ({"sections": ("NONE",)}, "sections"),
            ({"sections": ("CHEM-01",)}, "sections"),
            ({"sections": ("ENGL102-01",)}, "sections"),
            ({"people": ("Cnone",)}, "people"),
            ({"people": ("Cana",)}, "people"),
            ({"to_orgs": ("SCIE",)}, "to_orgs"),
        ],
    )
    def test_what_cannot_be_sent_is_named(
        self, asking: Asking, changes: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Invalid) as refused:
            asking.send(**changes)

        assert refused.value.field == field
        assert RfiList(asking.units, asking.clock).all(KEEPER) == ()

    def test_a_day_that_is_over_is_no_due_date(self, asking: Asking) -> None:
        with pytest.raises(Invalid, match="over"):
            asking.send(due_at=asking.clock.now() - timedelta(days=1))

    def test_stewards_ask_for_the_whole_college(self, asking: Asking) -> None:
        rfi = asking.send(STEWARD, org="", sections=(), people=("Cana",))

        assert (rfi.org_id, len(asking.asks(rfi))) == (None, 1)
        with pytest.raises(NotFound):
            RfiPage(asking.units, asking.clock)(KEEPER, rfi.id)

    def test_faculty_send_none(self, asking: Asking) -> None:
        with pytest.raises(Forbidden):
            asking.send(TEACHER)

    def test_a_template_lends_its_questions(self, asking: Asking) -> None:
        template = a_question_template(use=TemplateUse.RFI)
        with asking.units() as unit:
            unit.question_templates.save(template)
            unit.commit()

        assert asking.send(template=template.id, questions=()).questions == template.questions


class TestAnswering:
    def test_states_go_from_sent_to_answered(self, asking: Asking) -> None:
        rfi = asking.send()
        assert asking.states(rfi) == [AskState.SENT]
        OpenRfi(asking.units, asking.clock)(TEACHER, asking.ask(rfi).id)
        OpenRfi(asking.units, asking.clock)(TEACHER, asking.ask(rfi).id)
        assert asking.states(rfi) == [AskState.OPENED]
        asking.clock.advance(days=8)
        assert asking.states(rfi) == [AskState.OVERDUE]
        asking.answer(asking.ask(rfi))
        assert asking.states(rfi) == [AskState.ANSWERED]
        assert Keeping(asking.units).verbs() == ["sent RFI", "opened RFI", "answered RFI"]

    def test_what_is_saved_is_not_seen_by_who_asked(self, asking: Asking) -> None:
        rfi = asking.send()
        saved = asking.answer(asking.ask(rfi), answers={"q1": "Not yet"}, give=False)
        (line,) = RfiPage(asking.units, asking.clock)(KEEPER, rfi.id).lines
        assert line.answers == ("", "")
        assert AskPage(asking.units, asking.clock)(TEACHER, saved.id).texts["q1"] == "Not yet"

        asking.answer(saved)
        (line,) = RfiPage(asking.units, asking.clock)(KEEPER, rfi.id).lines
        assert (line.answers, line.answered_by) == (("Peer review.", "12"), "Tess Ortiz")

    @pytest.mark.parametrize("wrong", [{"q2": "12"}, {"q1": "x", "q2": "many"}])
    def test_what_is_no_answer_is_named(self, asking: Asking, wrong: dict[str, str]) -> None:
        with pytest.raises(Invalid):
            asking.answer(asking.ask(asking.send()), answers=wrong)

    def test_answers_once_given_stay_given_and_whole(self, asking: Asking) -> None:
        given = asking.answer(asking.ask(asking.send()))

        assert asking.answer(given, give=False) == given
        with pytest.raises(Invalid):
            asking.answer(given, answers={}, give=False)
        with pytest.raises(Conflict):
            asking.answer(given, answers={"q1": "Other"}, seen=1)

    def test_a_closed_one_takes_no_answers_until_it_is_reopened(self, asking: Asking) -> None:
        rfi = asking.send()
        close = CloseRfi(asking.units, asking.clock)
        close(KEEPER, rfi.id, close=True)
        assert asking.states(rfi) == [AskState.CLOSED]
        with pytest.raises(IllegalMove):
            asking.answer(asking.ask(rfi))
        close(KEEPER, rfi.id, close=False)
        asking.answer(asking.ask(rfi))
        close(KEEPER, rfi.id, close=True)
        assert asking.states(rfi) == [AskState.ANSWERED]

    @pytest.mark.parametrize("viewer", [TOM, STUDENT, ABROAD, KEEPER, TERMINAL])
    def test_only_those_asked_answer(self, asking: Asking, viewer: Viewer) -> None:
        ask = asking.ask(asking.send())

        for deed in (
            lambda: asking.answer(ask, viewer),
            lambda: OpenRfi(asking.units, asking.clock)(viewer, ask.id),
            lambda: AskPage(asking.units, asking.clock)(viewer, ask.id),
            lambda: AskPage(asking.units, asking.clock)(viewer, AskId("none")),
        ):
            with pytest.raises(NotFound):
                deed()

    @pytest.mark.parametrize("viewer", [TOM, STUDENT, ABROAD, TEACHER])
    def test_only_who_keeps_the_org_gathers(self, asking: Asking, viewer: Viewer) -> None:
        rfi = asking.send()

        for deed in (
            lambda: RfiPage(asking.units, asking.clock)(viewer, rfi.id),
            lambda: CloseRfi(asking.units, asking.clock)(viewer, rfi.id, close=True),
            lambda: SampleRfiReminders(asking.units, asking.clock, asking.mail, BASE)(
                RemindRfiCommand(viewer, rfi.id)
            ),
        ):
            with pytest.raises(NotFound):
                deed()
        assert RfiList(asking.units, asking.clock)(viewer).sent == ()

    def test_the_list_shows_what_waits_first(self, asking: Asking) -> None:
        asking.answer(asking.ask(asking.send(title="Answered")))
        later = asking.clock.now() + timedelta(days=9)
        asking.send(title="Later", due_at=later)
        asking.send(title="Soon", sections=(), people=("Ctess",))

        view = RfiList(asking.units, asking.clock)(TEACHER)

        assert [(one.rfi.title, one.section) for one in view.mine] == [
            ("Soon", ""), ("Later", "ENGL101-01"), ("Answered", "ENGL101-01"),
        ]  # fmt: skip
        (first, *_) = RfiList(asking.units, asking.clock)(KEEPER).sent
        assert first.asked == 1


class TestReminding:
    @pytest.fixture
    def sent(self, asking: Asking, memory_jobs: MemoryJobs) -> Any:
        """Sends a round and has the job run; answers its reminders."""

        def send(rfi: Rfi, *, between: Any = None, again: bool = False) -> list[ReminderState]:
            command = RemindRfiCommand(KEEPER, rfi.id, again=again)
            send_all = SendRfiReminders(asking.units, asking.clock, asking.ids, asking.mail)
            one = send_all(command)
            if between:
                between()
            deliver = DeliverReminders(asking.units, at_once, asking.clock, asking.mail, BASE)
            anyio.run(MemoryRunner(memory_jobs, {JOB: deliver}).run_all)
            with asking.units(write=False) as unit:
                reminders = unit.reminders.of_round(one.id)
            assert {r.reason for r in reminders} <= {"", GONE}
            return [reminder.state for reminder in reminders]

        return send

    def test_mails_the_way_to_the_questionnaire(self, asking: Asking, sent: Any) -> None:
        rfi = asking.send()
        sample = SampleRfiReminders(asking.units, asking.clock, asking.mail, BASE)(
            RemindRfiCommand(KEEPER, rfi.id)
        )
        assert sent(rfi) == [ReminderState.SENT]
        (mail,) = asking.mail.sent
        assert f"{BASE}/rfis/asks/{asking.ask(rfi).id}" in mail.text
        assert "It is about ENGL101-01." in mail.text
        assert sample.sample is not None
        assert sample.sample.text == mail.text

    def test_nobody_is_reminded_twice_within_a_day(self, asking: Asking, sent: Any) -> None:
        rfi = asking.send()
        sent(rfi)
        with pytest.raises(Invalid, match="nobody is left"):
            sent(rfi)
        assert sent(rfi, again=True) == [ReminderState.SENT]
        asking.clock.advance(days=2)
        assert sent(rfi) == [ReminderState.SENT]
        assert len(asking.mail.sent) == 3

    def test_who_answered_meanwhile_gets_none(self, asking: Asking, sent: Any) -> None:
        rfi = asking.send()
        states = sent(rfi, between=lambda: asking.answer(asking.ask(rfi)))

        assert (states, asking.mail.sent) == ([ReminderState.FAILED], [])

    def test_words_and_a_server_are_needed(self, asking: Asking) -> None:
        rfi = asking.send()
        send = SendRfiReminders(asking.units, asking.clock, asking.ids, asking.mail)
        with pytest.raises(Invalid):
            send(RemindRfiCommand(KEEPER, rfi.id, subject=" "))
        asking.mail.set_up = False
        with pytest.raises(Invalid, match="no mail server"):
            send(RemindRfiCommand(KEEPER, rfi.id))
