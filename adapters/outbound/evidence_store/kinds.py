"""What a file is by its first bytes: the list of what is taken as evidence."""

import filetype

from application.ports.evidence_store import FileKind, FileKinds

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_KINDS = (
    FileKind("application/pdf", (".pdf",)),
    FileKind(f"{_OFFICE}.wordprocessingml.document", (".docx",), is_zip=True),
    FileKind(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), is_zip=True),
    FileKind(f"{_OFFICE}.presentationml.presentation", (".pptx",), is_zip=True),
    FileKind(f"{_OPEN}.text", (".odt",), is_zip=True),
    FileKind(f"{_OPEN}.spreadsheet", (".ods",), is_zip=True),
    FileKind(f"{_OPEN}.presentation", (".odp",), is_zip=True),
    FileKind("application/msword", (".doc",)),
    FileKind("application/vnd.ms-excel", (".xls",)),
    FileKind("application/vnd.ms-powerpoint", (".ppt",)),
    FileKind("application/rtf", (".rtf",)),
    FileKind("application/zip", (".zip",), is_zip=True),
    FileKind("image/jpeg", (".jpg", ".jpeg")),
    FileKind("image/png", (".png",)),
    FileKind("image/gif", (".gif",)),
    FileKind("image/webp", (".webp",)),
    FileKind("image/heic", (".heic", ".heif")),
    FileKind("image/tiff", (".tif", ".tiff")),
    FileKind("audio/mpeg", (".mp3",)),
    FileKind("audio/mp4", (".m4a",)),
    FileKind("audio/x-wav", (".wav",)),
    FileKind("audio/ogg", (".ogg",)),
    FileKind("video/mp4", (".mp4", ".m4v")),
    FileKind("video/quicktime", (".mov",)),
    FileKind("video/webm", (".webm",)),
)
_TEXTS = (
    FileKind("text/plain", (".txt", ".tex", ".log")),
    FileKind("text/csv", (".csv",)),
    FileKind("text/tab-separated-values", (".tsv",)),
    FileKind("text/markdown", (".md",)),
)
_BY_TYPE = {kind.media_type: kind for kind in _KINDS}
_OTHER_NAMES = {"application/x-rtf": "application/rtf", "text/rtf": "application/rtf"}
_MARKUP = b"<"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""Of the encodings that a text may begin with."""
_CONTROLS = bytes(sorted({*range(32)} - set(b"\t\n\r\f\x1b")))


class KnownKinds(FileKinds):
    """Pages, vector images and programs are on no list: they run where they are opened."""

    def kind_of(self, head: bytes, name: str) -> FileKind | None:
        told = filetype.guess(head)
        if told is not None:
            return _BY_TYPE.get(_OTHER_NAMES.get(told.mime, told.mime))
        return _text_named(name) if _is_text(head) else None

    @property
    def named(self) -> str:
        return (
            "PDF, Word, Excel, PowerPoint, OpenDocument, RTF, pictures (JPEG, PNG, GIF, WebP, "
            "HEIC, TIFF), sound, video, ZIP, and plain text (txt, csv, tsv, md)"
        )

    @property
    def accepted(self) -> tuple[str, ...]:
        return tuple(extension for kind in (*_KINDS, *_TEXTS) for extension in kind.extensions)


def _text_named(name: str) -> FileKind | None:
    """Only by the extensions of texts: a script is text too."""
    for kind in _TEXTS:
        if name.lower().endswith(kind.extensions):
            return kind
    return None


def _is_text(head: bytes) -> bool:
    """No control signs, and no markup: a browser could take it for a page."""
    if head.startswith(_MARKS[1:]):
        return not head.decode("utf-16", "replace").lstrip("\ufeff \t\r\n").startswith("<")
    plain = head.removeprefix(_MARKS[0])
    return not plain.lstrip().startswith(_MARKUP) and plain.translate(None, _CONTROLS) == plain
