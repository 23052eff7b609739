"""Every table of Attain, each prefixed `attain_`, one for each kind of record."""

from adapters.outbound.persistence.tables import (
    access,
    api_tokens,
    curriculum,
    evaluation,
    exchange,
    importing,
    loading,
    matching,
    planning,
    rostering,
    scoring,
    sending,
    summaries,
)
from adapters.outbound.persistence.tables.base import PREFIX, SCHEMA_VERSION, metadata

__all__ = [
    "PREFIX",
    "SCHEMA_VERSION",
    "access",
    "api_tokens",
    "curriculum",
    "evaluation",
    "exchange",
    "importing",
    "loading",
    "matching",
    "metadata",
    "planning",
    "rostering",
    "scoring",
    "sending",
    "summaries",
]
