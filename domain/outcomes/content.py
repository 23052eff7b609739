"""What an outcome says: the fields that a synchronisation keeps equal on both sides."""

from dataclasses import dataclass, replace
from decimal import Decimal

from domain.errors import NonsenseValue
from domain.rubric import Criterion, CriterionLevel

LONGEST_TITLE = 255
"""Characters; Canvas refuses longer titles and display names."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One level in the words of the LMS."""

    points: Decimal
    description: str


@dataclass(frozen=True, slots=True)
class Calculation:
    """How the LMS makes one result of several: `number` only where the method takes one."""

    method: str = "latest"
    number: int | None = None


@dataclass(frozen=True, slots=True)
class OutcomeScale:
    """Ratings from highest to lowest, and the points from which the outcome is mastered."""

    ratings: tuple[Rating, ...]
    mastery_points: Decimal
    calculation: Calculation = Calculation()

    def __post_init__(self) -> None:
        points = [rating.points for rating in self.ratings]
        if points != sorted(points, reverse=True):
            raise NonsenseValue("ratings", "", "ratings go from highest to lowest")


@dataclass(frozen=True, slots=True)
class OutcomeContent:
    """`description` is plain text. `scale` None: the LMS does not tell it.

    Canvas hides the scale of each outcome where its accounts have mastery scales.
    """

    title: str
    display_name: str
    description: str
    scale: OutcomeScale | None

    def differences(self, other: "OutcomeContent") -> tuple[str, ...]:
        """Names of the fields in which the two differ; an unknown scale differs from none."""
        pairs: list[tuple[str, object, object]] = [
            ("title", self.title, other.title),
            ("display name", self.display_name, other.display_name),
            ("description", _loose(self.description), _loose(other.description)),
        ]
        if self.scale and other.scale:
            pairs += _scale_pairs(self.scale, other.scale)
        return tuple(name for name, mine, theirs in pairs if mine != theirs)


@dataclass(frozen=True, slots=True)
class RatingMeaning:
    """The mastery level that a rating stood for when it was sent, and its level's points."""

    points: Decimal
    mastery: str
    """Code of the MasteryLevel."""


def content_of(row: Criterion) -> OutcomeContent:
    """The outcome that stands for one row of a rubric, or for an SLO on the default scale.

    Raises:
        NonsenseValue: no level of the row meets the threshold, so nothing could be mastered.
    """
    ratings = tuple(Rating(level.points, _words(level)) for level in reversed(row.levels))
    return replace(wording_of(row), scale=OutcomeScale(ratings, _mastery_points(row)))


def wording_of(row: Criterion) -> OutcomeContent:
    """The outcome of a row without its scale."""
    title = f"{row.code} {row.title}".strip() if row.code != row.title else row.title
    return OutcomeContent(clipped(title), clipped(row.title), row.description.strip(), None)


def meanings_of(row: Criterion) -> tuple[RatingMeaning, ...]:
    return tuple(RatingMeaning(level.points, level.mastery.code) for level in row.levels)


def _mastery_points(row: Criterion) -> Decimal:
    met = [level.points for level in row.levels if level.mastery.met]
    if not met:
        raise NonsenseValue("scale", row.title, "none of its levels meets the threshold")
    return min(met)


def _words(level: CriterionLevel) -> str:
    return f"{level.label}: {level.descriptor}" if level.descriptor else level.label


def clipped(text: str) -> str:
    """On one line, and no longer than an LMS takes."""
    joined = " ".join(text.split())
    if len(joined) <= LONGEST_TITLE:
        return joined
    return joined[: LONGEST_TITLE - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _loose(text: str) -> str:
    """White space counts for nothing: an LMS rewrites the HTML of descriptions."""
    return " ".join(text.split())


def _scale_pairs(mine: OutcomeScale, theirs: OutcomeScale) -> list[tuple[str, object, object]]:
    return [
        ("ratings", _told(mine.ratings), _told(theirs.ratings)),
        ("mastery points", mine.mastery_points, theirs.mastery_points),
        ("calculation", mine.calculation, theirs.calculation),
    ]


def _told(ratings: tuple[Rating, ...]) -> list[tuple[Decimal, str]]:
    return [(rating.points, _loose(rating.description)) for rating in ratings]
