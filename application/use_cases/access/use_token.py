"""A program comes with a token: whom it stands for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.errors import Forbidden, NotSignedIn
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.roles import roles_held
from application.viewers import role_reaches
from domain.api_token import MARK, ApiToken, TokenState, text_hash
from domain.rostering import Person

_TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TokenBearer:
    """Whom a live token stands for."""

    token: ApiToken
    person: Person


@dataclass(frozen=True, slots=True)
class UseToken:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, text: str) -> TokenBearer:
        """Whom the token stands for; its use is noted at most once a minute.

        Raises:
            NotSignedIn: unknown, expired or revoked, or its person has ended (all look alike).
            Forbidden: the person no longer holds the role, or not in the org of the token.
        """
        now = self.clock.now()
        with self.units(write=False) as unit:
            bearer = _bearer(unit, text, now)
        token = bearer.token
        if token.last_used_at is None or now - token.last_used_at >= _TOUCH_EVERY:
            with self.units() as unit:
                unit.api_tokens.touch(token.id, now)
                unit.commit()
        return bearer


def _bearer(unit: UnitOfWork, text: str, now: datetime) -> TokenBearer:
    token = unit.api_tokens.by_hash(text_hash(text)) if text.startswith(MARK) else None
    person = (
        unit.roster.person(token.person_id)
        if token and token.state(now) is TokenState.ACTIVE
        else None
    )
    if token is None or person is None or not person.active:
        raise NotSignedIn("This token is not known, has expired or was revoked.")
    if token.role not in roles_held(unit, person.id):
        raise Forbidden("The person of this token does not hold its role any more.")
    if token.org_id is not None and not role_reaches(unit, person.id, token.role, token.org_id):
        raise Forbidden("The person of this token does not hold its role in its org any more.")
    return TokenBearer(token, person)
