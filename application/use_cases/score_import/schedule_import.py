"""Imports that a section makes by itself, every so many hours, once a faculty member said so."""

from dataclasses import dataclass, replace
from datetime import timedelta

from application.errors import Conflict, Invalid, NotFound
from application.own_records import own_import
from application.ports.jobs import JobContext, Payload
from application.ports.runtime import Clock, NewId, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.score_import.apply_import import ApplyImport, ApplyImportCommand
from application.use_cases.score_import.begin_import import enqueued
from application.use_cases.score_import.read_scores import ReadLmsScores
from application.workplace import taught
from domain.audit import Deed
from domain.ids import ImportId, LmsAssignmentRef, PersonId, SectionAssessmentId
from domain.score_import.import_plan import ImportPolicy
from domain.score_import.import_run import ImportState, RefreshPlan

LONGEST_HOURS = 7 * 24


@dataclass(frozen=True, slots=True)
class SetRefreshCommand:
    """`import_id` names the import whose course is read again; its choices are the default.

    `active` False needs neither: the plan stays as it was and rests.
    """

    person_id: PersonId
    work_id: SectionAssessmentId
    active: bool
    import_id: ImportId | None = None
    every_hours: int = 24
    assignments: tuple[LmsAssignmentRef, ...] = ()
    policy: ImportPolicy | None = None


@dataclass(frozen=True, slots=True)
class SetRefresh:
    """Switch a section's own imports on or off; they act with this person's authorisation.

    Scores given here are never replaced by them.

    Raises:
        NotFound: the person does not teach the section, or the import is of another.
        Invalid: no import was named, no assignment chosen, or the hours are out of range.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: SetRefreshCommand) -> RefreshPlan | None:
        """The plan as it is now; None when there was none and none is wanted."""
        now = self.clock.now()
        with self.units() as unit:
            taught(unit, command.person_id, command.work_id)
            stored = unit.imports.refresh_plan(command.work_id)
            plan = self._plan(unit, command, stored)
            if plan is None or plan == stored:
                return stored
            saved = unit.imports.save_refresh_plan(plan)
            details = f"every {plan.every_hours} h" if plan.active else "off"
            subject = f"refresh:{command.work_id}"
            unit.audit.record(Deed(command.person_id, "set", subject, details, now))
            unit.commit()
        return saved

    def _plan(
        self, unit: UnitOfWork, command: SetRefreshCommand, stored: RefreshPlan | None
    ) -> RefreshPlan | None:
        if not command.active:
            return replace(stored, active=False) if stored else None
        if command.import_id is None:
            raise Invalid("import", "import scores once, then let it be done again.")
        if not 1 <= command.every_hours <= LONGEST_HOURS:
            raise Invalid("every_hours", f"give 1 to {LONGEST_HOURS} hours.")
        one, _ = own_import(unit, command.person_id, command.import_id)
        if one.work_id != command.work_id:
            raise NotFound("This import")
        assignments = command.assignments or one.assignments
        if not assignments:
            raise Invalid("assignments", "choose at least one assignment.")
        return RefreshPlan(
            work_id=one.work_id,
            site_id=one.site_id,
            course_ref=one.course_ref,
            course_name=one.course_name,
            assignments=assignments,
            policy=command.policy or one.policy,
            set_by=command.person_id,
            every_hours=command.every_hours,
            next_at=self.clock.now() + timedelta(hours=command.every_hours),
            active=True,
            last_import=stored.last_import if stored else None,
            version=stored.version if stored else 0,
        )


@dataclass(frozen=True, slots=True)
class RefreshDue:
    """Begin the imports whose time has come. Any worker may ask, each begins once."""

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self) -> int:
        """How many were begun."""
        with self.units(write=False) as unit:
            due = unit.imports.due_refreshes(self.clock.now())
        return sum(self._begin(plan) for plan in due)

    def _begin(self, plan: RefreshPlan) -> bool:
        try:
            with self.units() as unit:
                moved, begun = self._moved(unit, plan)
                unit.imports.save_refresh_plan(moved)
                unit.commit()
        except Conflict:  # another worker was first, or the plan was changed just now
            return False
        return begun

    def _moved(self, unit: UnitOfWork, plan: RefreshPlan) -> tuple[RefreshPlan, bool]:
        """The plan as it goes on, and whether an import was begun for it."""
        now = self.clock.now()
        try:
            taught(unit, plan.set_by, plan.work_id)
        except NotFound:
            return self._ended(unit, plan), False
        next_at = plan.due_after(now)
        if _waits(unit, plan):
            return replace(plan, next_at=next_at), False
        begun = plan.import_due(ImportId(self.new_id()), now)
        key = f"refresh:{plan.work_id}:{plan.next_at.isoformat()}"
        unit.imports.save(enqueued(unit, begun, key=key))
        return plan.after(begun.id, next_at), True

    def _ended(self, unit: UnitOfWork, plan: RefreshPlan) -> RefreshPlan:
        """Who set it does not teach there any more."""
        deed = Deed("system", "set", f"refresh:{plan.work_id}", "off", self.clock.now())
        unit.audit.record(deed)
        return replace(plan, active=False)


@dataclass(frozen=True, slots=True)
class RefreshScores:
    """The job of a scheduled import: read, then bring over what is new or was regraded there."""

    reader: ReadLmsScores
    apply: ApplyImport
    units: UnitOfWorkFactory
    transact: Transact

    async def __call__(self, job: JobContext, payload: Payload) -> None:
        """Leaves the import applied; or failed, or waiting, as the reading left it."""
        import_id = ImportId(payload["import_id"])
        await self.reader.carry_out(job, import_id)
        await self.transact(lambda: self._apply(import_id))

    def _apply(self, import_id: ImportId) -> None:
        with self.units(write=False) as unit:
            one = unit.imports.get(import_id)
        if one.state is ImportState.READ:
            wanted = frozenset(one.assignments)
            self.apply(ApplyImportCommand(one.requested_by, one.id, wanted, one.policy))


def _waits(unit: UnitOfWork, plan: RefreshPlan) -> bool:
    """The import before still waits for an authorisation: one that waits is enough."""
    if plan.last_import is None:
        return False
    return unit.imports.get(plan.last_import).state is ImportState.WAITING
