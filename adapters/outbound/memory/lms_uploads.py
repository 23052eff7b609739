"""Uploads of outcomes to the learning system in memory: each waits until it is worked off."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.outbound.memory.lms_outcome_changes import OutcomeChanges
from adapters.outbound.memory.lms_outcome_state import OutcomeState, OwnedOutcome
from application.errors import LmsRecordMissing, LmsRefused
from application.ports.lms_outcomes import (
    OutcomeDraft,
    OutcomeUpload,
    UploadReport,
    UploadState,
)
from domain.ids import LmsFolderRef
from domain.outcomes.content import OutcomeContent
from domain.outcomes.found import OutcomePlace

MOST_ERRORS = 25
RUNNING = UploadReport(UploadState.RUNNING, 0, {})


@dataclass(slots=True)
class UploadJob:
    place: OutcomePlace
    upload: OutcomeUpload
    report: UploadReport = RUNNING


@dataclass(slots=True)
class Uploads:
    """`breaks` lets uploads fail as a whole, without an effect."""

    state: OutcomeState
    jobs: dict[str, UploadJob] = field(default_factory=dict)
    breaks: bool = False

    def take(self, place: OutcomePlace, upload: OutcomeUpload) -> str:
        reference = self.state.new_ref()
        self.jobs[reference] = UploadJob(place, upload)
        return reference

    def report(self, place: OutcomePlace, reference: str) -> UploadReport:
        job = self.jobs.get(reference)
        if job is None or job.place != place:
            raise LmsRecordMissing("This upload is forgotten.")
        return job.report

    def run(self) -> None:
        """Work off all waiting uploads at once."""
        for job in self.jobs.values():
            if job.report.state is UploadState.RUNNING:
                job.report = self._done(job)

    def _done(self, job: UploadJob) -> UploadReport:
        if self.breaks:
            return UploadReport(UploadState.BROKEN, 0, {})
        errors = _Worker(OutcomeChanges(self.state, job.place), job.upload).work()
        first = dict(list(errors.items())[:MOST_ERRORS])
        return UploadReport(UploadState.FINISHED, 100, first)


@dataclass(slots=True)
class _Worker:
    """One upload: a row that cannot be is left out, and told by its guid."""

    changes: OutcomeChanges
    upload: OutcomeUpload
    folders: dict[str, LmsFolderRef] = field(default_factory=dict)
    """By guid or, for those that were there before, by ref."""

    def work(self) -> Mapping[str, str]:
        errors: dict[str, str] = {}
        self.folders.update({folder.ref: folder.ref for folder in self.upload.found.folders})
        for wish in self.upload.folders:
            try:
                self.folders[wish.guid] = self.changes.put_folder(wish).ref
            except LmsRefused as error:
                errors[wish.guid] = str(error)
        for draft in self.upload.outcomes:
            try:
                self._put(draft)
            except LmsRefused as error:
                errors[draft.guid] = str(error)
        return errors

    def _put(self, draft: OutcomeDraft) -> None:
        state, place = self.changes.state, self.changes.place
        if not draft.folders or not all(one in self.folders for one in draft.folders):
            raise LmsRefused("A folder of this row is not there.")
        wanted = [self.folders[one] for one in draft.folders]
        rows = state.outcomes.values()
        held = next((row for row in rows if row.guid == draft.guid), None)
        if held is None:
            held = self.changes.add(wanted[0], draft.guid, draft.content)
        elif held.home == place:
            self.changes.write(held, draft.content)
        elif not state.may_show(place, held) or draft.content.differences(held.content):
            raise LmsRefused("The outcome belongs to another place.")
        self._link(held, wanted)

    def _link(self, held: OwnedOutcome, wanted: list[LmsFolderRef]) -> None:
        """Show it in exactly these folders of the place."""
        state, place = self.changes.state, self.changes.place
        for folder in wanted:
            state.given_link(state.folder_in(place, folder).ref, held.ref)
        for folder in set(state.links_in(place, held.ref)) - set(wanted):
            self.changes.unlink(folder, held.ref)


def whole(content: OutcomeContent) -> bool:
    """Whether all its numbers are integers: others an upload may misread, as in Canvas."""
    scale = content.scale
    if scale is None:
        return True
    numbers = [scale.mastery_points, *(rating.points for rating in scale.ratings)]
    return all(number == number.to_integral_value() for number in numbers)
