"""PDF by typst: PDF/UA-1 with our own font, with the system's fonts, or without the standard."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import font_source_sans_pro
import structlog
import typst

from adapters.outbound.documents.payload import document_json
from application.errors import Invalid
from application.ports.documents import Document, PdfWriter

_FONTS = ("Source Sans Pro",)
_PAPER = "us-letter"
_TEMPLATE = Path(__file__).with_name("document.typ")
_NO_GLYPH = re.compile(r'the text `"(?:\\u\{(?P<escaped>[0-9a-f]+)\}|(?P<plain>.))')
_log = structlog.get_logger("attain.documents")


class _Try(NamedTuple):
    system_fonts: bool
    standard: bool


_TRIES = (
    _Try(system_fonts=False, standard=True),
    _Try(system_fonts=True, standard=True),
    _Try(system_fonts=True, standard=False),
)
"""A glyph without a font is an error under the standard; without it a box is drawn."""


class TypstPdf(PdfWriter):
    def __call__(self, document: Document) -> bytes:
        described = document_json(document, _FONTS, _PAPER)
        for one in _TRIES[:-1]:
            try:
                return _set(described, one)
            except typst.TypstError as refused:
                _tell(refused, one)
        try:
            return _set(described, _TRIES[-1])
        except typst.TypstError:
            # Its text quotes the document, which may name people.
            raise Invalid("document", "it cannot be set as a PDF; take another format.") from None


def _set(described: str, one: _Try) -> bytes:
    compiler = typst.Compiler(
        _TEMPLATE.read_bytes(),
        font_paths=_fonts(system=one.system_fonts),
        sys_inputs={"document": described},
    )
    standards: list[typst.PDFStandard] = ["ua-1"] if one.standard else []
    made = compiler.compile(format="pdf", pdf_standards=standards)
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


@cache
def _fonts(*, system: bool) -> typst.Fonts:
    """Found once; those that typst carries look foreign beside ours and stay out."""
    return typst.Fonts(
        include_system_fonts=system,
        include_embedded_fonts=False,
        font_paths=[font_source_sans_pro.font_directory],
    )


def _tell(refused: typst.TypstError, one: _Try) -> None:
    """Say which character no font has; never the text around it, which may be a name."""
    missing = _NO_GLYPH.search(refused.message)
    character = f"U+{_code_point(missing):04X}" if missing else ""
    _log.info("pdf-fallback", character=character, system_fonts=one.system_fonts)


def _code_point(missing: re.Match[str]) -> int:
    return int(missing["escaped"], 16) if missing["escaped"] else ord(missing["plain"])
