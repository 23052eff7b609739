"""What other systems say about an SLO in their own files, kept so that nothing is lost."""

from dataclasses import dataclass
from enum import StrEnum

from domain.ids import SloId


class Standard(StrEnum):
    CASE = "case"
    CANVAS = "canvas"


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """One record of a foreign file under its own identifier.

    `framework` is the document that it belongs to, empty where there is none. A record without
    an SLO is a framework itself: `body` then holds everything of the file that is no SLO.
    """

    standard: Standard
    framework: str
    identifier: str
    slo_id: SloId | None
    body: str
    """JSON as it came; what we do not model is written back from here."""
