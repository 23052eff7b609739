"""Every record that holds sealed secrets, and how each takes them when they are sealed anew."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from application.ports.secrets import (
    authorisation_row,
    consumer_key_row,
    signing_key_row,
    site_row,
)
from application.ports.unit_of_work import UnitOfWork
from domain.credential import SigningKey
from domain.lms_site import Authorisation, AuthorisationState, LmsSite
from domain.lti_registration import ConsumerKey


@dataclass(frozen=True, slots=True)
class SealedRow:
    """`row` is what the secrets are sealed for; `put` stores others in their order.

    What is not `used` any more, such as a revoked key, may be unreadable without harm.
    """

    row: str
    secrets: tuple[bytes, ...]
    used: bool
    put: Callable[[tuple[bytes, ...]], object]


def sealed_rows(unit: UnitOfWork) -> Iterator[SealedRow]:
    for key in unit.registrations.keys():  # noqa: SIM118 no dict
        yield _of_consumer_key(unit, key)
    for site in unit.sites.sites():
        yield _of_site(unit, site)
        for held in unit.sites.authorisations(site.id):
            yield _of_authorisation(unit, held)
    for signing in unit.signing_keys.all():
        yield _of_signing_key(unit, signing)


def _of_consumer_key(unit: UnitOfWork, key: ConsumerKey) -> SealedRow:
    secrets = (key.secret,) if key.previous_secret is None else (key.secret, key.previous_secret)

    def put(new: tuple[bytes, ...]) -> None:
        previous = new[1] if len(new) > 1 else None
        unit.registrations.save(replace(key, secret=new[0], previous_secret=previous))

    return SealedRow(consumer_key_row(key.key), secrets, key.active, put)


def _of_site(unit: UnitOfWork, site: LmsSite) -> SealedRow:
    def put(new: tuple[bytes, ...]) -> None:
        unit.sites.save(replace(site, client_secret=new[0]))

    return SealedRow(site_row(site.id), (site.client_secret,), site.active, put)


def _of_authorisation(unit: UnitOfWork, held: Authorisation) -> SealedRow:
    def put(new: tuple[bytes, ...]) -> None:
        unit.sites.save_authorisation(replace(held, access_token=new[0], refresh_token=new[1]))

    used = held.state is AuthorisationState.ACTIVE
    return SealedRow(authorisation_row(held.id), (held.access_token, held.refresh_token), used, put)


def _of_signing_key(unit: UnitOfWork, key: SigningKey) -> SealedRow:
    def put(new: tuple[bytes, ...]) -> None:
        unit.signing_keys.put(replace(key, private=new[0]))

    return SealedRow(signing_key_row(key.id), (key.private,), key.active, put)
