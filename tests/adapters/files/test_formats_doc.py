"""The examples of docs/formats.md are read by the readers that they explain."""

import re
from pathlib import Path

from adapters.inbound.files.assessment_file import read_assessments
from adapters.inbound.files.slo_file import read_slos

_DOC = Path(__file__).parents[3] / "docs" / "formats.md"


def test_the_documented_files_can_be_read(tmp_path: Path) -> None:
    slos, assessments = re.findall(r"```json\n(.*?)```", _DOC.read_text(), re.DOTALL)
    (tmp_path / "slos.json").write_text(slos)
    (tmp_path / "assessments.json").write_text(assessments)
    assert [slo.code for slo in read_slos(tmp_path / "slos.json", "me").slos] == ["ENGL 101-1"]
    read = read_assessments(tmp_path / "assessments.json", "me").assessments
    assert [entry.code for entry in read] == ["ESSAY", "DEBATE"]
