"""SLOs, mappings, targets, scales and their files by command."""

import json
from pathlib import Path

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.access import Role
from domain.slo_mapping import MappingKind
from tests import builders
from tests.application.keeping import Keeping
from tests.cli.cli_house import Terminal

NEW = ("slo", "new", "--code", "E-1", "--course", "ENGL101", "--title", "Thesis",
       "--statement", "State it.")  # fmt: skip
PROGRAM = ("slo", "new", "--kind", "pslo", "--code", "P-1", "--org", "ENGL", "--title", "Reason",
           "--statement", "Reason.")  # fmt: skip


@pytest.fixture
def keeping(memory_units: MemoryUnits, terminal: Terminal) -> Keeping:
    assert terminal.house is not None
    return Keeping(memory_units)


class TestSlos:
    def test_made_edited_retired_and_reinstated(self, terminal: Terminal, keeping: Keeping) -> None:
        assert terminal.said(*NEW) == "Made E-1.\n"
        said = terminal.said("slo", "edit", "E-1", "--statement", "State it well.")
        assert said == "E-1 is version 2.\n"
        words = ("--title", "Theses", "--edit", "correction", "--descriptor", "four:3=Clear.")
        assert terminal.said("slo", "edit", "E-1", *words) == "E-1 is version 2.\n"
        assert terminal.said("slo", "retire", "E-1") == "E-1 is retired.\n"
        assert terminal.said("slo", "reinstate", "E-1") == "E-1 is active.\n"
        shown = terminal.told("slo", "show", "E-1")
        assert [one["replaces"] for one in shown["versions"]] == [1, None]
        assert shown["slo"]["descriptors"][0]["text"] == "Clear."
        assert "State it well." in terminal.said("slo", "show", "E-1")

    def test_listed_by_filter(self, terminal: Terminal, keeping: Keeping) -> None:
        terminal.said(*NEW)
        terminal.said(*PROGRAM)
        assert [one["code"] for one in terminal.told("slo", "list")] == ["E-1", "P-1"]
        assert [one["code"] for one in terminal.told("slo", "list", "--kind", "pslo")] == ["P-1"]
        assert terminal.told("slo", "list", "--org", "SCIE") == []
        assert "Reason" in terminal.said("slo", "list", "--search", "reason")

    def test_mapped_and_unmapped(self, terminal: Terminal, keeping: Keeping) -> None:
        terminal.said(*NEW)
        terminal.said(*PROGRAM)
        words = ("E-1", "P-1", "--kind", "introduced", "--from", "src-fall")
        assert terminal.said("slo", "map", *words) == "Saved.\n"
        assert terminal.said("slo", "map", *words) == "It was so already.\n"
        shown = terminal.told("slo", "show", "P-1")
        assert shown["down"][0]["mapping_kind"] == MappingKind.INTRODUCED
        assert "map a CSLO to a PSLO" in terminal.refused("slo", "map", "P-1", "E-1")
        assert terminal.said("slo", "unmap", "E-1", "P-1", "--from", "src-spring") == "Saved.\n"
        assert terminal.told("slo", "show", "E-1")["up"][0]["until_term"] == "Spring 2026"
        assert "no SLO named 'X'" in terminal.refused("slo", "map", "X", "P-1")

    def test_targets(self, terminal: Terminal, keeping: Keeping) -> None:
        terminal.said(*NEW)
        assert terminal.said("slo", "target", "70%", "--org", "ENGL") == "Target: 70 %.\n"
        assert terminal.said("slo", "target", "72.5", "--slo", "E-1") == "Target: 72.5 %.\n"
        assert "Target: 72.5 %" in terminal.said("slo", "show", "E-1")
        assert terminal.said("slo", "target", "none", "--slo", "E-1") == "Target: none.\n"
        for words in (("70",), ("much", "--slo", "E-1"), ("0", "--slo", "E-1")):
            terminal.refused("slo", "target", *words)

    def test_for_a_person_only_what_that_one_keeps(
        self, terminal: Terminal, keeping: Keeping
    ) -> None:
        assert terminal.said(*NEW, "--as", "Ccora") == "Made E-1.\n"
        other = tuple("CHEM1" if word == "ENGL101" else word for word in NEW)
        line = terminal.refused(*other, "--code", "C-1", "--as", "Ccora")
        assert "an org that you do not coordinate" in line
        with keeping.units() as unit:
            unit.roster.put_people([builders.a_person("tess")])
            unit.roster.grant(builders.a_role_grant("tess", role=Role.FACULTY))
            unit.commit()
        assert "may keep outcomes" in terminal.refused("slo", "retire", "E-1", "--as",
                                                            "Ctess")  # fmt: skip


class TestFiles:
    def test_a_dry_run_tells_and_an_import_does(
        self, terminal: Terminal, keeping: Keeping, tmp_path: Path
    ) -> None:
        file = tmp_path / "slos.csv"
        file.write_text("code,course,title,statement\nE-1,ENGL101,Thesis,State it.\n")
        said = terminal.said("slo", "import", file, "--dry-run")
        assert "added" in said
        assert "line 2" in said
        assert said.endswith("Dry run: nothing was changed.\n")
        assert terminal.told("slo", "list") == []
        assert "slos 1 added" in terminal.said("slo", "import", file)
        file.write_text("code,title,statement\nE-1,Thesis,State it well.\n")
        report = terminal.told("slo", "import", file, "--edit", "correction")
        assert [line["state"] for line in report["lines"]] == ["correction"]
        assert terminal.told("slo", "show", "E-1")["slo"]["version"] == 1

    def test_of_very_many_problems_the_first_are_told(
        self, terminal: Terminal, keeping: Keeping, tmp_path: Path
    ) -> None:
        file = tmp_path / "slos.csv"
        lines = "".join(f"E-{one},NONE,Thesis,State it.\n" for one in range(150))
        file.write_text(f"code,course,title,statement\n{lines}")
        told = terminal("slo", "import", file).stderr.splitlines()
        assert len(told) == 102
        assert told[-2:] == ["And 50 more; --json has them all.", "Nothing was imported."]
        assert len(terminal.told("slo", "import", file, code=3)["problems"]) == 150

    @pytest.mark.parametrize("kind", ["csv", "json", "canvas-csv", "case"])
    def test_what_is_exported_reads_back_without_a_change(
        self, terminal: Terminal, keeping: Keeping, tmp_path: Path, kind: str
    ) -> None:
        terminal.said(*NEW)
        terminal.said(*PROGRAM)
        file = tmp_path / "out"
        file.write_bytes(terminal("slo", "export", "--format", kind).stdout_bytes)
        report = terminal.told("slo", "import", file)
        assert {line["state"] for line in report["lines"]} == {"same"}

    def test_an_org_alone(self, terminal: Terminal, keeping: Keeping) -> None:
        terminal.said(*NEW)
        assert "E-1" not in terminal.said("slo", "export", "--format", "csv", "--org", "SCIE")
        words = ("slo", "export", "--format", "canvas-csv", "--root-account", "33")
        assert "attain:33:slo:" in terminal.said(*words)

    def test_a_framework_takes_the_owner_that_is_told(
        self, terminal: Terminal, keeping: Keeping, tmp_path: Path
    ) -> None:
        item = {"identifier": "i-1", "fullStatement": "Reason.", "humanCodingScheme": "R"}
        package = {"CFDocument": {"identifier": "d-1", "title": "F"}, "CFItems": [item]}
        file = tmp_path / "case.json"
        file.write_text(json.dumps(package))
        terminal.said("slo", "import", file, "--org", "ENGL", "--format", "case")
        assert terminal.told("slo", "list")[0]["kind"] == "pslo"
        said = terminal.said("slo", "export", "--format", "case", "--framework", "d-1")
        assert json.loads(said) == package


class TestScales:
    TWO = ("--name", "Two", "--level", "0=Low:beginning", "--level", "1=High:met:All of it")

    def test_made_edited_and_made_default(self, terminal: Terminal, keeping: Keeping) -> None:
        assert terminal.said("scale", "new", "TWO", *self.TWO) == "Made TWO.\n"
        more = (*self.TWO, "--level", "2=Top:exceeded")
        assert terminal.said("scale", "edit", "TWO", *more) == "TWO is saved.\n"
        assert terminal.said("scale", "edit", "TWO", *more) == "Nothing differs.\n"
        assert terminal.said("scale", "default", "TWO") == "TWO is the default scale.\n"
        assert terminal.told("scale", "list")[0]["code"] == "TWO"
        assert "All of it" in terminal.said("scale", "show", "TWO")
        assert terminal.told("scale", "show", "TWO")["used"] is False

    def test_one_in_use_gets_a_version(self, terminal: Terminal, keeping: Keeping) -> None:
        keeping.use(keeping.scales()[0])
        said = terminal.said("scale", "edit", "four", *self.TWO)
        assert "version 2 was made" in said
        assert "Version 1:" in terminal.said("scale", "show", "four")

    def test_mastery_levels(self, terminal: Terminal, keeping: Keeping) -> None:
        keeping.use(keeping.scales()[0])
        assert "Developing" in terminal.said("scale", "mastery")
        said = terminal.said("scale", "mastery", "--threshold", "developing")
        assert "four is in use" in said
        levels = terminal.told("scale", "mastery")
        assert [one["met"] for one in levels] == [False, True, True, True]

    @pytest.mark.parametrize(
        "words",
        [
            ("new", "X", "--name", "X", "--level", "high"),
            ("new", "X", "--name", "X", "--level", "0=A:met"),
            ("edit", "none", "--level", "0=A:met"),
            ("show", "none"),
            ("default", "none"),
            ("mastery", "--level", "x"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, terminal: Terminal, keeping: Keeping, words: tuple[str, ...]
    ) -> None:
        terminal.refused("scale", *words)

    def test_a_college_without_mastery_levels_is_told_how_to_make_them(
        self, terminal: Terminal
    ) -> None:
        assert "--threshold meets" in terminal.said("scale", "mastery")
        refused = terminal.refused("scale", "new", "TWO", *self.TWO)
        assert "attain scale mastery" in refused
        words = ("--level", "below=Below", "--level", "meets=Meets", "--threshold", "meets")
        assert "Meets" in terminal.said("scale", "mastery", *words)
