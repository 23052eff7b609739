"""Where files lie that were made in the background, until their links expire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ids import DownloadId, JobId, PersonId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class AskedDownload:
    """Who asked for which file, and the job that makes it."""

    id: DownloadId
    person_id: PersonId
    work_id: SectionAssessmentId
    job_id: JobId
    name: str
    media_type: str
    asked_at: datetime
    expires_at: datetime
    terms: int = 0
    """Version of the evaluator's record when it was asked for; 0 for who teaches there."""


class DownloadShelf(Protocol):
    """Files and the notes about them; nobody but us may read them."""

    def note(self, asked: AskedDownload) -> None:
        """Remember what is being made.

        Raises:
            StorageUnavailable: there is no room, or the place cannot be written to.
        """

    def asked(self, download_id: DownloadId) -> AskedDownload:
        """Raises: NotFound when nothing is known of it (any more)."""

    def keep(self, download_id: DownloadId, content: bytes) -> None:
        """Store the finished file, whole or not at all; a second time replaces it.

        Raises:
            StorageUnavailable: like `note`.
        """

    def content(self, download_id: DownloadId) -> bytes | None:
        """None while it is not finished."""

    def forget_expired(self, now: datetime) -> None:
        """Remove every file whose link has expired."""
