"""What one launch means for the queue: a case noticed, a case dismissed, a case over."""

from dataclasses import replace

from application.matching import rules_of
from application.ports.unit_of_work import UnitOfWork
from domain.identity import LaunchRecord, LmsIdentity
from domain.ids import PersonId
from domain.launch import LaunchClaims
from domain.matching_case import (
    ACCOUNT_PARAM,
    CaseKind,
    Observed,
    Verdict,
    kind_of,
    user_subject,
)


def observed(unit: UnitOfWork, claims: LaunchClaims, record: LaunchRecord) -> LaunchRecord:
    """The record of a matched launch; it is queued for what a steward should look at.

    The LMS user is remembered at the first launch. The account behind a user changes when
    the LMS merges users; the remembered one stays until a steward has decided.
    """
    known = unit.identities.known(claims.platform, claims.user_id or "")
    account = claims.value(ACCOUNT_PARAM) or ""
    person_id = record.person_id or PersonId("")
    if known is None:
        reason = Observed.SEVERAL_LOGINS if _arrives_otherwise(unit, record, account) else ""
        value = rules_of(unit.settings).of(claims.audience).wanted(claims) or ""
        user = LmsIdentity(claims.platform, claims.user_id or "", person_id, value, record.at)
        unit.identities.remember(replace(user, account_ref=account))
    else:
        reason = Observed.MERGED if _has_changed(known, account) else ""
        if account and not known.account_ref:
            unit.identities.remember(replace(known, account_ref=account))
    case = replace(record, reason=reason, queued=bool(reason))
    return replace(case, queued=case.queued and not is_dismissed(unit, case))


def is_dismissed(unit: UnitOfWork, case: LaunchRecord) -> bool:
    """Whether a steward put aside exactly what this case shows."""
    subject = user_subject(case.platform, case.lms_user_id)
    decision = unit.matching.standing([subject]).get(subject)
    return (
        decision is not None
        and decision.verdict is Verdict.DISMISSED
        and (decision.compared, decision.why) == (case.compared, why_of(case))
    )


def why_of(case: LaunchRecord) -> str:
    return case.reason or case.slug


def leave_queue(unit: UnitOfWork, record: LaunchRecord, person_id: PersonId) -> None:
    """The LMS user was let in: launches that named nobody wait no longer, nor refused ones."""
    for waiting in unit.matching.queued_of(record.platform, record.lms_user_id):
        if is_over(waiting, record.context_id):
            unit.identities.log(replace(waiting, resolved_to=person_id))


def is_over(waiting: LaunchRecord, context_id: str) -> bool:
    """Whether a launch let in from this context answers what `waiting` asks."""
    kind = kind_of(waiting)
    if kind is CaseKind.NO_SECTION:
        return waiting.context_id == context_id
    return kind not in {CaseKind.MERGED, CaseKind.SEVERAL_LOGINS}


def _arrives_otherwise(unit: UnitOfWork, record: LaunchRecord, account: str) -> bool:
    """Whether the person is known by another account of the same LMS."""
    return any(
        one.platform == record.platform
        and bool(account and one.account_ref)
        and one.account_ref != account
        for one in unit.matching.identities_of(record.person_id or PersonId(""))
    )


def _has_changed(known: LmsIdentity, account: str) -> bool:
    return bool(account and known.account_ref) and known.account_ref != account
