"""Work that Canvas does later: queued, then run one after another; and bulk grading, such work."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.canvas import ids, params
from sandbox.canvas.grading import GradeError, comment, grade
from sandbox.canvas.moments import JobsMode
from sandbox.canvas.records import Assignment, Course, Progress
from sandbox.canvas.rights import student_ids
from sandbox.canvas.rubric_assessing import assess
from sandbox.canvas.state import State

GradeData = list[tuple[int, dict[str, Any]]]
"""(assignment id, student key -> what is given to the student), in the order of the request."""


@dataclass(slots=True)
class GradeJob:
    progress: Progress
    course: Course
    grader_id: int
    sections: set[int] | None
    data: GradeData


def _never() -> bool:
    return False


@dataclass(slots=True)
class Job:
    """Work that waits. `held` keeps it begun but unfinished for as long as it says so."""

    strand: str
    due: float
    begin: Callable[[], None]
    work: Callable[[], None]
    held: Callable[[], bool]


@dataclass
class Jobs:
    """The queue. `auto` runs what is due whenever somebody looks; `manual` waits to be told.

    Jobs of one strand run one after another: each begins when the one before has ended. An
    automatic job takes `delay` seconds of real time, and has begun for the second half of it.
    """

    state: State
    mode: JobsMode = "auto"
    delay: float = 0.4
    now: Callable[[], float] = time.monotonic
    queue: list[Job] = field(default_factory=list)

    def add(
        self,
        strand: str,
        begin: Callable[[], None],
        work: Callable[[], None],
        held: Callable[[], bool] = _never,
    ) -> None:
        free_at = max([self.now(), *(job.due for job in self.queue if job.strand == strand)])
        self.queue.append(Job(strand, free_at + self.delay, begin, work, held))

    def enqueue(
        self, course: Course, grader_id: int, sections: set[int] | None, data: GradeData
    ) -> Progress:
        number, moment = self.state.next_id("progress", 3301), self.state.clock()
        progress = Progress(number, course.id, "submissions_update", moment, moment)
        self.state.progress[number] = progress
        job = GradeJob(progress, course, grader_id, sections, data)
        self.add(f"grades of {course.id}", lambda: _begin(job), lambda: _finish(self.state, job))
        return progress

    def look(self) -> None:
        """Let time do its work on automatic jobs."""
        if self.mode == "manual":
            return
        now = self.now()
        for job in self._free():
            if job.due <= now:
                self._run(job)
            elif job.due - self.delay / 2 <= now:
                job.begin()

    def run(self) -> int:
        """Run everything that is queued and not held, at once; how many jobs that were."""
        return sum(self._run(job) for job in self._free())

    def _free(self) -> Iterator[Job]:
        """The jobs in their order, without those behind a held one of their strand."""
        stopped: set[str] = set()
        for job in list(self.queue):
            if job.strand not in stopped:
                yield job
            if job.held():
                stopped.add(job.strand)

    def _run(self, job: Job) -> bool:
        job.begin()
        if job.held():
            return False
        self.queue.remove(job)
        job.work()
        return True


def _begin(job: GradeJob) -> None:
    job.progress.workflow_state = "running"


def _finish(state: State, job: GradeJob) -> None:
    try:
        message = work(state, job)
    except GradeError:
        # Canvas stops in the middle: students before this one keep their grades.
        message = f"Unexpected error, ID: {state.next_id('error_reports', 48213)}"
    progress = job.progress
    progress.updated_at = state.clock()
    progress.message = message
    progress.workflow_state = "completed" if message is None else "failed"
    progress.completion = 100 if message is None else 0


def work(state: State, job: GradeJob) -> str | None:
    """Grade everybody in order; the message of the failure that Canvas reports at the end."""
    missing: list[str] = []
    unpublished: list[int] = []
    for assignment_id, students in job.data:
        assignment = state.assignments[assignment_id]
        if assignment.deleted or not assignment.published:
            unpublished.append(assignment_id)
            continue
        for key, given in students.items():
            if not _grade_student(state, job, assignment, key, given):
                missing.append(key)
    if missing:
        return f"Couldn't find User(s) with API ids {_quoted(missing)}"
    if unpublished:
        return (
            "Some assignments are either not published or deleted and can not be graded "
            + _quoted(unpublished)
        )
    return None


def _quoted(values: list[str] | list[int]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _grade_student(
    state: State, job: GradeJob, assignment: Assignment, key: str, given: dict[str, Any]
) -> bool:
    """Grade one student of the job; False if there is no such visible student."""
    user = ids.user_or_none(state, key, job.grader_id)
    if user is None or user.id not in student_ids(state, job.course, job.sections):
        return False
    if "posted_grade" in given or "excuse" in given:
        grade(state, assignment, user.id, job.grader_id, given)
    rubric, association = given.get("rubric_assessment"), state.grading_association(assignment.id)
    if isinstance(rubric, dict) and association is not None:
        assess(state, association, user.id, job.grader_id, rubric)
    text = params.text(given.get("text_comment"))
    if text:
        comment(state, state.submission(assignment.id, user.id), job.grader_id, text)
    return True
