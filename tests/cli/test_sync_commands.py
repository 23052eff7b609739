"""`attain outcomes` as a person at a terminal meets it."""

from dataclasses import replace

import pytest

from adapters.outbound.memory.lms_outcome_state import ROOT
from application.errors import LmsUnavailable
from domain.access import Role
from domain.outcomes.found import OutcomePlace, PlaceKind
from tests import builders
from tests.cli.cli_house import Terminal

PLACE = OutcomePlace(PlaceKind.ACCOUNT, ROOT)


@pytest.fixture
def college(terminal: Terminal) -> Terminal:
    """ENGL101 has two SLOs; its outcomes go to the root account, where Tess authorised."""
    terminal.authorised()
    with terminal.units() as unit:
        unit.outcomes.put_slos([builders.an_slo("thesis"), builders.an_slo("evidence")])
        unit.commit()
    return terminal


def titles(terminal: Terminal) -> set[str]:
    shown = terminal.house.room.lms.state.outcomes.shown_in(PLACE)
    return {one.content.title for one in shown}


def reworded(terminal: Terminal, title: str = "Reworded") -> None:
    with terminal.units() as unit:
        unit.outcomes.put_slos([builders.an_slo("thesis", title=title)])
        unit.commit()


def edited_there(terminal: Terminal) -> None:
    state = terminal.house.room.lms.state.outcomes
    for ref, held in list(state.outcomes.items()):
        if "THESIS" in held.content.title:
            state.outcomes[ref] = replace(held, content=replace(held.content, title="Theirs"))


def steps(told: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {line["slo"]: line["step"] for line in told["lines"]}


class TestPlan:
    def test_shows_what_would_be_sent_and_sends_nothing(self, college: Terminal) -> None:
        told = college.told("outcomes", "plan", "ENGL101")

        assert steps(told) == {"THESIS": "add", "EVIDENCE": "add"}
        assert (told["counts"]["add"], told["canvas"]) == (2, "main")
        assert titles(college) == set()

    def test_says_when_nothing_would_be_sent(self, college: Terminal) -> None:
        college.said("outcomes", "sync", "ENGL101")

        assert "nothing would be sent" in college.said("outcomes", "plan", "--all")

    def test_a_table_names_step_and_fields(self, college: Terminal) -> None:
        college.said("outcomes", "sync", "ENGL101")
        reworded(college)

        said = college.said("outcomes", "plan", "--org", "ENGL")

        assert "THESIS  change  title, display name" in said
        assert "1 unchanged." in said

    @pytest.mark.parametrize("names", [[], ["ENGL101", "--all"], ["--all", "--org", "ENGL"]])
    def test_wants_exactly_one_scope(self, college: Terminal, names: list[str]) -> None:
        assert "--org CODE, or --all" in college.refused("outcomes", "plan", *names)

    def test_refuses_names_that_fit_nothing(self, college: Terminal) -> None:
        assert "no active course has the code or source id “NOPE”" in college.refused(
            "outcomes", "plan", "NOPE"
        )
        assert "no active org has the code or source id “NOPE”" in college.refused(
            "outcomes", "plan", "--org", "NOPE"
        )
        assert "Canvas site" in college.refused("outcomes", "plan", "--all", "--canvas", "nope")

    def test_a_course_without_a_destination_is_blocked(self, college: Terminal) -> None:
        with college.units() as unit:
            site = unit.sites.named("main")
            assert site is not None
            unit.sites.save(replace(site, account_ref=""))
            unit.commit()

        assert "Pair one" in college.said("outcomes", "plan", "ENGL101", code=5)

    def test_canvas_away_is_told_beside_our_records(self, college: Terminal) -> None:
        college.house.room.lms.failures.append(LmsUnavailable("Away."))

        result = college("outcomes", "plan", "ENGL101")

        assert result.exit_code == 4
        assert "Canvas could not be asked" in result.stderr
        assert "THESIS" in result.stdout


class TestSync:
    def test_sends_and_waits_for_the_end(self, college: Terminal) -> None:
        said = college.said("outcomes", "sync", "ENGL101")

        assert "2 of 2 outcomes are in Canvas as they shall be." in said
        assert len(titles(college)) == 2

    def test_again_sends_nothing(self, college: Terminal) -> None:
        college.said("outcomes", "sync", "--all")

        told = college.told("outcomes", "sync", "--all")

        assert (told["run"], told["plan"]["counts"]["nothing"]) == (None, 2)

    def test_a_dry_run_sends_nothing(self, college: Terminal) -> None:
        said = college.said("outcomes", "sync", "ENGL101", "--dry-run")

        assert "Dry run: nothing was sent." in said
        assert titles(college) == set()

    def test_without_waiting_it_is_only_queued(self, college: Terminal) -> None:
        said = college.said("outcomes", "sync", "ENGL101", "--no-wait")

        assert "is queued" in said
        assert (titles(college), college.house.pauses) == (set(), [])

    def test_without_a_worker_it_says_so_and_gives_up_waiting(self, college: Terminal) -> None:
        college.house.workers = 0

        result = college("outcomes", "sync", "ENGL101")

        assert result.exit_code == 5
        assert result.stderr.count("No worker is alive") == 1
        assert "is queued" in result.stdout

    def test_a_conflict_is_overwritten_only_by_name(self, college: Terminal) -> None:
        college.said("outcomes", "sync", "ENGL101")
        edited_there(college)

        college.said("outcomes", "sync", "ENGL101", code=5)
        assert "Theirs" in titles(college)
        college.said("outcomes", "sync", "ENGL101", "--overwrite", "THESIS")
        assert "Theirs" not in titles(college)
        assert "NOPE" in college.refused("outcomes", "sync", "ENGL101", "--overwrite", "NOPE")

    def test_what_hinders_is_accepted_by_name(self, college: Terminal) -> None:
        college.house.room.lms.state.outcomes.includes_kept = False

        refused = college("outcomes", "sync", "ENGL101")
        college.said("outcomes", "sync", "ENGL101", "--accept", "stripped-includes")

        assert refused.exit_code == 3
        assert "stripped-includes" in refused.stderr
        assert len(titles(college)) == 2

    def test_to_another_account(self, college: Terminal) -> None:
        other = college.house.room.lms.state.outcomes.given_unit(name="Science")

        told = college.told("outcomes", "sync", "ENGL101", "--account", other)

        assert {one["place"] for one in told["outcomes"]} == {f"account:{other}"}
        assert titles(college) == set()

    def test_lost_authorisation_is_an_error_of_canvas(self, college: Terminal) -> None:
        college.house.room.lms.withdraw(college.house.room.teacher)

        assert "No authorization" in college.refused("outcomes", "sync", "ENGL101", code=4)

    def test_for_somebody_only_what_they_may_send(self, college: Terminal) -> None:
        with college.units() as unit:
            unit.roster.put_courses([builders.a_course("biol1")])
            unit.outcomes.put_slos(
                [builders.an_slo("cell", course_id=builders.a_course("biol1").id)]
            )
            unit.roster.put_people([builders.a_person("rita")])
            unit.roster.grant(builders.a_role_grant("rita", role=Role.READER))
            unit.commit()

        told = college.told("outcomes", "plan", "--all", "--as", "Ctess")

        assert set(steps(told)) == {"THESIS", "EVIDENCE"}
        assert "No role" in college.refused("outcomes", "plan", "--all", "--as", "Crita")
        assert "Tech ID" in college.refused("outcomes", "plan", "--all", "--as", "nobody")


class TestLooking:
    def test_status_shows_each_slo(self, college: Terminal) -> None:
        college.said("outcomes", "sync", "ENGL101")
        reworded(college)

        told = college.told("outcomes", "status")

        states = {line["slo"]: line["state"] for line in told["lines"]}
        assert states == {"THESIS": "changed here", "EVIDENCE": "same"}
        assert "changed here" in college.said("outcomes", "status", "ENGL101")

    def test_status_stands_on_our_records_when_canvas_is_away(self, college: Terminal) -> None:
        college.house.room.lms.failures.append(LmsUnavailable("Away."))

        assert college.told("outcomes", "status", code=4)["unread"] == "unavailable"

    def test_runs_are_listed(self, college: Terminal) -> None:
        assert "Nothing was sent yet." in college.said("outcomes", "runs")
        run = college.told("outcomes", "sync", "ENGL101")["run"]

        (line,) = college.told("outcomes", "runs")

        assert (line["id"], line["done"], line["requested_by"]) == (run, 2, "command line")
        assert run in college.said("outcomes", "runs")

    def test_undo_takes_a_run_back(self, college: Terminal) -> None:
        run = college.told("outcomes", "sync", "ENGL101")["run"]

        college.said("outcomes", "undo", run)

        assert titles(college) == set()
        assert "Only the last run" in college.refused("outcomes", "undo", run)
        assert "not" in college.refused("outcomes", "undo", "nothing")
