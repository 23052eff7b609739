"""What the readers of rosters answer, whatever the format."""

from dataclasses import dataclass

from application.rosters.roster import Roster


@dataclass(frozen=True, slots=True)
class RosterUpload:
    """What was read, and a name for the audit trail: the file's own and its hash.

    `digest` is the SHA-256 of all names and contents as hexadecimal digits: the same
    files again have the same one, as a folder or as a zip. All defects are in `errors`
    of the roster.
    """

    roster: Roster
    source: str
    digest: str
