"""A class whose teacher rates students in the LMS and imports what was given there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from adapters.outbound.jobs.memory_jobs import MemoryRunner
from application.gateways import Gateways
from application.ports.unit_of_work import UnitOfWork
from application.queries.score_import.import_choices import ImportChoices
from application.queries.score_import.import_preview import (
    ImportPreview,
    ImportPreviewView,
    PreviewLine,
)
from application.score_import.book import ImportBook
from application.tokens import TokenVault
from application.use_cases.matching.matching_queue import ResolveQueued
from application.use_cases.outcome_sync.map_outcome import MapOutcome
from application.use_cases.score_import.apply_import import (
    ApplyImport,
    ApplyImportCommand,
    ImportReport,
)
from application.use_cases.score_import.begin_import import BeginImport, RetryImport
from application.use_cases.score_import.read_scores import ReadLmsScores
from application.use_cases.score_import.replay_imports import ReplayImport, ReplayImports
from application.use_cases.score_import.schedule_import import RefreshDue, RefreshScores, SetRefresh
from application.use_cases.score_import.undo_import import UndoImport
from domain.ids import ImportId, LmsAssignmentRef, LmsOutcomeRef, PersonId, RowId, SiteId, SloId
from domain.outcomes.content import Rating
from domain.score import Scored, value_as_text
from domain.score_import.import_run import ScoreImport
from domain.score_import.lms_rubric import GivenRating, LmsCriterion
from tests import builders
from tests.application.sending import TEACHER, WORK, Classroom, at_once
from tests.exchange_builders import a_publication
from tests.stand_ins import CountedIds

SITE = SiteId("site-main")
SLO_ROWS = ("thesis", "evidence")


def person(name: str) -> PersonId:
    return PersonId(f"person-{name}")


@dataclass
class ImportRoom(Classroom):
    """Nothing is scored here yet. Outcomes `outcome-thesis` and `outcome-evidence` are ours."""

    scored: bool = False
    criteria: dict[str, LmsCriterion] = field(default_factory=dict)

    def _store(self) -> None:
        super()._store()
        rows = tuple(
            replace(builders.a_criterion(key), slo_ids=(SloId(f"slo-{key}"),)) for key in SLO_ROWS
        )
        rubric = replace(builders.a_rubric(), criteria=rows)
        with self.units() as unit:
            unit.outcomes.put_slos([builders.an_slo(key) for key in SLO_ROWS])
            unit.assessments.save(builders.an_assessment(rubric=rubric, version=1))
            unit.publications.save(
                [a_publication(key, slo_id=SloId(f"slo-{key}")) for key in SLO_ROWS]
            )
            unit.commit()

    def _wire(self) -> None:
        super()._wire()
        units, clock = self.units, self.clock
        gateways = Gateways(
            TokenVault(units, at_once, clock, self.keyring, self.nap), {"canvas": self.lms}
        )
        book = ImportBook(units, at_once, clock, CountedIds("case"))
        ids = CountedIds("import")
        self.begin = BeginImport(units, clock, ids)
        self.retry_import = RetryImport(units, self.jobs)
        self.reader = ReadLmsScores(book, gateways, self.nap)
        self.choices = ImportChoices(units)
        self.preview = ImportPreview(units)
        self.apply = ApplyImport(units, clock)
        self.undo = UndoImport(units, clock)
        self.replay = ReplayImport(units, clock)
        self.replay_all = ReplayImports(units, self.replay)
        self.map_outcome = MapOutcome(units, clock, CountedIds("publication"))
        self.resolve = ResolveQueued(units, clock, CountedIds("decision"))
        self.set_refresh = SetRefresh(units, clock)
        self.refresh_due = RefreshDue(units, clock, ids)
        refresh = RefreshScores(self.reader, self.apply, units, at_once)
        self.runner = MemoryRunner(
            self.jobs, {"read-scores": self.reader, "refresh-scores": refresh}
        )

    def rubric_on(
        self, *rows: str, assignment: LmsAssignmentRef | None = None, title: str = "Rubric"
    ) -> LmsAssignmentRef:
        """An assignment whose rubric binds these rows to outcomes called after them."""
        state = self.lms.state
        ref = assignment or state.given_assignment(self.course)
        made = [self._criterion(row) for row in rows or SLO_ROWS]
        state.rubrics.given_rubric(self.course, ref, made, title=title)
        for row, criterion in zip(rows or SLO_ROWS, made, strict=True):
            self.criteria[f"{ref}/{row}"] = criterion
        return ref

    def _criterion(self, row: str) -> LmsCriterion:
        scale = [Rating(Decimal(points), f"Rated {points}") for points in (4, 3, 2, 1)]
        outcome = LmsOutcomeRef(f"outcome-{row}")
        return self.lms.state.rubrics.given_criterion(row.title(), scale, outcome=outcome)

    def rated(self, assignment: LmsAssignmentRef, name: str, **points: int | None) -> None:
        """`rated(essay, "ana", thesis=3)`: what a grader chose for a student."""
        given = tuple(
            GivenRating(
                self.criteria[f"{assignment}/{row}"].ref, None, None if p is None else Decimal(p)
            )
            for row, p in points.items()
        )
        self.lms.state.rubrics.given_rating(assignment, self.refs[name], given, grader=self.teacher)

    async def read(self) -> ImportId:
        """Begin an import and let the worker read it."""
        import_id = self.begin(TEACHER, WORK, SITE, self.course, "ENGL101")
        await self.runner.run_all()
        return import_id

    async def imported(self, **command: object) -> ImportReport:
        """Read and apply at once."""
        return self.applied(await self.read(), **command)

    def applied(self, import_id: ImportId, **command: object) -> ImportReport:
        return self.apply(ApplyImportCommand(TEACHER, import_id, **command))  # type: ignore[arg-type] # fields of the command

    def view(self, import_id: ImportId) -> ImportPreviewView:
        return self.preview(TEACHER, import_id)

    def score_import(self, import_id: ImportId) -> ScoreImport:
        with self.units(write=False) as unit:
            return unit.imports.get(import_id)

    def stands(self, name: str) -> dict[str, str]:
        """What stands here for a student, by row, in its written form."""
        with self.units(write=False) as unit:
            cells = unit.scores.of_student(WORK, person(name))
        return {
            row.removeprefix("row-"): value_as_text(score.value) for row, score in cells.items()
        }

    def score_here(self, name: str, row: str, points: int, *, comment: str = "") -> None:
        with self.units() as unit:
            cell = unit.scores.cell(WORK, person(name), RowId(f"row-{row}"))
            value = Scored(Decimal(points))
            changed = cell.changed(
                value, comment, seen=cell.version, by=TEACHER, at=self.clock.now()
            )
            unit.scores.save(changed)
            unit.commit()

    def queued(self) -> list[tuple[str, str, str]]:
        """Platform, user of the LMS and reason of each case in the matching queue."""
        with self.units(write=False) as unit:
            return [(one.platform, one.lms_user_id, one.reason) for one in unit.identities.queue()]


def by_cell(lines: Iterable[PreviewLine]) -> Mapping[tuple[str, str], PreviewLine]:
    return {(line.tech_id, line.row_code): line for line in lines}


def frozen_rubric(unit: UnitOfWork) -> bool:
    return unit.assessments.work(WORK).snapshot is not None
