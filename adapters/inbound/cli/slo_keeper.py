"""Who keeps SLOs in a command, and the numbers that are written for them."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TypeVar

import rich_click as click

from adapters.inbound.cli.actor import as_option
from adapters.inbound.cli.house import House
from application.errors import Invalid
from application.viewers import Viewer
from domain.access import Right
from domain.slo import Edit

Command = TypeVar("Command", bound=Callable[..., object])
acting_option: Callable[[Command], Command] = as_option(
    "Only what this person may do.", required=False
)
edit_option: Callable[[Command], Command] = click.option(
    "--edit",
    "edit",
    type=click.Choice([str(one) for one in Edit]),
    default=str(Edit.WORDING),
    show_default=True,
    help="Whether other words are a correction or a new version.",
)


def keeper(house: House, tech_id: str | None) -> Viewer:
    """The person with this Tech ID as one who keeps outcomes; without one the terminal."""
    return house.acting_viewer(tech_id, Right.KEEP_OUTCOMES)


def number(text: str, field: str) -> Decimal:
    """Raises: Invalid, naming the field, for anything but a number."""
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        raise Invalid(field, f"'{text}' is no number.") from None
