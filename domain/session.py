"""Sessions, kept on the server; the browser holds only a secret whose hash is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.access import Role
from domain.ids import OrgId, PersonId, SessionId

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in and from where.

    `id` is the hash of the cookie's secret, `token_hash` that of the path token used where
    no cookie comes back. `context` holds the launch's own facts (platform, context and
    resource ids, course refs, return URL); empty for a sign-in without a launch.
    """

    id: SessionId
    token_hash: str
    person_id: PersonId
    role: Role
    context: dict[str, str]
    lms_origin: str
    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    org_id: OrgId | None = None
    """The org in which the person acts in this role; None: wherever the role is held."""

    def expires_at(self) -> datetime:
        return min(self.seen_at + IDLE, self.started_at + LONGEST)

    def is_live(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.expires_at()


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """A single-use code; only its hash is stored.

    `purpose` is `start` (a launch's own), `window` (own window) or `sign-in` (mailed or
    printed link). For `start` and `window`, `session_id` names the session to continue.
    """

    code_hash: str
    purpose: str
    session_id: SessionId | None
    person_id: PersonId
    target: str
    expires_at: datetime
    spent_at: datetime | None
