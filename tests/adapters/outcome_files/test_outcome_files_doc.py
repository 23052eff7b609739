"""The CSV that docs/outcome-files.md shows is one that can be imported."""

import re
from dataclasses import replace
from pathlib import Path

from tests import builders
from tests.adapters.outcome_files.files import Files

DOC = Path(__file__).parents[3] / "docs" / "outcome-files.md"


def test_the_example_can_be_imported(files: Files) -> None:
    (example,) = re.findall(r"```csv\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL)
    with files.keeping.units() as unit:
        unit.roster.put_courses([builders.a_course(code="ENGL 101")])
        two = replace(builders.a_scale("two"), code="TWO", is_default=False)
        unit.outcomes.put_scales([two])
        unit.commit()

    report = files.read(example)

    assert report.problems == ()
    assert [str(count) for count in report.counts][1:] == [
        "slos 3 added, 0 changed, 0 the same", "mappings 3 added, 0 changed, 0 the same",
    ]  # fmt: skip
