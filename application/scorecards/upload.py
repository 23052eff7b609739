"""A filled scorecard compared with what is stored."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from application.class_list import class_list
from application.errors import Invalid
from application.ports.unit_of_work import UnitOfWork
from application.score_cells import shown_scores
from application.scorecards.filled import FilledCell, FilledRow, FilledScorecard
from application.scorecards.grid import (
    MARK,
    SCORE,
    STUDENT,
    column_titles,
    mark_title,
    read_mark,
    read_score_mark,
)
from application.scorecards.named_students import NamedStudents
from application.scorecards.sheet import TECH_ID, SheetStudent, score_sheet
from application.scorecards.shown import written
from application.scorecards.upload_plan import ChangeState, PlannedChange, Unclear, UploadPlan
from application.workplace import Workplace
from domain.errors import DomainError
from domain.ids import PersonId
from domain.rubric import Criterion
from domain.score import Score, unscored, value_as_text


def plan_upload(unit: UnitOfWork, place: Workplace, filled: FilledScorecard) -> UploadPlan:
    """Raises Invalid: the file is of another assessment, or no scorecard at all."""
    return _Comparison(unit, place, filled).plan()


_SCORE_NOT_READ = (
    "this column tells the score that Attain recommends and is not read; "
    "an own grade is given on the rubric"
)


def _same_number(text: str, shown: str) -> bool:
    try:
        return bool(shown) and Decimal(text) == Decimal(shown)
    except InvalidOperation:
        return text == shown


class _Comparison:
    def __init__(self, unit: UnitOfWork, place: Workplace, filled: FilledScorecard) -> None:
        self._unit = unit
        self._place = place
        self._filled = filled
        self._sheet = score_sheet(unit, place)
        self._scores = shown_scores(unit, place, class_list(unit, place))
        self._titles = column_titles(self._sheet.rows)
        self._places = filled.places()
        self._changes: list[PlannedChange] = []
        self._unclear: list[Unclear] = []
        self._same = 0

    def plan(self) -> UploadPlan:
        key, mark = self._key(), self._mark()
        read = {title: self._places.get(title.casefold()) for title in self._titles}
        if not any(at is not None for at in read.values()):
            wanted = ", ".join(self._titles)
            raise Invalid("file", f"it has none of the columns {wanted}; is it a scorecard?")
        known = {key, mark, *read.values()}
        usual = {STUDENT.casefold(), *(() if mark is None else (SCORE.casefold(),))}
        left_out = tuple(
            name
            for at, name in enumerate(self._filled.columns)
            if name and at not in known and name.casefold() not in usual
        )
        for row, student in self._students(key):
            self._compare_row(row, student, mark, read)
        return UploadPlan(
            self._sheet.header, tuple(self._changes), tuple(self._unclear), self._same, left_out
        )

    def _key(self) -> int:
        hidden = self._sheet.header.hides_names
        for name in (self._sheet.key_title, *(() if hidden else (TECH_ID,))):
            if name.casefold() in self._places:
                return self._places[name.casefold()]
        raise Invalid("file", f"the column {self._sheet.key_title} is missing.")

    def _mark(self) -> int | None:
        """Where our own column stands. Raises Invalid when it is of something else."""
        own = mark_title(self._place.work.id, self._sheet.rows)
        for at, name in enumerate(self._filled.columns):
            if name.startswith(f"{MARK} ") and name != own:
                if name.split(" ")[1] == self._place.work.id:
                    cure = "its rubric was changed after the download; download the file again."
                    raise Invalid("file", cure)
                raise Invalid("file", "it is the scorecard of another assessment or section.")
            if name == own:
                return at
        return None

    def _students(self, key: int) -> Iterator[tuple[FilledRow, SheetStudent]]:
        """Rows with the students that they name, each once."""
        named = NamedStudents(self._sheet)
        seen: dict[PersonId, int] = {}
        for row in self._filled.rows:
            told = row.cells[key]
            student = named.find(told)
            title = self._filled.columns[key]
            if student is None:
                cause = "no student of this section has it" if told else "it is missing"
                self._unclear.append(Unclear(row.line, title, told, cause))
            elif student.id in seen:
                cause = f"this student stands in row {seen[student.id]} too"
                self._unclear.append(Unclear(row.line, title, told, cause))
            else:
                seen[student.id] = row.line
                yield row, student

    def _compare_row(
        self,
        row: FilledRow,
        student: SheetStudent,
        mark: int | None,
        read: Mapping[str, int | None],
    ) -> None:
        told = row.cells[mark] if mark is not None else ""
        was = read_mark(told, len(self._titles)) if told else None
        if told and was is None:
            cause = "the hidden column of Attain was changed; download the file again"
            self._unclear.append(Unclear(row.line, "", told, cause))
            return
        for number, (title, criterion) in enumerate(
            zip(self._titles, self._place.rubric.criteria, strict=True)
        ):
            at = read[title]
            if at is not None:
                cell = FilledCell(row.line, title, row.cells[at], was[number] if was else None)
                self._compare(cell, student, criterion)
        self._tell_typed_score(row, read_score_mark(told))

    def _tell_typed_score(self, row: FilledRow, shown: str | None) -> None:
        """A number in our column of scores is a wish that an upload cannot fulfil."""
        at = self._places.get(SCORE.casefold())
        text = row.cells[at] if at is not None else ""
        if text and shown is not None and not _same_number(text, shown):
            self._unclear.append(Unclear(row.line, SCORE, text, _SCORE_NOT_READ))

    def _compare(self, cell: FilledCell, student: SheetStudent, row: Criterion) -> None:
        stored = self._scores.get(student.id, {}).get(row.id) or unscored(
            self._place.work.id, student.id, row.id
        )
        try:
            wanted = cell.wanted(row)
        except DomainError as refused:
            self._unclear.append(Unclear(cell.line, cell.column, cell.text, str(refused)))
            return
        if wanted is None or wanted == stored.value:
            self._same += 1
            return
        seen = cell.was.version if cell.was else stored.version
        state = ChangeState.CHANGED if seen == stored.version else ChangeState.CONFLICT
        self._changes.append(
            PlannedChange(
                cell.line, student.name, student.key, cell.column,
                written(value_as_text(stored.value)), written(value_as_text(wanted)), state,
                student.id, row.id, wanted, stored.version,
                self._name_of(stored) if state is ChangeState.CONFLICT else "",
            )
        )  # fmt: skip

    def _name_of(self, score: Score) -> str:
        if score.scored_by is None:
            return ""
        person = self._unit.roster.people([score.scored_by]).get(score.scored_by)
        return person.full_name if person else ""
