"""What stands in the files of rubric and scorecard, and for whom they are made."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.college_rules import TIME_ZONE
from application.errors import Invalid, NotFound
from application.ports.documents import Document, Facts, Paragraph, Part, Table, Tone
from application.scorecards.wanted import EVERYBODY, FileFormat, Subject, Wanted
from application.use_cases.downloads.make_download import MakeDownload
from domain.assessment import AssessmentKind
from domain.ids import PersonId, SloId
from domain.rubric import Rubric
from entrypoints.documents import write_csv, write_workbook
from tests.builders import a_criterion, a_person, an_assessment, an_own_grade
from tests.score_files import EVIDENCE, TESS, THESIS, WORK, ScoreFiles

NAMES = {
    "ana": ("Thị Ánh", "Đặng"),
    "ben": ("小明", "王"),
    "cleo": ("محمد", "الأحمد"),
    "dov": ("אברהם", "כהן"),
}


@pytest.fixture
def files(memory_units: MemoryUnits) -> ScoreFiles:
    made = ScoreFiles(memory_units, students=tuple(NAMES))
    with memory_units() as unit:
        unit.roster.put_people(
            a_person(key, given_name=given, family_name=family)
            for key, (given, family) in NAMES.items()
        )
        unit.commit()
    made.score({("ana", THESIS): "3", ("ana", EVIDENCE): "NA", ("ben", THESIS): "1"})
    return made


def document_of(files: ScoreFiles, wanted: Wanted, by: PersonId = TESS) -> Document:
    """As it goes to the writer of PDFs."""
    seen: list[Document] = []

    def keep(document: Document) -> bytes:
        seen.append(document)
        return b""

    MakeDownload(files.units, files.clock, keep, write_workbook, write_csv)(by, WORK, wanted)
    return seen[0]


def rubric(files: ScoreFiles, *, completed: bool = True, whom: str = EVERYBODY) -> Document:
    return document_of(files, Wanted(Subject.RUBRIC, FileFormat.PDF, completed, whom))


def scorecard(files: ScoreFiles, *, completed: bool = True) -> Document:
    return document_of(files, Wanted(Subject.SCORECARD, FileFormat.PDF, completed))


def tables(part: Part) -> list[Table]:
    return [block for block in part.blocks if isinstance(block, Table)]


def texts(part: Part) -> Iterator[str]:
    for block in part.blocks:
        if isinstance(block, Facts):
            yield from (f"{fact.label}: {fact.text}" for fact in block.facts)
        elif isinstance(block, Paragraph):
            yield block.text


class TestRubric:
    def test_one_part_for_each_student_the_first_below_the_title(self, files: ScoreFiles) -> None:
        parts = rubric(files).parts

        assert {part.title for part in parts} == {
            f"{family}, {given}" for given, family in NAMES.values()
        }
        assert [part.new_page for part in parts] == [False, True, True, True]

    def test_the_chosen_level_bears_a_word_and_a_tint(self, files: ScoreFiles) -> None:
        (part,) = rubric(files, whom="person-ana").parts
        thesis, evidence = tables(part)[0].rows

        chosen = [(cell.mark, cell.tone) for cell in thesis[1:]]
        assert chosen == [("", ""), ("Chosen", Tone.MET), ("", ""), ("", "")]
        assert "Score: 3, Met" in thesis[0].text
        assert not any(cell.mark for cell in evidence)
        assert "N/A, not assessed" in evidence[0].text

    def test_comment_and_own_grade_stand_there(self, files: ScoreFiles) -> None:
        with files.units() as unit:
            score = unit.scores.of_student(WORK, PersonId("person-ana"))[THESIS]
            unit.scores.save(replace(score, comment="很好", version=score.version + 1))
            unit.scores.save_own_grade(an_own_grade("ana"))
            unit.commit()

        said = list(texts(rubric(files, whom="person-ana").parts[0]))

        assert "Comment on THESIS: 很好" in said
        assert "Own grade: 87.5 / 100" in said
        assert "Recommended score: 75.00 / 100" in said

    def test_a_blank_one_shows_nobodys_score(self, files: ScoreFiles) -> None:
        for document in (rubric(files, completed=False), rubric(files, completed=False, whom="")):
            cells = [
                cell
                for part in document.parts
                for table in tables(part)
                for row in table.rows
                for cell in row
            ]
            assert not any(cell.mark or cell.tone or "Score" in cell.text for cell in cells)
        assert document.parts[0].title == ""

    def test_student_oriented_work_shows_its_slo_levels(self, files: ScoreFiles) -> None:
        slo = SloId("slo-thesis")
        method = a_criterion("thesis", slo_ids=(slo,), weight=Decimal(2))
        outcome = a_criterion("slo", slo_ids=(slo,))
        with files.units() as unit:
            work = unit.assessments.work(WORK)
            unit.assessments.save_work(
                replace(work, snapshot=Rubric((method, a_criterion("evidence")), (outcome,)))
            )
            essay = unit.assessments.get(an_assessment().id)
            unit.assessments.save(replace(essay, kind=AssessmentKind.STUDENT))
            unit.commit()

        criteria, slos = tables(rubric(files, whom="person-ana").parts[0])

        assert criteria.columns[0].title == "Criterion"
        assert "Weight 2" in criteria.rows[0][0].text
        assert slos.rows[0][1].text == "3, Met"
        with pytest.raises(NotFound, match="scorecard"):
            scorecard(files)

    def test_rows_with_other_levels_name_them_in_the_cells(self, files: ScoreFiles) -> None:
        short = a_criterion("evidence")
        short = replace(short, levels=short.levels[:2])
        with files.units() as unit:
            work = unit.assessments.work(WORK)
            unit.assessments.save_work(
                replace(work, snapshot=Rubric((a_criterion("thesis"), short)))
            )
            unit.commit()

        (table,) = tables(rubric(files, whom="person-ana").parts[0])

        assert [column.title for column in table.columns[1:]] == [
            f"Level {number}" for number in (1, 2, 3, 4)
        ]
        assert table.rows[1][1].strong == "Developing (2)"
        assert table.rows[1][4].strong == ""

    def test_as_csv_one_line_for_each_student_and_row(self, files: ScoreFiles) -> None:
        lines = list(csv.DictReader(StringIO(files.rubric(FileFormat.CSV).decode("utf-8-sig"))))

        assert len(lines) == len(NAMES) * 2
        assert lines[0] | {"Score": "3", "Level": "Met", "Row": "THESIS"} == lines[0]
        assert {line["Student"] for line in lines} >= {"王, 小明", "Đặng, Thị Ánh"}

    def test_as_workbook_the_rubric_and_the_scores(self, files: ScoreFiles) -> None:
        book = load_workbook(BytesIO(files.rubric(FileFormat.XLSX, "person-ana")))

        assert book.sheetnames == ["Rubric", "Scores"]
        chosen = [cell.value for cell in book["Rubric"][4] if "Chosen" in str(cell.value)]
        assert chosen == ["Chosen: thesis is met"]


class TestScorecard:
    def test_scores_n_a_and_blank_look_different(self, files: ScoreFiles) -> None:
        (table,) = tables(scorecard(files).parts[0])
        by_id = {row[1].text: [(cell.text, cell.tone) for cell in row[2:]] for row in table.rows}

        assert by_id["Cana"] == [("3", Tone.MET), ("N/A", Tone.NA), ("75.00 / 100", "")]
        assert by_id["Cben"] == [("1", Tone.LOW), ("\N{EN DASH}", ""), ("1 of 2", "")]

    def test_blank_has_empty_cells_and_no_grades(self, files: ScoreFiles) -> None:
        (table,) = tables(scorecard(files, completed=False).parts[0])

        assert "Score" not in [column.title for column in table.columns]
        assert {cell.text for row in table.rows for cell in row[2:]} == {""}

    def test_as_workbook_it_is_read_back_with_every_name(self, files: ScoreFiles) -> None:
        sheet = load_workbook(BytesIO(files.scorecard(FileFormat.XLSX))).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True))

        header = rows.index(next(row for row in rows if row[0] == "Tech ID"))
        assert rows[header][:5] == ("Tech ID", "Student", "THESIS", "EVIDENCE", "Score")
        found = {row[0]: row[1:5] for row in rows[header + 1 :]}
        assert found["Cana"] == ("Đặng, Thị Ánh", 3, "N/A", 75)
        assert found["Ccleo"] == ("الأحمد, محمد", None, None, None)
        assert found["Cdov"][0] == "כהן, אברהם"


class TestForWhom:
    @pytest.mark.parametrize("subject", Subject)
    def test_nobody_but_its_teachers(self, files: ScoreFiles, subject: Subject) -> None:
        with pytest.raises(NotFound):
            files.made(Wanted(subject, FileFormat.CSV, completed=True), by=PersonId("person-ana"))

    def test_collective_work_has_the_blank_rubric_only(self, files: ScoreFiles) -> None:
        with files.units() as unit:
            essay = unit.assessments.get(an_assessment().id)
            unit.assessments.save(replace(essay, kind=AssessmentKind.COLLECTIVE))
            unit.commit()

        assert files.made(Wanted(Subject.RUBRIC, FileFormat.CSV, completed=False)).content
        with pytest.raises(NotFound):
            files.rubric(FileFormat.CSV)

    def test_a_completed_rubric_is_somebodys(self, files: ScoreFiles) -> None:
        with pytest.raises(Invalid, match="choose a student"):
            files.rubric(FileFormat.CSV, whom="")

    def test_the_name_of_the_file_is_plain_and_names_nobody(self, files: ScoreFiles) -> None:
        with files.units() as unit:
            essay = unit.assessments.get(an_assessment().id)
            unit.assessments.save(replace(essay, name='Étude: "Q/A" 研究'))
            unit.commit()

        made = files.made(Wanted(Subject.RUBRIC, FileFormat.CSV, completed=True, whom="person-ben"))

        assert made.name == "engl101-01-etude-q-a-rubric.csv"

    def test_the_colleges_own_words(self, files: ScoreFiles) -> None:
        with files.units() as unit:
            unit.settings.put("word.tech-id", "Student No.|Student Nos.")
            unit.commit()
        content = files.scorecard(FileFormat.CSV)

        assert content.decode("utf-8-sig").startswith("Student No.,Student,")

    def test_the_colleges_own_time(self, files: ScoreFiles) -> None:
        with files.units() as unit:
            unit.settings.put(TIME_ZONE, "Asia/Tokyo")
            unit.commit()
        sheet = load_workbook(BytesIO(files.scorecard(FileFormat.XLSX))).worksheets[0]
        lead = " ".join(str(row[0].value) for row in sheet.iter_rows(max_row=4))
        assert re.search(r"as of \d+ \w+ \d{4}, \d\d:\d\d JST", lead)


def test_rows_of_one_code_are_told_apart(files: ScoreFiles) -> None:
    twice = (a_criterion("thesis", code="SLO 1"), a_criterion("evidence", code="SLO 1"))
    with files.units() as unit:
        work = unit.assessments.work(WORK)
        unit.assessments.save_work(
            replace(work, snapshot=Rubric((*twice, a_criterion("x", code="", title="Thesis"))))
        )
        unit.commit()

    header = files.scorecard(FileFormat.CSV).decode("utf-8-sig").splitlines()[0].split(",")

    assert header[2:5] == ["Thesis", "Evidence", "Thesis (2)"]
