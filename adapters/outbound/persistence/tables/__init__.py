"""Every table of Attain, each prefixed `attain_`, one for each kind of record."""

from adapters.outbound.persistence.tables import (
    access,
    exchange,
    importing,
    matching,
    rostering,
    scoring,
    sending,
)
from adapters.outbound.persistence.tables.base import PREFIX, SCHEMA_VERSION, metadata

__all__ = [
    "PREFIX",
    "SCHEMA_VERSION",
    "access",
    "exchange",
    "importing",
    "matching",
    "metadata",
    "rostering",
    "scoring",
    "sending",
]
