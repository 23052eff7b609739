"""Sharing one collection by an address: made, made anew, revoked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from application.college_rules import college_time
from application.errors import Conflict, Invalid, NotFound
from application.own_collection import own_collection
from application.ports.runtime import Clock, NewId, NewSecret
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.audit import Deed
from domain.college_time import CollegeTime
from domain.ids import CollectionId, PersonId, ShareId
from domain.portfolio.share import MOST_DAYS, Share, ShareState, hash_of

_LONGEST_LABEL = 100


@dataclass(frozen=True, slots=True)
class ShareCommand:
    """`last_day` is the last one on which the address opens anything (UTC)."""

    owner_id: PersonId
    collection_id: CollectionId
    last_day: date | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """`code` stands in the address; it is shown once, and only its hash is kept."""

    share: Share
    code: str


@dataclass(frozen=True, slots=True)
class ShareCollection:
    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId
    new_secret: NewSecret

    def __call__(self, command: ShareCommand) -> Shared:
        """Make an address under which anybody who has it can read the collection.

        Raises:
            NotFound: not the student's own. Invalid: the day or the label cannot be used.
            Conflict: the collection is removed.
        """
        now = self.clock.now()
        label = " ".join(command.label.split())
        if len(label) > _LONGEST_LABEL:
            raise Invalid("label", f"give at most {_LONGEST_LABEL} characters.")
        code = self.new_secret()
        with self.units() as unit:
            ends_at = _end(command.last_day, college_time(unit.settings), now)
            collection = own_collection(unit, command.owner_id, command.collection_id)
            if collection.removed_at is not None:
                raise Conflict("This collection is removed. Put it back before you share it.")
            share = Share(
                ShareId(self.new_id()), collection.id, command.owner_id, hash_of(code), label,
                now, ends_at,
            )  # fmt: skip
            unit.portfolios.put_share(share)
            _audit(unit, share, "shared", f"until {command.last_day}", now)
            unit.commit()
        return Shared(share, code)


@dataclass(frozen=True, slots=True)
class ReaddressShare:
    units: UnitOfWorkFactory
    clock: Clock
    new_secret: NewSecret

    def __call__(self, owner_id: PersonId, share_id: ShareId) -> Shared:
        """Another address for the same share; the one before opens nothing any more.

        Raises: NotFound; Conflict when the share is over.
        """
        now, code = self.clock.now(), self.new_secret()
        with self.units() as unit:
            share = _own_share(unit, owner_id, share_id)
            if share.state(now) is not ShareState.OPEN:
                raise Conflict("This share is over. Share the collection again.")
            share = share.readdressed(hash_of(code))
            unit.portfolios.put_share(share)
            _audit(unit, share, "gave another address to", "", now)
            unit.commit()
        return Shared(share, code)


@dataclass(frozen=True, slots=True)
class RevokeShare:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, owner_id: PersonId, share_id: ShareId) -> Share:
        """The address opens nothing from now on. Twice is harmless. Raises NotFound."""
        now = self.clock.now()
        with self.units() as unit:
            share = _own_share(unit, owner_id, share_id)
            if share.revoked_at is None:
                share = share.revoked(now)
                unit.portfolios.put_share(share)
                _audit(unit, share, "revoked", "", now)
                unit.commit()
        return share


def _end(last_day: date | None, time: CollegeTime, now: datetime) -> datetime:
    first = time.day_of(now)
    latest = first + timedelta(days=MOST_DAYS)
    if last_day is None or not first <= last_day <= latest:
        raise Invalid("last_day", f"choose a day from today to {latest:%d %b %Y}.")
    return time.end_of(last_day)


def _own_share(unit: UnitOfWork, owner_id: PersonId, share_id: ShareId) -> Share:
    share = unit.portfolios.share(share_id)
    if share.owner_id != owner_id:
        raise NotFound("This share")
    return share


def _audit(unit: UnitOfWork, share: Share, verb: str, details: str, at: datetime) -> None:
    subject = f"portfolio-share:{share.id}"
    unit.audit.record(Deed(share.owner_id, verb, subject, details, at))
