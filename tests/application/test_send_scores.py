"""Send Scores to LMS, from the dry list to grades read back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Invalid, LmsUnauthorised, LmsUnavailable
from application.ports.lms import GradingScheme
from application.sending.send_plan import Standing
from application.use_cases.sending.retry_send import CONFIRMED, RETRIED
from domain.delivery import DeliveryState, SendState
from domain.score import BLANK, NOT_ASSESSED
from tests import builders
from tests.application.sending import TEACHER, WORK, Classroom, people, reasons, states
from tests.stand_ins import FixedClock


@pytest.fixture
def room(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> Classroom:
    return Classroom(memory_units, memory_jobs, clock)


async def standings(room: Classroom) -> dict[str, tuple[Standing, str]]:
    plan = await room.plan(TEACHER, WORK)
    return {grade.person.login: (grade.standing, grade.reason) for grade in plan.grades}


class TestDryList:
    async def test_everybody_with_all_rows_scored_is_ready(self, room: Classroom) -> None:
        assert await standings(room) == dict.fromkeys(room.students, (Standing.READY, ""))

    async def test_it_sends_nothing(self, room: Classroom) -> None:
        await room.plan(TEACHER, WORK)
        assert room.shown() == {}

    async def test_a_blank_row_and_an_all_not_assessed_student_cannot_be_sent(
        self, room: Classroom
    ) -> None:
        with room.units() as unit:
            unit.scores.save(builders.a_score("ana", "thesis", value=BLANK, version=2))
            for row in ("thesis", "evidence"):
                unit.scores.save(builders.a_score("bo", row, value=NOT_ASSESSED, version=2))
            unit.commit()
        found = await standings(room)
        assert found["ana"] == (Standing.CANNOT, "incomplete")
        assert found["bo"] == (Standing.CANNOT, "not-scored")

    async def test_who_is_not_or_no_longer_enrolled_there_is_named(self, room: Classroom) -> None:
        del room.lms.state.rosters[room.course][room.refs["ana"]]
        room.lms.state.end_enrolment(room.course, room.refs["bo"])
        found = await standings(room)
        assert found["ana"] == (Standing.CANNOT, "not-enrolled")
        assert found["bo"] == (Standing.CANNOT, "not-active")

    async def test_a_grade_given_in_the_lms_and_an_excuse_ask_for_confirmation(
        self, room: Classroom
    ) -> None:
        room.given_there("ana", 7)
        room.given_there("bo", None, excused=True)
        found = await standings(room)
        assert found["ana"] == (Standing.CONFIRM, "graded-there")
        assert found["bo"] == (Standing.CONFIRM, "excused")

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"published": False}, "unpublished"),
            ({"moderated": True}, "moderated"),
            ({"anonymous": True}, "anonymous"),
            ({"closed_period": True}, "closed-period"),
            ({"points_possible": None}, "no-points"),
            ({"scheme": GradingScheme.GPA}, "scheme-unsupported"),
            ({"scheme": GradingScheme.NOT_GRADED}, "not-graded"),
        ],
    )
    async def test_what_the_assignment_forbids_is_said_before_sending(
        self, room: Classroom, change: dict[str, object], reason: str
    ) -> None:
        assignment = room.lms.state.assignments[room.assignment]
        room.lms.state.change_assignment(replace(assignment, **change))  # type: ignore[arg-type]
        assert (await room.plan(TEACHER, WORK)).refused == reason
        with pytest.raises(Conflict):
            await room.send()

    async def test_without_the_lms_it_stands_on_our_records_and_says_so(
        self, room: Classroom
    ) -> None:
        room.lms.failures.append(LmsUnavailable("It does not answer."))
        plan = await room.plan(TEACHER, WORK)
        assert plan.unread == "unavailable"
        assert len(plan.grades) == len(room.students)

    async def test_pass_fail_takes_full_points_or_none(self, room: Classroom) -> None:
        assignment = room.lms.state.assignments[room.assignment]
        room.lms.state.change_assignment(replace(assignment, scheme=GradingScheme.PASS_FAIL))
        with room.units() as unit:
            unit.scores.save_own_grade(builders.an_own_grade("ana", points=Decimal(20)))
            unit.commit()
        found = await standings(room)
        assert found["ana"] == (Standing.READY, "")
        assert found["bo"] == (Standing.CANNOT, "scheme-unsupported")


class TestSending:
    async def test_grades_reach_the_gradebook_and_are_read_back(self, room: Classroom) -> None:
        report = await room.send()
        assert room.shown() == dict.fromkeys(room.students, Decimal(15))
        assert set(states(report).values()) == {DeliveryState.SENT}
        assert {row.delivery.read_back for row in report.rows} == {Decimal(15)}
        assert report.send.state is SendState.DONE

    async def test_an_own_grade_goes_before_the_recommended_one(self, room: Classroom) -> None:
        with room.units() as unit:
            unit.scores.save_own_grade(builders.an_own_grade("ana", points=Decimal("18.25")))
            unit.commit()
        await room.send()
        assert room.shown()["ana"] == Decimal("18.25")
        assert room.shown()["bo"] == Decimal(15)

    async def test_only_those_chosen_are_sent(self, room: Classroom) -> None:
        await room.send("bo")
        assert room.shown() == {"bo": Decimal(15)}

    async def test_sending_twice_changes_nothing(self, room: Classroom) -> None:
        await room.send()
        with pytest.raises(Invalid):
            await room.send()

    async def test_two_hundred_grades_go_in_two_calls(
        self, memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
    ) -> None:
        names = tuple(f"s{number:03}" for number in range(200))
        room = Classroom(memory_units, memory_jobs, clock, names)
        report = await room.send()
        assert set(states(report).values()) == {DeliveryState.SENT}
        assert [len(job.points) for job in room.lms.state.jobs.values()] == [100, 100]

    async def test_one_grade_goes_by_the_single_call(self, room: Classroom) -> None:
        await room.send("ana")
        assert room.lms.state.jobs == {}

    async def test_a_second_send_of_the_link_waits_for_the_first(self, room: Classroom) -> None:
        await room.send("ana", run=False)
        with pytest.raises(Conflict):
            await room.send("bo", run=False)

    async def test_an_excused_student_is_graded_only_when_confirmed(self, room: Classroom) -> None:
        room.given_there("ana", None, excused=True)
        await room.send()
        assert room.shown()["ana"] is None
        await room.send("ana", confirmed=["ana"])
        assert room.shown()["ana"] == Decimal(15)


class TestTrouble:
    async def test_who_the_lms_cannot_find_fails_while_the_others_arrive(
        self, room: Classroom
    ) -> None:
        send = await room.send(run=False)
        del room.lms.state.rosters[room.course][room.refs["ana"]]
        await room.runner.run_all()
        report = room.report(send.send.id)
        assert states(report) == {
            "ana": DeliveryState.FAILED, "bo": DeliveryState.SENT, "cy": DeliveryState.SENT,
        }  # fmt: skip

    async def test_a_broken_bulk_job_is_read_back_and_never_blindly_repeated(
        self, room: Classroom
    ) -> None:
        sent = await room.send(run=False)
        room.lms.state.end_enrolment(room.course, room.refs["bo"])
        await room.runner.run_all()
        report = room.report(sent.send.id)
        assert states(report)["ana"] is DeliveryState.SENT
        assert reasons(report)["bo"] == "bulk-broken"
        assert len(room.lms.state.jobs) == 1

    async def test_a_grade_changed_there_meanwhile_is_a_conflict_until_confirmed(
        self, room: Classroom
    ) -> None:
        sent = await room.send(run=False)
        room.given_there("ana", 3)
        await room.runner.run_all()
        assert states(room.report(sent.send.id))["ana"] is DeliveryState.CONFLICT
        assert room.shown()["ana"] == Decimal(3)
        room.retry(TEACHER, sent.send.id, states=CONFIRMED, students=people(["ana"]))
        await room.runner.run_all()
        assert states(room.report(sent.send.id))["ana"] is DeliveryState.SENT
        assert room.shown()["ana"] == Decimal(15)

    async def test_lost_authorisation_keeps_the_send_waiting(self, room: Classroom) -> None:
        sent = await room.send(run=False)
        room.lms.withdraw(room.teacher)
        await room.runner.run_all()
        report = room.report(sent.send.id)
        assert report.send.state is SendState.WAITING
        assert set(states(report).values()) == {DeliveryState.WAITING}
        with pytest.raises(LmsUnauthorised):
            await room.send("ana")

    async def test_an_expired_token_is_renewed_silently(self, room: Classroom) -> None:
        room.lms.expire(room.teacher)
        report = await room.send()
        assert set(states(report).values()) == {DeliveryState.SENT}
        assert room.lms.renewals == 1

    async def test_a_short_outage_is_waited_out(self, room: Classroom) -> None:
        sent = await room.send(run=False)
        room.lms.failures.extend([LmsUnavailable("Down."), LmsUnavailable("Down.")])
        await room.runner.run_all()
        assert set(states(room.report(sent.send.id)).values()) == {DeliveryState.SENT}

    async def test_a_long_outage_fails_each_grade_and_can_be_retried(self, room: Classroom) -> None:
        sent = await room.send(run=False)
        room.lms.failures.extend(LmsUnavailable("Down.") for _ in range(5))
        await room.runner.run_all()
        assert set(reasons(room.report(sent.send.id)).values()) == {"unavailable"}
        room.retry(TEACHER, sent.send.id, states=RETRIED)
        await room.runner.run_all()
        assert set(states(room.report(sent.send.id)).values()) == {DeliveryState.SENT}

    async def test_what_was_handed_over_and_never_seen_is_unverified_and_can_be_checked(
        self, room: Classroom
    ) -> None:
        room.lms.state.hold_bulk = True
        report = await room.send()
        assert set(states(report).values()) == {DeliveryState.UNVERIFIED}
        room.lms.state.run_bulk()
        await room.check(TEACHER, report.send.id)
        assert set(states(room.report(report.send.id)).values()) == {DeliveryState.SENT}
        assert len(room.lms.state.jobs) == 1
