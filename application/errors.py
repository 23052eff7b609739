"""Failed steps.

ApplicationError
|- NotFound              what was asked for is not there, or not for this person
|- Conflict              somebody else was first
|- Invalid               input that names its field and cure
|- Forbidden             the role lacks the right
|- NotSignedIn
|- RateLimited
|- LaunchRejected        a launch that was refused, by slug
|- StorageUnavailable    database or file store did not do its part; worth another try
|- ScannerUnavailable    nobody looked into a file; worth another try
`- LmsError
   |- LmsUnauthorised    no usable authorisation; a person must consent again
   |- LmsRefused         understood and said no; do not repeat
   |  |- LmsRecordMissing
   |  `- LmsForbidden    the person lacks the right in the LMS
   |- LmsUnavailable     worth another try
   |  `- LmsRateLimited
   |- LmsSpokeNonsense   an answer that does not decode
   `- LmsCannot          an ability that this LMS adapter does not declare
"""

from typing import ClassVar


class ApplicationError(Exception):
    """A step failed; `slug` names it for pages, problem details, logs and exit codes."""

    slug: ClassVar[str] = "invalid"


class NotFound(ApplicationError):
    slug = "not-found"

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not there, or not for you to see.")


class Conflict(ApplicationError):
    slug = "conflict"


class Invalid(ApplicationError):
    """`field` names the input, the message says the cure."""

    slug = "invalid"

    def __init__(self, field: str, cure: str) -> None:
        super().__init__(f"{field}: {cure}")
        self.field = field
        self.cure = cure


class Forbidden(ApplicationError):
    slug = "forbidden"


class NotSignedIn(ApplicationError):
    slug = "not-signed-in"


class RateLimited(ApplicationError):
    slug = "rate-limited"


class StorageUnavailable(ApplicationError):
    """Database or file store is busy, away, or of another schema; the message says the cure."""

    slug = "storage-unavailable"


class ScannerUnavailable(ApplicationError):
    """The malware scanner is away or could not look at the whole file."""

    slug = "storage-unavailable"


class LaunchRejected(ApplicationError):
    """A refused launch. `slug` is one of the launch, person and section slugs.

    `reason` refines it (a MismatchReason), `reference` is what the person can read out.
    """

    def __init__(self, slug: str, sentence: str, *, reason: str = "", reference: str = "") -> None:
        super().__init__(sentence)
        self.rejected_as = slug
        self.reason = reason
        self.reference = reference


class LmsError(ApplicationError):
    """The LMS did not do what was asked. Messages never carry tokens or names."""

    slug = "lms-refused"


class LmsUnauthorised(LmsError):
    slug = "lms-unauthorised"


class LmsRefused(LmsError):
    """`reason` is a slug of `application.refusals` that has its sentence and cure."""

    slug = "lms-refused"

    def __init__(self, sentence: str, *, reason: str = "refused") -> None:
        super().__init__(sentence)
        self.reason = reason


class LmsRecordMissing(LmsRefused):
    pass


class LmsForbidden(LmsRefused):
    pass


class LmsUnavailable(LmsError):
    """`retry_after` in seconds, when the LMS or its throttle said so."""

    slug = "lms-unavailable"

    def __init__(self, sentence: str, *, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class LmsRateLimited(LmsUnavailable):
    pass


class LmsSpokeNonsense(LmsError):
    slug = "lms-unavailable"


class LmsCannot(LmsError):
    def __init__(self, capability: str) -> None:
        super().__init__(f"This LMS adapter does not offer: {capability}.")
        self.capability = capability
