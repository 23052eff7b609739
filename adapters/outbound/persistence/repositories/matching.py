from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, select

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.repositories.identities import IDENTITIES, LAUNCHES
from adapters.outbound.persistence.repositories.roster import PEOPLE
from adapters.outbound.persistence.tables import access, matching
from application.matching import local_value
from application.ports.matching_repositories import (
    DecisionPage,
    LmsUserKey,
    MatchingRepository,
)
from application.rosters.finding import fits, order_found
from domain.identity import LaunchRecord, LmsIdentity, LocalField, comparable
from domain.ids import LaunchId, MatchingDecisionId, PersonId
from domain.launch import Audience
from domain.matching_case import LaunchValues, MatchingDecision
from domain.rostering import Person

VALUES = Records(matching.launch_values, LaunchValues)
DECISIONS = Records(matching.decisions, MatchingDecision)

_AMONG: BindParameter[str] = bindparam("among", expanding=True)
_KEPT = VALUES.select.where(VALUES.c.launch_id.in_(_AMONG))
_NEWEST_KEPT = (
    VALUES.select.where(VALUES.c.audience == bindparam("audience"))
    .order_by(VALUES.c.at.desc(), VALUES.c.launch_id.desc())
    .limit(bindparam("limit"))
)
_FORGET = delete(matching.launch_values).where(VALUES.c.at < bindparam("before"))
_KEYS = {
    LocalField.TECH_ID: PEOPLE.c.tech_key,
    LocalField.LOGIN: PEOPLE.c.login_key,
    LocalField.EMAIL: PEOPLE.c.email_key,
}
_PEOPLE_AMONG = {
    field: PEOPLE.select.where(column.in_(_AMONG)).order_by(PEOPLE.c.id)
    for field, column in _KEYS.items()
}
_SHARED = {
    field: select(column)
    .where(PEOPLE.c.active, column != "")
    .group_by(column)
    .having(func.count() > 1)
    .order_by(column)
    .limit(bindparam("limit"))
    for field, column in _KEYS.items()
}
_NAMED = select(PEOPLE.c.id, PEOPLE.c.given_name, PEOPLE.c.family_name, *_KEYS.values())
_BY_ID = PEOPLE.select.where(PEOPLE.c.id.in_(_AMONG))
_USERS = IDENTITIES.select.where(
    IDENTITIES.c.platform == bindparam("platform"), IDENTITIES.c.lms_user_id.in_(_AMONG)
)
_USERS_OF = IDENTITIES.select.where(IDENTITIES.c.person_id == bindparam("person_id")).order_by(
    IDENTITIES.c.platform, IDENTITIES.c.lms_user_id
)
_FORGET_USER = delete(access.lms_identities).where(
    IDENTITIES.c.platform == bindparam("platform"), IDENTITIES.c.lms_user_id == bindparam("user")
)
_QUEUED = LAUNCHES.select.where(
    access.QUEUED,
    LAUNCHES.c.platform == bindparam("platform"),
    LAUNCHES.c.lms_user_id == bindparam("user"),
).order_by(LAUNCHES.c.at.desc(), LAUNCHES.c.id.desc())
_DECIDED = (
    DECISIONS.select.order_by(DECISIONS.c.decided_at.desc(), DECISIONS.c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT = select(func.count()).select_from(matching.decisions)
_STANDING = DECISIONS.select.where(
    DECISIONS.c.subject.in_(_AMONG), DECISIONS.c.undone_at.is_(None)
).order_by(DECISIONS.c.decided_at, DECISIONS.c.id)


class SqlMatching(MatchingRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, values: LaunchValues) -> None:
        VALUES.put(self._connection, [values])

    def kept(self, launch_ids: Iterable[LaunchId]) -> dict[LaunchId, LaunchValues]:
        found = VALUES.among(self._connection, _KEPT, launch_ids)
        return {one.launch_id: one for one in found}

    def newest_kept(self, audience: Audience, limit: int) -> list[LaunchValues]:
        return VALUES.fetch(self._connection, _NEWEST_KEPT, audience=audience, limit=limit)

    def forget_kept(self, before: datetime) -> int:
        return self._connection.execute(_FORGET, {"before": before}).rowcount

    def people_among(self, field: LocalField, values: Iterable[str]) -> dict[str, list[Person]]:
        wanted = {comparable(field, value) for value in values} - {""}
        found: dict[str, list[Person]] = {}
        for person in PEOPLE.among(self._connection, _PEOPLE_AMONG[field], sorted(wanted)):
            found.setdefault(local_value(person, field), []).append(person)
        return found

    def sharing(self, field: LocalField, limit: int) -> list[list[Person]]:
        shared = self._connection.execute(_SHARED[field], {"limit": limit}).scalars().all()
        found = self.people_among(field, shared)
        return [[one for one in found[value] if one.active] for value in shared]

    def search(self, words: str, limit: int) -> list[Person]:
        """Read through: no database folds accents as names need it, and 60,000 rows are few."""
        rows = self._connection.execute(_NAMED) if words.split() else ()
        ids = [row[0] for row in rows if fits(words, *row[1:])]
        found = PEOPLE.among(self._connection, _BY_ID, ids)
        return sorted(found, key=order_found)[:limit]

    def identities(self, keys: Iterable[LmsUserKey]) -> dict[LmsUserKey, LmsIdentity]:
        by_platform: dict[str, list[str]] = {}
        for platform, user in keys:
            by_platform.setdefault(platform, []).append(user)
        return {
            (platform, one.lms_user_id): one
            for platform, users in by_platform.items()
            for one in IDENTITIES.among(self._connection, _USERS, users, platform=platform)
        }

    def identities_of(self, person_id: PersonId) -> list[LmsIdentity]:
        return IDENTITIES.fetch(self._connection, _USERS_OF, person_id=person_id)

    def forget_identity(self, platform: str, lms_user_id: str) -> None:
        self._connection.execute(_FORGET_USER, {"platform": platform, "user": lms_user_id})

    def queued_of(self, platform: str, lms_user_id: str) -> list[LaunchRecord]:
        return LAUNCHES.fetch(self._connection, _QUEUED, platform=platform, user=lms_user_id)

    def decision(self, decision_id: MatchingDecisionId) -> MatchingDecision:
        return DECISIONS.get(self._connection, "This decision", decision_id)

    def decisions(self, limit: int, offset: int = 0) -> DecisionPage:
        found = DECISIONS.fetch(self._connection, _DECIDED, limit=limit, offset=offset)
        return DecisionPage(tuple(found), self._connection.execute(_COUNT).scalar_one())

    def standing(self, subjects: Iterable[str]) -> dict[str, MatchingDecision]:
        found = DECISIONS.among(self._connection, _STANDING, subjects)
        return {one.subject: one for one in sorted(found, key=_moment)}

    def put_decision(self, decision: MatchingDecision) -> None:
        DECISIONS.put(self._connection, [decision])


def _moment(decision: MatchingDecision) -> tuple[datetime, str]:
    return decision.decided_at, decision.id
