"""demo, serve, worker, db and doctor hand on what was asked."""

from pathlib import Path

import pytest

from adapters.outbound.secrets.keyring import Keyring
from application.use_cases.settings.seal_anew import SealAnew
from tests.cli.cli_house import BadSetting, Terminal


class TestProcesses:
    @pytest.mark.parametrize(
        ("words", "asked"),
        [
            (["demo"], ("demo", {"port": 8400, "browser": True, "as_json": False})),
            (
                ["demo", "--port", "0", "--no-browser", "--json"],
                ("demo", {"port": 0, "browser": False, "as_json": True}),
            ),
            (
                ["serve"],
                (
                    "serve",
                    {
                        "host": "127.0.0.1", "port": 8400, "workers": 1, "with_jobs": True,
                        "follow_parent": None,
                    },
                ),
            ),
            (
                [
                    "serve", "--host", "0.0.0.0", "--port", "80", "--workers", "4", "--no-jobs",
                    "--follow-parent", "4321",
                ],
                (
                    "serve",
                    {
                        "host": "0.0.0.0", "port": 80, "workers": 4, "with_jobs": False,
                        "follow_parent": 4321,
                    },
                ),
            ),
            (["worker"], ("worker", {"follow_parent": None})),
            (["db", "upgrade"], ("db_upgrade", {})),
            (["db", "backup", "copy.db"], ("db_backup", {"file": Path("copy.db")})),
        ],
    )  # fmt: skip
    def test_get_what_was_asked(
        self, terminal: Terminal, words: list[str], asked: tuple[str, dict[str, object]]
    ) -> None:
        terminal.said(*words)
        assert terminal.processes.asked == [asked]

    @pytest.mark.parametrize("port", ["-1", "65536", "http"])
    def test_a_port_is_a_port(self, terminal: Terminal, port: str) -> None:
        assert terminal("serve", "--port", port).exit_code == 2
        assert terminal.processes.asked == []


NEW = "the-present-key-of-the-college-0123456789a"


class TestDbReseal:
    def test_tells_when_the_other_keys_may_go(self, terminal: Terminal) -> None:
        said = terminal.said("db", "reseal")
        assert "Sealed anew: 0" in said
        assert "Nothing needs the other keys" in said
        terminal.house.seal_anew = SealAnew(
            terminal.house.room.units, terminal.house.room.clock, Keyring([NEW, "k" * 40])
        )
        assert terminal.told("db", "reseal") == {"sealed": 2, "present": 0, "shut": []}

    def test_names_what_no_key_opens(self, terminal: Terminal) -> None:
        room = terminal.house.room
        terminal.house.seal_anew = SealAnew(room.units, room.clock, Keyring([NEW]))
        said = terminal.said("db", "reseal", code=3)
        assert "No key opens the secret of lms-site:site-main" in said
        assert "Nothing needs" not in said


class TestDbCheck:
    def test_a_current_schema_is_exit_code_zero(self, terminal: Terminal) -> None:
        assert "The database schema is current.\n" in terminal.said("db", "check")
        assert terminal.told("db", "check") == {"current": True, "differences": []}

    def test_an_old_schema_is_exit_code_three_with_its_cure(self, terminal: Terminal) -> None:
        terminal.processes.current = False
        assert "attain db upgrade" in terminal.said("db", "check", code=3)
        assert terminal.told("db", "check", code=3) == {"current": False}

    def test_what_reports_read_is_held_against_the_scores(self, terminal: Terminal) -> None:
        terminal.processes.differences = [f"Count {number} differs." for number in range(22)]

        said = terminal.said("db", "check", code=3)

        assert "Count 19 differs." in said
        assert "Count 20 differs." not in said
        assert "2 more" in said
        assert "attain db check --rebuild" in said
        assert len(terminal.told("db", "check", code=3)["differences"]) == 22

    def test_it_is_counted_again_on_demand_only(self, terminal: Terminal) -> None:
        terminal.processes.differences = ["One count differs."]

        said = terminal.said("db", "check", "--rebuild")

        assert "What reports read is what the scores say." in said
        assert terminal.processes.asked == [("db_rebuild", {})]

    def test_an_old_schema_is_not_counted_again(self, terminal: Terminal) -> None:
        terminal.processes.current = False

        terminal.said("db", "check", "--rebuild", code=3)

        assert terminal.processes.asked == []


class TestDoctor:
    def test_names_each_check_with_its_cure(self, terminal: Terminal) -> None:
        said = terminal.said("doctor", code=3)
        assert "settings" in said
        assert "run `attain lti enable`" in said

    def test_is_content_when_all_is_well(self, terminal: Terminal) -> None:
        terminal.said("lti", "enable")
        terminal.said("lti", "key", "new")
        terminal.authorised()
        findings = terminal.told("doctor")
        assert [one for one in findings if one["verdict"] == "bad"] == []
        names = [one["name"] for one in findings]
        assert names[:3] == ["settings", "base URL", "schema"]
        assert "canvas main account right" in names

    def test_probes_only_when_asked(self, terminal: Terminal) -> None:
        terminal.said("lti", "enable")
        terminal.said("lti", "key", "new")
        terminal.authorised()
        assert "probe" not in terminal.said("doctor")
        said = terminal.said("doctor", "--probe")
        assert "Attain connection probe" in said
        assert "nothing of the probe is left" in said

    def test_probes_nothing_behind_an_old_schema(self, terminal: Terminal) -> None:
        terminal.house.schema_is_current = False
        findings = terminal.told("doctor", "--probe", code=3)
        assert [one["name"] for one in findings] == ["settings", "base URL", "schema"]

    def test_looks_at_one_site(self, terminal: Terminal) -> None:
        findings = terminal.told("doctor", "--canvas", "other", code=3)
        assert findings[-1]["says"] == "no site is named other"

    def test_a_wrong_setting_is_a_finding(self, terminal: Terminal) -> None:
        terminal.broken = BadSetting("ATTAIN_BASE_URL is 'x'.")
        (finding,) = terminal.told("doctor", code=3)
        assert (finding["name"], finding["says"]) == ("settings", "ATTAIN_BASE_URL is 'x'.")
