"""What an outcome may be: its defaults, and what Canvas refuses to save."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.canvas.outcome_records import Outcome, OutcomeRating
from sandbox.canvas.records import Switches

LONGEST = 255
LONGEST_DESCRIPTION = 64 * 1024 - 1
NO_COMMENT = "No Comment"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The `calculation_int` that a method takes."""

    lowest: int
    highest: int
    default: int


METHODS: dict[str, Numbers | None] = {
    "decaying_average": Numbers(1, 99, 65),
    "weighted_average": Numbers(1, 99, 65),
    "standard_decaying_average": Numbers(50, 99, 65),
    "n_mastery": Numbers(1, 10, 5),
    "highest": None,
    "latest": None,
    "average": None,
}
DEFAULT_RATINGS = (
    OutcomeRating("Exceeds Expectations", 5.0),
    OutcomeRating("Meets Expectations", 3.0),
    OutcomeRating("Does Not Meet Expectations", 0.0),
)
DEFAULT_MASTERY = 3.0


def default_method(switches: Switches) -> str:
    new = switches.outcomes_new_decaying_average_calculation
    return "standard_decaying_average" if new else "decaying_average"


def stored_method(method: str, switches: Switches) -> str:
    """The name that Canvas keeps: one of the two averages of the feature goes by the old name."""
    new = switches.outcomes_new_decaying_average_calculation
    renamed = "weighted_average" if new else "standard_decaying_average"
    return "decaying_average" if method == renamed else method


def takes_number(method: str | None) -> bool:
    """Whether the method has a `calculation_int`; none stored counts as `highest`."""
    return METHODS.get(method or "highest") is not None


def default_number(method: str) -> int | None:
    numbers = METHODS.get(method)
    return None if numbers is None else numbers.default


def in_order(ratings: Iterable[OutcomeRating]) -> list[OutcomeRating]:
    """Ratings as they are kept: highest points first."""
    return sorted(ratings, key=lambda row: -row.points)


def points_possible(outcome: Outcome) -> float:
    """Of the highest rating; 0 without ratings."""
    return outcome.ratings[0].points if outcome.ratings else 0.0


def violations(outcome: Outcome) -> list[tuple[str, str]]:
    """(attribute, message) of everything that keeps Canvas from saving the outcome."""
    wrong = [] if outcome.title.strip() else [("short_description", "can't be blank")]
    lengths = (
        ("short_description", outcome.title, LONGEST),
        ("display_name", outcome.display_name, LONGEST),
        ("vendor_guid", outcome.vendor_guid, LONGEST),
        ("description", outcome.description, LONGEST_DESCRIPTION),
    )
    for attribute, text, longest in lengths:
        if len(text or "") > longest:
            wrong.append((attribute, f"is too long (maximum is {longest} characters)"))
    return wrong + _wrong_calculation(outcome)


def _wrong_calculation(outcome: Outcome) -> list[tuple[str, str]]:
    method, number = outcome.calculation_method, outcome.calculation_int
    if method is not None and method not in METHODS:
        known = ", ".join(f'"{name}"' for name in METHODS)
        message = f"calculation_method must be one of the following: [{known}]"
        return [("calculation_method", message)]
    numbers = METHODS[method or "highest"]
    if numbers is None:
        unused = "A calculation value is not used with this calculation method"
        return [] if number is None else [("calculation_int", unused)]
    if number is not None and numbers.lowest <= number <= numbers.highest:
        return []
    shown = "" if number is None else number
    message = (
        f"'{shown}' is not a valid value for this calculation method. "
        f"The value must be between '{numbers.lowest}' and '{numbers.highest}'"
    )
    return [("calculation_int", message)]
