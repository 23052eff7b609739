"""Files of a class of 100 students and 8 rows: processor time from the store to the bytes."""

import time
from decimal import Decimal

from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.runtime.clock import SystemClock
from application.scorecards.wanted import EVERYBODY, FileFormat, Subject, Wanted
from application.use_cases.downloads.make_download import MakeDownload
from domain.ids import PersonId
from domain.score import Scored
from entrypoints.documents import write_csv, write_pdf, write_workbook
from tests.benchmark.figures import Figure, median
from tests.browser.scoring_server import WORK, fill
from tests.builders import a_score
from tests.stand_ins import NoQueue

STUDENTS, ROWS = 100, 8
TESS = PersonId("person-tess")
_KINDS = {
    "scorecard as PDF": Wanted(Subject.SCORECARD, FileFormat.PDF, completed=True),
    "scorecard as XLSX": Wanted(Subject.SCORECARD, FileFormat.XLSX, completed=True),
    "scorecard as CSV": Wanted(Subject.SCORECARD, FileFormat.CSV, completed=True),
    f"{STUDENTS} rubrics as one PDF": Wanted(
        Subject.RUBRIC, FileFormat.PDF, completed=True, whom=EVERYBODY
    ),
}


def measure() -> list[Figure]:
    make = MakeDownload(_class(), SystemClock(), write_pdf, write_workbook, write_csv)
    figures = []
    for name, wanted in _KINDS.items():
        size = len(make(TESS, WORK, wanted).content)  # fonts and libraries are loaded now
        spent = median(lambda wanted=wanted: _seconds(make, wanted))  # type: ignore[misc] # bound now
        figures.append(
            Figure(f"{name}, {STUDENTS} x {ROWS}, CPU", f"{spent * 1000:.0f} ms",
                   f"{size / 1000:.0f} kB")
        )  # fmt: skip
    return figures


def _seconds(make: MakeDownload, wanted: Wanted) -> float:
    before = time.process_time()
    make(TESS, WORK, wanted)
    return time.process_time() - before


def _class() -> MemoryUnits:
    units = MemoryUnits(Store(), lambda _after_commit: NoQueue())
    with units() as unit:
        fill(unit, STUDENTS, ROWS)
        for student in range(STUDENTS):
            for row in range(ROWS):
                points = Scored(Decimal((student + row) % 5))
                unit.scores.save(
                    a_score(f"s{student:03}", row_id=f"slo-s{row}", value=points, version=1)
                )
        unit.commit()
    return units
