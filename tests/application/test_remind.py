import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryRunner
from adapters.outbound.memory.mail import MemoryMail
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.calendar.filters import CalendarFilter
from application.errors import Forbidden, Invalid, NotFound
from application.ports.jobs import JobState
from application.ports.mail import MailFailed
from application.queries.calendar.reminder_report import ReminderReport
from application.use_cases.reminders.deliver_reminders import GONE, UNKNOWN, DeliverReminders
from application.use_cases.reminders.remind import (
    JOB,
    RemindCommand,
    SampleReminders,
    SendReminders,
)
from domain.ids import PersonId, SectionAssessmentId, SectionId
from domain.reminder import Reminder, ReminderRound, ReminderState
from tests.application.library_keeping import (
    KEEPER,
    STEWARD,
    TALK,
    TEACHER,
    TERMINAL,
    Keeping,
    fill,
)
from tests.application.sending import at_once
from tests.builders import a_person, a_section_assessment
from tests.planning_builders import a_reminder, a_round
from tests.stand_ins import CountedIds, FixedClock

URL = "https://attain.test"
WORK = SectionAssessmentId("work-essay")


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    """Tess has the essay, Tom the talk; the talk in chemistry has no teacher."""
    with memory_units() as unit:
        fill(unit)
        unit.assessments.save_works(
            a_section_assessment(key, assessment_id=TALK, section_id=SectionId(f"section-{key}"))
            for key in ("engl101-02", "chem-01")
        )
        unit.commit()
    return memory_units


@pytest.fixture
def mail() -> MemoryMail:
    return MemoryMail()


@pytest.fixture
def send(
    units: MemoryUnits, clock: FixedClock, new_id: CountedIds, mail: MemoryMail
) -> SendReminders:
    return SendReminders(units, clock, new_id, mail)


def remind(**changes: object) -> RemindCommand:
    return RemindCommand(**{"viewer": KEEPER, "filter": CalendarFilter(), **changes})  # type: ignore[arg-type] # any field


class Post:
    """The job worker."""

    def __init__(
        self, units: MemoryUnits, jobs: MemoryJobs, clock: FixedClock, mail: MemoryMail
    ) -> None:
        self.units = units
        self.jobs = jobs
        handler = DeliverReminders(units, at_once, clock, mail, URL)
        self.runner = MemoryRunner(jobs, {JOB: handler})

    async def deliver(self, one: ReminderRound) -> dict[PersonId, Reminder]:
        await self.runner.run_all()
        assert one.job_id is not None
        view = self.jobs.view(one.job_id)
        assert view is not None
        assert view.state is JobState.DONE
        with self.units(write=False) as unit:
            return {reminder.person_id: reminder for reminder in unit.reminders.of_round(one.id)}


@pytest.fixture
def post(units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock, mail: MemoryMail) -> Post:
    return Post(units, memory_jobs, clock, mail)


class TestTheSample:
    def test_is_what_the_first_person_gets(
        self, units: MemoryUnits, clock: FixedClock, mail: MemoryMail
    ) -> None:
        sample = SampleReminders(units, clock, mail, URL)(remind(message="Please score:"))

        assert sample.sample is not None
        assert sample.sample.to == "tess@example.edu"
        assert sample.sample.text == (
            "Dear Tess Ortiz,\n\nPlease score:\n\n"
            "- Essay, ENGL101-01, due 21 Sep 2026: assigned\n\n"
            "Open Attain: https://attain.test/assessments\n"
        )
        assert mail.sent == []
        assert Keeping(units).verbs() == []

    def test_says_whom_nobody_teaches_and_who_has_no_address(
        self, units: MemoryUnits, clock: FixedClock, mail: MemoryMail
    ) -> None:
        with units() as unit:
            unit.roster.put_people([a_person("tom", email="")])
            unit.commit()

        found = SampleReminders(units, clock, mail, URL)(remind(viewer=STEWARD)).recipients

        assert [(one.person.login, one.reachable) for one in found.people] == [
            ("tess", True), ("tom", False),
        ]  # fmt: skip
        assert [row.standing.section for row in found.alone] == ["CHEM-01"]

    def test_is_for_keepers(self, units: MemoryUnits, clock: FixedClock, mail: MemoryMail) -> None:
        with pytest.raises(Forbidden):
            SampleReminders(units, clock, mail, URL)(remind(viewer=TEACHER))


class TestSending:
    async def test_each_person_gets_one_mail(
        self, send: SendReminders, post: Post, mail: MemoryMail, units: MemoryUnits
    ) -> None:
        found = await post.deliver(send(remind(subject="Due")))

        assert {one.state for one in found.values()} == {ReminderState.SENT}
        assert sorted(message.to for message in mail.sent) == [
            "tess@example.edu", "tom@example.edu",
        ]  # fmt: skip
        assert {message.subject for message in mail.sent} == {"Due"}
        assert Keeping(units).verbs() == ["sent reminders"]

    async def test_only_those_behind_the_chosen_rows(self, send: SendReminders, post: Post) -> None:
        found = await post.deliver(send(remind(works=frozenset({WORK}))))

        assert list(found) == ["person-tess"]

    async def test_not_twice_within_a_day_unless_asked(
        self, send: SendReminders, post: Post, clock: FixedClock
    ) -> None:
        await post.deliver(send(remind()))
        with pytest.raises(Invalid, match="nobody is left"):
            send(remind())
        assert len(await post.deliver(send(remind(again=True)))) == 2

        clock.advance(days=1, minutes=1)
        assert len(await post.deliver(send(remind()))) == 2

    async def test_what_was_completed_meanwhile_is_not_asked_for(
        self, send: SendReminders, post: Post, mail: MemoryMail, units: MemoryUnits
    ) -> None:
        one = send(remind(works=frozenset({WORK})))
        with units() as unit:
            work = unit.assessments.work(WORK)
            unit.assessments.save_work(work.not_assessed("Strike", one.asked_at))
            unit.commit()

        found = await post.deliver(one)

        assert [(r.state, r.reason) for r in found.values()] == [(ReminderState.FAILED, GONE)]
        assert mail.sent == []

    def test_without_a_server_nothing_is_promised(
        self, send: SendReminders, mail: MemoryMail
    ) -> None:
        mail.set_up = False

        with pytest.raises(Invalid, match="ATTAIN_SMTP_URL"):
            send(remind())

    @pytest.mark.parametrize(
        "words",
        [
            {"subject": ""}, {"subject": "a\nBcc: x@y.z"}, {"subject": "a\u2028b"},
            {"subject": "x" * 201}, {"message": " "}, {"message": "x" * 5001},
        ],
    )  # fmt: skip
    def test_words_that_cannot_be_used(self, send: SendReminders, words: dict[str, str]) -> None:
        with pytest.raises(Invalid):
            send(remind(**words))


class TestTrouble:
    async def test_a_server_that_is_away_is_asked_again(
        self, send: SendReminders, post: Post, mail: MemoryMail
    ) -> None:
        mail.failing["tess@example.edu"] = [MailFailed("away", lasting=False)]

        found = await post.deliver(send(remind()))

        assert {one.state for one in found.values()} == {ReminderState.SENT}

    async def test_one_that_stays_away_fails_that_mail_alone(
        self, send: SendReminders, post: Post, mail: MemoryMail
    ) -> None:
        mail.failing["tess@example.edu"] = [MailFailed("away", lasting=False)] * 9

        found = await post.deliver(send(remind()))

        assert found[PersonId("person-tess")].state is ReminderState.FAILED
        assert found[PersonId("person-tess")].reason == "away"
        assert found[PersonId("person-tom")].state is ReminderState.SENT

    async def test_a_lasting_no_is_not_repeated(
        self, send: SendReminders, post: Post, mail: MemoryMail
    ) -> None:
        left = [MailFailed("no", lasting=True), MailFailed("again", lasting=True)]
        mail.failing["tess@example.edu"] = left

        found = await post.deliver(send(remind()))

        assert found[PersonId("person-tess")].reason == "no"
        assert len(left) == 1

    async def test_one_on_its_way_when_the_server_died_is_not_sent_again(
        self, send: SendReminders, post: Post, mail: MemoryMail, units: MemoryUnits
    ) -> None:
        one = send(remind(works=frozenset({WORK})))
        with units() as unit:
            under_way = a_reminder(round_id=one.id, state=ReminderState.SENDING)
            unit.reminders.put([under_way])
            unit.commit()

        found = await post.deliver(one)

        assert [r.reason for r in found.values()] == [UNKNOWN]
        assert mail.sent == []


class TestTheReport:
    def test_tells_those_who_asked_what_became_of_each(self, units: MemoryUnits) -> None:
        with units() as unit:
            unit.reminders.save_round(a_round())
            unit.reminders.put([a_reminder(state=ReminderState.SENT), a_reminder("tom")])
            unit.commit()

        view = ReminderReport(units)(KEEPER, a_round().id)

        assert [line.name for line in view.lines] == ["Tess Ortiz", "Tom Ortiz"]
        assert view.moving
        assert ReminderReport(units)(TERMINAL, a_round().id) == view

    def test_is_not_there_for_others(self, units: MemoryUnits) -> None:
        with units() as unit:
            unit.reminders.save_round(a_round(asked_by=PersonId("person-tom")))
            unit.commit()

        with pytest.raises(NotFound):
            ReminderReport(units)(KEEPER, a_round().id)
