"""A recommended score as pages show it, with the line that says how it came about."""

from dataclasses import dataclass

from domain.recommendation import Recommendation, Share
from domain.score import plain


@dataclass(frozen=True, slots=True)
class RecommendationView:
    """`points` is rounded as the college does, and empty while there is no recommendation."""

    points: str
    possible: str
    decided: int
    total: int
    working: str


def recommendation_view(recommendation: Recommendation) -> RecommendationView:
    points = recommendation.points
    return RecommendationView(
        "" if points is None else str(points),
        plain(recommendation.points_possible),
        recommendation.decided,
        recommendation.total,
        _working(recommendation),
    )


def _working(recommendation: Recommendation) -> str:
    """`(3/4 + 2/4) / 2 x 20 = 12.50`; with weights each share is multiplied by its own."""
    if recommendation.decided < recommendation.total:
        missing = recommendation.total - recommendation.decided
        return f"No recommendation yet: {missing} of {recommendation.total} rows are blank."
    if recommendation.points is None:
        return "No recommendation: no row with a weight has a score."
    shares = [s for s in recommendation.shares if s.weight > 0 and s.highest > 0]
    weighted = len({share.weight for share in shares}) > 1
    terms = " + ".join(_term(share, weighted=weighted) for share in shares)
    below = sum(share.weight for share in shares) if weighted else len(shares)
    possible = plain(recommendation.points_possible)
    points = recommendation.points
    return f"({terms}) \u00f7 {below} \u00d7 {possible} points = {points}"


def _term(share: Share, *, weighted: bool) -> str:
    ratio = f"{plain(share.points)}/{plain(share.highest)}"
    return f"{ratio} \u00d7 {plain(share.weight)}" if weighted else ratio
