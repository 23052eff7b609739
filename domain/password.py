"""Local passwords: for people who have one, beside the LMS and one-time links."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from domain.ids import PersonId

SHORTEST = 12
LONGEST = 256
"""Characters. Long sentences are welcome; without an end, hashing would be a way to tire us."""
LENGTH_RULE = f"give {SHORTEST} to {LONGEST} characters; words with blanks are welcome."


@dataclass(frozen=True, slots=True)
class LocalPassword:
    """`hash` tells its own parameters and salt; the password itself is nowhere."""

    person_id: PersonId
    hash: str
    changed_at: datetime
    changed_by: str


def as_typed(password: str) -> str:
    """The one form that is hashed: the same letters typed on any keyboard are the same."""
    return unicodedata.normalize("NFC", password)


def is_long_enough(password: str) -> bool:
    """Length is all that is asked: rules about signs make passwords worse (NIST SP 800-63B)."""
    return SHORTEST <= len(as_typed(password)) <= LONGEST
