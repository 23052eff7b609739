"""Rubric and scorecard of an assessment in a section as a file (F16)."""

from dataclasses import dataclass

from application.errors import Invalid, NotFound
from application.ports.documents import CsvWriter, PdfWriter, WorkbookWriter
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.scorecards.grid import grid_header, grid_rows
from application.scorecards.rubric_document import rubric_document
from application.scorecards.scorecard_document import scorecard_document
from application.scorecards.sheet import ScoreSheet, SheetStudent, score_sheet
from application.scorecards.wanted import (
    EVERYBODY,
    MEDIA_TYPES,
    NOBODY,
    FileFormat,
    MadeFile,
    Subject,
    Wanted,
    file_name,
)
from application.scorecards.workbooks import (
    lines_header,
    lines_rows,
    rubric_header,
    rubric_rows,
    rubric_workbook,
    scorecard_workbook,
)
from application.workplace import given
from domain.ids import PersonId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class MakeDownload:
    """What is stored is read in one transaction; the file is set after it has ended."""

    units: UnitOfWorkFactory
    clock: Clock
    pdf: PdfWriter
    workbooks: WorkbookWriter
    csv: CsvWriter

    def __call__(
        self, person_id: PersonId, work_id: SectionAssessmentId, wanted: Wanted
    ) -> MadeFile:
        """The file, for somebody who teaches the section or was given the work to score.

        Raises:
            NotFound: nobody who scores there, a strange student, or no scorecard here.
            Invalid: a completed rubric of nobody, or of a section without students.
        """
        with self.units(write=False) as unit:
            sheet = score_sheet(unit, given(unit, person_id, work_id))
        if sheet.header.is_collective and (wanted.completed or wanted.whom):
            raise NotFound("Scores of single students")
        if wanted.subject is Subject.SCORECARD:
            content = self._scorecard(sheet, wanted)
        else:
            content = self._rubric(sheet, _students(sheet, wanted), wanted)
        return MadeFile(file_name(sheet.header, wanted), MEDIA_TYPES[wanted.format], content)

    def _scorecard(self, sheet: ScoreSheet, wanted: Wanted) -> bytes:
        if not sheet.header.is_outcomes:
            raise NotFound("A scorecard of this assessment")
        now, completed = self.clock.now(), wanted.completed
        match wanted.format:
            case FileFormat.PDF:
                return self.pdf(scorecard_document(sheet, now, completed=completed))
            case FileFormat.XLSX:
                return self.workbooks(scorecard_workbook(sheet, now, completed=completed))
            case FileFormat.CSV:
                return self.csv(grid_header(sheet), grid_rows(sheet, completed=completed))

    def _rubric(
        self, sheet: ScoreSheet, students: tuple[SheetStudent, ...], wanted: Wanted
    ) -> bytes:
        now, completed = self.clock.now(), wanted.completed
        match wanted.format:
            case FileFormat.PDF:
                return self.pdf(rubric_document(sheet, students, now, completed=completed))
            case FileFormat.XLSX:
                return self.workbooks(rubric_workbook(sheet, students, now, completed=completed))
            case FileFormat.CSV if completed:
                return self.csv(lines_header(sheet), lines_rows(sheet, students))
            case FileFormat.CSV:
                return self.csv(rubric_header(sheet), rubric_rows(sheet))


def _students(sheet: ScoreSheet, wanted: Wanted) -> tuple[SheetStudent, ...]:
    if wanted.whom == EVERYBODY:
        if not sheet.students:
            raise Invalid("student", "nobody is enrolled in this section yet.")
        return sheet.students
    if wanted.whom == NOBODY:
        if wanted.completed:
            raise Invalid("student", "choose a student, or all.")
        return ()
    student = sheet.student(PersonId(wanted.whom))
    if student is None:
        raise NotFound("This student")
    return (student,)
