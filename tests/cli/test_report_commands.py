"""Reports by command: a table, or files with the suppression of the pages."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from adapters.outbound.memory.unit_of_work import MemoryUnits
from tests.cli.cli_house import Terminal
from tests.report_college import a_college_with_reports, plan_improvement


@pytest.fixture
def college(memory_units: MemoryUnits, terminal: Terminal) -> Terminal:
    with memory_units() as unit:
        a_college_with_reports(unit)
        unit.commit()
    return terminal


def test_withheld_numbers_stand_in_no_format(college: Terminal, tmp_path: Path) -> None:
    said = college.said("report", "slo", "--format", "csv")
    (line,) = [one for one in said.splitlines() if one.startswith("HIST 290-1")]
    assert line.count("withheld") == 6
    (row,) = [one for one in college.told("report", "slo")["rows"] if one["slo"] == "HIST 290-1"]
    assert (row["assessed"], row["met"], row["withheld"]) == (None, None, True)
    college.said("report", "slo", "--output", tmp_path / "slo.xlsx")
    sheet = load_workbook(tmp_path / "slo.xlsx").active
    assert sheet is not None
    (cells,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "HIST 290-1"]
    assert cells.count("withheld") == 6


def test_a_report_is_within_the_reach_of_whom_it_is_for(college: Terminal) -> None:
    rows = college.told("report", "slo", "--as", "Ctess")["rows"]
    assert [row["slo"] for row in rows if not row["slo"].startswith("HIST 290")] == []
    assert "No role of this person" in college.refused("report", "slo", "--as", "Csol")


def test_by_group_and_participation(college: Terminal, tmp_path: Path) -> None:
    said = college.said("report", "disaggregation", "--slo", "HIST 110-2", "--by", "program")
    assert "Withheld groups together" in said
    assert "fewer than 10 students" in said
    assert college.told("report", "participation", "--course", "HIST 110")["rows"][0]["sections"]
    college.said("report", "participation", "--output", tmp_path / "part.pdf", "--format", "pdf")
    assert (tmp_path / "part.pdf").read_bytes().startswith(b"%PDF")


def test_a_course_that_fits_nothing_is_refused_with_the_nearest(college: Terminal) -> None:
    for name in ("slo", "participation", "improvement", "agreement"):
        said = college.refused("report", name, "--course", "HSIT 110")
        assert "begins with 'HSIT 110'. The nearest: HIST 110" in " ".join(said.split())


def test_improvement_counts_plans(
    college: Terminal, memory_units: MemoryUnits, tmp_path: Path
) -> None:
    with memory_units() as unit:
        plan_improvement(unit)
        unit.commit()
    rows = college.told("report", "improvement")["rows"]
    assert [(row["term"], row["opened"], row["followed-up"]) for row in rows] == [
        ("All", 4, 1), ("Fall 2026", 2, 0), ("Spring 2026", 2, 1),
    ]  # fmt: skip
    (total, *_) = college.told("report", "improvement", "--as", "Ctess")["rows"]
    assert total["opened"] == 2
    college.said("report", "improvement", "--output", tmp_path / "plans.pdf")
    assert (tmp_path / "plans.pdf").read_bytes().startswith(b"%PDF")


def test_a_workbook_needs_a_file(college: Terminal, tmp_path: Path) -> None:
    assert "name the XLSX file" in college.refused("report", "slo", "--format", "xlsx")
    nowhere = tmp_path / "no" / "slo.csv"
    assert "cannot be written" in college.refused("report", "slo", "--output", nowhere)
    assert "choose one of" in college.refused("report", "slo", "--output", tmp_path / "slo.doc")
