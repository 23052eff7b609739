"""What a college decides for itself, and the audit trail's filters, by command."""

from domain.audit import Deed
from tests.cli.cli_house import Terminal
from tests.stand_ins import NOON


class TestSettings:
    def test_what_is_named_changes_and_the_rest_stays(self, terminal: Terminal) -> None:
        terminal.said("settings", "set", "--decimals", "0", "--word", "slo", "Aim", "Aims")
        terminal.said("settings", "set", "--small-group", "5")
        told = terminal.told("settings", "show")
        assert (told["decimals"], told["small_group"]) == (0, 5)
        assert told["words"] == {"slo": {"key": "slo", "one": "Aim", "many": "Aims"}}
        terminal.said("settings", "set", "--word", "slo", "", "")
        assert terminal.told("settings", "show")["words"] == {}

    def test_a_wrong_value_names_the_cure(self, terminal: Terminal) -> None:
        assert "from 0 to 2" in terminal.refused("settings", "set", "--decimals", "9")
        wrong = terminal.refused("settings", "set", "--time-zone", "Central")
        assert "such as America/Chicago" in wrong

    def test_the_time_zone(self, terminal: Terminal) -> None:
        terminal.said("settings", "set", "--time-zone", "America/Chicago")
        assert terminal.told("settings", "show")["time"] == {"zone": "America/Chicago"}
        terminal.said("settings", "set", "--decimals", "1")
        assert "America/Chicago" in terminal.said("settings", "show")


class TestRosters:
    def test_what_is_named_changes_and_the_rest_stays(self, terminal: Terminal) -> None:
        terminal.said("settings", "rosters", "--tech-id", "sourcedId", "--demographics", "sex")
        told = terminal.told("settings", "rosters", "--tech-id-width", "8")
        assert (told["tech_id"], told["tech_id_width"]) == ("sourcedId", 8)
        assert told["demographics"] == ["sex"]
        assert "userIds:TYPE" in terminal.refused("settings", "rosters", "--tech-id", "shoe")

    def test_words_for_roles_are_given_a_meaning_and_lose_it(self, terminal: Terminal) -> None:
        words = ("settings", "rosters")
        terminal.said(*words, "--grant", "principal=reader", "--grant", "dean=coordinator")
        told = terminal.told(*words, "--enrolment-role", "proctor=teacher")
        assert told["grants"] == {"dean": "coordinator", "principal": "reader"}
        assert told["enrolment_roles"] == {"proctor": "teacher"}
        told = terminal.told(*words, "--grant", "Principal=coordinator", "--grant", "dean=")
        assert told["grants"] == {"Principal": "coordinator"}
        assert "proctor=teacher" in terminal.said(*words)
        changes = [(one["subject"], one["details"]) for one in terminal.told("audit")]
        assert changes[-1] == (
            "setting:rosters.grants",
            "from dean=coordinator, principal=reader to Principal=coordinator",
        )

    def test_a_word_that_cannot_be_is_refused_and_nothing_changes(self, terminal: Terminal) -> None:
        words = ("settings", "rosters", "--tech-id-width", "8")
        assert "write WORD=ROLE" in terminal.refused(*words, "--grant", "principal")
        wrong = terminal.refused(*words, "--grant", "principal=data-steward")
        assert "never makes a data steward" in wrong
        wrong = terminal.refused(*words, "--enrolment-role", "proctor=reader")
        assert "use student, teacher" in wrong
        told = terminal.told("settings", "rosters")
        assert (told["tech_id_width"], told["grants"]) == (0, {})


class TestMail:
    def test_a_test_mail_is_sent(self, terminal: Terminal) -> None:
        assert terminal.said("settings", "mail", "Ctess") == "The mail server took it.\n"
        assert "Tech ID" in terminal.refused("settings", "mail", "nobody")


class TestAudit:
    def test_is_filtered_by_what_was_done_to_what(self, terminal: Terminal) -> None:
        terminal.said("settings", "set", "--decimals", "0")
        terminal.said("lti", "enable")
        whole = terminal.told("audit")
        assert [entry["subject"] for entry in whole] == [
            "setting:scores.decimals", "setting:lti.enabled",
        ]  # fmt: skip
        assert terminal.told("audit", "--did", "enabled") == whole[1:]
        assert terminal.told("audit", "--to", "setting:scores") == whole[:1]
        assert terminal.told("audit", "--who", "command line") == whole
        assert "Tech ID or login" in terminal.refused("audit", "--who", "nobody")

    def test_is_printed_as_csv(self, terminal: Terminal) -> None:
        terminal.said("lti", "enable")
        header, line = terminal.said("audit", "--csv").splitlines()
        assert header.removeprefix("\ufeff") == "number,at,who,did,to,details"
        assert line.endswith(",command line,enabled,setting:lti.enabled,")

    def test_a_terminal_shows_the_newest_and_files_have_all(self, terminal: Terminal) -> None:
        with terminal.units() as unit:
            for number in range(1, 1203):
                unit.audit.record(Deed("system", "counted", f"number:{number}", "", NOON))
            unit.commit()

        _, *lines, last = terminal.said("audit").splitlines()
        assert last == "The newest 500; narrow it, or take --csv or --json for all."
        assert len(lines) == 500
        assert [line.split()[0] for line in (lines[0], lines[-1])] == ["703", "1202"]
        assert [entry["number"] for entry in terminal.told("audit")] == list(range(1, 1203))
        assert len(terminal.said("audit", "--csv").splitlines()) == 1203
