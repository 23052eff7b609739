"""Asking an LMS that may be away for a moment."""

from collections.abc import Awaitable, Callable

from application.errors import LmsError, LmsSpokeNonsense, LmsUnavailable
from application.refusals import why_unread
from application.tokens import Pause

WAITS = (1.0, 1.0, 2.0, 3.0, 5.0, 8.0)
"""Seconds before each further try."""

_ATTEMPTS = 5


async def patiently(work: Callable[[], Awaitable[None]], pause: Pause) -> str:
    """Do work that calls the LMS, again while the LMS is away.

    Returns the reason to stop (application.refusals), empty to go on: a job's step answers
    it, since only plain results outlive a crash.
    """
    for tried in range(_ATTEMPTS):
        try:
            await work()
        except (LmsUnavailable, LmsSpokeNonsense) as error:
            wait = error.retry_after if isinstance(error, LmsUnavailable) else None
            await pause(wait or WAITS[tried])
        except LmsError as error:
            return why_unread(error)
        else:
            return ""
    return "unavailable"
