"""An operation of the exchange with Canvas: begun, carried out, looked at, tried again."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from application.errors import ApplicationError, LmsRefused, LmsUnauthorised
from tests import builders
from tests.contract.fault_house import FaultHouse

WORK = builders.a_section_assessment().id
SITE_ID = builders.a_site().id
COMPLETE, WAITING, FAILED, TOLD = "complete", "waiting", "failed", "told"


class Standing(NamedTuple):
    """How an operation stands: a state, and the slug of what is in its way."""

    slug: str
    state: str


class Operation(ABC):
    """One operation in a house of its own. A person may have to be told of its failure."""

    for_account = False
    """Whose consent lets it go on when it waits: the person's own, or that for the account."""

    def __init__(self, house: FaultHouse) -> None:
        self.house = house

    @abstractmethod
    async def begin(self) -> None:
        """All that comes before the fault: arranging, and the decision where there is one."""

    async def carry_out(self) -> None:
        """Raises: what the person is told at once. Unless it is overwritten, a job does it."""
        await self.house.runner.run_all()

    @abstractmethod
    def standing(self) -> Standing: ...

    def press_again(self) -> None:
        """The button on the page of a failed one. Nothing is kept of a press that was told so."""
        raise AssertionError("such an operation does not stand as failed")

    @abstractmethod
    def shown(self) -> Counter[str]:
        """What Canvas shows by now, each thing as often as it is there."""

    @abstractmethod
    def wanted(self) -> Iterable[str]:
        """What it shall show in the end."""

    @abstractmethod
    async def repeat(self) -> None:
        """The whole once more, when it is complete: nothing is left to do."""


async def carried_out(operation: Operation) -> Standing:
    """How it stands afterwards; an error is told to the person who waits for the page."""
    try:
        await operation.carry_out()
    except LmsRefused as error:
        return Standing(error.reason, TOLD)
    except ApplicationError as error:
        return Standing(error.slug, TOLD)
    return operation.standing()


async def tried_again(operation: Operation, before: Standing) -> Standing:
    """The cure that the state offers: consent, by which it goes on by itself, or a press."""
    if before.slug in {"unauthorised", LmsUnauthorised.slug}:
        await operation.house.consent(for_account=operation.for_account)
    elif before.state == FAILED:
        operation.press_again()
    return await carried_out(operation) if before.state != COMPLETE else before
