"""The identity console: nothing is picked silently, a decision survives, nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Invalid, NotFound
from application.use_cases.dismiss_case import DismissCaseCommand
from application.use_cases.matching_rules import SaveMatchingRule, SaveMatchingRuleCommand
from domain.ids import PersonId
from domain.launch import Audience
from domain.matching_case import CaseKind
from tests import builders
from tests.application.console import ANA, BEN, STEW, Console
from tests.stand_ins import FixedClock, NoQueue


@pytest.fixture
def console(memory_units: MemoryUnits, clock: FixedClock) -> Console:
    return Console(memory_units, clock)


class TestALoadLater:
    def test_a_person_loaded_later_leaves_the_queue_and_is_let_in(self, console: Console) -> None:
        assert console.refused("cleo") == "nobody"
        assert console.waiting() == [CaseKind.UNMATCHED]

        person = console.put("cleo")
        console.enrol("cleo")

        assert console.waiting() == []
        assert console.log().queue == ()
        assert console.launch("cleo") == person

    def test_an_enrolment_loaded_later_too(self, console: Console) -> None:
        console.put("cleo")
        assert console.refused("cleo") == "section-unmatched"
        assert console.waiting() == [CaseKind.NO_SECTION]

        console.enrol("cleo")

        assert console.waiting() == []

    def test_somebody_else_who_is_loaded_changes_nothing(self, console: Console) -> None:
        console.refused("cleo")
        console.put("dora")
        assert console.waiting() == [CaseKind.UNMATCHED]

    def test_a_replay_marks_what_has_settled(self, console: Console) -> None:
        console.refused("cleo")
        console.refused("cleo")
        person = console.put("cleo")
        console.enrol("cleo")

        replayed = console.replay(STEW)

        assert (replayed.settled, replayed.launches) == (1, 2)
        with console.units(write=False) as unit:
            assert {one.resolved_to for one in unit.identities.recent()} == {person}
            assert unit.identities.queue() == []
        again = console.replay(STEW)
        assert (again.settled, again.launches) == (0, 0)


class TestDecisions:
    def test_a_renamed_user_stays_who_was_decided(self, console: Console) -> None:
        """Although what is sent goes on naming somebody else."""
        console.launch("ana")
        assert console.refused("ana", lis_person_sourcedid="Cben") == "reassigned"
        assert console.waiting() == [CaseKind.RENAMED]

        console.decide("Cana")

        for _ in range(2):
            assert console.launch("ana", lis_person_sourcedid="Cben") == ANA
        assert console.waiting() == []

    def test_a_decision_does_not_hold_for_what_is_sent_anew(self, console: Console) -> None:
        console.launch("ana")
        console.refused("ana", lis_person_sourcedid="Cben")
        console.decide("Cana")

        console.put("cleo")
        assert console.refused("ana", lis_person_sourcedid="Ccleo") == "reassigned"

    def test_it_can_be_taken_back(self, console: Console) -> None:
        console.refused("cleo")
        console.decide("Cana")
        assert console.launch("cleo", lis_person_sourcedid="") == ANA

        console.undo(console.latest(), STEW)

        assert console.waiting() == [CaseKind.UNMATCHED]
        assert console.refused("cleo", lis_person_sourcedid="") == "nothing-sent"
        with pytest.raises(Invalid, match="undone already"):
            console.undo(console.latest(), STEW)

    def test_taking_back_brings_what_was_remembered_before(self, console: Console) -> None:
        console.launch("ana")
        console.refused("ana", lis_person_sourcedid="Cben")
        console.decide("Cben")
        assert console.launch("ana", lis_person_sourcedid="Cben") == BEN

        console.undo(console.latest(), STEW)

        assert console.launch("ana") == ANA

    def test_a_newer_decision_is_taken_back_first(self, console: Console) -> None:
        console.refused("cleo")
        console.decide("Cana")
        older = console.latest()
        console.put("dora")
        console.refused("cleo", lis_person_sourcedid="Cdora")
        console.decide("Cben")

        with pytest.raises(Conflict, match="since"):
            console.undo(older, STEW)

    def test_the_trail_tells_without_names(self, console: Console) -> None:
        console.refused("cleo")
        console.decide("Cana")
        console.undo(console.latest(), STEW)
        with console.units(write=False) as unit:
            verbs = [entry.verb for entry in unit.audit.entries()]
            told = str(unit.audit.entries())
        assert verbs == ["resolved", "undid"]
        assert "Ccleo" not in told

    def test_candidates_come_with_their_reasons_and_values_masked(self, console: Console) -> None:
        console.put("cleo", active=False)
        console.refused("cleo", lis_person_name_full=builders.a_person("ana").full_name)

        detail = console.case(console.first())

        assert {one.person.id: len(one.reasons) for one in detail.candidates} == {
            "person-cleo": 1,
            ANA: 1,
        }
        assert ("lis_person_sourcedid", "Cc…eo") in detail.sent


class TestDismissal:
    def test_it_holds_while_the_same_is_sent(self, console: Console) -> None:
        console.refused("cleo")
        console.dismiss(DismissCaseCommand(STEW, console.first(), "A guest of the library."))
        assert console.waiting() == []

        console.refused("cleo")
        assert console.waiting() == []

        console.refused("cleo", lis_person_sourcedid="Cother")
        assert console.waiting() == [CaseKind.UNMATCHED]

    def test_it_needs_a_reason_and_can_be_taken_back(self, console: Console) -> None:
        console.refused("cleo")
        with pytest.raises(Invalid, match="reason"):
            console.dismiss(DismissCaseCommand(STEW, console.first(), " "))
        console.dismiss(DismissCaseCommand(STEW, console.first(), "A guest."))

        console.undo(console.latest(), STEW)

        assert console.waiting() == [CaseKind.UNMATCHED]

    def test_people_who_share_an_address_may_be_two(self, console: Console) -> None:
        console.put("twin", email=builders.a_person("ana").email)
        assert console.waiting() == [CaseKind.DUPLICATE]

        console.dismiss(DismissCaseCommand(STEW, console.first(), "Mother and daughter."))
        assert console.waiting() == []

        console.put("twin", email=builders.a_person("ana").email, login="ana")
        console.put("ana", login="ana")
        assert console.waiting() == [CaseKind.DUPLICATE]

    def test_an_unknown_case_is_named(self, console: Console) -> None:
        for case in ("launch-x", "people:person-ana,person-ben"):
            with pytest.raises(NotFound):
                console.dismiss(DismissCaseCommand(STEW, case, "No such."))


class TestWhatIsNoticed:
    def test_one_person_by_two_accounts_is_let_in_and_queued(self, console: Console) -> None:
        console.launch("ana", custom_canvas_user_id="1")
        console.launch("ana", user_id="lti-2", custom_canvas_user_id="2")
        assert console.waiting() == [CaseKind.SEVERAL_LOGINS]

        console.decide("Cana")
        console.launch("ana", user_id="lti-2", custom_canvas_user_id="2")
        assert console.waiting() == []

    def test_another_user_of_the_same_account_is_none(self, console: Console) -> None:
        console.launch("ana", custom_canvas_user_id="1")
        console.launch("ana", user_id="lti-2", custom_canvas_user_id="1")
        assert console.waiting() == []

    def test_a_user_whose_account_changed_was_merged_there(self, console: Console) -> None:
        console.launch("ana", custom_canvas_user_id="1")
        assert console.launch("ana", custom_canvas_user_id="7") == ANA
        assert console.waiting() == [CaseKind.MERGED]

        console.decide("Cana")

        assert console.launch("ana", custom_canvas_user_id="7") == ANA
        assert console.waiting() == []


@given(
    logins=st.lists(st.sampled_from(["one", "two", ""]), max_size=4),
    active=st.lists(st.booleans(), min_size=4, max_size=4),
    sent=st.sampled_from(["one", "two", "three", "", "$Person.login"]),
)
def test_a_launch_is_let_in_as_the_only_one_it_names_or_waits(
    logins: list[str], active: list[bool], sent: str
) -> None:
    console = Console(MemoryUnits(Store(), lambda _: NoQueue()), FixedClock())
    param = "custom_canvas_user_login_id"
    save = SaveMatchingRule(console.units, console.clock)
    save(SaveMatchingRuleCommand(STEW, Audience.STUDENT, param, "login"))
    for number, (login, is_active) in enumerate(zip(logins, active, strict=False)):
        console.put(f"p{number}", login=login, active=is_active)
        console.enrol(f"p{number}")
    named = [
        PersonId(f"person-p{number}")
        for number, (login, is_active) in enumerate(zip(logins, active, strict=False))
        if login == sent and is_active and sent
    ]

    if len(named) == 1:
        assert [console.launch("x", **{param: sent})] == named
        assert CaseKind.UNMATCHED not in console.waiting()
    else:
        console.refused("x", **{param: sent})
        waits = CaseKind.AMBIGUOUS if named else CaseKind.UNMATCHED
        assert waits in console.waiting()


def test_the_queue_goes_by_pages_kinds_and_words(console: Console) -> None:
    for number in range(5):
        console.refused(f"guest{number}")
    console.refused("ana", "Learner", user_id="lti-x", lis_person_sourcedid="")
    console.put("twin", email=builders.a_person("ana").email)

    second = console.queue(page=2, size=3)
    assert (len(second.cases), second.total, second.pages) == (3, 7, 3)
    assert second.counts[CaseKind.UNMATCHED] == 6
    duplicates = console.queue(CaseKind.DUPLICATE)
    assert [case.kind for case in duplicates.cases] == [CaseKind.DUPLICATE]
    assert console.queue(words="twin").total == 1
    reference = second.cases[0].reference
    assert console.queue(words=reference).cases[0].reference == reference
