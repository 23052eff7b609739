"""Load a roster: show what it would change, stop a load that ends too much, or apply it."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from application.errors import Invalid
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.rosters.plan import RosterPlan, StoredRoster, plan_roster
from application.rosters.records import RecordKind, Roster, RowError, Severity
from domain.audit import Deed

_GUARDED = (RecordKind.SECTIONS, RecordKind.PEOPLE, RecordKind.ENROLMENTS)


@dataclass(frozen=True, slots=True)
class RemovalLimit:
    """How many records of one kind a load may end: a share of the active ones, or a count."""

    amount: Decimal
    is_share: bool

    def allows(self, ended: int, active: int) -> bool:
        return ended <= (active * self.amount / 100 if self.is_share else self.amount)

    def __str__(self) -> str:
        return f"{self.amount.normalize():f}{' %' if self.is_share else ''}"


def removal_limit(text: str) -> RemovalLimit:
    """Read `5%` or `20`. Raises Invalid."""
    bare = text.strip()
    number = bare.removesuffix("%").strip()
    try:
        amount = Decimal(number)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise Invalid("max-removals", "give a share such as 5% or a number such as 20.")
    return RemovalLimit(amount, bare.endswith("%"))


USUAL_LIMIT = removal_limit("5%")


@dataclass(frozen=True, slots=True)
class LoadRosterCommand:
    """`source` names the upload in the audit trail: its name and the hash of its content."""

    actor: str
    roster: Roster
    source: str
    dry_run: bool = False
    limit: RemovalLimit = USUAL_LIMIT


@dataclass(frozen=True, slots=True)
class KindCount:
    """What happens to the records of one kind; `refused` are rows left out for an error."""

    kind: RecordKind
    added: int
    changed: int
    ended: int
    same: int
    refused: int


@dataclass(frozen=True, slots=True)
class LoadRosterReport:
    """`applied` tells whether anything was stored; `stopped` why the whole load was not."""

    counts: tuple[KindCount, ...]
    errors: tuple[RowError, ...]
    applied: bool
    stopped: str

    @property
    def has_row_errors(self) -> bool:
        return any(error.severity is Severity.ERROR for error in self.errors)


@dataclass(frozen=True, slots=True)
class LoadRoster:
    """One transaction: a load is there as a whole or not at all.

    Wrong rows are left out and named, and stop no others; a defect of the whole roster, or
    more ends than the limit allows, stops the load. The same roster again changes nothing.
    Scores, links and people's data are never removed: what ends becomes inactive.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: LoadRosterCommand) -> LoadRosterReport:
        with self.units(write=not command.dry_run) as unit:
            plan = plan_roster(_stored(unit), command.roster, self.new_id)
            stopped = _why_stopped(plan, command.limit)
            applies = not command.dry_run and not stopped
            report = LoadRosterReport(_counts(plan, command.roster), plan.errors, applies, stopped)
            if applies and not plan.changes_nothing:
                _apply(unit, plan)
                unit.audit.record(self._deed(command, report))
            if applies:
                unit.commit()
        return report

    def _deed(self, command: LoadRosterCommand, report: LoadRosterReport) -> Deed:
        details = "; ".join(
            f"{c.kind} {c.added} added, {c.changed} changed, {c.ended} ended, {c.refused} refused"
            for c in report.counts
        )
        return Deed(
            command.actor, "loaded roster", f"roster:{command.source}", details, self.clock.now()
        )


def _stored(unit: UnitOfWork) -> StoredRoster:
    roster = unit.roster
    return StoredRoster(
        roster.orgs(),
        roster.terms(),
        roster.courses(),
        roster.sections(),
        roster.all_people(),
        roster.all_enrolments(),
    )


def _why_stopped(plan: RosterPlan, limit: RemovalLimit) -> str:
    for error in plan.errors:
        if error.severity is Severity.FATAL:
            place = f"{error.file}:{error.line}" if error.line else error.file
            return f"{place}: {error.cause}."
    for kind in plan.kinds:
        ended = len(kind.ended)
        if kind.kind in _GUARDED and ended and not limit.allows(ended, kind.active_before):
            return (
                f"{ended} of {kind.active_before} active {kind.kind} would end, more than {limit}."
                " Check that the files are whole; if it is meant, raise --max-removals."
            )
    return ""


def _counts(plan: RosterPlan, roster: Roster) -> tuple[KindCount, ...]:
    files = dict(zip(RecordKind, roster.files, strict=True))
    return tuple(
        KindCount(
            kind.kind,
            len(kind.added),
            len(kind.changed),
            len(kind.ended),
            kind.same,
            _refused_lines(plan, files[kind.kind]),
        )
        for kind in plan.kinds
    )


def _refused_lines(plan: RosterPlan, file: str) -> int:
    """A row with three defects is one refused row."""
    return len({e.line for e in plan.errors if e.file == file and e.severity is Severity.ERROR})


def _apply(unit: UnitOfWork, plan: RosterPlan) -> None:
    unit.roster.put_orgs(plan.orgs.to_put)
    unit.roster.put_terms(plan.terms.to_put)
    unit.roster.put_courses(plan.courses.to_put)
    unit.roster.put_sections(plan.sections.to_put)
    unit.roster.put_people(plan.people.to_put)
    unit.roster.put_enrolments(plan.enrolments.to_put)
    for grant in plan.grants:
        unit.roster.grant(grant)
