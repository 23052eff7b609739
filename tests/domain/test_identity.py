from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identity import (
    LmsIdentity,
    LocalField,
    Matched,
    MatchingRule,
    MatchingRules,
    MismatchReason,
    Unmatched,
    all_comparable,
    comparable,
    masked,
    match_person,
)
from domain.ids import PersonId
from domain.launch import LaunchClaims
from domain.rostering import Person

AT = datetime(2026, 11, 23, tzinfo=UTC)
DEFAULT = MatchingRules()
BY_LOGIN = MatchingRule("custom_canvas_user_login_id", LocalField.LOGIN)
BY_EMAIL = MatchingRule("lis_person_contact_email_primary", LocalField.EMAIL)
STEWARD = PersonId("steward")
FINGERPRINT = "0123456789abcdef" * 2 + "01234567"


def a_person(tech_id: str = "C001", **fields: str | bool) -> Person:
    person = Person(
        id=PersonId(f"id-{tech_id}"),
        source_id=tech_id,
        tech_id=tech_id,
        login=f"{tech_id}@example.edu",
        email=f"{tech_id}@example.edu",
        given_name="Ana",
        family_name="Silva",
        active=True,
    )
    return replace(person, **fields)  # type: ignore[arg-type] # fields are named by each test


def a_claim(sourced_id: str | None = "C001", **params: str) -> LaunchClaims:
    named = {} if sourced_id is None else {"lis_person_sourcedid": sourced_id}
    return LaunchClaims(
        {"oauth_consumer_key": "college", "user_id": "u1", "roles": "Learner"} | named | params
    )


def remembered(person: Person, *, by: PersonId | None = None) -> LmsIdentity:
    return LmsIdentity("college:", "u1", person.id, person.tech_id, AT, by)


def local_value(person: Person, field: LocalField) -> str:
    values = {
        LocalField.TECH_ID: person.tech_id,
        LocalField.LOGIN: person.login,
        LocalField.EMAIL: person.email,
    }
    return comparable(field, values[field])


def match(
    claims: LaunchClaims,
    people: Sequence[Person],
    rules: MatchingRules = DEFAULT,
    known: LmsIdentity | None = None,
) -> Matched | Unmatched:
    """Match as the launch does: candidates are all whose field equals the wanted value."""
    rule = rules.of(claims.audience)
    wanted = rule.wanted(claims)
    found = [person for person in people if local_value(person, rule.local_field) == wanted]
    known_person = next((p for p in people if known and p.id == known.person_id), None)
    return match_person(claims, rules, found, known, known_person)


def reason(outcome: Matched | Unmatched) -> MismatchReason:
    assert isinstance(outcome, Unmatched)
    return outcome.reason


class TestComparing:
    @pytest.mark.parametrize("sent", ["C001", " C001 ", "C001\r\n"])
    def test_tech_ids_are_trimmed(self, sent: str) -> None:
        assert match(a_claim(sent), [a_person()]) == Matched(a_person())

    @pytest.mark.parametrize("sent", ["c001", "C1", "C 001", "C0010"])
    def test_and_otherwise_compared_exactly(self, sent: str) -> None:
        assert reason(match(a_claim(sent), [a_person()])) is MismatchReason.NOBODY

    def test_leading_zeros_count(self) -> None:
        assert reason(match(a_claim("7"), [a_person("007")])) is MismatchReason.NOBODY

    @pytest.mark.parametrize("sent", ["ana@example.edu", "ANA@Example.EDU", " Ana@example.edu"])
    def test_logins_ignore_case(self, sent: str) -> None:
        ana = a_person(login="Ana@example.edu")
        rules = MatchingRules(student=BY_LOGIN)

        assert match(a_claim(None, custom_canvas_user_login_id=sent), [ana], rules) == Matched(ana)

    def test_addresses_ignore_case(self) -> None:
        ana = a_person(email="ana@example.edu")
        sent = a_claim(None, lis_person_contact_email_primary="Ana@EXAMPLE.edu")

        assert match(sent, [ana], MatchingRules(student=BY_EMAIL)) == Matched(ana)


class TestRules:
    def test_students_and_users_have_rules_of_their_own(self) -> None:
        ana = a_person(login="ana")
        rules = MatchingRules(user=BY_LOGIN)
        params = {"custom_canvas_user_login_id": "ana"}

        teacher = a_claim("unknown", roles="Instructor", **params)
        student = a_claim("unknown", roles="Learner", **params)

        assert match(teacher, [ana], rules) == Matched(ana)
        assert reason(match(student, [ana], rules)) is MismatchReason.NOBODY

    def test_one_rule_never_falls_through_to_another(self) -> None:
        ana = a_person(login="ana", email="ana@example.edu")
        sent = a_claim(
            None,
            custom_canvas_user_login_id="ana",
            lis_person_contact_email_primary="ana@example.edu",
        )

        assert reason(match(sent, [ana])) is MismatchReason.NOTHING_SENT


class TestRefusing:
    @pytest.mark.parametrize("sent", [None, "", "   ", "$Person.sourcedId"])
    def test_a_value_that_did_not_come(self, sent: str | None) -> None:
        claims = a_claim(sent, lis_person_name_full="Ana Silva")

        assert reason(match(claims, [a_person(tech_id="")])) is MismatchReason.NOTHING_SENT

    def test_a_launch_that_hides_the_person(self) -> None:
        assert reason(match(a_claim(None), [a_person()])) is MismatchReason.ANONYMOUS

    def test_a_launch_of_nobody_even_with_an_id(self) -> None:
        assert reason(match(a_claim(user_id=""), [a_person()])) is MismatchReason.ANONYMOUS

    def test_the_test_student(self) -> None:
        rules = MatchingRules(student=BY_LOGIN)
        people = [a_person(login=FINGERPRINT)]
        claims = a_claim(None, custom_canvas_user_login_id=FINGERPRINT)

        assert reason(match(claims, people, rules)) is MismatchReason.TEST_STUDENT

    def test_an_observer_even_with_a_known_id(self) -> None:
        observer = a_claim(roles="urn:lti:instrole:ims/lis/Observer,urn:lti:role:ims/lis/Mentor")

        assert reason(match(observer, [a_person()])) is MismatchReason.OBSERVER

    def test_a_value_that_nobody_has(self) -> None:
        assert reason(match(a_claim("C999"), [a_person()])) is MismatchReason.NOBODY

    def test_a_value_that_several_have(self) -> None:
        twins = [a_person(), a_person(id=PersonId("twin"))]

        outcome = match(a_claim(), twins)

        assert outcome == Unmatched(MismatchReason.SEVERAL, tuple(twin.id for twin in twins))

    def test_a_person_who_left(self) -> None:
        assert reason(match(a_claim(), [a_person(active=False)])) is MismatchReason.INACTIVE

    def test_who_left_does_not_stand_in_the_way_of_who_is_there(self) -> None:
        left = a_person(id=PersonId("left"), active=False)

        assert match(a_claim(), [left, a_person()]) == Matched(a_person())


class TestRemembered:
    def test_the_same_person_again_is_matched(self) -> None:
        ana = a_person()

        assert match(a_claim(), [ana], known=remembered(ana)) == Matched(ana)

    def test_a_value_that_now_names_another_person_stops(self) -> None:
        ana, ben = a_person(), a_person("C002")

        outcome = match(a_claim("C002"), [ana, ben], known=remembered(ana))

        assert outcome == Unmatched(MismatchReason.REASSIGNED, (ben.id, ana.id))

    def test_what_is_remembered_does_not_replace_a_value_that_did_not_come(self) -> None:
        ana = a_person()

        assert reason(match(a_claim(None), [ana], known=remembered(ana))) is (
            MismatchReason.ANONYMOUS
        )

    def test_but_for_a_content_item_request_which_never_carries_one(self) -> None:
        ana = a_person()
        request = a_claim(None, lti_message_type="ContentItemSelectionRequest")

        assert match(request, [ana], known=remembered(ana)) == Matched(ana)
        assert reason(match(request, [ana])) is MismatchReason.ANONYMOUS
        left = replace(ana, active=False)
        assert isinstance(match(request, [left], known=remembered(left)), Unmatched)


class TestStewardsDecision:
    @pytest.mark.parametrize("sent", [None, "C999"])
    def test_it_stands_while_the_value_names_nobody(self, sent: str | None) -> None:
        ana = a_person()

        assert match(a_claim(sent), [ana], known=remembered(ana, by=STEWARD)) == Matched(ana)

    def test_it_decides_among_several(self) -> None:
        ana, twin = a_person(), a_person(id=PersonId("twin"))

        assert match(a_claim(), [ana, twin], known=remembered(twin, by=STEWARD)) == Matched(twin)

    def test_it_ends_when_the_value_names_somebody_else(self) -> None:
        ana, ben = a_person(), a_person("C002")

        outcome = match(a_claim("C002"), [ana, ben], known=remembered(ana, by=STEWARD))

        assert outcome == Unmatched(MismatchReason.REASSIGNED, (ben.id, ana.id))

    def test_it_ends_when_the_value_names_several_others(self) -> None:
        ana, ben, bob = a_person(), a_person("C002"), a_person("C002", id=PersonId("bob"))

        outcome = match(a_claim("C002"), [ana, ben, bob], known=remembered(ana, by=STEWARD))

        assert reason(outcome) is MismatchReason.SEVERAL

    def test_it_does_not_bring_back_a_person_who_left(self) -> None:
        ana = a_person(active=False)

        outcome = match(a_claim(), [ana], known=remembered(ana, by=STEWARD))

        assert reason(outcome) is MismatchReason.INACTIVE

    def test_it_makes_nobody_of_an_observer(self) -> None:
        ana = a_person()
        observer = a_claim(roles="urn:lti:role:ims/lis/Mentor")

        outcome = match(observer, [ana], known=remembered(ana, by=STEWARD))

        assert reason(outcome) is MismatchReason.OBSERVER


ids = st.text(st.sampled_from("aA0 $ßé"), max_size=4)
rules_of_students = st.sampled_from([MatchingRule(), BY_LOGIN, BY_EMAIL])


@st.composite
def colleges(draw: st.DrawFn) -> list[Person]:
    values = draw(st.lists(st.tuples(ids, ids, ids, st.booleans()), max_size=5))
    return [
        a_person(tech, id=PersonId(str(at)), login=login, email=email, active=active)
        for at, (tech, login, email, active) in enumerate(values)
    ]


@given(colleges(), rules_of_students, ids)
def test_a_match_is_the_one_active_person_with_that_value(
    people: list[Person], rule: MatchingRule, sent: str
) -> None:
    claims = a_claim(None, **{rule.lti_param: sent})

    outcome = match(claims, people, MatchingRules(student=rule))

    wanted = rule.wanted(claims)
    fitting = [p for p in people if p.active and local_value(p, rule.local_field) == wanted]
    if len(fitting) == 1:
        assert outcome == Matched(fitting[0])
    else:
        assert isinstance(outcome, Unmatched)


@given(rules_of_students, ids, ids)
def test_matching_is_symmetric(rule: MatchingRule, one: str, other: str) -> None:
    def finds(sent: str, stored: str) -> bool:
        person = a_person(stored, login=stored, email=stored)
        claims = a_claim(None, **{rule.lti_param: sent})
        return isinstance(match(claims, [person], MatchingRules(student=rule)), Matched)

    usable = rule.wanted(a_claim(None, **{rule.lti_param: one})) is not None
    usable_too = rule.wanted(a_claim(None, **{rule.lti_param: other})) is not None
    if usable and usable_too:
        assert finds(one, other) == finds(other, one)
    assert finds(one, one) == usable


class TestMasking:
    def test_enough_is_shown_to_recognise_and_no_more(self) -> None:
        assert masked("C0012345") == "C0\N{HORIZONTAL ELLIPSIS}45"


@given(st.sampled_from(LocalField), st.lists(st.text()))
def test_many_values_compare_as_each_does(field: LocalField, values: list[str]) -> None:
    assert [*all_comparable(field, values)] == [comparable(field, value) for value in values]
