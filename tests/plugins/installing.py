"""Install the chalkboard as pip would, into a folder of its own: no network is needed."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("chalkboard")
PACKAGE = "attain_chalkboard"


def install_into(folder: Path) -> None:
    """The package beside its metadata, with the entry points that its project declares."""
    project = tomllib.loads((SOURCE / "pyproject.toml").read_text("utf-8"))["project"]
    shutil.copytree(SOURCE / PACKAGE, folder / PACKAGE)
    info = folder / f"{PACKAGE}-{project['version']}.dist-info"
    info.mkdir()
    named = f"Name: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\n{named}", "utf-8")
    (info / "entry_points.txt").write_text(_entry_points(project), "utf-8")


def _entry_points(project: dict[str, Any]) -> str:
    lines: list[str] = []
    for group, entries in project["entry-points"].items():
        lines.append(f"[{group}]")
        lines.extend(f"{name} = {target}" for name, target in entries.items())
    return "\n".join(lines)
