"""Credentials are handed out: each gets a place that tells from then on whether it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from application.errors import Conflict
from application.ports.runtime import Clock, NewSecret
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.credential import STATUS_LIST_LENGTH, Achieved, IssuedCredential

FULL = STATUS_LIST_LENGTH // 2
"""Places taken from which on another list begins: a free one is found by chance soon."""
_TRIES = 100
Issued = Mapping[str, IssuedCredential]


@dataclass(frozen=True, slots=True)
class IssueCredentials:
    """The same credential has the same place each time; asking again writes nothing.

    Places are taken by chance, so that neighbours say nothing of one another.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_secret: NewSecret

    def __call__(self, found: tuple[Achieved, ...]) -> tuple[Achieved, ...]:
        """Those credentials with their places, in their order."""
        ids = [one.id for one in found]
        with self.units(write=False) as unit:
            known = unit.issued_credentials.among(ids)
        new = [one for one in found if one.id not in known]
        if new:
            with self.units() as unit:
                for one in new:
                    self._place(unit, one)
                known = unit.issued_credentials.among(ids)
                unit.commit()
        return tuple(replace(one, status=known[one.id].status) for one in found)

    def _place(self, unit: UnitOfWork, one: Achieved) -> None:
        """Somebody else may be first with the credential as well as with a place."""
        last, taken = unit.issued_credentials.last_list()
        number = last + 1 if not last or taken >= FULL else last
        for _ in range(_TRIES):
            if unit.issued_credentials.claim(self._issued(one, number)):
                return
            if unit.issued_credentials.among([one.id]):
                return
        raise Conflict("No place was found for this credential; try again.")

    def _issued(self, one: Achieved, number: int) -> IssuedCredential:
        chance = int.from_bytes(sha256(self.new_secret().encode()).digest())
        return IssuedCredential(
            id=one.id,
            person_id=one.person_id,
            work_id=one.work_id,
            row_id=one.row_id,
            points=one.level.points,
            released_at=one.at,
            list_number=number,
            place=chance % STATUS_LIST_LENGTH,
            issued_at=self.clock.now(),
        )
