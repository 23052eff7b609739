"""The one table of what can go wrong: slug to status, title, and what to do."""

from dataclasses import dataclass, replace

from litestar.exceptions import HTTPException, ValidationException

from application.errors import ApplicationError, Invalid, LaunchRejected
from domain.errors import DomainError, NotScorable

OUR_FAULT = "internal-error"
_NOTHING_CHANGED = "Nothing was changed."
_SCORES_SAFE = "Scores that were saved before are safe."


@dataclass(frozen=True, slots=True)
class Row:
    """`safe` is what still holds, `cure` what the person can do."""

    status: int
    title: str
    cure: str
    safe: str = _NOTHING_CHANGED


_AGAIN = "Open it again from your LMS."
_TELL = "tell your data steward, with the reference number below."
_STEWARD = _TELL.capitalize()
_IF_AGAIN = f"If it happens again, {_TELL}"

PROBLEMS: dict[str, Row] = {
    "lti-disabled": Row(
        403, "LTI is switched off", "A data steward can switch it on in System Settings."
    ),
    "launch-malformed": Row(400, "This launch is not complete", f"{_AGAIN} {_IF_AGAIN}"),
    "launch-version-unsupported": Row(
        400, "This LTI version is not supported", f"Attain takes LTI 1.0 and 1.1. {_STEWARD}"
    ),
    "launch-message-unsupported": Row(
        400, "This kind of launch is not supported", f"{_AGAIN} {_IF_AGAIN}"
    ),
    "launch-key-unknown": Row(
        401, "The consumer key is not known", f"The key in the LMS must be active here. {_STEWARD}"
    ),
    "launch-signature-invalid": Row(
        401,
        "The launch could not be verified",
        f"Consumer key, shared secret and address in the LMS must be those of Attain. {_STEWARD}",
    ),
    "launch-expired": Row(
        401, "This launch is too old", f"{_AGAIN} If it happens again, a clock is wrong: {_TELL}"
    ),
    "launch-replayed": Row(401, "This launch was used before", _AGAIN),
    "person-unmatched": Row(403, "Attain does not know who you are", _STEWARD),
    "person-ambiguous": Row(403, "Attain cannot tell who you are", _STEWARD),
    "section-unmatched": Row(
        409,
        "No section of yours matches this course",
        f"The Section Title must equal the course code in the LMS. {_STEWARD}",
    ),
    "not-signed-in": Row(401, "Please open this page again", f"{_AGAIN} Or sign in.", _SCORES_SAFE),
    "forbidden": Row(403, "This is not yours to open", f"Go back. If you need it, {_TELL}"),
    "not-found": Row(404, "Not found", "Check the address, or go back to where you came from."),
    "conflict": Row(
        409,
        "Somebody else was first",
        "Load the page again to see what is there now, then repeat your change.",
    ),
    "invalid": Row(422, "Something is missing or wrong", "Go back, correct it, and save again."),
    "lms-unauthorised": Row(
        409,
        "Your LMS asks for your authorization",
        "Press Authorize to go on.",
        "What was to be sent waits and is not lost.",
    ),
    "lms-refused": Row(
        502,
        "The LMS said no",
        "Follow the reason above, then repeat.",
        "Scores in Attain are safe.",
    ),
    "lms-unavailable": Row(
        503, "The LMS does not answer", "Wait a minute, then repeat.", "Scores in Attain are safe."
    ),
    "storage-unavailable": Row(
        503,
        "Attain's storage does not answer",
        f"Wait a minute, then repeat. {_IF_AGAIN}",
        _SCORES_SAFE,
    ),
    "rate-limited": Row(429, "Too many failed attempts", "Wait five minutes, then try again."),
    OUR_FAULT: Row(
        500,
        "Something broke on our side",
        f"Try again. {_IF_AGAIN}",
        _SCORES_SAFE,
    ),
}

_OTHER_VIEW = "Go back, and open the assessment from the page Assessments."
"""Nobody was first: loading the page again would not help."""

_BY_STATUS = {
    400: "invalid",
    401: "not-signed-in",
    403: "forbidden",
    404: "not-found",
    405: "invalid",
    406: "invalid",
    412: "conflict",
    413: "invalid",
    415: "invalid",
    422: "invalid",
    428: "conflict",
    429: "rate-limited",
}
_SENTENCES = {
    404: "There is no page at this address.",
    405: "This address does not take this kind of request.",
    406: "The answer is JSON; `Accept` asks for something else, or for another version.",
    412: "The record was changed meanwhile: its ETag is another than the one in `If-Match`.",
    413: "What was sent is too large.",
    415: "What was sent is of the wrong kind.",
    428: "Send the ETag of the record that you looked at in `If-Match`.",
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """`field` is a name of the input, the cure says how to mend it."""

    field: str
    cure: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal, ready to be shown."""

    slug: str
    status: int
    title: str
    sentence: str
    safe: str
    cure: str
    reference: str
    errors: tuple[FieldError, ...] = ()


def problem_of(error: Exception, reference: str) -> Problem:
    """What to show for an error. Sentences of errors that are not ours are never shown."""
    match error:
        case LaunchRejected():
            return _problem(error.rejected_as, str(error), error.reference or reference)
        case NotScorable():
            told = _problem(error.slug, str(error), reference)
            return replace(told, title=error.title, cure=_OTHER_VIEW)
        case ApplicationError() | DomainError():
            return _problem(error.slug, str(error), reference)
        case HTTPException():
            slug = _BY_STATUS.get(error.status_code, OUR_FAULT)
            sentence = _SENTENCES.get(error.status_code, "The request could not be understood.")
            return _problem(slug, sentence, reference, status=error.status_code)
        case _:
            return _problem(OUR_FAULT, "The request could not be finished.", reference)


def _problem(slug: str, sentence: str, reference: str, status: int | None = None) -> Problem:
    row = PROBLEMS[slug]
    return Problem(slug, status or row.status, row.title, sentence, row.safe, row.cure, reference)


_FOR_PROGRAMS = {
    "not-signed-in": "Make a token with `attain person token`, or on the page API tokens.",
    "forbidden": "Use a token of another role or scope.",
    "not-found": "Check the id; what a token may not see is not there.",
    "conflict": "Read the record again, then repeat the change with its new ETag.",
    "invalid": "Mend what `errors` and the detail name, then send it again.",
}


def for_programs(problem: Problem, error: Exception) -> Problem:
    """For programs: their own cure, and each wrong input by its name.

    Values that do not fit their shape are 422.
    """
    problem = replace(problem, cure=_FOR_PROGRAMS.get(problem.slug, problem.cure))
    match error:
        case NotScorable():
            return replace(problem, cure="Use the kind of entry that the detail names.")
        case Invalid():
            return replace(problem, errors=(FieldError(error.field, error.cure),))
        case ValidationException(extra=list(wrong)):
            named = tuple(_field_error(one) for one in wrong if isinstance(one, dict))
            sentence = "; ".join(f"{one.field}: {one.cure}" for one in named)
            return replace(problem, status=422, sentence=sentence or problem.sentence, errors=named)
        case _:
            return problem


def _field_error(one: dict[str, object]) -> FieldError:
    return FieldError(str(one.get("key", "body")), str(one.get("message", "")).rstrip("."))
