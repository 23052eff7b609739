"""The job behind Import LMS Scores: read who was rated how, and keep it for the preview.

What was read is written down before the next call, under the import and the assignment, so
that the job may be killed anywhere and taken up again; reading twice keeps it once.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from application.errors import LmsCannot, LmsRecordMissing, LmsRefused
from application.gateways import Gateways
from application.patience import patiently
from application.ports.jobs import JobContext, Payload
from application.ports.lms import LmsCapability, LmsGateway
from application.refusals import sentence
from application.score_import.book import ImportBook
from application.tokens import Pause
from domain.ids import ImportId, LmsAssignmentRef
from domain.score_import.import_run import ScoreImport

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Told how many portions are done, of how many."""


class Steps(Protocol):
    """Of a `JobContext`, what the reading needs."""

    async def step(self, name: str, work: Callable[[], Awaitable[T]], *, attempts: int = 5) -> T:
        """See `JobContext.step`."""

    async def progress(self, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class ReadLmsScores:
    book: ImportBook
    gateways: Gateways
    pause: Pause

    async def __call__(self, job: JobContext, payload: Payload) -> None:
        """Read one import as a job; leaves it read, failed, or waiting for authorisation."""
        await self.carry_out(job, ImportId(payload["import_id"]))

    async def read(self, import_id: ImportId, progress: Progress | None = None) -> None:
        """The same at once, without a worker."""
        await self.carry_out(_AtOnce(progress), import_id)

    async def carry_out(self, steps: Steps, import_id: ImportId) -> None:
        reason = await self._step(steps, "list", partial(self._list, import_id))
        chunks = await steps.step("cut", partial(self.book.chunks, import_id))
        for number, chunk in enumerate(chunks):
            await steps.progress(number, len(chunks))
            if not reason:
                read = partial(self._read, import_id, chunk)
                reason = await self._step(steps, f"read {number}", read)
        await steps.progress(len(chunks), len(chunks))
        await self.book.close(import_id, reason)

    async def _step(self, steps: Steps, name: str, work: Callable[[], Awaitable[None]]) -> str:
        return await steps.step(name, lambda: patiently(work, self.pause), attempts=1)

    async def _list(self, import_id: ImportId) -> None:
        one, gateway = await self._opened(import_id)
        if LmsCapability.RUBRICS not in gateway.capabilities:
            raise LmsCannot(LmsCapability.RUBRICS)
        try:
            listed = [each async for each in gateway.rubric_assignments(one.course_ref)]
            students = [each.account async for each in gateway.students(one.course_ref)]
        except LmsRecordMissing:
            slug = "course-missing"
            raise LmsRefused(sentence(slug), reason=slug) from None
        await self.book.listed(import_id, listed, students)

    async def _read(self, import_id: ImportId, refs: Sequence[LmsAssignmentRef]) -> None:
        one, gateway = await self._opened(import_id)
        wanted = await self.book.assignments(import_id, refs)
        readings = gateway.rubric_scores(one.course_ref, wanted)
        await self.book.arrived(import_id, [reading async for reading in readings])

    async def _opened(self, import_id: ImportId) -> tuple[ScoreImport, LmsGateway]:
        one = await self.book.score_import(import_id)
        return one, await self.gateways.acting_for(one.requested_by, one.site_id)


@dataclass(frozen=True, slots=True)
class _AtOnce(Steps):
    """Remembers nothing: a command that was stopped is given again."""

    told: Progress | None

    async def step(self, name: str, work: Callable[[], Awaitable[T]], *, attempts: int = 5) -> T:  # noqa: ARG002 the protocol's signature
        return await work()

    async def progress(self, done: int, total: int) -> None:
        if self.told is not None:
            self.told(done, total)
