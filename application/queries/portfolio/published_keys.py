"""What anybody may read to check a credential: the college's profile and its public keys."""

from dataclasses import dataclass

from application.credentials import college
from application.errors import NotFound
from application.ports.credentials import CredentialWriter
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.ids import SigningKeyId


@dataclass(frozen=True, slots=True)
class PublishedKeys:
    """Answers in JSON."""

    units: UnitOfWorkFactory
    writer: CredentialWriter
    base_url: str

    def profile(self) -> str:
        with self.units(write=False) as unit:
            return self.writer.profile(college(unit, self.base_url))

    def key_set(self) -> str:
        with self.units(write=False) as unit:
            return self.writer.key_set(unit.signing_keys.all())

    def key(self, key_id: SigningKeyId) -> str:
        """Raises NotFound."""
        with self.units(write=False) as unit:
            found = unit.signing_keys.find(key_id)
        if found is None:
            raise NotFound("This key")
        return found.public
