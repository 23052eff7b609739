"""The rows of an import while it is read, moved on one transaction at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from application.committing import committed
from application.ports.lms import LmsAccount
from application.ports.runtime import Clock, NewId, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.score_import.criterion_uses import criterion_uses
from application.score_import.desk import score_desk
from application.score_import.matching_cases import MatchingCases
from application.workplace import workplace
from domain.ids import ImportId, LmsAssignmentRef
from domain.score_import.import_run import ImportState, ScoreImport
from domain.score_import.lms_rubric import RubricAssignment
from domain.score_import.reading import Reading

CHUNK = 25
"""Assignments in one step: what a crash makes us read again at most."""

_LEFT_LYING = timedelta(days=1)
"""After so long nobody comes back to a preview."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ImportBook:
    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    new_id: NewId

    async def score_import(self, import_id: ImportId) -> ScoreImport:
        return await self._in_unit(lambda unit: unit.imports.get(import_id))

    async def listed(
        self,
        import_id: ImportId,
        assignments: Sequence[RubricAssignment],
        students: Sequence[LmsAccount],
    ) -> None:
        """Keep the students, and the assignments that concern this work, still without scores.

        A scheduled import knows its assignments and keeps no others.
        """

        def work(unit: UnitOfWork) -> None:
            one = unit.imports.get(import_id)
            place = workplace(unit, unit.assessments.work(one.work_id))
            wanted = [a for a in assignments if not one.assignments or a.ref in one.assignments]
            criteria = criterion_uses(unit, place, one.site_id, wanted)
            kept = [Reading(each, ()) for each in wanted if criteria.concerns(each)]
            unit.imports.put_students(import_id, students)
            unit.imports.put_readings(import_id, kept)

        await self._in_unit(work)

    async def chunks(self, import_id: ImportId) -> list[list[LmsAssignmentRef]]:
        """The assignments to be read, in portions, always in the same order."""

        def work(unit: UnitOfWork) -> list[list[LmsAssignmentRef]]:
            refs = [one.assignment.ref for one in unit.imports.readings(import_id)]
            return [refs[start : start + CHUNK] for start in range(0, len(refs), CHUNK)]

        return await self._in_unit(work)

    async def assignments(
        self, import_id: ImportId, refs: Sequence[LmsAssignmentRef]
    ) -> list[RubricAssignment]:
        def work(unit: UnitOfWork) -> list[RubricAssignment]:
            kept = (one.assignment for one in unit.imports.readings(import_id))
            return [assignment for assignment in kept if assignment.ref in refs]

        return await self._in_unit(work)

    async def arrived(self, import_id: ImportId, readings: Sequence[Reading]) -> None:
        await self._in_unit(lambda unit: unit.imports.put_readings(import_id, readings))

    async def close(self, import_id: ImportId, reason: str) -> None:
        """End the reading: read, or waiting for authorisation, or failed for a reason.

        An import that is past reading stays as it is: the job ended before a crash.
        """

        def work(unit: UnitOfWork) -> None:
            one = unit.imports.get(import_id)
            if one.state is not ImportState.READING:
                return
            if not reason:
                self._queue_nobodys(unit, one)
                self._forget_others(unit, one)
            unit.imports.save(one.moved(_ended_as(reason), reason=reason))

        await self._in_unit(work)

    def _queue_nobodys(self, unit: UnitOfWork, one: ScoreImport) -> None:
        place = workplace(unit, unit.assessments.work(one.work_id))
        cases = MatchingCases(unit, place, one, self.new_id, self.clock.now())
        cases.queue(score_desk(unit, place, one).people, unit.imports.students(one.id))

    def _forget_others(self, unit: UnitOfWork, mine: ScoreImport) -> None:
        """What was read before is of no use any more, unless somebody is still at it."""
        others = [one for one in unit.imports.of_work(mine.work_id) if one.id != mine.id]
        if not any(self._in_use(one, mine) for one in others):
            unit.imports.forget_readings(mine.work_id, keep=mine.id)

    def _in_use(self, one: ScoreImport, mine: ScoreImport) -> bool:
        if one.state is ImportState.READ:
            fresh = one.requested_at > self.clock.now() - _LEFT_LYING
            return fresh and one.requested_by != mine.requested_by
        return one.state in {ImportState.READING, ImportState.WAITING}

    async def _in_unit(self, work: Callable[[UnitOfWork], T]) -> T:
        return await committed(self.units, self.transact, work)


def _ended_as(reason: str) -> ImportState:
    match reason:
        case "":
            return ImportState.READ
        case "unauthorised":
            return ImportState.WAITING
        case _:
            return ImportState.FAILED
