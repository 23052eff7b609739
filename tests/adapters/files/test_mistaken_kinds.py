"""A roster that is given as another kind than it is gets told so, in one line."""

from datetime import date
from pathlib import Path

import pytest

from adapters.inbound.files.packages import PACKAGE_KINDS, PackageShelf
from application.rosters.row_errors import Severity
from sandbox.college import write_college
from tests.adapters.files.oneroster_files import package, write_folder, write_zip

KINDS = tuple(PACKAGE_KINDS)


@pytest.fixture(scope="module")
def college(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("college")
    write_college(folder, date(2026, 9, 15))
    return folder


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("given_as", KINDS)
def test_each_kind_given_as_another_is_recognised(college: Path, kind: str, given_as: str) -> None:
    roster = PackageShelf()(given_as, college / kind).roster
    if kind == given_as:
        assert roster.is_readable
        return
    label = PACKAGE_KINDS[kind].label
    assert [(error.file, error.severity, error.cause) for error in roster.errors] == [
        (kind, Severity.FATAL, f"this looks like {label}; use attain load {kind}")
    ]
    assert not roster.people.rows


def test_a_zip_is_looked_into_as_well(tmp_path: Path) -> None:
    zipped = write_zip(tmp_path / "night.zip", package())
    (error,) = PackageShelf()("data-load", zipped).roster.errors
    assert (error.file, error.cause[:29]) == ("night.zip", "this looks like OneRoster CSV")


def test_a_defect_of_the_right_kind_keeps_its_own_words(tmp_path: Path) -> None:
    files = package()
    files["users.csv"] = files["users.csv"].replace("givenName", "vorname")
    roster = PackageShelf()("oneroster", write_folder(tmp_path, files)).roster
    assert "this required column is missing" in {error.cause for error in roster.errors}


def test_files_of_two_kinds_are_not_guessed_at(tmp_path: Path) -> None:
    files = {**package(), "people.csv": "Tech ID,Given Name,Family Name\n"}
    roster = PackageShelf()("canvas-sis", write_folder(tmp_path, files)).roster
    assert not any("looks like" in error.cause for error in roster.errors)


def test_what_looks_like_nothing_is_not_guessed_at(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"grocery.csv": "milk,bread\n1,2\n"})
    for kind in KINDS:
        (error, *_) = [
            one for one in PackageShelf()(kind, folder).roster.errors
            if one.severity is Severity.FATAL
        ]  # fmt: skip
        assert "looks like" not in error.cause
