"""Where imported assessments are planned, and the scores that were given there."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from application.assessment_entries import PlannedEntry, ScoreEntry
from application.import_report import ImportCount, ImportProblem
from application.ports.runtime import NewId
from application.ports.unit_of_work import UnitOfWork
from domain.assessment import Assessment, SectionAssessment
from domain.errors import DomainError
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.rostering import EnrolmentRole, Section, comparable_title
from domain.score import Blank, Score, value_from_text


class ImportedUses:
    """The uses of one import in one unit of work; what is wrong goes to `problems`."""

    def __init__(
        self, unit: UnitOfWork, new_id: NewId, now: datetime, problems: list[ImportProblem]
    ) -> None:
        self._unit = unit
        self._new_id = new_id
        self._now = now
        self._problems = problems
        self._sections = _Sections(unit.roster.sections())
        self._taken = self._new = self._changed = self._scores = 0

    @property
    def changed_anything(self) -> bool:
        return bool(self._new or self._changed or self._scores)

    def counts(self) -> tuple[ImportCount, ...]:
        same = self._taken - self._new - self._changed
        return (
            ImportCount("uses in sections", self._new, self._changed, same),
            ImportCount("scores", self._scores, 0, 0),
        )

    def take(self, assessment: Assessment, entry: PlannedEntry) -> None:
        section = self._sections.named(entry.section)
        if section is None:
            cure = "give the source id or the title of exactly one active section"
            self._problem(f"{entry.path}.section", f"'{entry.section}' is not one; {cure}")
            return
        self._taken += 1
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
        self._new += before is None
        self._changed += before is not None

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
        self._problems.append(ImportProblem(path, cause))


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
