"""Every table of Attain, for those who look at the schema as a whole."""

from adapters.outbound.persistence.tables import (
    access,
    api_tokens,
    curriculum,
    evaluation,
    evidence,
    exchange,
    importing,
    improvement,
    loading,
    matching,
    planning,
    portfolio,
    rostering,
    scoring,
    sending,
    student_work,
    summaries,
)
from adapters.outbound.persistence.tables.base import metadata

__all__ = [
    "access",
    "api_tokens",
    "curriculum",
    "evaluation",
    "evidence",
    "exchange",
    "importing",
    "improvement",
    "loading",
    "matching",
    "metadata",
    "planning",
    "portfolio",
    "rostering",
    "scoring",
    "sending",
    "student_work",
    "summaries",
]
