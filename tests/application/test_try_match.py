"""Trying the matching rules on written parameters."""

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.use_cases.matching.matching_rules import SaveMatchingRule, SaveMatchingRuleCommand
from application.use_cases.matching.try_match import TryMatch
from domain.ids import PersonId
from domain.launch import Audience
from tests import builders
from tests.stand_ins import FixedClock

LAUNCH = {
    "oauth_consumer_key": "key",
    "tool_consumer_instance_guid": "guid",
    "user_id": "lti-ana",
    "roles": "Learner",
    "lis_person_sourcedid": "Cana",
    "custom_canvas_user_login_id": "BO",
}


@pytest.fixture
def try_match(memory_units: MemoryUnits) -> TryMatch:
    with memory_units() as unit:
        unit.roster.put_people([builders.a_person(), builders.a_person("bo")])
        unit.commit()
    return TryMatch(memory_units)


class TestTryMatch:
    def test_finds_the_person_by_the_default_rule(self, try_match: TryMatch) -> None:
        trial = try_match(LAUNCH)
        assert (trial.audience, trial.outcome, trial.tech_ids) == (
            Audience.STUDENT, "matched", ("Cana",),
        )  # fmt: skip

    def test_follows_a_custom_rule_for_its_audience(
        self, try_match: TryMatch, memory_units: MemoryUnits
    ) -> None:
        SaveMatchingRule(memory_units, FixedClock())(
            SaveMatchingRuleCommand(
                "command line", Audience.STUDENT, "custom_canvas_user_login_id", "login"
            )
        )
        trial = try_match(LAUNCH)
        assert (trial.value, trial.outcome, trial.tech_ids) == ("bo", "matched", ("Cbo",))
        assert try_match(LAUNCH | {"roles": "Instructor"}).tech_ids == ("Cana",)

    @pytest.mark.parametrize(
        ("changes", "outcome"),
        [
            ({"lis_person_sourcedid": "Czoe"}, "nobody"),
            ({"lis_person_sourcedid": "$Person.sourcedId"}, "nothing-sent"),
            ({"user_id": ""}, "anonymous"),
            ({"roles": "Mentor"}, "observer"),
        ],
    )
    def test_names_the_reason_of_no_match(
        self, try_match: TryMatch, changes: dict[str, str], outcome: str
    ) -> None:
        assert try_match(LAUNCH | changes).outcome == outcome

    def test_sees_that_an_lms_user_now_names_another_person(
        self, try_match: TryMatch, memory_units: MemoryUnits
    ) -> None:
        with memory_units() as unit:
            unit.identities.remember(
                builders.an_lms_identity("ana", person_id=PersonId("person-bo"))
            )
            unit.commit()
        trial = try_match(LAUNCH)
        assert (trial.outcome, trial.tech_ids) == ("reassigned", ("Cana", "Cbo"))

    def test_needs_no_consumer_key(self, try_match: TryMatch) -> None:
        assert try_match({"user_id": "1", "lis_person_sourcedid": "Cbo"}).tech_ids == ("Cbo",)
