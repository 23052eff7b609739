"""The examples of docs/formats.md are read by the readers that they explain."""

import re
from pathlib import Path
from typing import Any

from adapters.inbound.files.assessment_file import read_assessments
from adapters.inbound.files.data_load_people import PeopleTables
from adapters.inbound.files.data_load_tables import ORGS, TERMS, OfferingTables
from adapters.inbound.files.roster_table import Table
from adapters.inbound.files.slo_file import read_slos
from application.rosters.read_options import ReadOptions

_DOC = Path(__file__).parents[3] / "docs" / "formats.md"


def test_the_documented_files_can_be_read(tmp_path: Path) -> None:
    slos, assessments = re.findall(r"```json\n(.*?)```", _DOC.read_text(), re.DOTALL)
    (tmp_path / "slos.json").write_text(slos)
    (tmp_path / "assessments.json").write_text(assessments)
    assert [slo.code for slo in read_slos(tmp_path / "slos.json", "me").slos] == ["ENGL 101-1"]
    read = read_assessments(tmp_path / "assessments.json", "me").assessments
    assert [entry.code for entry in read] == ["ESSAY", "DEBATE"]


def test_the_documented_columns_of_the_data_load_are_those_that_are_read() -> None:
    offerings, everybody = OfferingTables(), PeopleTables(ReadOptions())
    tables: list[Table[Any]] = [
        ORGS, TERMS, offerings.courses(), offerings.offerings(), everybody.people(),
        everybody.logins(), everybody.enrolments(), everybody.grants(), everybody.demographics(),
    ]  # fmt: skip
    rows = dict(re.findall(r"^\| `(\w+\.csv)` \| (.*) \|$", _DOC.read_text(), re.MULTILINE))
    assert rows.keys() == {table.file for table in tables}
    for table in tables:
        told = rows[table.file]
        bold = set(re.findall(r"\*\*([\w ]+)\*\*", told))
        assert bold == set(table.columns.required), table.file
        for column in set(table.columns.optional) - {"Status"}:
            assert column in told, (table.file, column)
