"""Imports that wait name things that are there, and are used only as what can wait."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import adapters
import application
import domain
import entrypoints
from application.later import StandIn
from entrypoints.bootstrap import opened, upgrade_schema
from entrypoints.settings import load_settings
from tests.architecture.test_rules import files_of, name_of

ROOMS = (domain, application, adapters, entrypoints)
NEVER_IMPORTED = ("adapters.outbound.persistence.migrations.env",)
"""Run by alembic alone, with a context of its own."""


def modules_that_wait() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in files_of(room.__name__, "*.py"):
            if "with imported_later(" in (text := path.read_text("utf-8")):
                yield name_of(path), ast.parse(text)


def waiting(module: ast.Module) -> set[str]:
    """The names that its late imports bind."""
    return {
        alias.asname or alias.name
        for block in ast.walk(module)
        if isinstance(block, ast.With) and is_late(block)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def is_late(block: ast.With) -> bool:
    return ast.unparse(block.items[0]) == "imported_later(__name__)"


def used_at_once(module: ast.Module) -> Iterator[ast.AST]:
    """What needs the real thing: attributes, bases, errors that are caught, kinds asked for."""
    for node in ast.walk(module):
        match node:
            case ast.Attribute(value=ast.Name() as name):
                yield name
            case ast.ClassDef(bases=bases):
                yield from bases
            case ast.ExceptHandler(type=ast.expr() as caught):
                yield from ast.walk(caught)
            case ast.Call(func=ast.Name(id="isinstance" | "issubclass" | "suppress"), args=args):
                for one in args:
                    yield from ast.walk(one)
            case ast.MatchClass(cls=kind):
                yield kind


def test_each_name_is_found_where_its_import_says() -> None:
    found = 0
    for room in ROOMS:
        for one in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if one.name in NEVER_IMPORTED:
                continue
            for value in vars(importlib.import_module(one.name)).values():
                if isinstance(value, StandIn):
                    value.found()
                    found += 1

    assert found > 300


def test_none_is_used_as_what_cannot_wait() -> None:
    wrong = [
        f"{name}: {used.id}, line {used.lineno}"
        for name, module in modules_that_wait()
        for used in used_at_once(module)
        if isinstance(used, ast.Name) and used.id in waiting(module)
    ]

    assert wrong == []


def test_every_use_case_can_be_made(tmp_path: Path) -> None:
    settings = load_settings({"ATTAIN_DATA_DIR": str(tmp_path)})
    upgrade_schema(settings)

    with opened(settings) as house:
        made = {name: provider() for name, provider in house.use_cases.providers.items()}

    assert len(made) > 300
    assert not any(isinstance(one, StandIn) for one in made.values())
