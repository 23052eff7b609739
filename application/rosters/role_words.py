"""What a college's own words for roles in its rosters mean here, and how that is written."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from application.errors import Invalid
from domain.access import Role
from domain.rostering import EnrolmentRole

Pair = tuple[str, str]
"""A word of the roster, and the role that it gives, as typed; without a role it gives none."""
Named = TypeVar("Named", bound=StrEnum)

GRANTS = "grants"
ENROLMENT_ROLES = "enrolment-roles"
"""The fields that errors name."""
MAY_BE_GRANTED = (Role.COORDINATOR, Role.EVALUATOR, Role.READER)
"""What a roster may give in an org. The rest comes of sections, or is made by hand."""
_THEIR_OWN = frozenset(EnrolmentRole)
_LONGEST_WORD = 100


def require_grantable(roles: Iterable[Role]) -> None:
    """Raises Invalid for a role that no roster may give."""
    for role in roles:
        if role is Role.DATA_STEWARD:
            raise Invalid(
                GRANTS, "a roster never makes a data steward; grant that to each person by hand."
            )
        if role not in MAY_BE_GRANTED:
            usable = ", ".join(MAY_BE_GRANTED)
            raise Invalid(GRANTS, f"{role} comes of a section, never of an org; use {usable}.")


def grants_of(pairs: Iterable[Pair]) -> dict[str, Role]:
    """Which role in an org each word gives. Raises Invalid, naming the word."""
    found = _by_word(pairs, GRANTS, Role, MAY_BE_GRANTED)
    require_grantable(found.values())
    return found


def enrolment_roles_of(pairs: Iterable[Pair]) -> dict[str, EnrolmentRole]:
    """Which place in a section each word gives. Raises Invalid, naming the word."""
    return _by_word(pairs, ENROLMENT_ROLES, EnrolmentRole, tuple(EnrolmentRole))


def pairs_of(meant: Mapping[str, StrEnum]) -> tuple[Pair, ...]:
    """By the word; upper and lower case count alike."""
    return tuple((word, str(meant[word])) for word in sorted(meant, key=str.casefold))


def changed(pairs: Iterable[Pair], changes: Iterable[Pair]) -> tuple[Pair, ...]:
    """The pairs after some were changed; one without a role takes the word away."""
    after = {word.casefold(): (word, role) for word, role in pairs}
    named = list(changes)
    for word, _ in named:
        after.pop(_tidy(word).casefold(), None)
    return (*after.values(), *named)


def pair_in(text: str, field: str) -> Pair:
    """`WORD=ROLE`, or `WORD=` for none. Raises Invalid for anything else."""
    word, sign, role = text.rpartition("=")
    if not sign or not word.strip():
        raise Invalid(field, f"'{text}' cannot be read; write WORD=ROLE, or WORD= to take it away.")
    return word, role


def stored_pairs(pairs: Iterable[Pair]) -> str:
    """One line a pair: a word of a college may hold any sign but a line end."""
    return "\n".join(f"{word}={role}" for word, role in pairs)


def pairs_stored(text: str) -> tuple[Pair, ...]:
    """What `stored_pairs` wrote."""
    parts = (line.rpartition("=") for line in text.splitlines())
    return tuple((word, role) for word, _, role in parts)


def _by_word(
    pairs: Iterable[Pair], field: str, roles: type[Named], usable: tuple[Named, ...]
) -> dict[str, Named]:
    """Words in which only the case differs are one; the same role twice is no matter."""
    found: dict[str, Named] = {}
    spelt: dict[str, str] = {}
    for typed, written in pairs:
        word, named = _tidy(typed), written.strip().casefold()
        if not named:
            continue
        _require_sound(word, named, field)
        role = next((role for role in roles if role == named), None)
        if role is None:
            raise Invalid(field, f"'{word}' cannot give '{written}'; use {', '.join(usable)}.")
        known = spelt.setdefault(word.casefold(), word)
        if found.setdefault(known, role) is not role:
            raise Invalid(field, f"'{word}' stands there twice with two roles; keep one of them.")
    return found


def _require_sound(word: str, role: str, field: str) -> None:
    if not word:
        raise Invalid(field, f"{role} has no word of the roster before it; write the word.")
    if len(word) > _LONGEST_WORD:
        raise Invalid(field, f"a word has at most {_LONGEST_WORD} signs.")
    if word.casefold() in _THEIR_OWN:
        raise Invalid(
            field, f"'{word}' is a place in a section in every roster; leave it out here."
        )


def _tidy(word: str) -> str:
    return " ".join(word.split())
