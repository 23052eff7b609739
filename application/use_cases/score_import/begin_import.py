"""Begin to read the scores that were given in an LMS course, for one assessment."""

from dataclasses import dataclass, replace

from application.errors import Conflict
from application.own_records import own_import
from application.ports.jobs import Jobs, JobState
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.workplace import scorable
from domain.audit import Deed
from domain.ids import (
    ImportId,
    LmsCourseRef,
    PersonId,
    SectionAssessmentId,
    SiteId,
)
from domain.score_import.import_run import ImportState, ScoreImport, new_import

_DEAD = {JobState.FAILED, JobState.CANCELLED}


@dataclass(frozen=True, slots=True)
class BeginImport:
    """Write the import down and enqueue its reading; `ReadLmsScores` carries it out."""

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(
        self,
        person_id: PersonId,
        work_id: SectionAssessmentId,
        site_id: SiteId,
        course_ref: LmsCourseRef,
        course_name: str,
        *,
        inline: bool = False,
    ) -> ImportId:
        """`inline`: the caller reads itself, so that no job is asked for.

        Raises: NotFound, the person does not teach the section or there is no such site.
        """
        now = self.clock.now()
        course = (course_ref, course_name)
        begun = new_import(ImportId(self.new_id()), work_id, site_id, course, person_id, now)
        with self.units() as unit:
            scorable(unit, person_id, work_id)
            unit.sites.get(site_id)
            key = f"import:{begun.id}:first"
            unit.imports.save(begun if inline else enqueued(unit, begun, key=key))
            details = f"work:{work_id} course:{course_ref}"
            unit.audit.record(Deed(person_id, "began import", f"import:{begun.id}", details, now))
            unit.commit()
        return begun.id


@dataclass(frozen=True, slots=True)
class RetryImport:
    """Read again what could not be read, or what a dead job left half read."""

    units: UnitOfWorkFactory
    jobs: Jobs

    def __call__(self, person_id: PersonId, import_id: ImportId) -> None:
        """Raises: NotFound; Conflict unless it failed, waits, or its job died."""
        with self.units() as unit:
            score_import, _ = own_import(unit, person_id, import_id)
            stuck = score_import.state in {ImportState.FAILED, ImportState.WAITING}
            if not stuck and not self._died(score_import):
                raise Conflict("This import is not to be read again; begin a new one.")
            resume_import(unit, score_import)
            unit.commit()

    def _died(self, score_import: ScoreImport) -> bool:
        """Also what a command began to read and was stopped in: it has no job."""
        job = self.jobs.view(score_import.job_id) if score_import.job_id else None
        reading = score_import.state is ImportState.READING
        return reading and (job is None or job.state in _DEAD)


def enqueued(unit: UnitOfWork, score_import: ScoreImport, *, key: str) -> ScoreImport:
    """The import with its job, to be saved: reading, and applying too where it is scheduled."""
    job = unit.jobs.enqueue(
        "refresh-scores" if score_import.scheduled else "read-scores",
        {"import_id": score_import.id},
        key=key,
        lane=f"{score_import.site_id}:{score_import.course_ref}",
    )
    return replace(score_import, job_id=job)


def resume_import(unit: UnitOfWork, score_import: ScoreImport) -> None:
    moved = score_import.moved(ImportState.READING)
    key = f"import:{moved.id}:{moved.version}"
    unit.imports.save(enqueued(unit, moved, key=key))


def resume_waiting_imports(unit: UnitOfWork, site_id: SiteId, person_id: PersonId) -> None:
    """Read on what waited for this person's authorisation at the site."""
    for one in unit.imports.waiting():
        if one.requested_by == person_id and one.site_id == site_id:
            resume_import(unit, one)
