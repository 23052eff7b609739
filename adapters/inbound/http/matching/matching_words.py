"""Kinds and reasons of cases in a steward's words."""

from collections.abc import Mapping

from adapters.inbound.http.access.launch_outcomes import REASONS
from adapters.inbound.http.problem_table import PROBLEMS
from application.queries.matching.matching_queue_page import CaseLine
from domain.identity import LocalField, MismatchReason
from domain.matching_case import CaseKind, Observed

KINDS: Mapping[CaseKind, str] = {
    CaseKind.UNMATCHED: "Unmatched",
    CaseKind.AMBIGUOUS: "Ambiguous",
    CaseKind.RENAMED: "Renamed",
    CaseKind.SEVERAL_LOGINS: "Several logins",
    CaseKind.MERGED: "Merged in the LMS",
    CaseKind.DUPLICATE: "Duplicate people",
    CaseKind.NO_SECTION: "No section",
}
_OBSERVED = {
    Observed.SEVERAL_LOGINS: "Let in, but this person arrives by several accounts of the LMS.",
    Observed.MERGED: "Let in, but another account of the LMS stands behind this user than before.",
}
FIELDS = {
    LocalField.TECH_ID: "Tech ID",
    LocalField.LOGIN: "login",
    LocalField.EMAIL: "e-mail address",
}


def why(case: CaseLine) -> str:
    if case.kind is CaseKind.DUPLICATE:
        shared = " and ".join(FIELDS[LocalField(one)] for one in case.reason.split(", "))
        return f"These people have the same {shared}."
    return reason(case.reason)


def reason(slug: str) -> str:
    if slug in set(MismatchReason):
        return REASONS[MismatchReason(slug)]
    if slug in set(Observed):
        return _OBSERVED[Observed(slug)]
    row = PROBLEMS.get(slug)
    return row.title if row else slug
