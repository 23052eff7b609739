"""Cases of the identity console: what waits for a steward, and what a steward decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.identity import LaunchRecord, LmsIdentity, MatchingRules, MismatchReason
from domain.ids import LaunchId, MatchingDecisionId, PersonId
from domain.launch import Audience, LaunchClaims

KEPT_FOR = timedelta(days=90)
"""How long the values of a launch are kept for trials and decisions."""
_LONGEST = 200
"""Characters; nothing longer is an id, a login or a title."""

ACCOUNT_PARAM = "custom_canvas_user_id"
NAME_PARAM = "lis_person_name_full"
_OF_PERSON = (
    "user_id", "roles", "lis_person_sourcedid", "lis_person_contact_email_primary", NAME_PARAM,
    ACCOUNT_PARAM, "custom_canvas_user_login_id", "custom_canvas_user_sisid",
    "custom_canvas_user_sisintegrationid", "custom_canvas_user_globalid",
)  # fmt: skip
_OF_LAUNCH = (
    "oauth_consumer_key", "tool_consumer_instance_guid", "lti_message_type", "context_id",
    "context_label", "resource_link_id", "resource_link_title", "launch_presentation_return_url",
    "lis_course_offering_sourcedid", "custom_section_sis_ids", "custom_canvas_course_id",
    "custom_canvas_assignment_id", "custom_canvas_assignment_title",
    "custom_canvas_assignment_points_possible", "custom_canvas_api_domain", "attain_link",
)  # fmt: skip


class CaseKind(StrEnum):
    UNMATCHED = "unmatched"
    AMBIGUOUS = "ambiguous"
    RENAMED = "renamed"
    """What the LMS sends for a user now names another person than it did."""
    SEVERAL_LOGINS = "several-logins"
    """One person arrives as several users of the LMS."""
    MERGED = "merged"
    """A user of the LMS stands behind another account there than before."""
    DUPLICATE = "duplicate"
    """Several people here share a Tech ID, a login or an e-mail address."""
    NO_SECTION = "no-section"


class Observed(StrEnum):
    """Why a launch that was let in is put before a steward all the same."""

    SEVERAL_LOGINS = "several-logins"
    MERGED = "merged-in-lms"


_KINDS: Mapping[str, CaseKind] = {
    MismatchReason.SEVERAL: CaseKind.AMBIGUOUS,
    MismatchReason.REASSIGNED: CaseKind.RENAMED,
    Observed.SEVERAL_LOGINS: CaseKind.SEVERAL_LOGINS,
    Observed.MERGED: CaseKind.MERGED,
}


def kind_of(record: LaunchRecord) -> CaseKind:
    if record.slug == "section-unmatched":
        return CaseKind.NO_SECTION
    return _KINDS.get(record.reason, CaseKind.UNMATCHED)


@dataclass(frozen=True, slots=True)
class LaunchValues:
    """The few parameters of one launch that a trial or a decision needs.

    Personal data: shown to stewards only, masked, never logged or exported, and forgotten
    after `KEPT_FOR`.
    """

    launch_id: LaunchId
    at: datetime
    audience: Audience
    values: dict[str, str]

    @property
    def claims(self) -> LaunchClaims:
        return LaunchClaims(self.values)

    @property
    def is_launch(self) -> bool:
        """False for somebody whom an import met in the LMS."""
        return bool(self.values.get("oauth_consumer_key"))


def values_kept(
    launch_id: LaunchId, at: datetime, claims: LaunchClaims, rules: MatchingRules
) -> LaunchValues:
    """Also what a rule in force compares, whatever its name."""
    names = {*_OF_PERSON, *_OF_LAUNCH, rules.user.lti_param, rules.student.lti_param}
    kept = {
        name: claims.params[name]
        for name in sorted(names)
        if name in claims.params and len(claims.params[name]) <= _LONGEST
    }
    return LaunchValues(launch_id, at, claims.audience, kept)


class Verdict(StrEnum):
    PERSON = "person"
    DISMISSED = "dismissed"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class MatchingDecision:
    """What a steward decided about one case, with what is needed to take it back.

    `subject` names whom it is about, see `user_subject` and `people_subject`. `compared` and
    `why` are what the case showed: a dismissal holds while the next launch shows the same.
    """

    id: MatchingDecisionId
    kind: CaseKind
    subject: str
    verdict: Verdict
    person_id: PersonId | None
    """Who it is; of a merge, who stays."""
    reason: str
    compared: str
    why: str
    launch_ids: tuple[LaunchId, ...]
    before: LmsIdentity | None
    decided_by: str
    decided_at: datetime
    undone_by: str = ""
    undone_at: datetime | None = None

    @property
    def stands(self) -> bool:
        return self.undone_at is None


def user_subject(platform: str, lms_user_id: str) -> str:
    return f"user:{lms_user_id}@{platform}"


def people_subject(people: Iterable[PersonId]) -> str:
    return f"people:{','.join(sorted(people))}"


def people_of(subject: str) -> tuple[PersonId, ...]:
    """The people of a subject or a case of duplicates; none for anything else."""
    mark, _, listed = subject.partition(":")
    return tuple(PersonId(one) for one in listed.split(",")) if mark == "people" else ()
