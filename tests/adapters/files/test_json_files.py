"""Our own JSON files: read strictly, every defect by its place, and written back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from adapters.inbound.files.assessment_file import read_assessments
from adapters.inbound.files.slo_file import read_slos, slo_file
from application.errors import Invalid
from domain.assessment import AssessmentKind
from domain.slo import SloKind, SloState
from tests import builders

SLOS: dict[str, Any] = {
    "mastery_levels": [
        {"code": "no", "name": "Not met", "met": False},
        {"code": "yes", "name": "Met", "met": True},
    ],
    "scales": [
        {
            "code": "FOUR",
            "name": "Four",
            "default": True,
            "levels": [
                {"points": 4, "label": "High", "descriptor": "Much.", "mastery": "yes"},
                {"points": 0.5, "label": "Low", "descriptor": "Little.", "mastery": "no"},
            ],
        }
    ],
    "slos": [
        {
            "code": "E-1",
            "kind": "cslo",
            "course": "ENGL 101",
            "org": None,
            "title": "Thesis",
            "statement": "State a thesis.",
            "state": "active",
            "descriptors": {"FOUR": {"4": "Bold.", "0.5": "Dim."}},
        }
    ],
}
ASSESSMENTS: dict[str, Any] = {
    "assessments": [
        {
            "code": "ESSAY",
            "name": "Essay",
            "description": "",
            "kind": "outcomes",
            "purpose": "summative",
            "scale": "FOUR",
            "points_possible": 20,
            "library": True,
            "slos": ["E-1"],
            "sections": [
                {
                    "section": "s1",
                    "due_at": "2026-12-01T23:59:00-08:00",
                    "planned": True,
                    "scores": [{"student": "T1", "row": "E-1", "value": "4"}],
                }
            ],
        },
        {
            "code": "DEBATE",
            "name": "Debate",
            "kind": "student",
            "scale": "FOUR",
            "points_possible": "12.5",
            "criteria": [
                {
                    "code": "LOGIC",
                    "title": "Logic",
                    "weight": 2,
                    "slos": ["E-1"],
                    "levels": [
                        {"points": 1, "label": "Some", "descriptor": ""},
                        {"points": 0, "label": "None", "descriptor": "", "mastery": "no"},
                    ],
                }
            ],
        },
    ]
}


def written(folder: Path, content: object) -> Path:
    path = folder / "file.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def changed(content: dict[str, Any], change: Callable[[Any], None]) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(content))
    change(copy)
    return copy


class TestSloFiles:
    def test_are_read_with_levels_from_low_to_high(self, tmp_path: Path) -> None:
        command = read_slos(written(tmp_path, SLOS), "me")
        (scale,), (slo,) = command.scales, command.slos
        assert [level.points for level in scale.levels] == [Decimal("0.5"), Decimal(4)]
        assert [entry.code for entry in command.mastery] == ["no", "yes"]
        assert (slo.path, slo.kind, slo.state) == ("slos[0]", SloKind.COURSE, SloState.ACTIVE)
        assert slo.descriptors == {"FOUR": {Decimal(4): "Bold.", Decimal("0.5"): "Dim."}}
        assert command.source.startswith("file.json#")

    @pytest.mark.parametrize(
        ("change", "place", "cause"),
        [
            (lambda c: c["slos"][0].pop("title"), "slos[0]", "title"),
            (lambda c: c["slos"][0].update(title=""), "slos[0].title", "length >= 1"),
            (lambda c: c["slos"][0].update(titel="x"), "slos[0]", "titel"),
            (lambda c: c["slos"][0].update(kind="plo"), "slos[0].kind", "'plo'"),
            (lambda c: c["slos"].append(c["slos"][0]), "slos", "E-1 stands here twice"),
            (lambda c: c["scales"].append(c["scales"][0]), "scales", "FOUR stands here twice"),
            (
                lambda c: c["scales"].append({**c["scales"][0], "code": "X"}),
                "scales",
                "only one scale is the default",
            ),
            (
                lambda c: c["scales"][0]["levels"][1].update(points="many"),
                "scales[0].levels[1].points",
                "decimal",
            ),
            (
                lambda c: c["slos"][0].update(descriptors={"FOUR": {"high": "x"}}),
                "slos[0].descriptors",
                "decimal",
            ),
        ],
    )
    def test_a_defect_is_named_by_its_place(
        self, tmp_path: Path, change: Callable[[Any], None], place: str, cause: str
    ) -> None:
        with pytest.raises(Invalid) as refused:
            read_slos(written(tmp_path, changed(SLOS, change)), "me")
        assert place in refused.value.field
        assert cause in refused.value.cure

    def test_no_file_and_no_json_are_told(self, tmp_path: Path) -> None:
        with pytest.raises(Invalid, match="no readable file"):
            read_slos(tmp_path / "nowhere.json", "me")
        with pytest.raises(Invalid, match="no JSON"):
            read_slos(written(tmp_path, "{"), "me")

    def test_what_is_stored_is_written_as_it_is_read(self, tmp_path: Path) -> None:
        scale, slo = builders.a_scale(), builders.an_slo()
        content = slo_file([scale], [slo], {"course-engl101": "ENGL 101"}, {})
        command = read_slos(written(tmp_path, msgspec.json.encode(content).decode()), "me")
        (entry,), (row,) = command.scales, command.slos
        assert [level.points for level in entry.levels] == [level.points for level in scale.levels]
        assert (row.code, row.course, row.title) == (slo.code, "ENGL 101", slo.title)
        assert row.descriptors == {"four": {Decimal(3): "States a clear thesis."}}

    def test_only_the_newest_version_of_a_scale_is_written(self) -> None:
        newer = builders.a_scale("four", id="scale-new", version=2, name="Newer")
        content = slo_file([newer, builders.a_scale()], [builders.an_slo()], {}, {})
        assert [scale.name for scale in content.scales] == ["Newer"]
        assert content.slos[0].descriptors == {}


class TestAssessmentFiles:
    def test_are_read_with_their_places(self, tmp_path: Path) -> None:
        essay, debate = read_assessments(written(tmp_path, ASSESSMENTS), "me").assessments
        (planned,) = essay.sections
        assert planned.due_at is not None
        assert planned.due_at.astimezone(UTC) == datetime(2026, 12, 2, 7, 59, tzinfo=UTC)
        assert planned.scores[0].path == "assessments[0].sections[0].scores[0]"
        assert (debate.kind, debate.points_possible) == (AssessmentKind.STUDENT, Decimal("12.5"))
        (criterion,) = debate.criteria
        assert [level.label for level in criterion.levels] == ["None", "Some"]
        assert [level.mastery for level in criterion.levels] == ["no", None]

    @pytest.mark.parametrize(
        ("change", "place", "cause"),
        [
            (lambda a: a.update(points_possible=0), "assessments[0].points_possible", "above 0"),
            (lambda a: a.update(points_possible="x"), "assessments[0].points_possible", "decimal"),
            (lambda a: a.update(kind="both"), "assessments[0].kind", "'both'"),
            (
                lambda a: a["sections"][0].update(due_at="2026-12-01T23:59:00"),
                "assessments[0].sections[0].due_at",
                "timezone",
            ),
            (
                lambda a: a["sections"].append(a["sections"][0]),
                "assessments[0].sections",
                "s1 stands here twice",
            ),
            (
                lambda a: a["sections"][0]["scores"][0].update(value=4),
                "assessments[0].sections[0].scores[0].value",
                "expected `str`",
            ),
        ],
    )
    def test_a_defect_is_named_by_its_place(
        self, tmp_path: Path, change: Callable[[Any], None], place: str, cause: str
    ) -> None:
        content = changed(ASSESSMENTS, lambda c: change(c["assessments"][0]))
        with pytest.raises(Invalid) as refused:
            read_assessments(written(tmp_path, content), "me")
        assert place in refused.value.field
        assert cause in refused.value.cure

    def test_codes_stand_once(self, tmp_path: Path) -> None:
        content = changed(ASSESSMENTS, lambda c: c["assessments"].append(c["assessments"][0]))
        with pytest.raises(Invalid, match="ESSAY stands here twice"):
            read_assessments(written(tmp_path, content), "me")
        content = changed(
            ASSESSMENTS, lambda c: c["assessments"][1]["criteria"].append(
                c["assessments"][1]["criteria"][0])
        )  # fmt: skip
        with pytest.raises(Invalid, match="LOGIC stands here twice"):
            read_assessments(written(tmp_path, content), "me")
