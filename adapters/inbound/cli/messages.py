"""Errors as people at a terminal meet them: an exit code and one sentence with its cure.

0 done, 2 usage, 3 a rule refused, 4 the LMS failed, 5 partly done, 70 our bug.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from application.errors import (
    ApplicationError,
    Conflict,
    Forbidden,
    Invalid,
    LaunchRejected,
    LmsCannot,
    LmsError,
    LmsRateLimited,
    LmsRefused,
    LmsSpokeNonsense,
    LmsUnauthorised,
    LmsUnavailable,
    NotFound,
    NotSignedIn,
    RateLimited,
    ScannerUnavailable,
    StorageUnavailable,
)
from application.ports.secrets import SecretUnreadable
from domain.errors import DomainError

DONE, USAGE, REFUSED, LMS_FAILED, PARTLY, OUR_BUG = 0, 2, 3, 4, 5, 70


@dataclass(frozen=True, slots=True)
class Message:
    exit_code: int
    sentence: str


TABLE: dict[type[Exception], tuple[int, str]] = {
    DomainError: (REFUSED, ""),
    NotFound: (REFUSED, "See what there is with the `list` commands."),
    Conflict: (REFUSED, ""),
    Invalid: (REFUSED, ""),
    Forbidden: (REFUSED, ""),
    NotSignedIn: (REFUSED, ""),
    RateLimited: (REFUSED, "Wait a minute, then try again."),
    StorageUnavailable: (REFUSED, ""),
    ScannerUnavailable: (REFUSED, "See that clamd runs, then try again."),
    LaunchRejected: (REFUSED, ""),
    SecretUnreadable: (REFUSED, "Put the key it was sealed with back into ATTAIN_SECRET_KEYS."),
    LmsUnauthorised: (LMS_FAILED, "See `attain canvas authorize`."),
    LmsRefused: (LMS_FAILED, ""),
    LmsRateLimited: (LMS_FAILED, "Try again in a few minutes."),
    LmsUnavailable: (LMS_FAILED, "Try again later; see `attain doctor`."),
    LmsSpokeNonsense: (LMS_FAILED, "Check the site's address with `attain canvas status`."),
    LmsCannot: (LMS_FAILED, ""),
    LmsError: (LMS_FAILED, ""),
    ApplicationError: (REFUSED, ""),
}
"""Class of error -> exit code, and a cure for those whose own sentence has none.

The last row is for the errors that adapters make of their own; ours have nearer ones.
"""


def explain(error: Exception, more: Mapping[type[Exception], int]) -> Message:
    """The row of the error's class or its nearest parent; `more` are errors of starting.

    Anything else is a bug of ours: its text may hold anything, so it is not shown.
    """
    for kind in type(error).__mro__:
        if kind in TABLE:
            code, cure = TABLE[kind]
            return Message(code, _one_line(f"{error} {cure}"))
        if kind in more:
            return Message(more[kind], _one_line(str(error)))
    bug = f"Something went wrong inside Attain ({type(error).__name__}). Run it with --debug."
    return Message(OUR_BUG, bug)


def _one_line(text: str) -> str:
    return " ".join(text.split())
