"""Every table of Attain, each prefixed `attain_`, one for each kind of record."""

from adapters.outbound.persistence.tables import (
    access,
    api_tokens,
    curriculum,
    exchange,
    importing,
    improvement,
    loading,
    matching,
    planning,
    rostering,
    scoring,
    sending,
)
from adapters.outbound.persistence.tables.base import PREFIX, SCHEMA_VERSION, metadata

__all__ = [
    "PREFIX",
    "SCHEMA_VERSION",
    "access",
    "api_tokens",
    "curriculum",
    "exchange",
    "importing",
    "improvement",
    "loading",
    "matching",
    "metadata",
    "planning",
    "rostering",
    "scoring",
    "sending",
]
