"""Every command as every role: one that acts for a person does what that person's roles allow."""

import pytest

from domain.access import Right, Role, may
from tests.builders import a_person, a_role_grant
from tests.cli.cli_house import Terminal
from tests.documents.deeds import Deed
from tests.documents.surfaces import all_commands, every_deed
from tests.documents.writing import takes_person

ARGUMENTS = {
    "outcomes plan": ("--all",),
    "outcomes sync": ("--all",),
    "scores send": ("ENGL101-01", "ESSAY"),
    "counts set": ("ENGL101-01", "ESSAY", "THESIS", "4=1"),
    "evaluator add": ("ENGL101-01", "ESSAY", "Cwalker"),
    "evaluator remove": ("ENGL101-01", "ESSAY", "Cwalker"),
    "scores import": ("ENGL101-01", "ESSAY"),
    "outcomes send": ("ENGL101-01", "ESSAY", "--dry-run"),
    "outcomes rubric": ("ENGL101-01", "ESSAY"),
    "assessment remove": ("ENGL101-01", "ESSAY"),
    "assessment offer": ("ESSAY",),
    "links offers": (),
    "links decide": ("--all",),
    "slo new": ("--code", "N-1", "--course", "ENGL101", "--title", "T", "--statement", "S"),
    "slo edit": ("WRITING", "--title", "Another"),
    "slo retire": ("WRITING",),
    "slo reinstate": ("WRITING",),
    "slo map": ("WRITING", "WRITING"),
    "slo unmap": ("WRITING", "WRITING"),
    "slo target": ("70", "--slo", "WRITING"),
    "slo import": (__file__,),
}
"""What a command that takes a person needs besides `--as`."""
REFUSED_BY_ROLE = "No role of this person"
NOT_TAUGHT = "is not there, or not for you to see"

FOR_A_PERSON = [words for words in all_commands() if takes_person(words)]


def right_of(words: str) -> Right:
    (right,) = (deed.right for deed in every_deed() if words in Deed.several(deed.command))
    return right


def test_each_command_that_takes_a_person_is_walked() -> None:
    assert set(ARGUMENTS) == set(FOR_A_PERSON), "give its arguments in ARGUMENTS"


@pytest.mark.parametrize("words", all_commands())
def test_each_corresponds_to_a_right(words: str) -> None:
    assert right_of(words) in set(Right)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("words", FOR_A_PERSON)
def test_a_stranger_to_the_section_is_held_to_the_role(
    terminal: Terminal, words: str, role: Role
) -> None:
    with terminal.units() as unit:
        unit.roster.put_people([a_person("walker")])
        unit.roster.grant(a_role_grant("walker", role=role))
        unit.commit()

    result = terminal(*words.split(), *ARGUMENTS[words], "--as", "Cwalker")

    if right_of(words) is Right.TEACH:
        assert (result.exit_code, NOT_TAUGHT in result.stderr) == (3, True)
    else:
        assert (REFUSED_BY_ROLE in result.stderr) is not may(role, right_of(words))


@pytest.mark.parametrize("words", [w for w in FOR_A_PERSON if may(Role.FACULTY, right_of(w))])
def test_its_teacher_gets_further(terminal: Terminal, words: str) -> None:
    result = terminal(*words.split(), *ARGUMENTS[words], "--as", "Ctess")

    assert NOT_TAUGHT not in result.stderr
    assert REFUSED_BY_ROLE not in result.stderr


def test_help_is_given_to_everybody_without_a_house(terminal: Terminal) -> None:
    terminal.broken = RuntimeError("no house")

    for words in all_commands():
        assert terminal(*words.split(), "--help").exit_code == 0, words
