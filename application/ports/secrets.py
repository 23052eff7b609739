"""Sealing of secrets at rest."""

from typing import Protocol

from domain.ids import AuthorisationId, SigningKeyId, SiteId


def consumer_key_row(key: str) -> str:
    """The row that both secrets of an LTI consumer key are sealed for."""
    return f"consumer-key:{key}"


def site_row(site_id: SiteId) -> str:
    """The row that a site's client secret is sealed for."""
    return f"lms-site:{site_id}"


def authorisation_row(authorisation_id: AuthorisationId) -> str:
    """The row that both tokens of an authorisation are sealed for."""
    return f"authorisation:{authorisation_id}"


def signing_key_row(key_id: SigningKeyId) -> str:
    """The row that the private half of a signing key is sealed for."""
    return f"signing-key:{key_id}"


class Sealer(Protocol):
    def seal(self, secret: str, row: str) -> bytes:
        """Encrypt `secret` for one row; `row` names table and id and is authenticated."""

    def open(self, sealed: bytes, row: str) -> str:
        """Decrypt what `seal` made for the same row.

        Raises:
            SecretUnreadable: sealed for another row, damaged, or by a key that is gone.
        """

    def is_stale(self, sealed: bytes) -> bool:
        """Sealed by another key than the present one: worth sealing again."""


class SecretUnreadable(Exception):
    """A stored secret cannot be opened; the message names the row, never the secret."""
