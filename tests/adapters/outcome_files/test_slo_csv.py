"""Our CSV of SLOs: previewed line by line, applied, written and read back without loss."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.inbound.files.csv_text import csv_file, safe, unsafe
from adapters.inbound.outcome_files.cells import rows_of
from adapters.inbound.outcome_files.formats import FileFormat, Options
from application.errors import Invalid
from application.import_report import LineState
from application.slos.mapper import Cell
from application.use_cases.slos.map_slos import MapSlos, MapSlosCommand
from application.use_cases.slos.set_target import SetTarget, SetTargetCommand
from domain.ids import ScaleId
from domain.slo import Edit, SloKind, SloState
from domain.slo_mapping import MappingKind
from domain.target import TargetOf
from tests.adapters.outcome_files.files import Files
from tests.application.keeping import CORA, STEWARD

HEAD = "code,kind,course,org,title,statement\n"


class TestReading:
    def test_a_preview_tells_each_line_and_stores_nothing(self, files: Files) -> None:
        files.keeping.made("E-1", title="Thesis", statement="State it.")
        files.keeping.made("E-2", title="Sources", statement="Cite.")
        content = (
            HEAD + "E-1,cslo,ENGL101,,Thesis,State it.\n"
            "E-2,cslo,ENGL101,,Sources,Cite them.\n"
            "E-3,cslo,ENGL101,,Style,Write well.\n"
        )
        report = files.read(content, Options(dry_run=True))
        assert [(line.path, line.code, line.state) for line in report.lines] == [
            ("line 2", "E-1", LineState.SAME),
            ("line 3", "E-2", LineState.WORDING),
            ("line 4", "E-3", LineState.ADDED),
        ]
        assert report.lines[1].before == ("Sources", "Cite.")
        assert (report.applied, len(files.slos())) == (False, 2)
        assert files.read(content, Options(edit=Edit.CORRECTION)).lines[1].state is (
            LineState.CORRECTION
        )
        assert [(slo.code, slo.version) for slo in files.slos()] == [
            ("E-1", 1), ("E-2", 1), ("E-3", 1),
        ]  # fmt: skip

    def test_columns_that_are_missing_leave_what_is_stored(self, files: Files) -> None:
        files.read(
            "code,course,title,statement,state,target,descriptor:four:3\n"
            "E-1,ENGL101,Thesis,State it.,draft,70 %,Clear.\n"
        )
        files.read("code,title,statement\nE-1,Theses,State it.\n")
        (slo,) = files.slos()
        assert (slo.title, slo.state, slo.course_id) == (
            "Theses", SloState.DRAFT, "course-engl101",
        )  # fmt: skip
        assert slo.descriptors_on(ScaleId("scale-four")) == {Decimal(3): "Clear."}
        assert files.export().targets[slo.id].share == 70

    def test_mappings_are_added_with_their_kind(self, files: Files) -> None:
        content = (
            "code,kind,course,org,title,statement,maps_to\n"
            "E-1,,ENGL101,,Thesis,State it.,P-1 (introduced); I-1\n"
            "P-1,pslo,,ENGL,Reason,Reason.,\n"
            "I-1,islo,,,Think,Think.,\n"
        )
        files.read(content)
        codes = files.export().codes
        assert {(codes[one.higher_id], one.kind) for one in files.export().mappings} == {
            ("P-1", MappingKind.INTRODUCED), ("I-1", None),
        }  # fmt: skip
        again = files.read(content)
        assert [str(one) for one in again.counts] == [
            "scales 0 added, 0 changed, 0 the same", "slos 0 added, 0 changed, 3 the same",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("content", "path", "cause"),
        [
            ("", "file", "empty"),
            ("code,title\nA,B\n", "line 1", "statement is missing"),
            ("code,title,statement,colour\n", "line 1", "colour is not known"),
            ("code,title,statement,code\n", "line 1", "twice"),
            (HEAD + "A,cslo,ENGL101,,T\nB\n", "line 2, statement", "may not be empty"),
            (HEAD + "A,plo,,,T,S\n", "line 2, kind", "use cslo, pslo or islo"),
            (HEAD + "A,cslo,ENGL101,,T,S\n\nA,cslo,ENGL101,,T,S\n", "line 4", "line 2 too"),
            (HEAD + "A,cslo,ENGL101,,T,S, and more\n", "line 2", "a comma in a value"),
            (HEAD + 'A,cslo,ENGL101,,T,"S\n', "line 2", "quotation mark"),
            ("code,title,statement,descriptor:four:x\n", "line 1", "descriptor:SCALE:POINTS"),
            ("code,title,statement,state\nA,T,S,gone\n", "line 2, state", "draft, active"),
            ("code,title,statement,target\nA,T,S,most\n", "line 2, target", "per cent"),
            (b"code,title,statement\nA,caf\xe9,S\n", "line 2", "no UTF-8"),
        ],
    )
    def test_a_file_that_cannot_be_read_names_its_line(
        self, files: Files, content: str | bytes, path: str, cause: str
    ) -> None:
        with pytest.raises(Invalid, match=cause) as refused:
            files.read(content)
        assert refused.value.field == path

    @pytest.mark.parametrize(
        ("row", "path", "cause"),
        [
            ("A,cslo,MATH9,,T,S,,", "line 3.course", "no course has the code MATH9"),
            ("A,cslo,,,T,S,,", "line 3.course", "names the course"),
            ("A,pslo,,NONE,T,S,,", "line 3.org", "no org has the code NONE"),
            ("A,cslo,ENGL101,,T,S,NONE,", "line 3.maps_to", "no SLO has the code NONE"),
            ("A,cslo,ENGL101,,T,S,OK,", "line 3.maps_to", "map a CSLO to a PSLO"),
            ("A,cslo,ENGL101,,T,S,,700", "line 3.target", "at most 100 %"),
        ],
    )
    def test_a_row_that_is_wrong_is_named_and_nothing_is_stored(
        self, files: Files, row: str, path: str, cause: str
    ) -> None:
        head = "code,kind,course,org,title,statement,maps_to,target\n"
        report = files.read(f"{head}OK,cslo,ENGL101,,T,S,,\n{row}\n")
        (problem,) = report.problems
        assert problem.path == path
        assert cause in problem.cause
        assert report.lines[0].state is LineState.ADDED
        assert files.slos() == []

    def test_a_coordinator_imports_into_own_orgs_only(self, files: Files) -> None:
        content = HEAD + "A,cslo,CHEM1,,T,S\n"
        (problem,) = files.read(content, viewer=CORA).problems
        assert "an org that you do not coordinate" in problem.cause
        assert files.read(HEAD + "A,cslo,ENGL101,,T,S\n", viewer=CORA).problems == ()

    def test_what_spreadsheets_make_of_it_is_read(self, files: Files) -> None:
        content = '\ufeffCode;Course;Title;Statement;\r\nA;ENGL101;T;"Two\r\nlines";\r\n'
        files.read(content)
        assert files.slos()[0].statement == "Two\nlines"
        files.read(f"{HEAD}B,cslo,ENGL101,,Größe,S\n".encode("utf-16"))
        assert files.slos()[1].title == "Größe"


class TestWriting:
    def test_what_is_written_can_be_read_without_a_change(self, files: Files) -> None:
        lower = files.keeping.made("E-1", title="=Thesis", statement='-1 or\ntwo, "quoted"')
        higher = files.keeping.made("P-1", SloKind.PROGRAM)
        cells = {(lower, higher): Cell(mapped=True, kind=MappingKind.MASTERED)}
        MapSlos(files.keeping.units, files.keeping.clock)(MapSlosCommand(STEWARD, cells))
        SetTarget(files.keeping.units, files.keeping.clock)(
            SetTargetCommand(STEWARD, TargetOf.SLO, "E-1", Decimal("72.5"))
        )
        files.read(
            'code,title,statement,descriptor:four:3\nE-1,=Thesis,"-1 or\ntwo, ""quoted""",+Good\n'
        )
        content = files.written(FileFormat.CSV)
        report = files.read(content)
        assert {line.state for line in report.lines} == {LineState.SAME}
        assert report.problems == ()
        assert not report.changes

    def test_no_cell_is_run_by_a_spreadsheet(self, files: Files) -> None:
        files.keeping.made("E-1", title="=HYPERLINK(1)", statement="@SUM(A1)")
        text = files.written(FileFormat.CSV).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert "'=HYPERLINK(1)" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]

    def test_only_the_org_asked_for_is_written(self, files: Files) -> None:
        files.keeping.made("E-1")
        files.keeping.made("C-1", course="CHEM1")
        _, rows = rows_of(files.written(FileFormat.CSV, org="SCIE"))
        assert [row.text("code") for row in rows] == ["C-1"]

    @given(st.text())
    def test_a_cell_made_safe_comes_back(self, text: str) -> None:
        assert unsafe(safe(text)) == text
        assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r"))

    @given(st.lists(st.text(st.characters(exclude_categories=["C"]), min_size=1), min_size=1))
    def test_any_printable_text_survives_the_file(self, cells: list[str]) -> None:
        header = [f"column {number}" for number in range(len(cells))]
        _, rows = rows_of(csv_file(header, [cells]))
        read = [unsafe(row.text(name)) for row in rows for name in header]
        assert read == [unsafe(safe(cell).strip()) for cell in cells] or not any(
            cell.strip() for cell in cells
        )
