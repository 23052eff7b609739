"""The identity console by its pages, and what those pages must not give away."""

from collections.abc import Iterator
from html import unescape

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import LaunchRejected
from application.use_cases.access.accept_launch import AcceptLaunch
from application.use_cases.matching.try_rule import TryRule
from domain.access import Role
from tests.application.accounts import AccountDesk
from tests.application.sending import at_once
from tests.builders import a_person
from tests.http.support import Backstage, Browser, a_web_app, browsing
from tests.http.test_rights import needed, reach
from tests.http.whole import under
from tests.matching_builders import a_launch
from tests.stand_ins import CountedIds

TWINS = "people:person-ana,person-twin"


@pytest.fixture
def desk(backstage: Backstage, memory_units: MemoryUnits, memory_jobs: MemoryJobs) -> AccountDesk:
    return AccountDesk(memory_units, memory_jobs, backstage.clock)


@pytest.fixture
def steward(backstage: Backstage, desk: AccountDesk) -> Iterator[Browser]:
    trial = TryRule(backstage.units, at_once, desk.agents)
    own = backstage.providers()
    unreached = {name: one for name, one in reach(needed()).items() if name not in own}
    providers = {**unreached, "try_rule": lambda: trial, "transact": lambda: at_once}
    with browsing(a_web_app(backstage, routes=under("/settings"), providers=providers)) as browser:
        yield browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))


@pytest.fixture
def case(backstage: Backstage) -> str:
    """A student whom nobody knows has launched."""
    accept = AcceptLaunch(backstage.units, backstage.clock, CountedIds("launch"), CountedIds("s"))
    with pytest.raises(LaunchRejected):
        accept(a_launch("ghost", lis_person_name_full="Ana Ortiz"))
    return "launch-0001"


def address(case: str) -> str:
    return f"/matching/queue/{case}"


class TestQueue:
    def test_says_what_will_stand_there(self, steward: Browser) -> None:
        assert "Nobody waits." in steward.get("/matching/queue").text

    def test_lists_and_filters(self, steward: Browser, case: str) -> None:
        assert address(case) in steward.get("/matching/queue").text
        assert address(case) in steward.get("/matching/queue?kind=unmatched&q=ENGL").text
        assert "No case fits" in steward.get("/matching/queue?kind=duplicate").text

    def test_a_case_shows_candidates_and_masks_ids(self, steward: Browser, case: str) -> None:
        text = unescape(steward.get(address(case)).text)
        assert "Has the name that was sent." in text
        assert "Cghost" not in text
        assert "Cg…st" in text

    def test_people_are_searched(self, steward: Browser, case: str) -> None:
        assert "Nobody is found" in steward.get(f"{address(case)}?q=xyz").text
        assert "Tess" in steward.get(f"{address(case)}?q=tess").text

    def test_is_decided_and_undone(self, steward: Browser, case: str) -> None:
        answer = steward.post(f"{address(case)}/decide", {"tech_id": "Cana"})
        assert answer.headers["location"] == "/matching/queue?done=decided"
        assert steward.get(address(case)).status_code == 404
        text = steward.get("/matching/queue/decisions").text
        undo = text.split('action="/matching/queue/decisions/')[1].split('"')[0]

        assert steward.post(f"/matching/queue/decisions/{undo}").status_code == 303
        assert steward.post(f"/matching/queue/decisions/{undo}").status_code == 422
        assert steward.get(address(case)).status_code == 200

    @pytest.mark.parametrize(
        ("deed", "form", "sentence"),
        [
            ("decide", {"tech_id": "Cnobody"}, "exactly one active person"),
            ("dismiss", {"reason": " "}, "why nothing is to be done"),
        ],
    )
    def test_what_cannot_be_is_explained_and_kept(
        self, steward: Browser, case: str, deed: str, form: dict[str, str], sentence: str
    ) -> None:
        answer = steward.post(f"{address(case)}/{deed}", form)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert f'value="{next(iter(form.values()))}"' in answer.text

    def test_the_second_click_tells_that_it_waits_no_longer(
        self, steward: Browser, case: str
    ) -> None:
        steward.post(f"{address(case)}/decide", {"tech_id": "Cana"})
        for deed, form in (("decide", {"tech_id": "Cana"}), ("dismiss", {"reason": "A guest"})):
            answer = steward.post(f"{address(case)}/{deed}", form)
            assert answer.headers["location"] == "/matching/queue?done=before"
        assert "This case waits no longer" in steward.get("/matching/queue?done=before").text

    def test_is_dismissed_with_a_reason(self, steward: Browser, case: str) -> None:
        answer = steward.post(f"{address(case)}/dismiss", {"reason": "A guest of the library"})
        assert answer.headers["location"] == "/matching/queue?done=dismissed"
        assert "A guest of the library" in steward.get("/matching/queue/decisions").text

    def test_a_replay_tells_what_has_settled(
        self, steward: Browser, case: str, backstage: Backstage
    ) -> None:
        backstage.person("ghost")
        answer = steward.post("/matching/replay")
        text = steward.get(answer.headers["location"]).text
        assert "Looked again: 1 settled by themselves, 0 scores brought over." in text
        assert address(case) not in text


class TestDuplicates:
    @pytest.fixture(autouse=True)
    def _twin(self, desk: AccountDesk) -> None:
        with desk.units() as unit:
            unit.roster.put_people([a_person("twin", email=a_person("ana").email)])
            unit.commit()

    def test_are_merged(self, steward: Browser) -> None:
        assert "same e-mail address" in steward.get(address(TWINS)).text
        form = {"kept": "person-ana", "gone": "person-twin"}
        answer = steward.post(f"{address(TWINS)}/merge", form)
        assert answer.headers["location"] == "/matching/queue?done=merged"
        decisions = steward.get("/matching/queue/decisions").text
        assert "Merged into" in decisions
        assert "Ctwin" in decisions
        again = steward.post(f"{address(TWINS)}/merge", form)
        assert again.headers["location"] == "/matching/queue?done=before"

    def test_are_not_merged_into_themselves(self, steward: Browser) -> None:
        form = {"kept": "person-ana", "gone": "person-ana"}
        answer = steward.post(f"{address(TWINS)}/merge", form)
        assert answer.status_code == 422
        assert "Choose two different people." in answer.text


class TestTrial:
    def test_a_rule_is_tried_and_then_saved(
        self, steward: Browser, desk: AccountDesk, case: str
    ) -> None:
        desk.admin("root")
        rule = {
            "audience": "student",
            "lti_param": "custom_canvas_user_login_id",
            "local_field": "login",
        }
        answer = steward.post("/settings/matching/try", rule)
        text = steward.get(answer.headers["location"]).text
        assert "Users of main" in text
        assert "All users of the account." in text
        assert 'name="lti_param" value="custom_canvas_user_login_id"' in text

        steward.post("/settings/matching", rule)
        assert "in force now" in steward.get(answer.headers["location"]).text

    def test_what_is_no_rule_comes_back(self, steward: Browser) -> None:
        wrong = {"audience": "user", "lti_param": "no such", "local_field": "login"}
        answer = steward.post("/settings/matching/try", wrong)
        assert answer.status_code == 422
        assert 'value="no such"' in answer.text

    def test_why_a_site_was_not_asked_is_told(self, steward: Browser) -> None:
        signed = {"audience": "user", "lti_param": "oauth_nonce", "local_field": "login"}
        assert "names nobody" in steward.post("/settings/matching", signed).text
        text = steward.get("/settings/matching/trial?lti_param=custom_badge").text
        assert "do not show this parameter" in text
        text = steward.get("/settings/matching/trial").text
        assert "No authorization is left" in text
