"""A configured LMS site, and the consent of a person to act there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import (
    AuthorisationId,
    LmsAccountRef,
    LmsCourseRef,
    LmsUserRef,
    OrgId,
    PersonId,
    SectionId,
    SiteId,
)


@dataclass(frozen=True, slots=True)
class LmsSite:
    """One instance of an LMS: `url` is its origin, `client_secret` is sealed.

    `test` marks a test instance: its launches carry a banner, and all that belongs to it a mark.
    """

    id: SiteId
    name: str
    plugin: str
    url: str
    client_id: str
    client_secret: bytes
    account_ref: str
    test: bool
    active: bool
    version: int

    @property
    def label(self) -> str:
        """Its name as people read it, with the mark of a test instance."""
        return f"{self.name} (test)" if self.test else self.name


class AuthorisationState(StrEnum):
    ACTIVE = "active"
    LOST = "lost"
    """The LMS refused the refresh token or the person; only a new consent mends it."""
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Authorisation:
    """Tokens are sealed with this row's id. `lease_until` lets one process refresh at a time."""

    id: AuthorisationId
    site_id: SiteId
    person_id: PersonId
    user_ref: LmsUserRef
    access_token: bytes
    refresh_token: bytes
    expires_at: datetime | None
    state: AuthorisationState
    lost_reason: str
    authorised_at: datetime
    lease_until: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """A pending OAuth2 consent: its state is single use and bound to one session.

    `purpose` is `authorise` (act for the person) or `sign-in`; `return_to` a path of ours.
    """

    state_hash: str
    session_hash: str
    site_id: SiteId
    person_id: PersonId | None
    purpose: str
    return_to: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AccountAuthorisation:
    """A person's consent to publish outcomes in an account and all below it.

    It acts with the person's own authorisation. `lost_reason` says why it was severed; the
    LMS was asked when it was given and is asked before each run.
    """

    site_id: SiteId
    person_id: PersonId
    account_ref: LmsAccountRef
    given_at: datetime
    checked_at: datetime
    lost_reason: str
    """A slug of `application.refusals`; empty while it holds."""
    version: int

    @property
    def holds(self) -> bool:
        return not self.lost_reason


@dataclass(frozen=True, slots=True)
class OrgPairing:
    """The sub-account of the LMS where an org's course outcomes go."""

    org_id: OrgId
    site_id: SiteId
    account_ref: LmsAccountRef
    account_name: str
    paired_by: str
    """A person id, or `command line`."""
    paired_at: datetime


@dataclass(frozen=True, slots=True)
class SectionPairing:
    """The LMS course that a faculty member chose for a section, remembered."""

    section_id: SectionId
    person_id: PersonId
    site_id: SiteId
    course_ref: LmsCourseRef
    course_name: str
    chosen_at: datetime
