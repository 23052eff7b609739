"""Which signs the bytes of a CSV file stand for, told from how the file begins."""

from dataclasses import dataclass

from application.rosters.row_errors import Severity

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "a byte-order mark stands at the start; it is skipped"),
    (b"\xff\xfe", "utf-16", "written in UTF-16; it is read, but CSV UTF-8 is what is meant"),
    (b"\xfe\xff", "utf-16", "written in UTF-16; it is read, but CSV UTF-8 is what is meant"),
)
_FOREIGN = (
    (b"PK\x03\x04", "this is a spreadsheet or zip by another name; save it as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "this is a spreadsheet by another name; save it as CSV UTF-8"),
    (b"%PDF", "this is a PDF by another name; save it as CSV UTF-8"),
    (b"\xff\xfe\x00\x00", "written in UTF-32; save it as CSV UTF-8"),
    (b"\x00\x00\xfe\xff", "written in UTF-32; save it as CSV UTF-8"),
)
_NULS = 4
"""Text in UTF-16 has one NUL in two bytes; a file with a stray one has far fewer."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """`note` is what to tell about it, if anything; fatal when the file cannot be read."""

    encoding: str
    errors: str
    note: str = ""
    severity: Severity = Severity.WARNING

    @property
    def is_readable(self) -> bool:
        return self.severity is not Severity.FATAL


def decoding_of(head: bytes, wanted: str) -> Decoding:
    """How to read a file that begins with `head`; `wanted` holds where no mark stands.

    Bytes that are no signs arrive as lone surrogates, so that the row can be named.
    """
    for mark, note in _FOREIGN:
        if head.startswith(mark):
            return Decoding(wanted, "surrogateescape", note, Severity.FATAL)
    for mark, encoding, note in _MARKS:
        if head.startswith(mark):
            return Decoding(encoding, _errors_of(encoding), note)
    if head.count(0) * _NULS > len(head):
        note = "it looks like UTF-16 without its mark; save it as CSV UTF-8"
        return Decoding(wanted, "surrogateescape", note, Severity.FATAL)
    return Decoding(wanted, "surrogateescape")


def _errors_of(encoding: str) -> str:
    """UTF-16 knows no escape for single bytes; damage becomes the replacement sign."""
    return "replace" if encoding == "utf-16" else "surrogateescape"
