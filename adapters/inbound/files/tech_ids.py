"""Tech IDs and what spreadsheets do to them: zeros lost in front, and put back if asked."""

from collections import Counter
from dataclasses import dataclass, field

from adapters.inbound.files.defects import Defects
from application.rosters.row_errors import Severity

_LONG = 5
_MOST = 0.8


@dataclass(slots=True)
class TechIds:
    """`width` is what numeric ids are filled up to; 0 leaves all as they are."""

    width: int
    filled: int = 0
    lengths: Counter[int] = field(default_factory=Counter)
    first_line: dict[int, int] = field(default_factory=dict)

    def read(self, value: str) -> str:
        """The id as it is meant, wherever it stands."""
        return value.zfill(self.width) if value.isdecimal() else value

    def own(self, value: str, line: int) -> str:
        """The id of the person whose row this is, which is counted."""
        if not value.isdecimal():
            return value
        self.lengths[len(value)] += 1
        self.first_line.setdefault(len(value), line)
        self.filled += len(value) < self.width
        return value.zfill(self.width)

    def tell(self, file: str, defects: Defects) -> None:
        """What all ids together show: how many were filled, or seem to have lost zeros."""
        if self.filled:
            cause = f"{self.filled} Tech IDs got zeros in front, to {self.width} digits"
            defects.note(file, cause, Severity.INFO)
        if self.width or not self.lengths:
            return
        usual, often = self.lengths.most_common(1)[0]
        rest = self.lengths.total() - often
        short = usual >= _LONG and max(self.lengths) == usual and often >= _MOST * (often + rest)
        if rest and short:
            line = min(at for length, at in self.first_line.items() if length < usual)
            cause = (
                f"{rest} numeric Tech IDs have fewer than the usual {usual} digits, the first"
                " here; if zeros were lost in front, ask for them with the width of Tech IDs"
            )
            defects.add(file, line, "", "", cause, Severity.WARNING)
