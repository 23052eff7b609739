"""What the store of the identity console promises, over each kind of store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.belonging import Belonging, BelongingKind, owned_by
from domain.evaluation import SecondScore, Settled
from domain.identity import LocalField
from domain.ids import LaunchId, MatchingDecisionId, PersonId, RowId, SectionAssessmentId
from domain.improvement.action_plan import PlanAsked
from domain.launch import Audience
from domain.rostering import Demographic
from domain.score import BLANK, NOT_ASSESSED
from tests.builders import (
    College,
    a_context_choice,
    a_delivery,
    a_dla,
    a_launch_record,
    a_link,
    a_person,
    a_reflection,
    a_role_grant,
    a_score,
    a_self_assessment,
    a_send,
    an_assessment,
    an_assigned_dla,
    an_authorisation,
    an_enrolment,
    an_lms_identity,
    an_own_grade,
)
from tests.contract.test_repositories_evaluation import an_evaluator
from tests.evidence_builders import evidence
from tests.exchange_builders import (
    a_score_import,
    a_score_source,
    a_section_pairing,
    an_account_authorisation,
    an_imported_cell,
)
from tests.improvement_builders import an_action_plan, an_ask, an_rfi
from tests.matching_builders import a_decision, a_merge, some_launch_values
from tests.portfolio_builders import a_collection, a_share
from tests.stand_ins import NOON

ANA, BEN, TESS = (PersonId(f"person-{name}") for name in ("ana", "ben", "tess"))
SECOND = timedelta(seconds=1)


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        for key in ("one", "two"):
            unit.identities.log(a_launch_record(key))
        unit.commit()
    return units


class TestLaunchValues:
    def test_they_are_kept_by_launch(self, college: UnitOfWorkFactory) -> None:
        values = some_launch_values()
        with college() as unit:
            unit.matching.keep(values)

            assert unit.matching.kept([values.launch_id, LaunchId("x")]) == {
                values.launch_id: values
            }

    def test_the_newest_of_an_audience_come_first(self, college: UnitOfWorkFactory) -> None:
        old, new = some_launch_values(), some_launch_values("two", at=NOON + SECOND)
        with college() as unit:
            for one in (old, new):
                unit.matching.keep(one)

            assert unit.matching.newest_kept(Audience.STUDENT, 10) == [new, old]
            assert unit.matching.newest_kept(Audience.STUDENT, 1) == [new]
            assert unit.matching.newest_kept(Audience.USER, 10) == []

    def test_old_ones_are_forgotten(self, college: UnitOfWorkFactory) -> None:
        old, new = some_launch_values(), some_launch_values("two", at=NOON + SECOND)
        with college() as unit:
            for one in (old, new):
                unit.matching.keep(one)

            assert unit.matching.forget_kept(NOON + SECOND) == 1
            assert unit.matching.newest_kept(Audience.STUDENT, 10) == [new]


class TestPeople:
    def test_many_values_are_looked_up_at_once(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            twin = a_person("twin", login="ANA", active=False)
            unit.roster.put_people([twin, a_person("blank", login="", email="")])
            login = unit.roster.person(ANA).login
            unit.roster.put_people([replace(twin, login=login.upper())])
            found = unit.matching.people_among(LocalField.LOGIN, [f" {login} ", "nobody", ""])

            assert [one.id for one in found[login]] == [ANA, "person-twin"]
            assert list(found) == [login]

    def test_who_shares_a_value_is_found_among_the_active(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            ben = unit.roster.person(BEN)
            unit.roster.put_people(
                [
                    a_person("twin", login=ben.login.upper()),
                    a_person("gone", login=unit.roster.person(ANA).login, active=False),
                    a_person("blank-1", email=""),
                    a_person("blank-2", email=""),
                ]
            )
            shared = unit.matching.sharing(LocalField.LOGIN, 10)

            assert [[one.id for one in people] for people in shared] == [[BEN, "person-twin"]]
            assert unit.matching.sharing(LocalField.EMAIL, 10) == []
            assert unit.matching.sharing(LocalField.TECH_ID, 10) == []

    def test_words_are_found_whatever_their_accents_active_people_first(
        self, college: UnitOfWorkFactory
    ) -> None:
        with college() as unit:
            names = {"given_name": "Zoë", "family_name": "Élodin"}
            unit.roster.put_people(
                [a_person("zoe", **names), a_person("old", **names, active=False)]
            )

            assert [one.id for one in unit.matching.search("elodin zoe", 5)] == [
                "person-zoe",
                "person-old",
            ]
            assert unit.matching.search("zoe nobody", 5) == []
            assert unit.matching.search("  ", 5) == []
            assert [one.id for one in unit.matching.search("ZOE", 1)] == ["person-zoe"]


class TestLmsUsers:
    def test_they_are_known_by_platform_and_user(self, college: UnitOfWorkFactory) -> None:
        user = an_lms_identity(account_ref="44")
        with college() as unit:
            unit.identities.remember(user)
            key = (user.platform, user.lms_user_id)

            found = unit.matching.identities([key, ("other", user.lms_user_id)])
            assert found == {key: user}
            assert unit.matching.identities_of(ANA) == [user]
            unit.matching.forget_identity(*key)
            unit.matching.forget_identity(*key)
            assert unit.matching.identities_of(ANA) == []

    def test_what_waits_of_one_comes_newest_first(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.identities.log(a_launch_record("three", at=NOON + SECOND))
            unit.identities.log(a_launch_record("ok", queued=False))
            unit.identities.log(a_launch_record("done", resolved_to=ANA))
            unit.identities.log(a_launch_record("other", lms_user_id="lti-y"))

            waiting = unit.matching.queued_of("key:guid", "lti-x")
            assert [one.id for one in waiting] == ["launch-three", "launch-two", "launch-one"]


class TestDecisions:
    def test_they_come_newest_first_page_by_page(self, college: UnitOfWorkFactory) -> None:
        old, new = a_decision(), a_decision("two", decided_at=NOON + SECOND)
        with college() as unit:
            unit.matching.put_decision(old)
            unit.matching.put_decision(new)
            undone = replace(old, undone_by="x", undone_at=NOON, before=an_lms_identity())
            unit.matching.put_decision(undone)

            first, second = unit.matching.decisions(1), unit.matching.decisions(1, 1)
            assert (first.decisions, first.total) == ((new,), 2)
            assert (second.decisions, second.total) == ((undone,), 2)
            assert unit.matching.decision(old.id) == undone
            with pytest.raises(NotFound):
                unit.matching.decision(MatchingDecisionId("x"))

    def test_the_newest_that_is_not_undone_stands(self, college: UnitOfWorkFactory) -> None:
        old, new = a_decision(), a_decision("two", decided_at=NOON + SECOND)
        with college() as unit:
            for one in (new, old):
                unit.matching.put_decision(one)
            assert unit.matching.standing([old.subject, "x"]) == {old.subject: new}

            unit.matching.put_decision(replace(new, undone_at=NOON))
            assert unit.matching.standing([old.subject]) == {old.subject: old}


class TestMerges:
    def test_a_merge_says_who_became_whom_until_it_is_undone(
        self, college: UnitOfWorkFactory
    ) -> None:
        merge = a_merge()
        with college() as unit:
            unit.matching.put_decision(a_decision())
            unit.merges.put_merge(merge)
            assert unit.merges.merge(merge.decision_id) == merge
            assert unit.merges.merged_into([ANA, BEN]) == {ANA: BEN}
            assert unit.merges.standing() == [merge]

            unit.merges.put_merge(replace(merge, undone_at=NOON))
            assert unit.merges.merged_into([ANA]) == {}
            assert unit.merges.standing() == []
            with pytest.raises(NotFound):
                unit.merges.merge(MatchingDecisionId("x"))

    def test_plans_ask_the_one_who_stays(self, college: UnitOfWorkFactory) -> None:
        plan = an_action_plan(asked_ids=(ANA, TESS))
        kind, asked = BelongingKind.PLAN_ASKED, PlanAsked(plan.id, ANA)
        with college() as unit:
            unit.action_plans.save(plan)
            unit.merges.replace(kind, [asked], [owned_by(kind, asked, BEN)])

            assert unit.action_plans.get(plan.id).asked_ids == (TESS, BEN)
            assert unit.action_plans.to_answer(BEN, ()) == [unit.action_plans.get(plan.id)]
            assert unit.action_plans.to_answer(ANA, ()) == []

    @pytest.mark.parametrize("kind", BelongingKind)
    def test_each_kind_can_change_hands(
        self, college: UnitOfWorkFactory, kind: BelongingKind
    ) -> None:
        """As it is, its version too."""
        own = _OF_ANA[kind]
        with college() as unit:
            unit.links.save(a_link())
            unit.deliveries.save_send(a_send())
            unit.imports.save(a_score_import())
            unit.portfolios.save(a_collection())
            unit.action_plans.save(an_action_plan())
            unit.rfis.save(an_rfi())
            unit.dlas.save(a_dla())
            unit.merges.replace(kind, unit.merges.belongings(kind, ANA), [own])
            assert unit.merges.belongings(kind, ANA) == [own]

            unit.merges.replace(kind, [own], [owned_by(kind, own, BEN)])

            assert unit.merges.belongings(kind, ANA) == []
            assert owned_by(kind, own, BEN) in unit.merges.belongings(kind, BEN)
            unit.commit()


_OF_ANA: dict[BelongingKind, Belonging] = {
    BelongingKind.ENROLMENT: an_enrolment("ana", "engl101-02"),
    BelongingKind.ROLE_GRANT: a_role_grant("ana"),
    BelongingKind.LMS_IDENTITY: an_lms_identity(),
    BelongingKind.CHOICE: a_context_choice("ana"),
    BelongingKind.PAIRING: a_section_pairing("ana"),
    BelongingKind.AUTHORISATION: an_authorisation("ana", person_id=ANA, version=2),
    BelongingKind.ACCOUNT_AUTHORISATION: an_account_authorisation("ana", version=2),
    BelongingKind.REFLECTION: a_reflection("ana", version=2),
    BelongingKind.ASSESSMENT: an_assessment("own", owner_id=ANA, version=2),
    BelongingKind.SCORE: a_score("ana", version=3),
    BelongingKind.OWN_GRADE: an_own_grade("ana", version=2),
    BelongingKind.DELIVERY: a_delivery("ana", version=2),
    BelongingKind.IMPORTED_CELL: an_imported_cell("ana"),
    BelongingKind.SCORE_SOURCE: a_score_source("ana"),
    BelongingKind.EVIDENCE: evidence(version=1),
    BelongingKind.SECOND_SCORE: SecondScore.of(a_score("ana", version=3), PersonId("person-tess")),
    BelongingKind.SETTLED: Settled(
        SectionAssessmentId("work-essay"),
        PersonId("person-tess"),
        ANA,
        RowId("row-thesis"),
        BLANK,
        NOT_ASSESSED,
        NOT_ASSESSED,
        "person-tess",
        NOON,
        2,
    ),
    BelongingKind.COLLECTION: a_collection(version=2),
    BelongingKind.SHARE: a_share(),
    BelongingKind.SELF_ASSESSMENT: a_self_assessment(version=2),
    BelongingKind.DLA: a_dla("own", owner_id=ANA, version=2),
    BelongingKind.ASSIGNED_DLA: an_assigned_dla(version=2),
    BelongingKind.PLAN_ASKED: PlanAsked(an_action_plan().id, ANA),
    BelongingKind.RFI_ASK: an_ask("ana", version=2),
    BelongingKind.EVALUATOR: an_evaluator(person_id=ANA, version=3),
    BelongingKind.SECOND_SCORE_GIVEN: SecondScore.of(a_score("ben", version=3), ANA),
    BelongingKind.SETTLED_GIVEN: Settled(
        SectionAssessmentId("work-essay"), ANA, PersonId("person-ben"), RowId("row-thesis"),
        BLANK, NOT_ASSESSED, NOT_ASSESSED, "person-tess", NOON, 2,
    ),
    BelongingKind.DEMOGRAPHIC: Demographic(ANA, "sex", "female"),
}  # fmt: skip
