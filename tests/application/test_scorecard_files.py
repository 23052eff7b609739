"""Scorecards that go out as files and come back filled in."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Invalid, NotFound
from application.scorecards.shown import BLANK_SIGN
from application.scorecards.upload_plan import ChangeState, UploadPlan
from application.scorecards.wanted import FileFormat
from application.use_cases.scoring.upload_scorecard import as_cell_changes
from domain.errors import NotScorable
from domain.ids import PersonId, RowId
from tests.builders import a_section_assessment
from tests.score_files import EVIDENCE, THESIS, TOM, ScoreFiles
from tests.stand_ins import NoQueue

BACK = (FileFormat.XLSX, FileFormat.CSV)
STUDENTS = ("ana", "ben", "cleo")
Scores = Mapping[tuple[str, RowId], str]

cells = st.tuples(st.sampled_from(STUDENTS), st.sampled_from((THESIS, EVIDENCE)))
scores = st.dictionaries(cells, st.sampled_from(("1", "2", "3", "4", "NA")), max_size=6)


def desk() -> ScoreFiles:
    return ScoreFiles(MemoryUnits(Store(), lambda _after: NoQueue()), students=STUDENTS)


@pytest.fixture
def files() -> ScoreFiles:
    return desk()


def edited(content: bytes, change: Callable[[list[list[str]]], object]) -> bytes:
    """The CSV with its rows changed; the first row is the header."""
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    change(rows)
    written = StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def typed(tech_id: str, column: str, text: str) -> Callable[[list[list[str]]], object]:
    def change(rows: list[list[str]]) -> None:
        row = next(row for row in rows if row[0] == tech_id)
        row[rows[0].index(column)] = text

    return change


def told(plan: UploadPlan) -> list[tuple[str, str, str, str]]:
    return [(one.key, one.column, one.old, one.new) for one in plan.changes]


class TestRoundTrip:
    @pytest.mark.parametrize("file_format", BACK)
    @given(before=scores)
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    def test_what_was_exported_is_what_is_stored(
        self, file_format: FileFormat, before: Scores
    ) -> None:
        files = desk()
        files.score(before)

        plan = files.plan(files.scorecard(file_format))

        assert (plan.changes, plan.unclear) == ((), ())
        assert plan.same == len(STUDENTS) * 2

    @pytest.mark.parametrize("file_format", BACK)
    @given(wanted=scores)
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    def test_a_file_of_one_section_makes_the_same_scores_in_another_college(
        self, file_format: FileFormat, wanted: Scores
    ) -> None:
        there, here = desk(), desk()
        there.score(wanted)
        # Without our own column nothing is known of versions, as in a file made by hand.
        content = without_mark(there.scorecard(file_format), file_format)

        plan = here.plan(content)
        here.record(as_cell_changes(plan.changes))

        assert here.stored() == there.stored() == dict(wanted)
        assert here.plan(content).changes == ()


def without_mark(content: bytes, file_format: FileFormat) -> bytes:
    if file_format is FileFormat.CSV:
        return edited(content, lambda rows: [row.pop() for row in rows])
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    sheet.delete_cols(sheet.max_column)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


class TestPreview:
    def test_each_change_is_told_old_and_new(self, files: ScoreFiles) -> None:
        files.score({("ana", THESIS): "2"})
        content = edited(files.scorecard(FileFormat.CSV), typed("Cana", "THESIS", "4"))

        plan = files.plan(content)

        assert told(plan) == [("Cana", "THESIS", "2", "4")]
        assert plan.changes[0].line == 2
        assert files.stored() == {("ana", THESIS): "2"}

    def test_a_blank_file_filled_in_changes_only_what_was_filled(self, files: ScoreFiles) -> None:
        files.score({("ana", THESIS): "2", ("ana", EVIDENCE): "3"})
        blank = files.scorecard(FileFormat.CSV, completed=False)

        plan = files.plan(edited(blank, typed("Cana", "EVIDENCE", "N/A")))

        assert told(plan) == [("Cana", "EVIDENCE", "3", "N/A")]

    def test_an_emptied_cell_takes_the_score_back(self, files: ScoreFiles) -> None:
        files.score({("ana", THESIS): "2"})
        content = edited(files.scorecard(FileFormat.CSV), typed("Cana", "THESIS", ""))

        assert told(files.plan(content)) == [("Cana", "THESIS", "2", BLANK_SIGN)]

    def test_in_a_file_made_by_hand_an_empty_cell_says_nothing(self, files: ScoreFiles) -> None:
        files.score({("ana", THESIS): "2", ("ben", THESIS): "2"})

        plan = files.plan(b"Tech ID,THESIS\nCana,\nCben,-\n")

        assert told(plan) == [("Cben", "THESIS", "2", BLANK_SIGN)]

    def test_a_score_changed_meanwhile_is_a_conflict_that_names_who(
        self, files: ScoreFiles
    ) -> None:
        files.score({("ana", THESIS): "2", ("ben", THESIS): "2"})
        content = edited(files.scorecard(FileFormat.CSV), typed("Cana", "THESIS", "4"))
        files.score({("ana", THESIS): "3", ("ben", THESIS): "1"}, by=TOM)

        plan = files.plan(content)

        assert [(one.key, one.old, one.new, one.by) for one in plan.changes] == [
            ("Cana", "3", "4", "Tom Ortiz")
        ], "ben's cell was not touched in the file, so his new score stands"
        assert plan.changes[0].state is ChangeState.CONFLICT

    def test_unknown_values_students_and_columns_are_named_with_their_place(
        self, files: ScoreFiles
    ) -> None:
        content = b"Tech ID,THESIS,EVIDENCE,Remarks\nCana,7,4,x\nC999,1,1,\nCana,1,1,\n,2,,\n"

        plan = files.plan(content)

        assert [(one.line, one.column, one.value) for one in plan.unclear] == [
            (2, "THESIS", "7"),
            (3, "Tech ID", "C999"),
            (4, "Tech ID", "Cana"),
            (5, "Tech ID", ""),
        ]
        assert told(plan) == [("Cana", "EVIDENCE", BLANK_SIGN, "4")]
        assert plan.left_out == ("Remarks",)

    @pytest.mark.parametrize("completed", [True, False])
    def test_a_grade_typed_over_the_recommended_score_is_told_and_not_read(
        self, files: ScoreFiles, *, completed: bool
    ) -> None:
        files.score({("ana", THESIS): "2", ("ana", EVIDENCE): "3", ("ben", THESIS): "2"})
        content = files.scorecard(FileFormat.CSV, completed=completed)
        files.score({("ben", EVIDENCE): "4"}, by=TOM)

        plan = files.plan(edited(content, typed("Cana", "Score", "9.5")))

        (told_of,) = plan.unclear
        assert (told_of.line, told_of.column, told_of.value) == (2, "Score", "9.5")
        assert "not read; an own grade is given on the rubric" in told_of.cause
        assert plan.changes == ()

    def test_the_score_as_it_was_written_out_is_no_wish(self, files: ScoreFiles) -> None:
        """Also where another recommendation follows from what was scored since."""
        files.score({("ana", THESIS): "2", ("ana", EVIDENCE): "3"})
        content = files.scorecard(FileFormat.CSV)
        files.score({("ana", EVIDENCE): "4"}, by=TOM)

        assert files.plan(content).unclear == ()

        def without_score(rows: list[list[str]]) -> None:
            for row in rows[1:]:
                row[-1] = row[-1].partition(" =")[0]

        older = edited(content, without_score)
        assert files.plan(edited(older, typed("Cana", "Score", "9"))).unclear == ()

    def test_a_score_and_comments_in_a_file_made_by_hand_are_named(self, files: ScoreFiles) -> None:
        plan = files.plan(b"Tech ID,THESIS,Score,Comment,Own grade\nCana,3,9,Good,8\n")
        assert plan.left_out == ("Score", "Comment", "Own grade")

    def test_zeros_that_a_spreadsheet_cut_off_are_forgiven(self, files: ScoreFiles) -> None:
        with files.units() as unit:
            ana = unit.roster.person(PersonId("person-ana"))
            unit.roster.put_people([replace(ana, tech_id="00123")])
            unit.commit()

        assert told(files.plan(b"Tech ID,THESIS\n123,3\n")) == [
            ("00123", "THESIS", BLANK_SIGN, "3")
        ]

    def test_rows_may_be_sorted_and_columns_moved(self, files: ScoreFiles) -> None:
        files.score({("ana", THESIS): "2", ("cleo", EVIDENCE): "4"})

        def turned(rows: list[list[str]]) -> None:
            rows[1:] = rows[:0:-1]
            for row in rows:
                row.reverse()

        assert files.plan(edited(files.scorecard(FileFormat.CSV), turned)).changes == ()


class TestRefused:
    def test_the_scorecard_of_another_assessment(self, files: ScoreFiles) -> None:
        content = files.scorecard(FileFormat.XLSX)
        book = load_workbook(BytesIO(content))
        header = next(cell for cell in book.worksheets[0][4] if str(cell.value).startswith("att"))
        header.value = str(header.value).replace("work-essay", "work-other")
        saved = BytesIO()
        book.save(saved)

        with pytest.raises(Invalid, match="another assessment"):
            files.plan(saved.getvalue())

    def test_a_changed_rubric(self, files: ScoreFiles) -> None:
        content = files.scorecard(FileFormat.CSV)
        other = edited(content, lambda rows: rows[0].__setitem__(-1, f"{rows[0][-1][:-8]}00000000"))

        with pytest.raises(Invalid, match="download the file again"):
            files.plan(other)

    @pytest.mark.parametrize(
        ("content", "cure"),
        [
            (b"", "choose a file"),
            (b"PK\x03\x04 no zip", "cannot be opened"),
            (b"Name,THESIS\nAna,3\n", "Tech ID is missing"),
            (b"Tech ID,Grade\nCana,3\n", "none of the columns THESIS, EVIDENCE"),
            (b"Tech ID,THESIS,thesis\nCana,3,3\n", "twice"),
            (b"Tech ID,THESIS\nCan\xe9,3\n", "no UTF-8"),
        ],
    )
    def test_what_is_no_scorecard(self, files: ScoreFiles, content: bytes, cure: str) -> None:
        with pytest.raises(Invalid, match=cure):
            files.plan(content)

    def test_somebody_who_does_not_teach_there(self, files: ScoreFiles) -> None:
        with pytest.raises(NotFound):
            files.plan(b"Tech ID,THESIS\nCana,3\n", by=PersonId("person-ana"))

    def test_closed_work(self, files: ScoreFiles) -> None:
        with files.units() as unit:
            work = unit.assessments.work(a_section_assessment().id)
            unit.assessments.save_work(work.not_assessed("snow", files.clock.now()))
            unit.commit()

        with pytest.raises(NotScorable):
            files.plan(b"Tech ID,THESIS\nCana,3\n")
