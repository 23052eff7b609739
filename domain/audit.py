"""The audit trail: each entry carries the hash of the one before."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Deed:
    """What happened, before it is written: who did what to which record, from where."""

    actor: str
    """A person id, `command line`, or `system`."""
    verb: str
    subject: str
    details: str
    """Plain text without names or secrets."""
    at: datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    number: int
    at: datetime
    actor: str
    verb: str
    subject: str
    details: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are asked for; what is empty asks for nothing.

    `verb` and `subject` are beginnings, so that `score:` finds every score. `until` itself is
    left out.
    """

    since: datetime | None = None
    until: datetime | None = None
    actor: str = ""
    verb: str = ""
    subject: str = ""

    def admits(self, entry: AuditEntry) -> bool:
        return (
            (self.since is None or entry.at >= self.since)
            and (self.until is None or entry.at < self.until)
            and self.actor in {"", entry.actor}
            and entry.verb.startswith(self.verb)
            and entry.subject.startswith(self.subject)
        )


def entry_after(previous: AuditEntry | None, deed: Deed) -> AuditEntry:
    number = 1 if previous is None else previous.number + 1
    before = GENESIS if previous is None else previous.digest
    fields = (str(number), deed.at.isoformat(), deed.actor, deed.verb, deed.subject, deed.details)
    # With its length before each, no text can pass for the end of its field.
    written = "".join(f"{len(field)}:{field}" for field in (before, *fields))
    digest = sha256(written.encode()).hexdigest()
    return AuditEntry(
        number, deed.at, deed.actor, deed.verb, deed.subject, deed.details, before, digest
    )
