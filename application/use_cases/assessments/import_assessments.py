"""Import assessments, where they are planned, and scores given before Attain was there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from application.assessment_entries import AssessmentEntry, PlannedEntry, ScoreEntry
from application.assessment_rubrics import EntryProblem, RubricBuilder
from application.import_report import ImportCount, ImportProblem, ImportReport, counted
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import Precondition, UnitOfWork, UnitOfWorkFactory
from domain.assessment import Assessment, AssessmentState, SectionAssessment
from domain.audit import Deed
from domain.errors import DomainError
from domain.ids import AssessmentId, OrgId, PersonId, RowId, SectionAssessmentId
from domain.rostering import EnrolmentRole, Section, comparable_title
from domain.score import Blank, Score, value_from_text


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
        self._sections = _Sections(unit.roster.sections())
        self._orgs = {org.code: org.id for org in unit.roster.orgs()}
        stored = unit.assessments.all()
        self._by_code = {assessment.code: assessment for assessment in stored}
        self._known = {str(assessment.id) for assessment in stored}
        self._uses_of = unit.assessments.uses()
        self._saved: list[Assessment] = []
        self._uses = self._new_uses = self._changed_uses = self._scores = 0

    @property
    def changed_anything(self) -> bool:
        return bool(self._saved or self._new_uses or self._changed_uses or self._scores)

    def counts(self, listed: int) -> tuple[ImportCount, ...]:
        same = self._uses - self._new_uses - self._changed_uses
        return (
            counted("assessments", listed, self._saved, self._known),
            ImportCount("uses in sections", self._new_uses, self._changed_uses, same),
            ImportCount("scores", self._scores, 0, 0),
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
            self._plan(assessment, planned)

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

    def _plan(self, assessment: Assessment, entry: PlannedEntry) -> None:
        section = self._sections.named(entry.section)
        if section is None:
            cure = "give the source id or the title of exactly one active section"
            self._problem(f"{entry.path}.section", f"'{entry.section}' is not one; {cure}")
            return
        self._uses += 1
        before = self._unit.assessments.work_of(assessment.id, section.id)
        if before is not None and before.snapshot is not None:
            return
        work = self._work(assessment, section, entry, before)
        students = self._unit.roster.people_in(section.id, EnrolmentRole.STUDENT)
        ids = {person.tech_id: person.id for person in students}
        scores = list(self._scored(assessment, work.id, entry, ids))
        if scores:
            work = work.frozen(assessment)
        self._keep(work, before)
        self._unit.scores.save_all(scores)
        self._scores += len(scores)

    def _keep(self, work: SectionAssessment, before: SectionAssessment | None) -> None:
        if work == before:
            return
        self._unit.assessments.save_work(work)
        self._new_uses += before is None
        self._changed_uses += before is not None

    def _work(
        self,
        assessment: Assessment,
        section: Section,
        entry: PlannedEntry,
        before: SectionAssessment | None,
    ) -> SectionAssessment:
        if before is not None:
            released = before.released_at or (self._now if entry.released else None)
            return replace(
                before,
                opens_at=entry.opens_at,
                due_at=entry.due_at,
                planned=entry.planned,
                released_at=released,
            )
        return SectionAssessment(
            SectionAssessmentId(self._new_id()),
            assessment.id,
            section.id,
            entry.due_at,
            entry.planned,
            self._now if entry.released else None,
            None,
            0,
            entry.opens_at,
        )

    def _scored(
        self,
        assessment: Assessment,
        work_id: SectionAssessmentId,
        entry: PlannedEntry,
        students: Mapping[str, PersonId],
    ) -> Iterator[Score]:
        rows = {row.code: row for row in assessment.rubric.rows}
        seen: set[tuple[str, str]] = set()
        for score in entry.scores:
            student, row = students.get(score.student), rows.get(score.row)
            if student is None:
                cause = "no student of the section has this Tech ID"
                self._problem(f"{score.path}.student", cause)
            elif row is None:
                self._problem(f"{score.path}.row", f"the rubric has no row {score.row}")
            elif (score.student, score.row) in seen:
                self._problem(score.path, "this row of this student stands in the file before")
            else:
                seen.add((score.student, score.row))
                yield from self._cell(score, work_id, student, row.id, assessment)

    def _cell(
        self,
        entry: ScoreEntry,
        work_id: SectionAssessmentId,
        student: PersonId,
        row_id: RowId,
        assessment: Assessment,
    ) -> Iterator[Score]:
        try:
            value = value_from_text(entry.value)
            assessment.rubric.row(row_id).admit(value)
        except DomainError as broken:
            self._problem(f"{entry.path}.value", str(broken))
            return
        if not isinstance(value, Blank):
            yield Score(work_id, student, row_id, value, "", 1, None, self._now)

    def _problem(self, path: str, cause: str) -> None:
        self.problems.append(ImportProblem(path, cause))


class _Sections:
    """Active sections by source id, else by title where it is the only one."""

    def __init__(self, sections: list[Section]) -> None:
        active = [section for section in sections if section.active]
        self._by_source = {section.source_id: section for section in active}
        self._by_title: dict[str, list[Section]] = {}
        for section in active:
            self._by_title.setdefault(comparable_title(section.title), []).append(section)

    def named(self, name: str) -> Section | None:
        if name in self._by_source:
            return self._by_source[name]
        titled = self._by_title.get(comparable_title(name), [])
        return titled[0] if len(titled) == 1 else None
