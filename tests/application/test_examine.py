"""The doctor: each check is one finding, and each that is not good has its cure."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.lms import MemoryLms
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.secrets.keyring import Keyring
from application.account_agents import AccountAgents
from application.doctor.examine import Examine, ProbeSites
from application.doctor.findings import Finding, Verdict
from application.doctor.installation import Installation
from application.doctor.live import LiveChecks
from application.doctor.probe import TITLE, Probe
from application.errors import LmsRefused, LmsUnavailable
from application.gateways import Gateways
from application.ports.lms import LmsAccount
from application.ports.lms_plugin import ConsentPage, ConsentRefusal, Grant, SiteAccess
from application.ports.secrets import consumer_key_row
from application.tokens import TokenVault
from domain.lms_site import LmsSite
from tests import builders
from tests.application.accounts import ACCOUNT, SITE, AccountDesk
from tests.application.sending import at_once
from tests.exchange_builders import an_org_pairing
from tests.stand_ins import NOON, CountedIds, FixedClock

CALLBACK = "https://attain.test/integrations/canvas/callback"
GOOD, NOTE, BAD = Verdict.GOOD, Verdict.NOTE, Verdict.BAD


class Practice:
    """A house that is well furnished, and its doctor."""

    def __init__(self, units: MemoryUnits, jobs: MemoryJobs, clock: FixedClock) -> None:
        self.units, self.jobs, self.clock = units, jobs, clock
        self.schema, self.workers = True, 1
        self.base_url = "https://attain.test"
        self.desk = AccountDesk(units, jobs, clock)
        self.lms: MemoryLms = self.desk.lms
        self.lms.redirect_uris, self.lms.clock = {CALLBACK}, clock.now()
        self.keyring = self.desk.room.keyring
        self.desk.admin("dana")
        with units() as unit:
            unit.settings.put("lti.enabled", "yes")
            secret = self.keyring.seal("shared", consumer_key_row("key"))
            unit.registrations.save(builders.a_consumer_key("key", secret=secret))
            unit.identities.log(builders.a_launch_record(slug="ok", reason="", queued=False))
            unit.pairings.pair_org(an_org_pairing())
            unit.commit()

    @property
    def live(self) -> LiveChecks:
        lms = {"canvas": self.lms}
        return LiveChecks(self.desk.agents, lms, self.keyring, self.clock, CALLBACK, patience=0.05)

    async def examined(self, site: str | None = None) -> list[Finding]:
        installation = Installation(
            self.clock, self.keyring, self.jobs, self.base_url,
            lambda: self.schema, lambda: self.workers,
        )  # fmt: skip
        examine = Examine(self.units, at_once, installation, self.live)
        return await examine(site)

    async def found(self, name: str, site: str | None = None) -> Finding:
        return next(one for one in await self.examined(site) if one.name == name)

    async def verdict(self, name: str) -> Verdict:
        return (await self.found(name)).verdict

    def change_site(self, change: Callable[[LmsSite], LmsSite]) -> None:
        with self.units() as unit:
            unit.sites.save(change(unit.sites.get(SITE)))
            unit.commit()

    def answers(
        self, monkeypatch: pytest.MonkeyPatch, answer: ConsentPage | LmsUnavailable
    ) -> None:
        """The consent page says this."""

        async def told(_lms: object, _site: SiteAccess, **_given: str) -> ConsentPage:
            if isinstance(answer, LmsUnavailable):
                raise answer
            return answer

        monkeypatch.setattr(type(self.lms), "consent_page", told)

    def launched(self, count: int, **record: object) -> None:
        with self.units() as unit:
            for number in range(count):
                key = f"{sorted(record.items())}-{number}"
                unit.identities.log(builders.a_launch_record(key, **record))
            unit.commit()


@pytest.fixture
def practice(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> Practice:
    return Practice(memory_units, memory_jobs, clock)


class TestAFurnishedHouse:
    async def test_is_good_throughout(self, practice: Practice) -> None:
        findings = await practice.examined()

        assert [one for one in findings if one.verdict is not GOOD] == []
        assert [one.name for one in findings] == [
            "base URL", "schema", "worker", "queue", "clock", "secret keys",
            "LTI", "consumer key", "launches", "privacy level", "matching",
            "roster", "sections", "section titles",
            "canvas main", "canvas main org pairing", "canvas main calculation",
            "canvas main connection", "canvas main redirect URI", "canvas main scopes",
            "canvas main clock", "canvas main account right",
            "canvas main token", "canvas main accounts", "canvas main outcomes",
            "canvas main mastery scales", "canvas main include parameters",
            "canvas main throttle",
        ]  # fmt: skip

    async def test_is_told_in_groups(self, practice: Practice) -> None:
        groups = dict.fromkeys(one.group for one in await practice.examined())

        assert list(groups) == ["Installation", "Launches", "Rosters", "Canvas main"]


class TestAnEmptyHouse:
    async def test_names_what_is_missing_with_its_cure(
        self, memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
    ) -> None:
        keyring = Keyring(["k" * 40])
        installation = Installation(
            clock, keyring, memory_jobs, "https://a.test", lambda: True, lambda: 1
        )
        vault = TokenVault(memory_units, at_once, clock, keyring, asyncio.sleep)
        agents = AccountAgents(memory_units, at_once, clock, Gateways(vault, {}))
        live = LiveChecks(agents, {}, keyring, clock, CALLBACK)
        examine = Examine(memory_units, at_once, installation, live)

        findings = await examine()

        assert {one.name: one.verdict for one in findings if one.verdict is not GOOD} == {
            "LTI": BAD, "consumer key": BAD, "launches": NOTE, "privacy level": NOTE,
            "matching": NOTE, "roster": BAD, "canvas": NOTE,
        }  # fmt: skip
        assert all(one.cure for one in findings if one.verdict is not GOOD)


class TestTheInstallation:
    async def test_an_old_schema_hides_the_rest(self, practice: Practice) -> None:
        practice.schema = False

        assert [one.name for one in await practice.examined()] == ["base URL", "schema"]
        assert (await practice.found("schema")).cure == "run `attain db upgrade`"

    async def test_a_dead_worker_is_told(self, practice: Practice) -> None:
        practice.workers = 0

        assert await practice.verdict("worker") is BAD

    @pytest.mark.parametrize(
        ("url", "verdict"),
        [
            ("https://attain.test", GOOD),
            ("http://127.0.0.1:8400", NOTE),
            ("http://localhost:8400", NOTE),
            ("http://attain.test", BAD),
        ],
    )
    async def test_an_address_without_tls_is_for_this_machine_only(
        self, practice: Practice, url: str, verdict: Verdict
    ) -> None:
        practice.base_url = url

        assert await practice.verdict("base URL") is verdict

    @pytest.mark.parametrize(("minutes", "verdict"), [(9, GOOD), (10, BAD)])
    async def test_a_job_queued_for_long_is_told(
        self, practice: Practice, minutes: int, verdict: Verdict
    ) -> None:
        with practice.units() as unit:
            unit.jobs.enqueue("send-scores", {}, key="one", lane="one")
            unit.commit()
        practice.clock.advance(minutes=minutes)

        found = await practice.found("queue")

        assert (found.verdict, f"{minutes} min" in found.says) == (verdict, True)

    async def test_a_clock_behind_the_last_launch_is_bad(self, practice: Practice) -> None:
        practice.launched(1, at=NOON + timedelta(hours=2))

        assert await practice.verdict("clock") is BAD

    async def test_secrets_that_no_key_opens_are_bad(self, practice: Practice) -> None:
        practice.keyring = Keyring(["x" * 40])

        found = await practice.found("secret keys")

        assert (found.verdict, "4 stored" in found.says) == (BAD, True)


class TestLaunches:
    async def test_none_for_two_weeks_is_worth_knowing(self, practice: Practice) -> None:
        practice.clock.advance(days=15)

        assert await practice.verdict("launches") is NOTE

    async def test_all_without_ids_mean_a_wrong_privacy_level(self, practice: Practice) -> None:
        practice.launched(100, slug="person-unmatched", reason="nothing-sent", at=NOON)
        practice.clock.advance(minutes=1)
        practice.launched(100, slug="person-unmatched", reason="anonymous",
                          at=practice.clock.now())  # fmt: skip

        found = await practice.found("privacy level")

        assert (found.verdict, "Public" in found.cure) == (BAD, True)

    async def test_some_without_ids_are_worth_knowing(self, practice: Practice) -> None:
        practice.launched(1, slug="person-unmatched", reason="nothing-sent")

        assert await practice.verdict("privacy level") is NOTE

    @pytest.mark.parametrize(("matched", "verdict"), [(19, GOOD), (9, NOTE), (1, BAD)])
    async def test_the_share_of_matched_people_is_told(
        self, practice: Practice, matched: int, verdict: Verdict
    ) -> None:
        practice.launched(matched - 1, slug="ok", reason="")
        practice.launched(1, slug="person-unmatched", reason="nobody")

        assert await practice.verdict("matching") is verdict

    async def test_courses_that_found_no_section_are_named(self, practice: Practice) -> None:
        practice.launched(2, slug="section-unmatched", reason="", context_label="BIOL 9")

        found = await practice.found("section titles")

        assert (found.verdict, "BIOL 9" in found.says) == (NOTE, True)


class TestSiteRecords:
    async def test_an_unknown_site_is_bad(self, practice: Practice) -> None:
        assert (await practice.found("canvas", "production")).verdict is BAD

    async def test_a_site_switched_off_is_worth_knowing(self, practice: Practice) -> None:
        practice.change_site(lambda site: replace(site, active=False))

        assert await practice.verdict("canvas main") is NOTE

    async def test_orgs_with_courses_and_no_account_are_named(self, practice: Practice) -> None:
        with practice.units() as unit:
            unit.pairings.unpair_org(SITE, an_org_pairing().org_id)
            unit.commit()

        found = await practice.found("canvas main org pairing")

        assert (found.verdict, "ENGL" in found.says) == (NOTE, True)


class TestBeforeAnybodyConsents:
    async def test_an_address_that_is_not_registered_is_bad(self, practice: Practice) -> None:
        practice.lms.redirect_uris = {"https://other.test/back"}

        found = await practice.found("canvas main redirect URI")

        assert (found.verdict, CALLBACK in found.says) == (BAD, True)

    async def test_lacking_scopes_are_named_though_all_calls_work(
        self, practice: Practice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lacking = tuple(f"url:GET|/{number}" for number in range(7))
        practice.answers(monkeypatch, ConsentPage(ConsentRefusal.SCOPES, lacking, None))

        found = await practice.found("canvas main scopes")

        assert found.verdict is BAD
        assert found.says.startswith("the developer key lacks url:GET|/0, ")
        assert found.says.endswith(", url:GET|/4 and 2 more")
        assert await practice.verdict("canvas main outcomes") is GOOD

    async def test_a_key_that_enforces_scopes_without_naming_any_is_bad(
        self, practice: Practice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        practice.answers(monkeypatch, ConsentPage(ConsentRefusal.SCOPES, (), None))

        assert "enforces scopes" in (await practice.found("canvas main scopes")).says

    @pytest.mark.parametrize("refusal", [ConsentRefusal.CLIENT, ConsentRefusal.OTHER])
    async def test_a_key_that_may_not_ask_is_bad(
        self, practice: Practice, monkeypatch: pytest.MonkeyPatch, refusal: ConsentRefusal
    ) -> None:
        practice.answers(monkeypatch, ConsentPage(refusal, (), None))

        assert await practice.verdict("canvas main developer key") is BAD

    async def test_an_answer_that_stays_away_leaves_the_rest(
        self, practice: Practice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        practice.answers(monkeypatch, LmsUnavailable("Canvas did not answer."))

        assert await practice.verdict("canvas main redirect URI") is BAD
        assert await practice.verdict("canvas main token") is GOOD

    @pytest.mark.parametrize(
        ("seconds", "verdict", "says"),
        [(60, GOOD, "agree"), (-61, BAD, "61 s ahead of"), (61, BAD, "61 s behind")],
    )
    async def test_clocks_that_differ_are_told(
        self, practice: Practice, seconds: int, verdict: Verdict, says: str
    ) -> None:
        practice.lms.clock = practice.clock.now() + timedelta(seconds=seconds)

        found = await practice.found("canvas main clock")

        assert (found.verdict, says in found.says) == (verdict, True)


class TestAskingCanvas:
    async def test_an_unreachable_site_hides_what_lies_behind(
        self, practice: Practice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(_lms: object, _site: SiteAccess, **_given: str) -> Grant:
            raise LmsUnavailable("Canvas does not accept the developer key: invalid_client.")

        monkeypatch.setattr(type(practice.lms), "redeem", away)

        findings = await practice.examined()

        assert (findings[-1].name, findings[-1].verdict) == ("canvas main connection", BAD)
        assert "developer key" in findings[-1].says

    async def test_a_plug_in_that_is_not_installed_is_told(self, practice: Practice) -> None:
        practice.change_site(lambda site: replace(site, plugin="moodle"))

        assert "moodle" in (await practice.found("canvas main connection")).says

    async def test_no_answer_in_time_leaves_the_rest(
        self, practice: Practice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def silent(_gateway: object) -> LmsAccount:
            await asyncio.Event().wait()
            raise AssertionError

        monkeypatch.setattr("adapters.outbound.memory.lms_gateway.MemoryGateway.me", silent)

        assert (await practice.found("canvas main token")).says.startswith("no answer within")
        assert await practice.verdict("canvas main outcomes") is GOOD

    async def test_nobody_who_authorised_is_bad(self, practice: Practice) -> None:
        practice.desk.canvas.admins.clear()

        found = await practice.found("canvas main account right")

        assert (found.verdict, "authorize" in found.cure) == (BAD, True)
        assert "right-lost" in (await practice.found("canvas main severed authorization")).says

    async def test_without_an_account_nothing_more_is_asked(self, practice: Practice) -> None:
        practice.desk.choose("")

        assert await practice.verdict("canvas main account") is NOTE

    async def test_a_scope_that_is_lacking_names_the_developer_key(
        self, practice: Practice
    ) -> None:
        practice.lms.scopes_held = False

        found = await practice.found("canvas main account right")

        assert (found.verdict, "scopes" in found.cure) == (BAD, True)

    async def test_stripped_includes_are_bad(self, practice: Practice) -> None:
        practice.desk.canvas.includes_kept = False

        assert await practice.verdict("canvas main include parameters") is BAD

    async def test_mastery_scales_are_worth_knowing(self, practice: Practice) -> None:
        practice.desk.canvas.mastery_scales = True

        assert await practice.verdict("canvas main mastery scales") is NOTE


class TestProbing:
    def probe(self, practice: Practice) -> ProbeSites:
        return ProbeSites(practice.units, at_once, Probe(practice.live, CountedIds("probe")))

    async def test_makes_reads_back_and_removes(self, practice: Practice) -> None:
        steps = await self.probe(practice)()

        assert {one.verdict for one in steps} == {GOOD}
        assert [one.name.removeprefix("canvas main probe ") for one in steps] == [
            "folder", "outcome", "read back", "outcome removed", "folder removed",
        ]  # fmt: skip
        assert practice.desk.canvas.outcomes == {}
        assert [f for _, f in practice.desk.canvas.folders.values() if f.title == TITLE] == []

    async def test_removes_the_folder_when_the_outcome_is_refused(
        self, practice: Practice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def refused(*_given: object) -> None:
            raise LmsRefused("No.")

        monkeypatch.setattr(
            "adapters.outbound.memory.lms_gateway.MemoryGateway.add_outcome", refused
        )

        steps = await self.probe(practice)()

        assert [one.verdict for one in steps] == [GOOD, BAD, GOOD]
        assert [f for _, f in practice.desk.canvas.folders.values() if f.title == TITLE] == []

    async def test_tells_what_reads_back_otherwise(
        self, practice: Practice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = practice.desk.canvas.given_outcome

        def changed(place: object, content: object, **more: object) -> object:
            return made(place, replace(content, title="Other"), **more)  # type: ignore[type-var,arg-type]

        monkeypatch.setattr(type(practice.desk.canvas), "given_outcome", staticmethod(changed))

        steps = {one.name: one for one in await self.probe(practice)()}

        assert "title" in steps["canvas main probe read back"].says

    async def test_without_the_right_makes_nothing(self, practice: Practice) -> None:
        practice.desk.canvas.unmanageable.add(ACCOUNT)

        (only,) = await self.probe(practice)("main")

        assert (only.verdict, practice.desk.canvas.outcomes) == (BAD, {})
