"""The doctor: each check is one finding, and each bad one has its cure."""

from datetime import timedelta

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.use_cases.examine import Examine, Finding, Verdict
from domain.ids import PersonId
from tests import builders
from tests.stand_ins import NOON, FixedClock


@pytest.fixture
def examine(memory_units: MemoryUnits, clock: FixedClock) -> Examine:
    return Examine(memory_units, clock, "https://attain.test", lambda: True, lambda: 1)


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


class TestAnEmptyHouse:
    def test_names_what_is_missing_with_its_cure(self, examine: Examine) -> None:
        findings = by_name(examine())
        assert {name: f.verdict for name, f in findings.items()} == {
            "base URL": Verdict.GOOD, "schema": Verdict.GOOD, "worker": Verdict.GOOD,
            "clock": Verdict.GOOD, "LTI": Verdict.BAD, "consumer key": Verdict.BAD,
            "roster": Verdict.BAD, "canvas": Verdict.NOTE,
        }  # fmt: skip
        assert all(f.cure for f in findings.values() if f.verdict is not Verdict.GOOD)

    def test_an_old_schema_hides_the_rest(self, memory_units: MemoryUnits) -> None:
        examine = Examine(memory_units, FixedClock(), "https://a.test", lambda: False, lambda: 1)
        names = [finding.name for finding in examine()]
        assert names == ["base URL", "schema"]
        assert by_name(examine())["schema"].cure == "run `attain db upgrade`"

    def test_a_dead_worker_is_told(self, memory_units: MemoryUnits) -> None:
        examine = Examine(memory_units, FixedClock(), "https://a.test", lambda: True, lambda: 0)
        assert by_name(examine())["worker"].verdict is Verdict.BAD

    @pytest.mark.parametrize(
        ("url", "verdict"),
        [
            ("https://attain.test", Verdict.GOOD),
            ("http://127.0.0.1:8400", Verdict.NOTE),
            ("http://localhost:8400", Verdict.NOTE),
            ("http://attain.test", Verdict.BAD),
        ],
    )
    def test_an_address_without_tls_is_for_this_machine_only(
        self, memory_units: MemoryUnits, url: str, verdict: Verdict
    ) -> None:
        examine = Examine(memory_units, FixedClock(), url, lambda: True, lambda: 1)
        assert by_name(examine())["base URL"].verdict is verdict

    def test_an_unknown_site_is_bad(self, examine: Examine) -> None:
        assert by_name(examine("production"))["canvas"].verdict is Verdict.BAD


class TestAFurnishedHouse:
    def test_is_good_throughout(self, examine: Examine, memory_units: MemoryUnits) -> None:
        with memory_units() as unit:
            unit.settings.put("lti.enabled", "yes")
            unit.registrations.save(builders.a_consumer_key())
            unit.roster.put_sections([builders.a_section()])
            unit.sites.save(builders.a_site())
            unit.sites.save_authorisation(
                builders.an_authorisation(person_id=PersonId("person-ana"))
            )
            unit.commit()
        findings = examine()
        assert {finding.verdict for finding in findings} == {Verdict.GOOD}
        assert by_name(findings)["canvas main"].says == "https://main.lms.test, authorised: 1"

    def test_a_site_switched_off_is_worth_knowing(
        self, examine: Examine, memory_units: MemoryUnits
    ) -> None:
        with memory_units() as unit:
            unit.sites.save(builders.a_site(active=False))
            unit.commit()
        assert by_name(examine())["canvas main"].verdict is Verdict.NOTE

    def test_a_clock_behind_the_last_launch_is_bad(
        self, examine: Examine, memory_units: MemoryUnits
    ) -> None:
        with memory_units() as unit:
            unit.identities.log(builders.a_launch_record(at=NOON + timedelta(hours=2)))
            unit.commit()
        assert by_name(examine())["clock"].verdict is Verdict.BAD
