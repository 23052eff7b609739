"""Who acts when a command runs: the terminal itself, or the person named by `--as`."""

from collections.abc import Callable
from typing import TypeVar

import rich_click as click

from application.viewers import Viewer

Command = TypeVar("Command", bound=Callable[..., object])

ACTOR = "command line"
"""In the audit trail."""
TERMINAL = Viewer(None, None)
"""Sees everything: whoever sits at the machine has the database anyway."""


def as_option(who: str, *, required: bool = True) -> Callable[[Command], Command]:
    """`--as TECH_ID`; `who` says in the help what the person is for."""
    return click.option("--as", "tech_id", required=required, metavar="TECH_ID", help=who)
