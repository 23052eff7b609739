"""The mastery scale of an account: which one holds for a context, and what it refuses."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sandbox.canvas.outcome_records import ProficiencyRating
from sandbox.canvas.outcomes import Context, chain_of
from sandbox.canvas.state import State

DEFAULT_SCALE = (
    ProficiencyRating("Exceeds Mastery", 4.0, mastery=False, color="0374B5"),
    ProficiencyRating("Mastery", 3.0, mastery=True, color="0B874B"),
    ProficiencyRating("Near Mastery", 2.0, mastery=False, color="FAB901"),
    ProficiencyRating("Below Mastery", 1.0, mastery=False, color="D97900"),
    ProficiencyRating("No Evidence", 0.0, mastery=False, color="E0061F"),
)
DEFAULT_METHOD, DEFAULT_NUMBER = "decaying_average", 65
_COLOR = re.compile(r"[0-9a-fA-F]{6}")


def stored_scale(state: State, context: Context) -> list[ProficiencyRating] | None:
    """The scale of the nearest account that has one, from the context upwards."""
    for kind, number in chain_of(state, context):
        if kind == "Account" and number in state.proficiencies:
            return state.proficiencies[number]
    return None


def scale_of(state: State, context: Context) -> list[ProficiencyRating]:
    """The scale that holds in a context: the nearest stored one, else Canvas' default."""
    return stored_scale(state, context) or list(DEFAULT_SCALE)


def complaints(ratings: list[ProficiencyRating]) -> Iterator[str]:
    """Why Canvas does not save a scale. Only the wording of the first three is Canvas' own."""
    if not ratings:
        yield "Missing required ratings"
        return
    if sum(row.mastery for row in ratings) != 1:
        yield "Exactly one rating can have mastery"
    for higher, lower in pairwise(ratings):
        if higher.points <= lower.points:
            yield f"Points should be strictly decreasing: {higher.points} <= {lower.points}"
    if any(row.points < 0 for row in ratings):
        yield "Points must be greater than or equal to 0"
    if not all(_COLOR.fullmatch(row.color) for row in ratings):
        yield "Color is invalid"
