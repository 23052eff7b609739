"""The tree as a whole: help, version, every command loadable, and where errors end."""

import errno
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from adapters.inbound.cli.messages import DONE, LMS_FAILED, OUR_BUG, REFUSED, TABLE, explain
from adapters.inbound.cli.parser import BRANCHES, build
from adapters.inbound.cli.tree import LazyCommand
from application.errors import ApplicationError, LmsUnauthorised, NotFound
from application.ports.secrets import SecretUnreadable
from domain.errors import DomainError
from tests.cli.cli_house import BadSetting, SpokenProcesses, Terminal

READS_WITHOUT_JSON = {"export", "config-xml", "authorize"}
"""They print one thing in its own form: JSON, XML, an address."""
READING = {"status", "list", "show", "check", "doctor", "test", "verify", "audit"}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its path, `lti key new`."""
    root = build(lambda: pytest.fail("opened"), SpokenProcesses())
    assert isinstance(root, click.Group)
    for name, lazy in root.commands.items():
        assert isinstance(lazy, LazyCommand)
        yield from _walk(name, lazy.loaded())


def _walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from _walk(f"{path} {name}", child)


ALL = dict(commands())


class TestHelp:
    @pytest.mark.parametrize("path", ["", *ALL])
    def test_every_command_explains_itself(self, terminal: Terminal, path: str) -> None:
        assert "Usage: attain" in terminal.said(*path.split(), "--help")

    @pytest.mark.parametrize("path", ALL)
    def test_every_command_has_a_sentence_and_its_own_name(self, path: str) -> None:
        command = ALL[path]
        assert command.name == path.rpartition(" ")[2]
        assert command.help
        assert command.get_short_help_str(200).endswith((".", "whole", "nothing"))

    def test_the_root_lists_the_branches_in_the_order_of_use(self, terminal: Terminal) -> None:
        said = terminal.said("--help")
        places = [said.index(f"│ {name} ") for name in BRANCHES]
        assert places == sorted(places)

    def test_a_reading_command_can_print_json(self) -> None:
        for path, command in ALL.items():
            name = path.rpartition(" ")[2]
            if name in READING and not (isinstance(command, click.Group) and name != "audit"):
                assert "as_json" in {option.name for option in command.params}, path

    def test_help_loads_no_command_and_no_use_case(self) -> None:
        program = (
            "import sys\n"
            "from adapters.inbound.cli.parser import build\n"
            "build(None, None)(['--help'], standalone_mode=False)\n"
            "heavy = ('application.use_cases', 'msgspec', 'sqlalchemy', 'litestar')\n"
            "sys.exit(any(name.startswith(heavy) for name in sys.modules))\n"
        )
        done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
        assert done.returncode == 0, done.stderr

    def test_the_version_is_that_of_the_package(self, terminal: Terminal) -> None:
        assert terminal.said("--version").startswith("attain ")


class TestUsage:
    @pytest.mark.parametrize("words", [["nonsense"], ["lti", "nonsense"], ["lti", "key", "revoke"]])
    def test_a_wrong_word_is_a_usage_error(self, terminal: Terminal, words: list[str]) -> None:
        result = terminal(*words)
        assert (result.exit_code, result.stdout) == (2, "")


def error_classes() -> list[type[Exception]]:
    found: list[type[Exception]] = []
    waiting: list[type[Exception]] = [ApplicationError, DomainError, SecretUnreadable]
    while waiting:
        kind = waiting.pop()
        if kind.__module__.startswith(("domain", "application", "adapters")):
            found.append(kind)
            waiting.extend(kind.__subclasses__())
    return found


class TestErrors:
    @pytest.mark.parametrize("kind", error_classes())
    def test_every_class_has_its_exit_code(self, kind: type[Exception]) -> None:
        error = kind.__new__(kind)
        Exception.__init__(error, "The sentence.")
        message = explain(error, {})
        assert message.exit_code in {REFUSED, LMS_FAILED}
        assert message.sentence.startswith("The sentence.")

    @pytest.mark.parametrize("kind", error_classes())
    def test_every_class_of_ours_has_a_row_nearer_than_the_last(
        self, kind: type[Exception]
    ) -> None:
        if kind is ApplicationError or not kind.__module__.startswith(("domain", "application")):
            return
        nearest = next(parent for parent in kind.__mro__ if parent in TABLE)
        assert nearest is not ApplicationError

    def test_an_lms_error_is_told_apart_from_a_rule(self) -> None:
        assert {TABLE[kind][0] for kind in TABLE if "Lms" in kind.__name__} == {LMS_FAILED}
        assert explain(LmsUnauthorised("No consent."), {}).exit_code == LMS_FAILED

    def test_a_refused_command_says_one_line_on_stderr(self, terminal: Terminal) -> None:
        terminal.broken = NotFound("The thing")
        assert terminal.refused("lti", "status").startswith("The thing is not there")

    def test_a_wrong_setting_is_a_usage_error(self, terminal: Terminal) -> None:
        terminal.broken = BadSetting("ATTAIN_NONSENSE is not a setting.")
        assert terminal.refused("lti", "status", code=2) == "ATTAIN_NONSENSE is not a setting."

    def test_a_bug_shows_neither_its_text_nor_a_traceback(self, terminal: Terminal) -> None:
        terminal.broken = RuntimeError("token=hidden")
        line = terminal.refused("lti", "status", code=OUR_BUG)
        assert "RuntimeError" in line
        assert "hidden" not in line

    def test_debug_shows_where_it_came_from(self, terminal: Terminal) -> None:
        terminal.broken = RuntimeError("the place")
        result = terminal("--debug", "lti", "status")
        assert result.exit_code == OUR_BUG
        assert "Traceback" in result.stderr

    def test_who_reads_no_further_is_told_nothing(self, terminal: Terminal) -> None:
        """`attain person list | head` closes the pipe that the list is written to."""
        terminal.broken = BrokenPipeError(errno.EPIPE, "Broken pipe")
        result = terminal("lti", "status")
        assert (result.exit_code, result.output) == (1, "")

    def test_nothing_wrong_is_exit_code_zero(self, terminal: Terminal) -> None:
        assert terminal("lti", "status").exit_code == DONE
