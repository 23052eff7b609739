"""Where launches, keys, LMS sites and sessions are kept.

`get` and `save` keep the promises of `application.ports.repositories`.
"""

from datetime import datetime
from typing import Protocol

from domain.identity import LaunchRecord, LmsIdentity
from domain.ids import AuthorisationId, LaunchId, PersonId, SessionId, SiteId
from domain.lms_site import Authorisation, ConsentRequest, LmsSite
from domain.lti_registration import ConsumerKey
from domain.session import OneTimeCode, Session


class IdentityRepository(Protocol):
    def known(self, platform: str, lms_user_id: str) -> LmsIdentity | None: ...
    def remember(self, identity: LmsIdentity) -> None:
        """Insert or replace by platform and LMS user."""

    def log(self, record: LaunchRecord) -> None: ...
    def launch(self, launch_id: LaunchId) -> LaunchRecord: ...
    def recent(self, limit: int = 100) -> list[LaunchRecord]:
        """Newest first."""

    def queue(self) -> list[LaunchRecord]:
        """Queued and not resolved, newest first, one for each platform and LMS user."""

    def resolve(self, platform: str, lms_user_id: str, person_id: PersonId) -> None:
        """Mark all queued records of the LMS user as resolved to this person."""


class RegistrationRepository(Protocol):
    """LTI consumer keys."""

    def keys(self) -> list[ConsumerKey]:
        """Newest first, revoked ones too."""

    def key(self, consumer_key: str) -> ConsumerKey: ...
    def find(self, consumer_key: str) -> ConsumerKey | None: ...
    def save(self, key: ConsumerKey) -> ConsumerKey: ...
    def touch(self, consumer_key: str, at: datetime) -> None:
        """Note a use, at most once a minute; no version moves."""


class SiteRepository(Protocol):
    """LMS sites, authorisations, pending consents."""

    def sites(self) -> list[LmsSite]:
        """By name, inactive ones too."""

    def get(self, site_id: SiteId) -> LmsSite: ...
    def named(self, name: str) -> LmsSite | None: ...
    def save(self, site: LmsSite) -> LmsSite: ...
    def authorisation(self, site_id: SiteId, person_id: PersonId) -> Authorisation | None:
        """The newest one of the person at the site, whatever its state."""

    def authorisations(self, site_id: SiteId) -> list[Authorisation]: ...
    def authorisation_by_id(self, authorisation_id: AuthorisationId) -> Authorisation: ...
    def save_authorisation(self, authorisation: Authorisation) -> Authorisation: ...
    def add_consent(self, request: ConsentRequest) -> None: ...
    def take_consent(self, state_hash: str) -> ConsentRequest | None:
        """Remove and return it: single use."""


class SessionRepository(Protocol):
    def add(self, session: Session) -> None: ...
    def by_id(self, session_id: SessionId) -> Session | None: ...
    def by_token(self, token_hash: str) -> Session | None: ...
    def touch(self, session_id: SessionId, at: datetime) -> None: ...
    def of_person(self, person_id: PersonId) -> list[Session]:
        """All that are kept, over or not, newest start first."""

    def replace(self, session: Session) -> None:
        """Raises NotFound for a session that was never added or is forgotten."""

    def end(self, session_id: SessionId, at: datetime) -> None: ...
    def forget_expired(self, before: datetime) -> int:
        """Remove sessions and codes that were over at `before`; returns how many sessions."""

    def add_code(self, code: OneTimeCode) -> None: ...
    def peek_code(self, code_hash: str) -> OneTimeCode | None: ...
    def spend_code(self, code_hash: str, at: datetime) -> OneTimeCode | None:
        """The code, marked spent in one atomic update; None if unknown or spent before."""
