"""The rules of the house that no linter keeps: arrows, rooms, sizes, names of places."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter import api

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "application", "adapters", "entrypoints", "sandbox")
LONGEST = 400
"""Lines of a product file; long before that it holds a second idea."""
GENERATED = ("adapters/outbound/persistence/migrations/versions",)
"""A migration spells out each column and is never edited again."""
FOLDERS = (
    "domain", "application/ports", "application/use_cases", "application/queries",
    "adapters/inbound/http", "adapters/inbound/lti", "adapters/inbound/cli",
    "adapters/outbound/canvas", "adapters/outbound/persistence", "adapters/outbound/runtime",
    "adapters/outbound/memory", "adapters/outbound/jobs", "adapters/outbound/secrets",
    "entrypoints", "sandbox/canvas", "docs/decisions",
    "tests/domain", "tests/application", "tests/contract", "tests/adapters", "tests/http",
    "tests/cli", "tests/architecture", "tests/browser", "tests/benchmark",
)  # fmt: skip
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TEMPLATES = ROOT / "adapters/inbound/http/templates"


def tracked() -> list[Path]:
    """Every file that is or would be committed; all files where there is no repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        return [path for room in (*ROOMS, "tests", "docs") for path in files_of(room)]
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def files_of(folder: str, pattern: str = "*") -> list[Path]:
    found = (ROOT / folder).rglob(pattern)
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def texts() -> Iterator[tuple[str, str]]:
    """Name and content of every text among them."""
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            yield name_of(path), content.decode("utf-8", errors="replace")


def modules() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in files_of(room, "*.py"):
            yield name_of(path), ast.parse(path.read_text("utf-8"))


def imported(module: ast.Module) -> set[str]:
    """The outermost packages that a module imports."""
    names: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


class TestArrows:
    def test_every_contract_is_kept(self) -> None:
        ran = subprocess.run(
            [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip

        assert ran.returncode == 0, ran.stdout[-4000:]
        assert re.search(r"Contracts: (\d+) kept, 0 broken", ran.stdout)

    def test_every_room_is_under_the_contracts(self) -> None:
        configured = api.read_configuration(str(ROOT / "pyproject.toml"))

        assert set(configured["session_options"]["root_packages"]) == set(ROOMS)
        assert len(configured["contracts_options"]) >= 9

    def test_dbos_is_known_in_one_place_only(self) -> None:
        knowing = {name for name, module in modules() if "dbos" in imported(module)}

        assert knowing
        assert all(name.startswith("adapters/outbound/jobs/") for name in knowing), knowing

    def test_only_entrypoints_read_the_environment(self) -> None:
        reading = re.compile(r"\bos\.(?:environ|getenv)\b")
        found = [
            name_of(path)
            for room in ROOMS
            if room not in {"entrypoints", "sandbox"}
            for path in files_of(room, "*.py")
            if reading.search(path.read_text("utf-8"))
        ]

        assert found == []

    def test_the_domain_neither_waits_nor_looks_at_the_clock(self) -> None:
        found = [
            name
            for name, module in modules()
            if name.startswith("domain/") and (waits(module) or looks_at_the_clock(module))
        ]

        assert found == []


def waits(module: ast.Module) -> bool:
    return any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in ast.walk(module))


def looks_at_the_clock(module: ast.Module) -> bool:
    calls = (node.func for node in ast.walk(module) if isinstance(node, ast.Call))
    return any(
        isinstance(call, ast.Attribute) and call.attr in {"now", "utcnow", "today", "time"}
        for call in calls
    )


class TestRooms:
    @pytest.mark.parametrize("folder", FOLDERS)
    def test_each_is_there_and_not_empty(self, folder: str) -> None:
        held = [path for path in files_of(folder) if path.name != "__init__.py"]

        assert held, f"{folder} holds nothing"

    def test_none_is_a_lumber_room(self) -> None:
        names = {path.stem for room in ROOMS for path in files_of(room, "*.py")}

        assert names.isdisjoint({"utils", "util", "common", "helpers", "misc"})

    def test_no_file_is_too_long_to_hold_one_idea(self) -> None:
        long = {
            name_of(path): lines
            for room in ROOMS
            for path in files_of(room, "*.py")
            if not name_of(path).startswith(GENERATED)
            and (lines := len(path.read_text("utf-8").splitlines())) > LONGEST
        }

        assert long == {}

    def test_every_package_says_that_it_is_typed(self) -> None:
        assert [room for room in ROOMS if not (ROOT / room / "py.typed").exists()] == []


class TestNamesOfPlaces:
    # Put together, so that this file does not name what it forbids.
    forbidden = (
        "/wo" + "rk/(?:main|shared|BRIEF)",
        r"\.\./sha" + "red",
        r"\.lib" + "rary/",
        "BRIEF" + r"\.md",
        "(?:pypi|files)" + r"\.python" + r"hosted\.org|pypi" + r"\.org/simple",
        "registry" + r"\.npm" + "js",
    )

    def test_no_file_names_a_workbench_or_a_registry(self) -> None:
        pattern = re.compile("|".join(self.forbidden))
        found = [(name, match[0]) for name, text in texts() if (match := pattern.search(text))]

        assert found == []

    @pytest.mark.parametrize("path", files_of("requirements", "*.txt"), ids=name_of)
    def test_locked_requirements_name_no_index_and_carry_hashes(self, path: Path) -> None:
        text = path.read_text("utf-8")

        assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host", text)
        pinned = re.findall(r"^[A-Za-z0-9._-]+(?:\[[\w,-]+\])?==", text, re.MULTILINE)
        assert pinned
        assert text.count("--hash=sha256:") >= len(pinned)

    def test_neither_does_the_project_itself(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

        assert {"index", "sources"}.isdisjoint(project.get("tool", {}).get("uv", {}))
        assert not any("@" in one for one in project["project"]["dependencies"])


class TestTemplates:
    """The Content-Security-Policy lets nothing inline run, so nothing inline may be written."""

    @pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
    def test_have_no_inline_script_or_style(self, path: Path) -> None:
        tags = re.findall(r"<[a-zA-Z][^>]*>", JINJA.sub("", path.read_text("utf-8")))
        # A block of data runs nothing, so the policy does not mind it.
        code = [tag for tag in tags if 'type="application/json"' not in tag]

        assert [tag for tag in code if re.match(r"<script\b(?![^>]*\bsrc=)", tag)] == []
        assert [tag for tag in tags if re.match(r"<style\b", tag)] == []
        assert [tag for tag in tags if re.search(r"\s(?:style|on[a-z]+)\s*=", tag)] == []
        assert [tag for tag in tags if "javascript:" in tag] == []

    @pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
    def test_write_every_path_through_the_link_that_adds_the_session(self, path: Path) -> None:
        bare = re.findall(r'(?:href|action|src|formaction)="/[^"]*"', path.read_text("utf-8"))

        assert bare == []

    @pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
    def test_carry_a_form_token_wherever_they_post_to_us(self, path: Path) -> None:
        forms = re.findall(
            r'<form\b[^>]*method="post".*?</form>', path.read_text("utf-8"), re.DOTALL
        )
        ours = [form for form in forms if 'action="{{ model.action }}"' not in form]

        assert [form[:80] for form in ours if "csrf_field()" not in form] == []
