"""Signing in without a launch: by one-time link, or vouched for by the LMS."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.errors import Forbidden, NotFound
from application.live_sessions import OPENED_KEY
from application.ports.runtime import Clock, NewSecret
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.roles import ROLES_KEY, choices_of, written
from application.use_cases.access.session_starts import (
    Started,
    StartSessionCommand,
    begin,
    keep_code,
    spent,
)
from domain.audit import Deed
from domain.identity import LocalField
from domain.ids import PersonId
from domain.session import OneTimeCode

SIGN_IN_LINK_LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SignInPersonCommand:
    """`how` goes into the audit trail: `sign-in link`, `Canvas`."""

    person_id: PersonId
    how: str
    target: str = "/"


@dataclass(frozen=True, slots=True)
class SignInPerson:
    """Without a launch: the person's highest role first, and free to change among them."""

    units: UnitOfWorkFactory
    clock: Clock
    new_secret: NewSecret

    def __call__(self, command: SignInPersonCommand) -> Started:
        """Raises Forbidden for a person who is inactive or has no role here."""
        with self.units() as unit:
            started = _sign_in(unit, command, self.new_secret, self.clock.now())
            unit.commit()
        return started


@dataclass(frozen=True, slots=True)
class SignInByLink:
    units: UnitOfWorkFactory
    clock: Clock
    new_secret: NewSecret

    def __call__(self, code: str) -> Started:
        """Spend the code of a sign-in link.

        Raises:
            NotFound: unknown, spent or expired (all look alike).
            Forbidden: the person is inactive or has no role.
        """
        now = self.clock.now()
        with self.units() as unit:
            kept = spent(unit, code, ("sign-in",), now)
            command = SignInPersonCommand(kept.person_id, "sign-in link", kept.target)
            started = _sign_in(unit, command, self.new_secret, now)
            unit.commit()
        return started


@dataclass(frozen=True, slots=True)
class NewSignInLinkCommand:
    actor: str
    tech_id: str


@dataclass(frozen=True, slots=True)
class SignInLink:
    """`path` is put behind the base URL; it holds the code and is shown once."""

    path: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewSignInLink:
    units: UnitOfWorkFactory
    clock: Clock
    new_secret: NewSecret

    def __call__(self, command: NewSignInLinkCommand) -> SignInLink:
        """Raises NotFound unless the Tech ID names exactly one active person."""
        now = self.clock.now()
        with self.units() as unit:
            people = unit.roster.people_where(LocalField.TECH_ID, command.tech_id.strip())
            active = [person for person in people if person.active]
            if len(active) != 1:
                raise NotFound("A person with this Tech ID")
            code, expires = self.new_secret(), now + SIGN_IN_LINK_LIFE
            kept = OneTimeCode("", "sign-in", None, active[0].id, "/", expires, None)
            keep_code(unit, code, kept)
            subject = f"person:{active[0].id}"
            unit.audit.record(Deed(command.actor, "made a sign-in link for", subject, "", now))
            unit.commit()
        return SignInLink(f"/sign-in/link/{code}", expires)


def _sign_in(
    unit: UnitOfWork, command: SignInPersonCommand, new_secret: NewSecret, now: datetime
) -> Started:
    person = unit.roster.person(command.person_id)
    choices = choices_of(unit, person.id) if person.active else ()
    if not choices:
        raise Forbidden("This account has no role in Attain. Ask your data steward.")
    unit.audit.record(Deed(person.id, "signed in", f"person:{person.id}", command.how, now))
    context = {ROLES_KEY: written(choices), OPENED_KEY: command.how}
    start = StartSessionCommand(
        person.id, choices[0].role, context, "", command.target, choices[0].org_id
    )
    return begin(unit, start, new_secret, now)
