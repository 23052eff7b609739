"""An essay in a section, scored or not, and the files that are made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.inbound.scorecards.filled import read_filled
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.ports.runtime import Clock
from application.scorecards.upload_plan import UploadPlan
from application.scorecards.wanted import EVERYBODY, FileFormat, MadeFile, Subject, Wanted
from application.use_cases.downloads.make_download import MakeDownload
from application.use_cases.scoring.record_scores import (
    CellChange,
    RecordScores,
    RecordScoresCommand,
    RecordScoresReport,
)
from application.use_cases.scoring.upload_scorecard import PreviewScorecard
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.rostering import EnrolmentRole
from domain.score import value_as_text
from entrypoints.documents import write_csv, write_pdf, write_workbook
from tests.builders import College, a_person, an_enrolment
from tests.stand_ins import FixedClock

WORK = SectionAssessmentId("work-essay")
TESS, TOM = PersonId("person-tess"), PersonId("person-tom")
THESIS, EVIDENCE = RowId("row-thesis"), RowId("row-evidence")


@dataclass(slots=True)
class ScoreFiles:
    """The section of `College`, taught by Tess and Tom; tools for its files."""

    units: MemoryUnits
    clock: Clock = field(default_factory=FixedClock)
    students: tuple[str, ...] = ("ana", "ben")

    def __post_init__(self) -> None:
        with self.units() as unit:
            College(self.students).store(unit)
            unit.roster.put_people([a_person("tom", given_name="Tom")])
            unit.roster.put_enrolments([an_enrolment("tom", role=EnrolmentRole.TEACHER)])
            unit.commit()

    def score(self, values: Mapping[tuple[str, RowId], str], by: PersonId = TESS) -> None:
        """Give these scores, whatever stands there, by student and row."""
        changes = tuple(
            CellChange(PersonId(f"person-{key}"), row, value, self._version(key, row))
            for (key, row), value in values.items()
        )
        self.record(changes, by)

    def record(self, changes: tuple[CellChange, ...], by: PersonId = TESS) -> RecordScoresReport:
        return RecordScores(self.units, self.clock)(RecordScoresCommand(by, WORK, changes))

    def stored(self) -> dict[tuple[str, RowId], str]:
        with self.units(write=False) as unit:
            return {
                (score.student_id.removeprefix("person-"), score.row_id): text
                for score in unit.scores.of_work(WORK)
                if (text := value_as_text(score.value))
            }

    def made(self, wanted: Wanted, by: PersonId = TESS) -> MadeFile:
        make = MakeDownload(self.units, self.clock, write_pdf, write_workbook, write_csv)
        return make(by, WORK, wanted)

    def scorecard(self, file_format: FileFormat, *, completed: bool = True) -> bytes:
        return self.made(Wanted(Subject.SCORECARD, file_format, completed)).content

    def rubric(self, file_format: FileFormat, whom: str = EVERYBODY) -> bytes:
        return self.made(Wanted(Subject.RUBRIC, file_format, completed=True, whom=whom)).content

    def plan(self, content: bytes, by: PersonId = TESS) -> UploadPlan:
        return PreviewScorecard(self.units)(by, WORK, read_filled(content))

    def _version(self, key: str, row: RowId) -> int:
        with self.units(write=False) as unit:
            cells = unit.scores.of_student(WORK, PersonId(f"person-{key}"))
            return cells[row].version if row in cells else 0
