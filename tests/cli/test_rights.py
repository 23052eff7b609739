"""Every command as every role: one that acts for a person does what that person's roles allow."""

import pytest

from domain.access import Right, Role, may
from tests.builders import a_dla, a_person, a_role_grant, an_assigned_dla
from tests.cli.cli_house import Terminal
from tests.documents.deeds import Deed
from tests.documents.surfaces import all_commands, every_deed
from tests.documents.writing import takes_person
from tests.stand_ins import NOON

ARGUMENTS = {
    "outcomes plan": ("--all",),
    "outcomes sync": ("--all",),
    "scores send": ("ENGL101-01", "ESSAY"),
    "counts set": ("ENGL101-01", "ESSAY", "THESIS", "4=1"),
    "scores import": ("ENGL101-01", "ESSAY"),
    "scorecard export": ("ENGL101-01", "ESSAY", "no-such-folder/scores.csv"),
    "scorecard import": ("ENGL101-01", "ESSAY", __file__),
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
    "scores release": ("ENGL101-01", "ESSAY"),
    "report slo": (),
    "report disaggregation": (),
    "report participation": (),
    "report improvement": (),
    "report agreement": (),
    "dla made": (),
    "dla list": (),
    "dla new": ("--title", "T", "--instructions", "I"),
    "dla retire": ("dla-thesis",),
    "dla assign": ("dla-thesis", "ENGL101-01", "--student", "Cana"),
    "dla accept": ("assigned-thesis-ana",),
    "dla return": ("assigned-thesis-ana", "--word", "W"),
}
"""What a command that takes a person needs besides `--as`."""
OF_OWN = {"dla made", "dla list", "dla new"}
"""Of the person's own desk, which may be empty: only the role is asked."""
REFUSED_BY_ROLE = "No role of this person"
NOT_TAUGHT = "is not there, or not for you to see"

FOR_A_PERSON = [words for words in all_commands() if takes_person(words)]


@pytest.fixture(autouse=True)
def a_dla_handed_in(terminal: Terminal) -> None:
    """Tess made it; Ana has it and has handed it in."""
    with terminal.units() as unit:
        unit.dlas.save(a_dla(slo_id=None))
        unit.dlas.save_assigned([an_assigned_dla().handed_in("A page.", NOON)])
        unit.commit()


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

    if right_of(words) is Right.TEACH and words not in OF_OWN:
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
