"""Rosters, SLOs, assessments, links, scores, jobs, audit."""

import json
from pathlib import Path

import pytest

from domain.ids import SectionAssessmentId
from domain.score import BLANK, Scored
from sandbox.college import College, write_college
from tests import builders
from tests.adapters.files.oneroster_files import added, package, replaced, write_folder, write_zip
from tests.cli.cli_house import Terminal
from tests.stand_ins import NOON


class TestLoad:
    def test_a_sound_roster_is_loaded(self, terminal: Terminal, tmp_path: Path) -> None:
        zipped = write_zip(tmp_path / "roster.zip", package())
        said = terminal.said("load", "oneroster", zipped, "--max-removals", "100%")
        assert "people" in said
        assert said.endswith("Loaded.\n")

    def test_a_dry_run_changes_nothing(self, terminal: Terminal, tmp_path: Path) -> None:
        folder = write_folder(tmp_path, package())
        words = ("load", "oneroster", folder, "--dry-run", "--max-removals", "100%")
        assert terminal.said(*words).endswith("Dry run: nothing was changed.\n")
        report = terminal.told(*words)
        assert report["applied"] is False
        assert [one["added"] for one in report["counts"]] == [2, 1, 1, 1, 3, 3]

    def test_a_wrong_row_is_named_and_the_others_are_loaded(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        folder = write_folder(tmp_path, replaced("users", "o1,student,ana", "o1,pupil,ana"))
        words = ("load", "oneroster", folder, "--max-removals", "100%")
        result = terminal(*words)
        assert result.exit_code == 5
        assert "error users.csv:3:role 'pupil': this word is not known here" in result.stderr
        report = terminal.told(*words, code=5)
        assert report["errors"][0] == {
            "file": "users.csv", "line": 3, "column": "role", "value": "pupil",
            "cause": report["errors"][0]["cause"], "severity": "error",
        }  # fmt: skip

    def test_many_defects_are_cut_on_the_screen_only(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        rows = [f"e{n},,,s9,o1,u2,student," for n in range(10, 70)]
        folder = write_folder(tmp_path, added("enrollments", *rows))
        words = ("load", "oneroster", folder, "--dry-run", "--max-removals", "100%")
        # Two more: sections and people of the house end that have assessment data.
        assert "... and 12 more; see them all with --json." in terminal(*words).stderr
        assert len(terminal.told(*words, code=5)["errors"]) == 62

    def test_too_many_removals_stop_it(self, terminal: Terminal, tmp_path: Path) -> None:
        folder = write_folder(tmp_path, package())
        result = terminal("load", "oneroster", folder)
        assert result.exit_code == 3
        assert "Nothing was loaded. 1 of 1 active sections would end" in result.stderr

    def test_a_package_that_is_none_is_refused(self, terminal: Terminal, tmp_path: Path) -> None:
        assert "no folder or zip" in terminal.refused("load", "oneroster", tmp_path / "no.zip")
        assert "max-removals" in terminal.refused(
            "load", "oneroster", tmp_path, "--max-removals", "few"
        )


@pytest.fixture
def college(terminal: Terminal, tmp_path: Path) -> College:
    """The sample college, brought in by the commands."""
    made = write_college(tmp_path, NOON.date())
    terminal.said("load", "oneroster", tmp_path / "oneroster", "--max-removals", "100%")
    return made


class TestOutcomes:
    def test_the_college_comes_in_by_the_commands(
        self, terminal: Terminal, college: College, tmp_path: Path
    ) -> None:
        assert "slos 22 added" in terminal.said("slo", "import", tmp_path / "slos.json")
        said = terminal.said("assessment", "import", tmp_path / "assessments.json")
        assert "assessments 9 added" in said
        again = terminal.told("assessment", "import", tmp_path / "assessments.json")
        assert [one["added"] for one in again["counts"]] == [0, 0, 0]

    def test_what_is_exported_can_be_read_again(
        self, terminal: Terminal, college: College, tmp_path: Path
    ) -> None:
        terminal.said("slo", "import", tmp_path / "slos.json")
        (tmp_path / "out.json").write_text(terminal.said("slo", "export"))
        report = terminal.told("slo", "import", tmp_path / "out.json")
        assert report["problems"] == []
        assert [one["what"] for one in report["counts"]] == ["scales", "slos"]

    def test_lists(self, terminal: Terminal, college: College, tmp_path: Path) -> None:
        terminal.said("slo", "import", tmp_path / "slos.json")
        terminal.said("assessment", "import", tmp_path / "assessments.json")
        assert "Thesis and argument" in terminal.said("slo", "list")
        assert len(terminal.told("slo", "list")) == 22
        assert "4 Exemplary" in terminal.said("scale", "list")
        assert {scale["code"] for scale in terminal.told("scale", "list")} >= {"SKILL-3"}
        assert "ENGL101-ESSAY" in terminal.said("assessment", "list")
        lines = {line["code"]: line for line in terminal.told("assessment", "list")}
        assert len(lines["ENGL101-ESSAY"]["sections"]) == 3
        assert lines["ENGL101-DEBATE"]["rows"] == 3

    def test_empty_lists_say_how_to_begin(self, terminal: Terminal) -> None:
        assert "attain slo import" in terminal.said("slo", "list")

    def test_a_problem_is_named_by_its_place_and_nothing_is_imported(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        slo = {"code": "X-1", "course": "NONE 1", "title": "T", "statement": "S"}
        (tmp_path / "slos.json").write_text(json.dumps({"slos": [slo]}))
        result = terminal("slo", "import", tmp_path / "slos.json")
        assert (result.exit_code, result.stdout) == (3, "")
        assert "slos[0].course: no course has the code NONE 1" in result.stderr
        assert terminal.told("slo", "import", tmp_path / "slos.json", code=3)["counts"] == []
        (tmp_path / "slos.json").write_text(json.dumps({"slos": [{"code": "X"}]}))
        assert "slos[0]" in terminal.refused("slo", "import", tmp_path / "slos.json")
        (tmp_path / "slos.json").write_text("{")
        assert "no JSON" in terminal.refused("slo", "import", tmp_path / "slos.json")


class TestScores:
    SEND = ("scores", "send", "ENGL101-01", "ESSAY", "--as", "Ctess")

    def test_links_are_listed(self, terminal: Terminal) -> None:
        (link,) = terminal.told("links", "list")
        assert (link["section"], link["assessment"], link["sent"]) == ("ENGL101-01", "ESSAY", 0)
        assert "Essay" in terminal.said("links", "list")

    def test_a_dry_run_shows_who_is_sent_what(self, terminal: Terminal) -> None:
        said = terminal.said(*self.SEND, "--dry-run")
        assert "Cana" in said
        assert "Dry run: nothing was sent." in said
        assert terminal.told("jobs", "list") == []

    def test_a_send_is_queued_as_a_job(self, terminal: Terminal) -> None:
        answer = terminal.told(*self.SEND)
        assert {grade["standing"] for grade in answer["grades"]} == {"ready"}
        (job,) = terminal.told("jobs", "list")
        assert (job["kind"], job["state"]) == ("send-scores", "queued")
        assert answer["send"] in job["id"]
        with terminal.units(write=False) as unit:
            assert len(unit.deliveries.deliveries(answer["send"])) == 3

    def test_students_who_cannot_be_sent_make_it_partly_done(self, terminal: Terminal) -> None:
        with terminal.units() as unit:
            cell = builders.a_score("ana")
            unit.scores.save(
                cell.changed(BLANK, None, seen=1, by=builders.a_person("tess").id, at=NOON)
            )
            unit.commit()
        said = terminal.said(*self.SEND, code=5)
        assert "incomplete" in said
        assert "is queued" in said

    def test_a_lost_authorisation_is_a_failure_of_the_lms(self, terminal: Terminal) -> None:
        terminal.said("person", "new", "--tech-id", "Cbo", "--role", "faculty")
        with terminal.units() as unit:
            role = builders.an_enrolment("tess").role.TEACHER
            unit.roster.put_enrolments([builders.an_enrolment("bo", role=role)])
            unit.commit()
        assert "your authorization" in terminal.refused(*self.SEND[:-1], "Cbo", code=4)

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("MATH-1", "ESSAY", "--as", "Ctess"), " has the "),
            (("ENGL101-01", "POEM", "--as", "Ctess"), "no assessment has the code POEM"),
            (("ENGL101-01", "ESSAY", "--as", "Czoe"), "Tech ID"),
            (("ENGL101-01", "ESSAY", "--as", "Cana"), "not there"),
        ],
    )
    def test_a_wrong_name_is_refused(
        self, terminal: Terminal, words: tuple[str, ...], said: str
    ) -> None:
        assert said in terminal.refused("scores", "send", *words)

    def test_an_assessment_that_the_section_does_not_use_is_refused(
        self, terminal: Terminal
    ) -> None:
        with terminal.units() as unit:
            unit.assessments.save(builders.an_assessment("poem"))
            unit.commit()
        said = terminal.refused("scores", "send", "ENGL101-01", "POEM", "--as", "Ctess")
        assert said.startswith("Assessment POEM in ENGL101-01 is not there")

    def test_scores_stay_as_they_are(self, terminal: Terminal) -> None:
        terminal.said(*self.SEND)
        with terminal.units(write=False) as unit:
            scores = unit.scores.of_work(SectionAssessmentId("work-essay"))
        assert {type(score.value) for score in scores} == {Scored}


class TestJobs:
    def test_are_shown_cancelled_and_retried(self, terminal: Terminal) -> None:
        assert terminal.said("jobs", "list") == "There are no jobs.\n"
        terminal.said(*TestScores.SEND)
        (job,) = terminal.told("jobs", "list")
        assert terminal.told("jobs", "show", job["id"])["state"] == "queued"
        assert "stops at its next step" in terminal.said("jobs", "cancel", job["id"])
        assert "cancelled" in terminal.said("jobs", "show", job["id"])
        assert "runs again" in terminal.said("jobs", "retry", job["id"])
        assert terminal.told("jobs", "show", job["id"])["state"] == "queued"

    @pytest.mark.parametrize("verb", ["show", "cancel", "retry"])
    def test_an_unknown_one_is_refused(self, terminal: Terminal, verb: str) -> None:
        assert "Job nothing is not there" in terminal.refused("jobs", verb, "nothing")


class TestAudit:
    def test_shows_deeds_from_a_moment_on(self, terminal: Terminal) -> None:
        assert terminal.said("audit") == "Nothing is recorded there.\n"
        terminal.said("lti", "enable")
        assert "enabled" in terminal.said("audit")
        (entry,) = terminal.told("audit")
        assert (entry["actor"], entry["subject"]) == ("command line", "setting:lti.enabled")
        assert terminal.told("audit", "--since", "2026-09-15") == []
        assert len(terminal.told("audit", "--since", "2026-09-14T11:00")) == 1
        assert terminal("audit", "--since", "yesterday").exit_code == 2

    def test_proves_the_trail(self, terminal: Terminal) -> None:
        terminal.said("lti", "enable")
        assert terminal.said("audit", "verify") == "The trail is whole. Entries: 1.\n"
        assert terminal.told("audit", "verify") == {"entries": 1, "broken_at": None}
