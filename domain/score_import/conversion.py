"""A rating given in the LMS as a level of one of our rows.

Conversion goes by mastery level, never by raw points: the rating is found first (by its id,
then by exactly its points, then the highest one not above the points), then what it means.
Anything else is reported, not guessed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.rubric import Criterion, CriterionLevel
from domain.score_import.lms_rubric import GivenRating, LmsCriterion, LmsRating


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the ratings of one LMS criterion stand for, by their points.

    `levels` names the level of our row outright, as for a rubric that we put there;
    `masteries` names a mastery level, as for an outcome that we sent with a scale.
    Both empty: an outcome of somebody else's, mapped by hand. Neither speaks for ratings of
    other points than those it was made for: the scale was changed in the LMS since.
    """

    levels: Mapping[Decimal, Decimal]
    masteries: Mapping[Decimal, str]


@dataclass(frozen=True, slots=True)
class Converted:
    """`exact` False: the scales differ, and the mastery level decided."""

    level: CriterionLevel
    rating: LmsRating
    exact: bool


@dataclass(frozen=True, slots=True)
class Unconvertible:
    """`reason` is a slug of `application.refusals`."""

    reason: str


def convert(
    given: GivenRating, criterion: LmsCriterion, meaning: Meaning, row: Criterion
) -> Converted | Unconvertible:
    if given.rating_ref is None and given.points is None:
        return Unconvertible("comment-only")
    rating = rating_given(given, criterion.ratings)
    if rating is None:
        return Unconvertible("no-such-rating")
    ratings = criterion.ratings
    level = meaning.levels.get(rating.points)
    if level is not None and _speaks_for(meaning.levels, ratings):
        return _at(row, level, rating)
    mastery = meaning.masteries.get(rating.points)
    if mastery is not None and _speaks_for(meaning.masteries, ratings):
        return _by_mastery(mastery, rating, row)
    return _by_position(rating, ratings, row)


def rating_given(given: GivenRating, ratings: Sequence[LmsRating]) -> LmsRating | None:
    """By id, else by exact points, else the highest one not above the points."""
    by_ref = next((one for one in ratings if one.ref == given.rating_ref), None)
    if by_ref is not None or given.points is None:
        return by_ref
    reached = [one for one in ratings if one.points <= given.points]
    return max(reached, key=lambda one: one.points, default=None)


def _speaks_for(meant: Collection[Decimal], ratings: Sequence[LmsRating]) -> bool:
    """Ratings may have been added or taken away, but not been given other points.

    Canvas shows an account's mastery scale instead of the outcome's own where that feature
    is on, so the same number can stand at another place of the order.
    """
    shown, known = {one.points for one in ratings}, set(meant)
    return shown <= known or known <= shown


def _at(row: Criterion, points: Decimal, rating: LmsRating) -> Converted | Unconvertible:
    level = next((one for one in row.levels if one.points == points), None)
    return Converted(level, rating, exact=True) if level else Unconvertible("scale-differs")


def _by_mastery(mastery: str, rating: LmsRating, row: Criterion) -> Converted | Unconvertible:
    """Of several levels of one mastery level, the one of the same points, else the lowest."""
    levels = [one for one in row.levels if one.mastery.code == mastery]
    if not levels:
        return Unconvertible("scale-differs")
    same = next((one for one in levels if one.points == rating.points), None)
    return Converted(same or levels[0], rating, exact=same is not None)


def _by_position(
    rating: LmsRating, ratings: Sequence[LmsRating], row: Criterion
) -> Converted | Unconvertible:
    """Go by order, since an outcome that is not ours tells no mastery levels.

    It needs as many ratings as our row has levels, or as those have mastery levels.
    """
    place = sorted({one.points for one in ratings}).index(rating.points)
    count = len({one.points for one in ratings})
    if count == len(row.levels):
        level = row.levels[place]
        return Converted(level, rating, exact=level.points == rating.points)
    positions = sorted({one.mastery.position for one in row.levels})
    if count == len(positions):
        code = next(
            one.mastery.code for one in row.levels if one.mastery.position == positions[place]
        )
        return _by_mastery(code, rating, row)
    return Unconvertible("scale-differs")
