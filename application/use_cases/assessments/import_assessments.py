"""Import assessments, where they are planned, and scores given before Attain was there."""

from dataclasses import dataclass
from datetime import datetime

from application.assessment_entries import AssessmentEntry
from application.assessment_rubrics import EntryProblem, RubricBuilder
from application.import_report import ImportCount, ImportProblem, ImportReport, counted
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import Precondition, UnitOfWork, UnitOfWorkFactory
from application.use_cases.assessments.imported_uses import ImportedUses
from domain.assessment import Assessment, AssessmentState
from domain.audit import Deed
from domain.errors import DomainError
from domain.ids import AssessmentId, OrgId


@dataclass(frozen=True, slots=True)
class ImportAssessmentsCommand:
    actor: str
    source: str
    assessments: tuple[AssessmentEntry, ...]
    precondition: Precondition | None = None


@dataclass(frozen=True, slots=True)
class ImportAssessments:
    """Assessments are known by code, their use in a section by the section.

    Only what differs is written. A use that holds scores is left as it is, whatever the
    file says of it; an assessment that changed goes on being scored there by the rubric
    frozen at the first score.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: ImportAssessmentsCommand) -> ImportReport:
        """Problems name the place in the file; with one, nothing is stored."""
        with self.units() as unit:
            if command.precondition:
                command.precondition(unit)
            run = _Run(unit, self.new_id, self.clock.now())
            for entry in command.assessments:
                run.take(entry)
            if run.problems:
                return ImportReport((), tuple(run.problems))
            counts = run.counts(len(command.assessments))
            if run.changed_anything:
                unit.audit.record(self._deed(command, counts))
                unit.commit()
        return ImportReport(counts, ())

    def _deed(self, command: ImportAssessmentsCommand, counts: tuple[ImportCount, ...]) -> Deed:
        return Deed(
            command.actor,
            "imported assessments",
            f"assessments:{command.source}",
            "; ".join(str(count) for count in counts),
            self.clock.now(),
        )


class _Run:
    """One import in one unit of work; rolled back as a whole when a problem turns up."""

    def __init__(self, unit: UnitOfWork, new_id: NewId, now: datetime) -> None:
        self.problems: list[ImportProblem] = []
        self._unit = unit
        self._new_id = new_id
        self._now = now
        self._rubrics = RubricBuilder(unit.outcomes, new_id)
        self._orgs = {org.code: org.id for org in unit.roster.orgs()}
        stored = unit.assessments.all()
        self._by_code = {assessment.code: assessment for assessment in stored}
        self._known = {str(assessment.id) for assessment in stored}
        self._uses_of = unit.assessments.uses()
        self._saved: list[Assessment] = []
        self._uses = ImportedUses(unit, new_id, now, self.problems)

    @property
    def changed_anything(self) -> bool:
        return bool(self._saved) or self._uses.changed_anything

    def counts(self, listed: int) -> tuple[ImportCount, ...]:
        return (
            counted("assessments", listed, self._saved, self._known),
            *self._uses.counts(),
        )

    def take(self, entry: AssessmentEntry) -> None:
        before = self._by_code.get(entry.code)
        try:
            wanted = self._wanted(entry, before)
        except EntryProblem as problem:
            self._problem(problem.path, problem.cause)
            return
        except DomainError as broken:
            self._problem(entry.path, str(broken))
            return
        if before is not None and wanted != before:
            uses = self._uses_of.get(before.id)
            wanted = wanted.following(before, scored=bool(uses and uses.scored))
        assessment = before if before is not None and wanted == before else self._save(wanted)
        for planned in entry.sections:
            self._uses.take(assessment, planned)

    def _save(self, wanted: Assessment) -> Assessment:
        saved = self._unit.assessments.save(wanted)
        self._by_code[saved.code] = saved
        self._saved.append(saved)
        return saved

    def _wanted(self, entry: AssessmentEntry, before: Assessment | None) -> Assessment:
        scale = self._rubrics.scale(entry)
        return Assessment(
            id=before.id if before else AssessmentId(self._new_id()),
            code=entry.code,
            org_id=self._org(entry),
            name=entry.name,
            description=entry.description,
            kind=entry.kind,
            purpose=entry.purpose,
            scale_id=scale.id,
            rubric=self._rubrics.rubric(entry, scale, before),
            points_possible=entry.points_possible,
            reflection=entry.reflection,
            in_library=entry.library,
            owner_id=before.owner_id if before else None,
            version=before.version if before else 0,
            guide=entry.guide,
            state=before.state if before else AssessmentState.ACTIVE,
            edition=before.edition if before else 1,
        )

    def _org(self, entry: AssessmentEntry) -> OrgId | None:
        if entry.org is None:
            return None
        if entry.org not in self._orgs:
            raise EntryProblem(f"{entry.path}.org", f"no org has the code {entry.org}")
        return self._orgs[entry.org]

    def _problem(self, path: str, cause: str) -> None:
        self.problems.append(ImportProblem(path, cause))
