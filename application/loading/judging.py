"""Whether a plan may be carried out: its defects, its removals, and whether it still holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from application.loading.limit import RemovalLimit
from application.loading.plan import RosterPlan
from application.ports.unit_of_work import UnitOfWork
from application.rosters.records import RecordKind
from application.rosters.roster import Roster
from application.rosters.row_errors import RowError, Severity

_GUARDED = (RecordKind.SECTIONS, RecordKind.PEOPLE, RecordKind.ENROLMENTS)
_FEW_ROLES = 5
"""Of the dozens of roles that a roster brings, so many may end at a share of any size."""
_ASSESSED = frozenset(
    {"score", "own grade", "section assessment", "reflection", "delivery", "score source"}
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a load is stopped; empty when it is not. `over_limit`: only by the removal limit."""

    stopped: str = ""
    over_limit: bool = False


def verdict_on(plan: RosterPlan, limit: RemovalLimit) -> Verdict:
    for error in plan.errors:
        if error.severity is Severity.FATAL:
            parts = (error.file, str(error.line or ""), error.column)
            return Verdict(f"{':'.join(part for part in parts if part)}: {error.cause}.")
    for kind in plan.kinds:
        ended = len(kind.ended)
        if kind.kind in _GUARDED and ended and not limit.allows(ended, kind.active_before):
            return _over(f"{ended} of {kind.active_before} active {kind.kind}", limit)
    roles = len(plan.revoked)
    few = limit.is_share and limit.amount and roles <= _FEW_ROLES
    if roles and not few and not limit.allows(roles, plan.roles_held):
        return _over(f"{roles} of {plan.roles_held} roles that loads brought", limit)
    return Verdict()


def _over(what: str, limit: RemovalLimit) -> Verdict:
    return Verdict(
        f"{what} would end, more than {limit}."
        " Check that the files are whole; if it is meant, raise --max-removals.",
        over_limit=True,
    )


def still_holds(unit: UnitOfWork, plan: RosterPlan) -> bool:
    """Whether nobody has written what the plan would write since it was made."""
    counts = unit.bulk.counts()
    for kind in plan.kinds:
        if counts[kind.kind] != kind.stored:
            return False
        before = {one.id: one for one in kind.before}
        if unit.bulk.among(kind.kind, before) != before:
            return False
    return True


def kept_data(unit: UnitOfWork, plan: RosterPlan, roster: Roster) -> Iterator[RowError]:
    """What ends and has assessment data: a load ends it, and removes nothing."""
    for kind, file in zip(plan.kinds, roster.files, strict=True):
        ended = [one.id for one in kind.ended]
        if kind.kind not in (RecordKind.SECTIONS, RecordKind.PEOPLE) or not ended:
            continue
        kept = [use for use in unit.bulk.uses(kind.kind, ended) if use.what in _ASSESSED]
        if kept:
            what = ", ".join(f"{use.count} of kind {use.what}" for use in kept)
            cause = f"some of the {len(ended)} that end have assessment data ({what}); it stays"
            yield RowError(file, 0, "", "", cause, Severity.WARNING)
