"""What the doctor says: one line each, good or bad, with its cure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Verdict(StrEnum):
    GOOD = "good"
    NOTE = "note"
    """Works, and is worth knowing."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """`cure` is empty when all is well; `group` is the heading it stands under."""

    name: str
    verdict: Verdict
    says: str
    cure: str = ""
    group: str = ""


def good(name: str, says: str) -> Finding:
    return Finding(name, Verdict.GOOD, says)


def note(name: str, says: str, cure: str = "") -> Finding:
    return Finding(name, Verdict.NOTE, says, cure)


def bad(name: str, says: str, cure: str) -> Finding:
    return Finding(name, Verdict.BAD, says, cure)


def grouped(group: str, findings: Iterable[Finding]) -> list[Finding]:
    return [replace(finding, group=group) for finding in findings]
