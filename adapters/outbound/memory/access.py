"""Launches, registrations, LMS sites and sessions."""

from dataclasses import replace
from datetime import datetime, timedelta

from adapters.outbound.memory.rows import Rows, VersionedRows
from adapters.outbound.memory.store import Transaction
from application.errors import NotFound
from application.ports.access_repositories import (
    IdentityRepository,
    RegistrationRepository,
    SessionRepository,
    SiteRepository,
)
from domain.identity import LaunchRecord, LmsIdentity
from domain.ids import AuthorisationId, LaunchId, PersonId, SessionId, SiteId
from domain.lms_site import Authorisation, ConsentRequest, LmsSite
from domain.lti_registration import ConsumerKey
from domain.rostering import collation_key
from domain.session import OneTimeCode, Session

_MINUTE = timedelta(minutes=1)


class MemoryIdentities(IdentityRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._identities = Rows[LmsIdentity](
            transaction, "lms identity", lambda one: (one.platform, one.lms_user_id)
        )
        self._launches = Rows[LaunchRecord](transaction, "launch", lambda one: one.id)

    def known(self, platform: str, lms_user_id: str) -> LmsIdentity | None:
        return self._identities.find((platform, lms_user_id))

    def remember(self, identity: LmsIdentity) -> None:
        self._identities.put([identity])

    def log(self, record: LaunchRecord) -> None:
        self._launches.put([record])

    def launch(self, launch_id: LaunchId) -> LaunchRecord:
        return self._launches.get("This launch", launch_id)

    def recent(self, limit: int = 100) -> list[LaunchRecord]:
        return sorted(self._launches.all(), key=_moment, reverse=True)[:limit]

    def queue(self) -> list[LaunchRecord]:
        newest: dict[tuple[str, str], LaunchRecord] = {}
        for record in sorted(self._launches.where(_is_queued), key=_moment, reverse=True):
            newest.setdefault((record.platform, record.lms_user_id), record)
        return list(newest.values())

    def resolve(self, platform: str, lms_user_id: str, person_id: PersonId) -> None:
        queued = self._launches.where(
            lambda one: (
                _is_queued(one) and (one.platform, one.lms_user_id) == (platform, lms_user_id)
            )
        )
        self._launches.put(replace(record, resolved_to=person_id) for record in queued)


def _is_queued(record: LaunchRecord) -> bool:
    return record.queued and record.resolved_to is None


def _moment(record: LaunchRecord) -> tuple[datetime, str]:
    return record.at, record.id


class MemoryRegistrations(RegistrationRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._keys = VersionedRows[ConsumerKey](transaction, "consumer key", lambda key: key.key)

    def keys(self) -> list[ConsumerKey]:
        return sorted(self._keys.all(), key=lambda key: (key.created_at, key.key), reverse=True)

    def key(self, consumer_key: str) -> ConsumerKey:
        return self._keys.get("This consumer key", consumer_key)

    def find(self, consumer_key: str) -> ConsumerKey | None:
        return self._keys.find(consumer_key)

    def save(self, key: ConsumerKey) -> ConsumerKey:
        return self._keys.save(key)

    def touch(self, consumer_key: str, at: datetime) -> None:
        found = self._keys.find(consumer_key)
        if found and (found.last_used_at is None or found.last_used_at <= at - _MINUTE):
            self._keys.put([replace(found, last_used_at=at)])


class MemorySites(SiteRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._sites = VersionedRows[LmsSite](
            transaction, "site", lambda site: site.id, unique=lambda site: site.name
        )
        self._authorisations = VersionedRows[Authorisation](
            transaction, "authorisation", lambda one: one.id
        )
        self._consents = Rows[ConsentRequest](transaction, "consent", lambda one: one.state_hash)

    def sites(self) -> list[LmsSite]:
        return sorted(self._sites.all(), key=lambda site: collation_key(site.name))

    def get(self, site_id: SiteId) -> LmsSite:
        return self._sites.get("This LMS site", site_id)

    def named(self, name: str) -> LmsSite | None:
        return next(iter(self._sites.where(lambda site: site.name == name)), None)

    def save(self, site: LmsSite) -> LmsSite:
        return self._sites.save(site)

    def authorisation(self, site_id: SiteId, person_id: PersonId) -> Authorisation | None:
        own = (one for one in self.authorisations(site_id) if one.person_id == person_id)
        return max(own, key=lambda one: (one.authorised_at, one.id), default=None)

    def authorisations(self, site_id: SiteId) -> list[Authorisation]:
        return self._authorisations.where(lambda one: one.site_id == site_id)

    def authorisation_by_id(self, authorisation_id: AuthorisationId) -> Authorisation:
        return self._authorisations.get("This authorisation", authorisation_id)

    def save_authorisation(self, authorisation: Authorisation) -> Authorisation:
        return self._authorisations.save(authorisation)

    def add_consent(self, request: ConsentRequest) -> None:
        self._consents.put([request])

    def take_consent(self, state_hash: str) -> ConsentRequest | None:
        found = self._consents.find(state_hash)
        if found is not None:
            self._consents.remove([found])
        return found


class MemorySessions(SessionRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._sessions = Rows[Session](transaction, "session", lambda session: session.id)
        self._codes = Rows[OneTimeCode](transaction, "code", lambda code: code.code_hash)

    def add(self, session: Session) -> None:
        self._sessions.put([session])

    def by_id(self, session_id: SessionId) -> Session | None:
        return self._sessions.find(session_id)

    def by_token(self, token_hash: str) -> Session | None:
        return next(iter(self._sessions.where(lambda one: one.token_hash == token_hash)), None)

    def of_person(self, person_id: PersonId) -> list[Session]:
        own = self._sessions.where(lambda one: one.person_id == person_id)
        return sorted(own, key=lambda one: (one.started_at, one.id), reverse=True)

    def touch(self, session_id: SessionId, at: datetime) -> None:
        if found := self._sessions.find(session_id):
            self._sessions.put([replace(found, seen_at=at)])

    def replace(self, session: Session) -> None:
        if self.by_id(session.id) is None:
            raise NotFound("This session")
        self._sessions.put([session])

    def end(self, session_id: SessionId, at: datetime) -> None:
        if found := self._sessions.find(session_id):
            self._sessions.put([replace(found, ended_at=at)])

    def forget_expired(self, before: datetime) -> int:
        self._codes.remove(self._codes.where(lambda code: code.expires_at <= before))
        over = self._sessions.where(lambda session: _ended_at(session) <= before)
        self._sessions.remove(over)
        return len(over)

    def add_code(self, code: OneTimeCode) -> None:
        self._codes.put([code])

    def peek_code(self, code_hash: str) -> OneTimeCode | None:
        return self._codes.find(code_hash)

    def spend_code(self, code_hash: str, at: datetime) -> OneTimeCode | None:
        found = self._codes.find(code_hash)
        if found is None or found.spent_at is not None:
            return None
        spent = replace(found, spent_at=at)
        self._codes.put([spent])
        return spent


def _ended_at(session: Session) -> datetime:
    return min(session.expires_at(), session.ended_at or session.expires_at())
