"""Rosters and what they hold."""

from domain.access import Right
from tests.documents.deeds import SET_UP, Deed, Not

RUN = Right.RUN_SYSTEM
DEEDS = (Deed("Load a roster", RUN, "load oneroster", Not("a folder on the server"), SET_UP),)
