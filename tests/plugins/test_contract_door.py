"""The author of a plug-in runs the contract suite over it, as docs/plugins.md says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2]
_INFO = "attain_elsewhere-1.0.dist-info"
_METADATA = "Metadata-Version: 2.1\nName: attain-elsewhere\nVersion: 1.0\n"
_ENTRY_POINTS = "[attain.lms.harness]\nelsewhere = elsewhere_harness:opened\n"
_HARNESS = "from tests.contract.memory_harness import opened\n"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A distribution beside Attain's sources that offers a harness."""
    (tmp_path / _INFO).mkdir()
    (tmp_path / _INFO / "METADATA").write_text(_METADATA, "utf-8")
    (tmp_path / _INFO / "entry_points.txt").write_text(_ENTRY_POINTS, "utf-8")
    (tmp_path / "elsewhere_harness.py").write_text(_HARNESS, "utf-8")
    return tmp_path


def suite_over(name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = ["tests/contract/test_lms.py", "--lms", name, "-k", "TestConsent", "-vv"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words],
        cwd=SOURCES, env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_suite_runs_over_the_harness_of_an_installed_plug_in(installed: Path) -> None:
    ran = suite_over("elsewhere", installed)
    assert ran.returncode == 0, ran.stdout
    assert "test_a_code_gives_tokens_once[elsewhere" in ran.stdout
    assert "[canvas" not in ran.stdout


def test_a_name_that_nobody_offers_lists_those_that_are_there(installed: Path) -> None:
    ran = suite_over("nowhere", installed)
    assert ran.returncode != 0
    told = ran.stdout + ran.stderr
    assert "No harness is called 'nowhere'. There are: canvas, elsewhere, memory." in told
