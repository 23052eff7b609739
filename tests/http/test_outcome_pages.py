"""Outcomes in Canvas, page by page: the listing, the plan, the press, the run and its log."""

import re
from collections.abc import Iterator
from dataclasses import replace

import anyio
import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.lms_outcome_state import ROOT
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import LmsUnavailable
from domain.access import Role
from domain.ids import LmsAccountRef, SloId
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.slo import SloState
from tests import builders
from tests.application.accounts import SITE
from tests.application.sending import WORK
from tests.application.syncing import SyncDesk
from tests.exchange_builders import a_sync_run
from tests.http.support import Backstage, Browser, browsing
from tests.http.whole import Launching, WholeHouse, under
from tests.stand_ins import FixedClock

LIST, SYNC, RUNS = "/outcomes", "/outcomes/sync", "/outcomes/runs"
COURSE = builders.a_course().id
OF_WORK = f"/works/{WORK}/outcomes"
PRESS = '<button class="primary">Send Outcomes'
NOTHING = "Everything is as it shall be; nothing would be sent."


@pytest.fixture
def desk(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> SyncDesk:
    return SyncDesk(memory_units, memory_jobs, clock)


@pytest.fixture
def house(desk: SyncDesk) -> WholeHouse:
    made = WholeHouse(desk.units, desk.jobs, desk.clock, desk.lms, pause=desk.nap)
    made.registered()
    return made


@pytest.fixture
def browser(house: WholeHouse) -> Iterator[Browser]:
    with browsing(house.app(routes=under("/outcomes", "/works", "/settings"))) as opened:
        yield opened


@pytest.fixture
def steward(house: WholeHouse, browser: Browser) -> Browser:
    """Dana, who authorised for the account."""
    return enter(house, browser, "dana", Role.DATA_STEWARD)


@pytest.fixture
def teacher(house: WholeHouse, browser: Browser) -> Browser:
    """Tess has launched."""
    Launching(house, browser).enter()
    return browser


def enter(house: WholeHouse, browser: Browser, name: str, role: Role) -> Browser:
    backstage = Backstage(house.units, house.clock, house.keyring)
    return browser.signed_in(backstage.launched(backstage.person(name, role), role))


def states(page: str) -> dict[str, str]:
    return dict(re.findall(r'data-slo="(\w+)" data-state="([\w ]+)"', page))


def steps(page: str) -> dict[str, str]:
    return dict(re.findall(r'data-slo="(\w+)" data-step="(\w+)"', page))


def results(page: str) -> dict[str, str]:
    return dict(re.findall(r'data-slo="(\w+)" data-result="(\w+)"', page))


def sent(browser: Browser, desk: SyncDesk, path: str = SYNC, **form: str) -> str:
    """Press, let the background work; the run's path."""
    answer = browser.post(path, form)
    assert answer.status_code == 303, answer.text
    anyio.run(desk.runner.run_all)
    return str(answer.headers["location"])


def begun(browser: Browser) -> str:
    """Press, with the background idle."""
    return str(browser.post(SYNC).headers["location"])


class TestListing:
    def test_shows_each_slo_by_course_with_its_state(
        self, steward: Browser, desk: SyncDesk
    ) -> None:
        before = steward.get(LIST).text
        sent(steward, desk)
        desk.change("thesis", title="Reworded")
        desk.edited_there("evidence", "Somebody else's")

        page = steward.get(LIST).text

        assert states(before) == {"THESIS": "never sent", "EVIDENCE": "never sent"}
        assert states(page) == {"THESIS": "changed here", "EVIDENCE": "changed there"}
        assert "<strong>1</strong> changed here, <strong>1</strong> changed in Canvas." in page
        assert "<h2>ENGL101 Course engl101</h2>" in page
        assert "in English</span>" in page
        assert "Somebody else&#39;s" in page
        assert 'href="/outcomes/sync?canvas=main"' in page

    def test_filters_by_state_course_and_org_in_the_address(
        self, steward: Browser, desk: SyncDesk
    ) -> None:
        sent(steward, desk)
        desk.change("thesis", title="Reworded")

        differing = steward.get(f"{LIST}?state=differs").text
        of_course = steward.get(f"{LIST}?course={COURSE}&state=same").text

        assert list(states(differing)) == ["THESIS"]
        assert list(states(of_course)) == ["EVIDENCE"]
        assert f"/outcomes/sync?canvas=main&amp;course={COURSE}" in of_course
        assert f'value="{COURSE}" selected' in of_course

    def test_stands_on_our_records_when_canvas_is_away(
        self, steward: Browser, desk: SyncDesk
    ) -> None:
        sent(steward, desk)
        desk.lms.failures = [LmsUnavailable("Away.")]

        page = steward.get(LIST).text

        assert "Canvas could not be asked about English. Canvas did not answer" in page
        assert states(page) == {"THESIS": "same", "EVIDENCE": "same"}
        assert "As our own records know it" in page

    def test_without_authorisation_leads_a_steward_to_it(
        self, steward: Browser, desk: SyncDesk
    ) -> None:
        desk.canvas.revoke_admin(ROOT, desk.dana)

        assert 'href="/settings/canvas?site=main">Authorize' in steward.get(LIST).text

    def test_without_authorisation_others_learn_who_gives_it(
        self, teacher: Browser, desk: SyncDesk
    ) -> None:
        desk.canvas.revoke_admin(ROOT, desk.dana)

        page = teacher.get(LIST).text

        assert "A Data Steward who administers the Canvas account" in page
        assert "/settings/canvas" not in page

    def test_says_what_is_missing(self, steward: Browser, desk: SyncDesk) -> None:
        for key in desk.slos:
            desk.change(key, state=SloState.DRAFT)
        no_slo = steward.get(LIST).text
        with desk.units() as unit:
            unit.sites.save(replace(unit.sites.get(SITE), active=False))
            unit.commit()

        assert "have no SLOs yet" in no_slo
        assert "CSLO Synchronization" not in no_slo
        assert "No Canvas site is set up" in steward.get(LIST).text

    def test_faculty_see_their_courses_only(self, teacher: Browser, desk: SyncDesk) -> None:
        with desk.units() as unit:
            unit.roster.put_courses([builders.a_course("biol1")])
            unit.commit()

        page = teacher.get(LIST).text

        assert "ENGL101" in page
        assert "BIOL1" not in page

    def test_somebody_without_a_course_is_told(self, house: WholeHouse, browser: Browser) -> None:
        page = enter(house, browser, "eve", Role.EVALUATOR).get(LIST).text

        assert "You neither teach a course" in page

    @pytest.mark.parametrize("role", [Role.STUDENT, Role.READER])
    def test_is_not_for_students_and_readers(
        self, house: WholeHouse, browser: Browser, role: Role
    ) -> None:
        assert enter(house, browser, "sol", role).get(LIST).status_code == 403


class TestPlan:
    def test_shows_what_would_be_done_and_does_nothing(
        self, steward: Browser, desk: SyncDesk
    ) -> None:
        page = steward.get(SYNC).text

        assert steps(page) == {"THESIS": "add", "EVIDENCE": "add"}
        assert "English (default)" in page
        assert "the calculation “latest”" in page
        assert PRESS in page
        assert (desk.titles(), desk.jobs.recent()) == ({}, [])

    def test_says_so_when_nothing_would_be_sent(self, steward: Browser, desk: SyncDesk) -> None:
        sent(steward, desk)

        page = steward.get(SYNC).text

        assert NOTHING in page
        assert PRESS not in page

    def test_a_change_names_its_fields_and_folds_what_is_unchanged(
        self, steward: Browser, desk: SyncDesk
    ) -> None:
        sent(steward, desk)
        desk.change("thesis", title="Reworded", version=2)

        page = steward.get(SYNC).text

        assert steps(page) == {"THESIS": "change"}
        assert "Title, display name" in page
        assert "1 unchanged" in page

    def test_another_destination_can_be_chosen_by_a_steward(
        self, steward: Browser, desk: SyncDesk
    ) -> None:
        other = desk.canvas.given_unit(name="Science")

        page = steward.get(f"{SYNC}?account={other}").text

        assert f'<option value="{other}" selected>&emsp;Science</option>' in page
        assert "to Science" in page

    def test_others_choose_among_their_paired_accounts(
        self, teacher: Browser, desk: SyncDesk
    ) -> None:
        other = desk.canvas.given_unit(name="Science")

        page = teacher.get(SYNC).text
        foreign = teacher.get(f"{SYNC}?account={other}")

        assert "Science" not in page
        assert f'<option value="{desk.account}">English' in page
        assert foreign.status_code == 403

    def test_a_course_without_a_destination_is_blocked_with_its_cure(
        self, steward: Browser, desk: SyncDesk
    ) -> None:
        with desk.units() as unit:
            unit.pairings.unpair_org(SITE, builders.an_org().id)
            unit.sites.save(replace(unit.sites.get(SITE), account_ref=LmsAccountRef("")))
            unit.commit()

        page = steward.get(SYNC).text

        assert steps(page) == {"THESIS": "blocked", "EVIDENCE": "blocked"}
        assert "Pair one, or choose the destination" in page
        assert PRESS not in page

    def test_a_lost_right_stops_and_names_the_cure(self, steward: Browser, desk: SyncDesk) -> None:
        desk.canvas.revoke_admin(ROOT, desk.dana)

        page = steward.get(SYNC).text
        answer = steward.post(SYNC)

        assert "No authorization is left" in page
        assert PRESS not in page
        assert (answer.status_code, "Nothing was sent" in answer.text) == (409, True)


class TestSending:
    def test_starts_a_run_and_shows_its_result(self, steward: Browser, desk: SyncDesk) -> None:
        run = sent(steward, desk)

        page = steward.get(run).text

        assert results(page) == {"THESIS": "done", "EVIDENCE": "done"}
        assert "2 of 2 outcomes are in Canvas as they shall be" in page
        assert len(desk.titles()) == 2

    def test_of_one_course_to_a_chosen_account(self, steward: Browser, desk: SyncDesk) -> None:
        other = desk.canvas.given_unit(name="Science")

        run = sent(steward, desk, course=COURSE, account=other)

        assert desk.titles() == {}
        again = f"/outcomes/sync?canvas=main&amp;course={COURSE}&amp;account={other}"
        assert again in steward.get(run).text

    def test_a_conflict_is_replaced_only_when_ticked(
        self, steward: Browser, desk: SyncDesk
    ) -> None:
        sent(steward, desk)
        desk.edited_there("thesis", "Theirs")

        page = steward.get(SYNC).text
        without = steward.post(SYNC)
        sent(steward, desk, overwrite="slo-thesis")

        assert 'name="overwrite" value="slo-thesis"' in page
        assert without.headers["location"] == "/outcomes/sync?canvas=main"
        assert "Theirs" not in desk.titles().values()

    def test_what_hinders_must_be_accepted(self, steward: Browser, desk: SyncDesk) -> None:
        desk.canvas.mastery_scales = True

        page = steward.get(SYNC).text
        refused = steward.post(SYNC)

        assert 'name="accept" value="mastery-scales"' in page
        assert (refused.status_code, desk.titles()) == (422, {})
        assert "Tick what you accept" in refused.text
        sent(steward, desk, accept="mastery-scales")
        assert len(desk.titles()) == 2

    def test_ticks_stay_after_a_refused_press(self, steward: Browser, desk: SyncDesk) -> None:
        desk.canvas.mastery_scales = True
        desk.canvas.includes_kept = False

        page = steward.post(SYNC, {"accept": "mastery-scales"}).text

        assert 'id="accept-mastery-scales" checked' in page
        assert 'id="accept-stripped-includes">' in page

    def test_one_run_at_a_time_in_a_place(self, steward: Browser, desk: SyncDesk) -> None:
        begun(steward)

        answer = steward.post(SYNC)

        assert answer.status_code == 409
        assert "Outcomes are being sent there" in answer.text


class TestRun:
    def test_follows_its_progress(self, steward: Browser, desk: SyncDesk) -> None:
        run = begun(steward)

        page = steward.get(run).text
        before = steward.get(f"{run}/state").json()
        anyio.run(desk.runner.run_all)

        assert "<h1>Synchronization in progress</h1>" in page
        assert f'data-progress="{run}/events"' in page
        assert before == {
            "open": True, "waiting": False, "total": 2, "settled": 0, "posting": 0,
            "said": "Canvas has 0 of 2 outcomes; 0 read back.",
        }  # fmt: skip
        assert steward.get(f"{run}/state").json()["open"] is False
        assert '"settled": 2' in steward.get(f"{run}/events").text

    def test_can_be_stopped_and_sent_on(self, steward: Browser, desk: SyncDesk) -> None:
        run = begun(steward)

        stopped = steward.post(f"{run}/stop")
        page = steward.get(run).text
        steward.post(f"{run}/retry")
        anyio.run(desk.runner.run_all)

        assert stopped.headers["location"] == run
        assert "Synchronization stopped" in page
        assert "Send the failed ones again" in page
        assert len(desk.titles()) == 2

    def test_waits_for_authorisation_and_says_who_mends_it(
        self, house: WholeHouse, steward: Browser, desk: SyncDesk
    ) -> None:
        run = begun(steward)
        desk.lms.withdraw(desk.dana)
        anyio.run(desk.runner.run_all)

        page = steward.get(run).text

        assert "<h1>Synchronization waits</h1>" in page
        assert 'href="/settings/canvas?site=main">Authorize' in page
        assert steward.get(f"{run}/state").json()["waiting"] is True

    def test_work_that_broke_off_can_be_sent_again(self, steward: Browser, desk: SyncDesk) -> None:
        run = begun(steward)
        desk.jobs.cancel(desk.jobs.recent()[0].id)

        page = steward.get(run).text

        assert "broke off" in page
        assert "Send the failed ones again" in page
        assert steward.get(f"{run}/state").json()["open"] is False

    def test_names_the_reason_of_each_that_failed(self, steward: Browser, desk: SyncDesk) -> None:
        sent(steward, desk)
        desk.change("thesis", title="Reworded", version=2)
        run = begun(steward)
        desk.edited_there("thesis", "Meanwhile")
        anyio.run(desk.runner.run_all)

        page = steward.get(run).text

        assert results(page) == {"THESIS": "failed"}
        assert "It was changed in Canvas since it was sent" in page

    def test_undo_takes_it_back_by_a_run_of_its_own(self, steward: Browser, desk: SyncDesk) -> None:
        run = sent(steward, desk)
        before = steward.get(run).text

        undone = steward.post(f"{run}/undo").headers["location"]
        anyio.run(desk.runner.run_all)

        assert f'action="{run}/undo" data-confirm=' in before
        assert desk.titles() == {}
        assert "<h1>Outcomes taken back</h1>" in steward.get(undone).text
        assert "Only the last run can be taken back" in steward.get(run).text

    def test_of_somebody_else_is_not_there(self, teacher: Browser, desk: SyncDesk) -> None:
        with desk.units() as unit:
            unit.sync_runs.save(a_sync_run(requested_by="person-dana"))
            unit.commit()

        assert teacher.get(f"{RUNS}/run-first").status_code == 404

    def test_the_log_names_who_sent_what(self, steward: Browser, desk: SyncDesk) -> None:
        empty = steward.get(RUNS).text
        run = sent(steward, desk)

        page = steward.get(RUNS).text

        assert "No outcomes were sent yet" in empty
        assert f'href="{run}"' in page
        assert "<bdi>Dana Ortiz</bdi>" in page
        assert "ENGL101 Course engl101" in page
        assert "2 of 2" in page


class TestOfAnAssessment:
    @pytest.fixture(autouse=True)
    def rows(self, desk: SyncDesk) -> None:
        """Both rows of the rubric stand for SLOs."""
        with desk.units() as unit:
            held = unit.assessments.get(builders.an_assessment().id)
            criteria = tuple(
                builders.a_criterion(key, slo_ids=(SloId(f"slo-{key}"),)) for key in desk.slos
            )
            unit.assessments.save(replace(held, rubric=replace(held.rubric, criteria=criteria)))
            unit.commit()

    def test_goes_to_the_course_that_is_told(self, teacher: Browser, desk: SyncDesk) -> None:
        page = teacher.get(OF_WORK).text
        run = sent(teacher, desk, OF_WORK)

        assert steps(page) == {"THESIS": "add", "EVIDENCE": "add"}
        assert results(teacher.get(run).text) == {"THESIS": "done", "EVIDENCE": "done"}
        assert len(desk.titles(place_of(desk))) == 2

    def test_leads_on_to_an_assignment_when_all_is_there(
        self, teacher: Browser, desk: SyncDesk
    ) -> None:
        onward = f'href="/works/{WORK}/lms-rubric?course={SITE}/{desk.desk.room.course}"'
        run = sent(teacher, desk, OF_WORK)

        page = teacher.get(OF_WORK).text

        assert NOTHING in page
        assert onward in page
        assert onward in teacher.get(run).text
        assert f'href="{OF_WORK}"' in teacher.get(run).text

    def test_asks_for_the_course_when_nothing_tells_it(
        self, teacher: Browser, desk: SyncDesk
    ) -> None:
        with desk.units() as unit:
            link = unit.links.get(builders.a_link().id)
            unit.links.save(link.unlinked(desk.clock.now()))
            unit.commit()

        page = teacher.get(OF_WORK).text
        pressed = teacher.post(OF_WORK)

        assert "please say which one it is" in page
        assert PRESS not in page
        assert (pressed.status_code, desk.jobs.recent()) == (409, [])

    def test_remembers_the_course(self, teacher: Browser, desk: SyncDesk) -> None:
        other = desk.lms.state.given_course(desk.desk.room.teacher, code="ENGL 999")

        sent(teacher, desk, OF_WORK, course=f"{SITE}/{other}")

        page = teacher.get(OF_WORK).text
        assert "ENGL 999" in page
        assert "(chosen before)" in page

    def test_without_authorisation_leads_to_it_and_back(
        self, teacher: Browser, desk: SyncDesk
    ) -> None:
        desk.lms.withdraw(desk.desk.room.teacher)

        page = teacher.get(OF_WORK).text

        assert f"/authorise?then={OF_WORK}" in page

    def test_is_for_teachers_of_the_section(
        self, house: WholeHouse, browser: Browser, desk: SyncDesk
    ) -> None:
        stranger = enter(house, browser, "tom", Role.FACULTY)

        assert stranger.get(OF_WORK).status_code == 404
        assert stranger.post(OF_WORK).status_code == 404


def place_of(desk: SyncDesk) -> OutcomePlace:
    return OutcomePlace(PlaceKind.COURSE, desk.desk.room.course)
