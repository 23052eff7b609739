"""What files are by their content, and which are taken."""

import pytest

from adapters.outbound.evidence_store.kinds import KnownKinds
from application.evidence.metering import HEAD
from tests.evidence_files import GIF_AND_PAGE, PDF, PNG, SVG_WITH_SCRIPT, a_document, a_zip_bomb

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "essay.pdf", "application/pdf"),
        (PDF, "essay.html", "application/pdf"),
        (PNG, "", "image/png"),
        (GIF_AND_PAGE, "page.html", "image/gif"),
        (a_zip_bomb(1), "work.zip", "application/zip"),
        (b"{\\rtf1 text}", "text.rtf", "application/rtf"),
        (b"plain words", "notes.TXT", "text/plain"),
        (b"a;b\r\n1;2\r\n", "table.csv", "text/csv"),
        ("Überlegung".encode("cp1252"), "old.txt", "text/plain"),
        ("\ufeff論文".encode("utf-16"), "wide.txt", "text/plain"),
        ("\ufeffmột".encode(), "notes.md", "text/markdown"),
    ],
)
def test_are_told_by_content(content: bytes, name: str, media_type: str) -> None:
    kind = KnownKinds().kind_of(content[:HEAD], name)
    assert kind is not None
    assert kind.media_type == media_type


def test_a_document_is_an_archive_too() -> None:
    kind = KnownKinds().kind_of(a_document()[:HEAD], "essay.docx")
    assert kind is not None
    assert (kind.extensions[0], kind.is_zip) == (".docx", True)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SVG_WITH_SCRIPT, "logo.svg"),
        (SVG_WITH_SCRIPT, "logo.txt"),
        (b"\xef\xbb\xbf \n<html>", "page.txt"),
        ("\ufeff<svg/>".encode("utf-16"), "logo.txt"),
        (b"<!doctype html>", "page.html"),
        (b"plain words", "script.js"),
        (b"plain words", "script.py"),
        (b"plain words", ""),
        (b"words\0and more", "notes.txt"),
        (b"MZ" + bytes(200), "essay.pdf"),
        (b"\x7fELF" + bytes(200), "essay.pdf"),
        (b"#!/bin/sh\n", "run.sh"),
        (OLE, "virus.msi"),
    ],
)
def test_are_not_taken(content: bytes, name: str) -> None:
    assert KnownKinds().kind_of(content[:HEAD], name) is None


def test_all_that_is_taken_can_be_chosen() -> None:
    accepted = KnownKinds().accepted
    assert {".pdf", ".docx", ".mp4", ".csv"} <= set(accepted)
    assert not {".html", ".svg", ".js", ".exe"} & set(accepted)
