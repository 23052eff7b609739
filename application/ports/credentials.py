"""Credentials in the forms that wallets and employers read, signed by the college."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.credential import Achieved, Issuer, LearnerRecord, SigningKey, StatusList
from domain.ids import SigningKeyId


@dataclass(frozen=True, slots=True)
class KeyPair:
    """`public` as JWK in JSON, `private` as PEM, which is sealed at once and never shown."""

    public: str
    private: str


@dataclass(frozen=True, slots=True)
class Signer:
    """An opened key; `url` is where its public half can be read."""

    url: str
    private: str


class CredentialWriter(Protocol):
    def new_key(self, key_id: SigningKeyId) -> KeyPair:
        """A new pair; computes for a good part of a second: outside of transactions."""

    def badge(self, achieved: Achieved, issuer: Issuer, signer: Signer) -> str:
        """One Open Badges 3.0 achievement credential as signed VC-JWT, with its place in a list."""

    def record(self, record: LearnerRecord, issuer: Issuer, signer: Signer) -> str:
        """A CLR 2.0 envelope of several achievement credentials as signed VC-JWT."""

    def status_list(self, listed: StatusList, issuer: Issuer, signer: Signer) -> str:
        """A W3C Bitstring Status List v1.0 credential as signed VC-JWT."""

    def profile(self, issuer: Issuer) -> str:
        """The issuer's profile as JSON-LD."""

    def key_set(self, keys: Sequence[SigningKey]) -> str:
        """The public halves as JWKS, retired ones too."""
