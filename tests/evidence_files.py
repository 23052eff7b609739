"""Files that people send as evidence, and those that nobody should."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(64)
GIF_AND_PAGE = b"GIF89a/*" + bytes(20) + b"*/=1;</script><script>alert(1)</script><html></html>"
SVG_WITH_SCRIPT = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">'
    b"<script>alert(document.domain)</script></svg>"
)
_ZEROS = bytes(1 << 20)


def a_zip_bomb(megabytes: int = 150) -> bytes:
    """A small archive that unpacks to a long row of zeros."""
    return _zipped({"zeros": megabytes})


def a_document(*, a_zip_bomb: bool = False) -> bytes:
    """What Word writes, as far as its beginning goes."""
    return _zipped({"word/document.xml": 150 if a_zip_bomb else 1})


def _zipped(files: dict[str, int]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        if "word/document.xml" in files:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("_rels/.rels", "<Relationships/>")
        for name, megabytes in files.items():
            with archive.open(name, "w") as entry:
                for _ in range(megabytes):
                    entry.write(_ZEROS)
    return buffer.getvalue()
