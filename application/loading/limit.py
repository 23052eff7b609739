"""How much a load may end before somebody must say that it is meant."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from application.errors import Invalid


@dataclass(frozen=True, slots=True)
class RemovalLimit:
    """How many records of one kind a load may end: a share of the active ones, or a count."""

    amount: Decimal
    is_share: bool

    def allows(self, ended: int, active: int) -> bool:
        return ended <= (active * self.amount / 100 if self.is_share else self.amount)

    def __str__(self) -> str:
        return f"{self.amount.normalize():f}{' %' if self.is_share else ''}"


def removal_limit(text: str) -> RemovalLimit:
    """Read `5%` or `20`. Raises Invalid."""
    bare = text.strip()
    number = bare.removesuffix("%").strip()
    try:
        amount = Decimal(number)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise Invalid("max-removals", "give a share such as 5% or a number such as 20.")
    return RemovalLimit(amount, bare.endswith("%"))


USUAL_LIMIT = removal_limit("5%")
