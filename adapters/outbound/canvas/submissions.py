"""What students handed in, as a `SubmissionReader`.

The address of an attached file opens to anybody who has it, so it is not told: only the page
of the submission is, where Canvas asks who is there.
"""

from collections.abc import AsyncIterator
from datetime import datetime

from msgspec import Struct
from msgspec.json import Decoder

from adapters.outbound.canvas.client import CanvasClient
from adapters.outbound.canvas.paths import assignment_path
from adapters.outbound.canvas.payloads import RawId
from application.errors import LmsRecordMissing
from application.ports.lms_submissions import LmsSubmission, SubmissionReader
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef

_ADDRESS = "online_url"


class AttachmentPayload(Struct, frozen=True):
    display_name: str | None = None
    filename: str | None = None


class HandedInPayload(Struct, frozen=True):
    """Canvas has a row for each student; what was never handed in has no `submitted_at`.

    Under anonymous grading `user_id` is withheld.
    """

    user_id: RawId | None = None
    attempt: int | None = None
    submitted_at: datetime | None = None
    submission_type: str | None = None
    url: str | None = None
    preview_url: str | None = None
    attachments: list[AttachmentPayload] | None = None


_HANDED_IN = Decoder(list[HandedInPayload])


class CanvasSubmissions(SubmissionReader):
    def __init__(self, client: CanvasClient) -> None:
        self._client = client

    async def submissions(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef
    ) -> AsyncIterator[LmsSubmission]:
        path = f"{assignment_path(course, assignment)}/submissions"
        try:
            async for payload in self._client.pages(path, _HANDED_IN):
                if (told := submission_from(payload)) is not None:
                    yield told
        except LmsRecordMissing as error:
            raise LmsRecordMissing(
                "Canvas has no such assignment.", reason="assignment-missing"
            ) from error


def submission_from(payload: HandedInPayload) -> LmsSubmission | None:
    """None where nothing was handed in, or Canvas does not say by whom."""
    if payload.submitted_at is None or payload.user_id is None:
        return None
    files = (one.display_name or one.filename for one in payload.attachments or ())
    return LmsSubmission(
        user_ref=LmsUserRef(str(payload.user_id)),
        attempt=payload.attempt or 1,
        handed_in_at=payload.submitted_at,
        page=(payload.preview_url or "").partition("?")[0],
        url=(payload.url or "") if payload.submission_type == _ADDRESS else "",
        files=tuple(name for name in files if name),
    )
