"""What a college decides for itself: rounding, the smallest group shown, its time, its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from application.ports.system_repositories import SettingsRepository
from domain.college_time import UTC_TIME, CollegeTime
from domain.recommendation import USUAL_DECIMALS

DECIMALS = "scores.decimals"
SMALL_GROUP = "reports.small-group"
USUAL_SMALL_GROUP = 10
"""Results of fewer students than this are withheld (glossary 8, Suppression)."""
TIME_ZONE = "college.time-zone"
_WORD = "word."


@dataclass(frozen=True, slots=True)
class Word:
    """A word of ours that a college may call otherwise; what it means stays (glossary)."""

    key: str
    one: str
    many: str


WORDS = (
    Word("slo", "SLO", "SLOs"),
    Word("cslo", "CSLO", "CSLOs"),
    Word("pslo", "PSLO", "PSLOs"),
    Word("islo", "ISLO", "ISLOs"),
    Word("tech-id", "Tech ID", "Tech IDs"),
    Word("scorecard", "Scorecard", "Scorecards"),
    Word("data-steward", "Data Steward", "Data Stewards"),
    Word("coordinator", "Coordinator", "Coordinators"),
    Word("evaluator", "Evaluator", "Evaluators"),
)


@dataclass(frozen=True, slots=True)
class CollegeRules:
    """`decimals` of a recommended score, half up; `words` are by key and only the changed ones."""

    decimals: int = USUAL_DECIMALS
    small_group: int = USUAL_SMALL_GROUP
    words: Mapping[str, Word] = field(default_factory=dict)
    time: CollegeTime = UTC_TIME

    def spoken(self) -> dict[str, str]:
        """The college's word for each of ours that it calls otherwise."""
        return {
            ours: theirs
            for word in WORDS
            if (own := self.words.get(word.key))
            for ours, theirs in ((word.one, own.one), (word.many, own.many))
        }


def college_rules(settings: SettingsRepository) -> CollegeRules:
    stored = settings.all()
    words = {
        word.key: Word(word.key, *stored[_WORD + word.key].split("|", 1))
        for word in WORDS
        if stored.get(_WORD + word.key)
    }
    small_group = int(stored.get(SMALL_GROUP, USUAL_SMALL_GROUP))
    return CollegeRules(decimals(settings), small_group, words, college_time(settings))


def decimals(settings: SettingsRepository) -> int:
    return int(settings.get(DECIMALS, str(USUAL_DECIMALS)))


def college_time(settings: SettingsRepository) -> CollegeTime:
    return CollegeTime(settings.get(TIME_ZONE, UTC_TIME.zone))


def today(settings: SettingsRepository, now: datetime) -> date:
    """The day that it is at the college."""
    return college_time(settings).day_of(now)


def stored_form(rules: CollegeRules) -> dict[str, str]:
    """As the settings hold them, by name; an empty text means our own word."""
    own = {word.key: rules.words.get(word.key) for word in WORDS}
    words = {_WORD + key: f"{word.one}|{word.many}" if word else "" for key, word in own.items()}
    return {
        DECIMALS: str(rules.decimals),
        SMALL_GROUP: str(rules.small_group),
        TIME_ZONE: rules.time.zone,
        **words,
    }
