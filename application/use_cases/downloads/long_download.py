"""A file that takes long: asked for, made by a job, fetched until its link expires."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from application.errors import NotFound
from application.ports.downloads import AskedDownload, DownloadShelf
from application.ports.jobs import JobContext, Jobs, JobState, JobView, Payload
from application.ports.runtime import Clock, NewId, Transact
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.works.work_header import WorkHeader, work_header
from application.scorecards.wanted import (
    MEDIA_TYPES,
    FileFormat,
    MadeFile,
    Subject,
    Wanted,
    file_name,
)
from application.use_cases.downloads.make_download import MakeDownload
from application.workplace import Workplace, given
from domain.ids import DownloadId, PersonId, SectionAssessmentId

KIND = "make-download"
LANE = "downloads"
KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class AskForDownload:
    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId
    shelf: DownloadShelf

    def __call__(
        self, person_id: PersonId, work_id: SectionAssessmentId, wanted: Wanted
    ) -> DownloadId:
        """Raises NotFound for somebody who does not score there."""
        download_id = DownloadId(self.new_id())
        now = self.clock.now()
        with self.units() as unit:
            place = given(unit, person_id, work_id)
            name = file_name(work_header(unit, place), wanted)
            payload = {
                "download_id": download_id,
                "person_id": person_id,
                "work_id": work_id,
                "subject": wanted.subject,
                "format": wanted.format,
                "completed": "yes" if wanted.completed else "no",
                "whom": wanted.whom,
            }
            job_id = unit.jobs.enqueue(KIND, payload, key=f"download:{download_id}", lane=LANE)
            # Noted before the commit: a worker may finish before we would come to it.
            self.shelf.note(
                AskedDownload(
                    download_id, person_id, work_id, job_id, name,
                    MEDIA_TYPES[wanted.format], now, now + KEPT_FOR, _terms(place),
                )
            )  # fmt: skip
            unit.commit()
        return download_id


@dataclass(frozen=True, slots=True)
class MakeLongDownload:
    """The job. One step, safe to repeat: the file is kept whole or not at all."""

    transact: Transact
    make: MakeDownload
    shelf: DownloadShelf

    async def __call__(self, job: JobContext, payload: Payload) -> None:
        await job.progress(0, 1)
        work = partial(self._work, payload)
        await job.step("make", lambda: self.transact(work), attempts=2)
        await job.progress(1, 1)

    def _work(self, payload: Payload) -> None:
        wanted = Wanted(
            Subject(payload["subject"]),
            FileFormat(payload["format"]),
            payload["completed"] == "yes",
            payload["whom"],
        )
        made = self.make(
            PersonId(payload["person_id"]), SectionAssessmentId(payload["work_id"]), wanted
        )
        self.shelf.keep(DownloadId(payload["download_id"]), made.content)


@dataclass(frozen=True, slots=True)
class DownloadView:
    header: WorkHeader
    asked: AskedDownload
    ready: bool
    job: JobView | None

    @property
    def failed(self) -> bool:
        if self.ready or self.job is None:
            return False
        return self.job.state in {JobState.FAILED, JobState.CANCELLED}

    @property
    def open(self) -> bool:
        return not self.ready and not self.failed


@dataclass(frozen=True, slots=True)
class ReadDownload:
    """Only for the person who asked, while that person scores there on the same terms."""

    units: UnitOfWorkFactory
    clock: Clock
    jobs: Jobs
    shelf: DownloadShelf

    def __call__(self, person_id: PersonId, download_id: DownloadId) -> DownloadView:
        """Raises NotFound; also once the link has expired."""
        asked, header = self._opened(person_id, download_id)
        ready = self.shelf.content(download_id) is not None
        return DownloadView(header, asked, ready, None if ready else self.jobs.view(asked.job_id))

    def file(self, person_id: PersonId, download_id: DownloadId) -> MadeFile:
        """Raises NotFound; also while it is not finished."""
        asked, _ = self._opened(person_id, download_id)
        content = self.shelf.content(download_id)
        if content is None:
            raise NotFound("This file")
        return MadeFile(asked.name, asked.media_type, content)

    def _opened(
        self, person_id: PersonId, download_id: DownloadId
    ) -> tuple[AskedDownload, WorkHeader]:
        asked = self.shelf.asked(download_id)
        if asked.person_id != person_id or asked.expires_at <= self.clock.now():
            raise NotFound("This file")
        with self.units(write=False) as unit:
            place = given(unit, person_id, asked.work_id)
            if asked.terms != _terms(place):
                raise NotFound("This file")
            return asked, work_header(unit, place)


def _terms(place: Workplace) -> int:
    """Changes whenever the work is given otherwise: a file with names ends when they are hidden."""
    return place.evaluator.version if place.evaluator else 0
