"""`attain scorecard`: out as a file, filled in, and back in."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders import a_person
from tests.cli.cli_house import Terminal

PLACE = ("ENGL101-01", "ESSAY")
AS = ("--as", "Ctess")


@pytest.fixture
def book(terminal: Terminal, tmp_path: Path) -> Path:
    """The scorecard as XLSX, with one cell filled in."""
    file = tmp_path / "scorecard.xlsx"
    terminal.said("scorecard", "export", *PLACE, file, *AS)
    opened = load_workbook(BytesIO(file.read_bytes()))
    sheet = opened.worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(number for number, line in enumerate(lines) if line[0] == "Tech ID")
    sheet.cell(at + 2, lines[at].index("THESIS") + 1, 4)
    opened.save(file)
    return file


def test_a_filled_file_is_previewed_then_saved_once(terminal: Terminal, book: Path) -> None:
    looked = terminal.told("scorecard", "import", *PLACE, book, *AS, "--dry-run")
    assert looked["saved"] is None
    changes = [(one["column"], one["old"], one["new"]) for one in looked["changes"]]
    assert changes == [("THESIS", "3", "4")]

    assert "Scores saved: 1" in terminal.said("scorecard", "import", *PLACE, book, *AS)

    again = terminal.told("scorecard", "import", *PLACE, book, *AS)
    assert (again["saved"], again["changes"]) == (0, [])


def test_a_conflict_stays_unless_it_is_replaced(
    terminal: Terminal, book: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    tech_id = terminal.told("scorecard", "import", *PLACE, book, *AS, "--dry-run")["changes"][0]
    other.write_text(f"Tech ID,THESIS\n{tech_id['tech_id']},2\n")
    terminal.said("scorecard", "import", *PLACE, other, *AS)

    kept = terminal.told("scorecard", "import", *PLACE, book, *AS, code=5)
    assert (kept["saved"], kept["changes"][0]["state"]) == (0, "conflict")

    replaced = terminal.told("scorecard", "import", *PLACE, book, *AS, "--replace-conflicts")
    assert replaced["saved"] == 1


def test_what_cannot_be_read_is_named_and_makes_it_partly_done(
    terminal: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("Tech ID,THESIS\nC999,3\n")

    result = terminal("scorecard", "import", *PLACE, file, *AS)

    assert result.exit_code == 5
    assert "row 2, Tech ID: 'C999': no student of this section has it" in result.stderr


@pytest.mark.parametrize(
    ("options", "beginning"),
    [((), b"%PDF"), (("--blank",), b"%PDF"), (("--rubric", "--student", "Cana"), b"%PDF")],
)
def test_pdfs(
    terminal: Terminal, tmp_path: Path, options: tuple[str, ...], beginning: bytes
) -> None:
    file = tmp_path / "made.pdf"
    terminal.said("scorecard", "export", *PLACE, file, *AS, *options)
    assert file.read_bytes().startswith(beginning)


def test_another_ending_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    line = terminal.refused("scorecard", "export", *PLACE, tmp_path / "a.docx", *AS)
    assert ".pdf, .xlsx or .csv" in line


def test_an_evaluator_without_names_goes_by_keys(terminal: Terminal, tmp_path: Path) -> None:
    with terminal.units() as unit:
        unit.roster.put_people([a_person("eve")])
        unit.commit()
    terminal.said("evaluator", "add", *PLACE, "Ceve", "--hide-names")
    blank, back, one = (tmp_path / name for name in ("card.csv", "back.csv", "one.csv"))
    eve = ("--as", "Ceve")
    terminal.said("scorecard", "export", *PLACE, blank, *eve, "--blank")
    told = blank.read_text(encoding="utf-8-sig")
    key = told.splitlines()[1].split(",")[0]
    back.write_text(f"Student key,THESIS\n{key},2\n")

    assert "Cana" not in told
    assert terminal.told("scorecard", "import", *PLACE, back, *eve)["saved"] == 1
    terminal.said("scorecard", "export", *PLACE, one, *eve, "--rubric", "--student", key)
    assert "Student 1" in one.read_text(encoding="utf-8-sig")
    said = terminal.refused("scorecard", "export", *PLACE, one, *eve, "--rubric",
                            "--student", "Cana")  # fmt: skip
    assert "no student of this section has the Student key Cana" in said


def test_whom_nobody_asked_to_score_exports_nothing(terminal: Terminal, tmp_path: Path) -> None:
    with terminal.units() as unit:
        unit.roster.put_people([a_person("eve")])
        unit.commit()

    terminal.refused("scorecard", "export", *PLACE, tmp_path / "a.csv", "--as", "Ceve")

    assert not (tmp_path / "a.csv").exists()
