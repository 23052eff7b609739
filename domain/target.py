"""Expected level of achievement: compared with results, never mixed into scores."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.errors import NonsenseValue


class TargetOf(StrEnum):
    SLO = "slo"
    ORG = "org"


@dataclass(frozen=True, slots=True)
class Target:
    """The share of students, in per cent, that should reach the threshold.

    An SLO without one of its own takes that of its org, or of the nearest org above.
    """

    of: TargetOf
    subject_id: str
    """Id of the SLO or org."""
    share: Decimal

    def __post_init__(self) -> None:
        if not (self.share.is_finite() and 0 < self.share <= 100):  # noqa: PLR2004 per cent
            raise NonsenseValue("target", str(self.share), "enter a share above 0, at most 100 %")
