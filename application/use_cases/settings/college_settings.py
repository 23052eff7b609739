"""Reading and saving what a college decides for itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.college_rules import (
    WORDS,
    CollegeRules,
    Word,
    college_rules,
    stored_form,
)
from application.errors import Invalid
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.audit import Deed
from domain.college_time import CollegeTime
from domain.errors import NonsenseValue

MOST_DECIMALS = 2
LARGEST_SMALL_GROUP = 100
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class ReadCollegeRules:
    units: UnitOfWorkFactory

    def __call__(self) -> CollegeRules:
        with self.units(write=False) as unit:
            return college_rules(unit.settings)


@dataclass(frozen=True, slots=True)
class SaveCollegeRulesCommand:
    """As typed; `words` are (one, many) by the key of our word, empty for our own."""

    actor: str
    decimals: str
    small_group: str
    words: Mapping[str, tuple[str, str]]
    time_zone: str


@dataclass(frozen=True, slots=True)
class SaveCollegeRules:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: SaveCollegeRulesCommand) -> CollegeRules:
        """Each setting that changes is a deed of its own. Raises Invalid."""
        rules = checked_rules(command)
        with self.units() as unit:
            before = stored_form(college_rules(unit.settings))
            for name, value in stored_form(rules).items():
                if value != before[name]:
                    unit.settings.put(name, value)
                    details = f"from {before[name] or 'ours'} to {value or 'ours'}"
                    unit.audit.record(
                        Deed(command.actor, "set", f"setting:{name}", details, self.clock.now())
                    )
            unit.commit()
        return rules


def checked_rules(command: SaveCollegeRulesCommand) -> CollegeRules:
    return CollegeRules(
        _whole("decimals", command.decimals, 0, MOST_DECIMALS),
        _whole("small_group", command.small_group, 1, LARGEST_SMALL_GROUP),
        {
            word.key: own
            for word in WORDS
            if (own := _own_word(word, *command.words.get(word.key, ("", ""))))
        },
        _time(command.time_zone),
    )


def _time(written: str) -> CollegeTime:
    try:
        return CollegeTime(written.strip())
    except NonsenseValue:
        cure = "choose a name of the IANA time zones, such as America/Chicago."
        raise Invalid("time_zone", cure) from None


def _whole(name: str, written: str, least: int, most: int) -> int:
    text = written.strip()
    if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
        raise Invalid(name, f"give a whole number from {least} to {most}.")
    return int(text)


def _own_word(ours: Word, one: str, many: str) -> Word | None:
    own = Word(ours.key, _tidy(ours.key, one) or ours.one, _tidy(ours.key, many) or ours.many)
    return None if own == ours else own


def _tidy(key: str, written: str) -> str:
    text = " ".join(written.split())
    if len(text) > _LONGEST or "|" in text:
        raise Invalid(key, f"give at most {_LONGEST} characters, without a |.")
    return text
