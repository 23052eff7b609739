"""Telling how far long work is, while it goes on."""

from typing import Protocol


class Progress(Protocol):
    def __call__(self, doing: str, done: int, total: int) -> None:
        """So many of `total`, doing what `doing` says; called by count, not by the clock.

        May be called from any thread. What it raises ends the work.
        """


def unseen(doing: str, done: int, total: int) -> None:
    """For work that nobody watches."""
