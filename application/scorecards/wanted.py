"""Which file of an assessment in a section somebody wants, and what it is called."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from application.queries.works.work_header import WorkHeader

EVERYBODY = "all"
NOBODY = ""
_UNUSUAL = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_NAME = 80


class Subject(StrEnum):
    RUBRIC = "rubric"
    """The rows with the descriptors of all levels, of one student on a page."""
    SCORECARD = "scorecard"
    """The grid of students and SLOs."""


class FileFormat(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


MEDIA_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """`whom` is a student's id, EVERYBODY, or NOBODY for an empty rubric without a name.

    A scorecard is always of everybody.
    """

    subject: Subject
    format: FileFormat
    completed: bool
    whom: str = NOBODY


@dataclass(frozen=True, slots=True)
class MadeFile:
    name: str
    media_type: str
    content: bytes


def file_name(header: WorkHeader, wanted: Wanted) -> str:
    """`engl-101-03-lab-report-scorecard-blank.xlsx`: plain signs only, and nobody's name."""
    words = [header.section_title, header.name, wanted.subject]
    if not wanted.completed:
        words.append("blank")
    bare = unicodedata.normalize("NFKD", " ".join(words)).encode("ascii", "ignore").decode()
    name = _UNUSUAL.sub("-", bare).strip("-").lower()[:_LONGEST_NAME].strip("-")
    return f"{name or wanted.subject}.{wanted.format}"
