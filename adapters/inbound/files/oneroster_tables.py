"""Orgs, terms, courses and sections of OneRoster 1.1 and 1.2, a row of each as a record.

Columns and words: IMS OneRoster 1.1 CSV Tables, sections 4 to 7; 1.2 CSV Binding, section 4.
"""

from collections.abc import Callable, Mapping

from adapters.inbound.files.csv_header import Columns
from adapters.inbound.files.oneroster_words import CLASS_TYPES, ORG_TYPES, SESSION_TYPES, STATUS
from adapters.inbound.files.record_stores import RecordStore, Store
from adapters.inbound.files.roster_table import QuickRead, Record, Table
from adapters.inbound.files.row_reader import Row
from application.rosters.records import CourseRecord, OrgRecord, SectionRecord, TermRecord
from application.rosters.roster import FileMode

_STAMP = ("status", "dateLastModified")
_YEAR = 4
_AUTUMN = 8
_SUMMER = (5, 6, 7)


def table(
    name: str,
    required: tuple[str, ...],
    optional: tuple[str, ...],
    names: Mapping[str, str],
    read: Callable[[Row, str], Record | None],
    personal: tuple[str, ...] = (),
    key: Callable[[Row], str] | None = None,
    quick: QuickRead | None = None,
    store: Callable[[], Store[Record]] = RecordStore,
    ending: Callable[[Row, str], Record | None] | None = None,
) -> Table[Record]:
    """A table of OneRoster: all have a sourcedId, a status and a time of the last change."""
    columns = Columns(("sourcedId", *required), (*_STAMP, *optional), frozenset(personal))
    own = {"source_id": "sourcedId", **names}
    stamp = "dateLastModified"
    return Table(
        name,
        columns,
        own,
        key or _source_id,
        _is_ended,
        read,
        stamp=stamp,
        quick=quick,
        store=store,
        ending=ending,
    )


def _source_id(row: Row) -> str:
    """An id that other rows name."""
    return row.ref("sourcedId")


def _is_ended(row: Row, mode: FileMode) -> bool:
    """`status` of a row: blank in bulk files, filled in every row of a delta file."""
    if mode is FileMode.DELTA:
        row.moment("dateLastModified")
        return row.one_of("status", STATUS) == "tobedeleted"
    if not row.text("status"):
        return False
    ended = row.one_of("status", STATUS) == "tobedeleted"
    if ended:
        row.warn("status", "a bulk file leaves this blank; the record is ended all the same")
    return ended


def _org(row: Row, source_id: str) -> OrgRecord:
    return OrgRecord(
        row.line,
        source_id,
        row.text("identifier") or source_id,
        row.required("name"),
        row.one_of("type", ORG_TYPES),
        row.optional_ref("parentSourcedId"),
    )


def _term(row: Row, source_id: str) -> TermRecord:
    record = TermRecord(
        row.line,
        source_id,
        row.required("title"),
        row.one_of("type", SESSION_TYPES),
        row.day("startDate"),
        row.day("endDate"),
        row.optional_ref("parentSourcedId"),
    )
    if row.ok:
        row.ends_after("endDate", record.starts_on, record.ends_on)
    _check_school_year(row, record)
    return record


def _check_school_year(row: Row, term: TermRecord) -> None:
    """The year in which the school year ends; nothing here hangs on it."""
    column = "schoolYear"
    value = row.required(column)
    year = value[-_YEAR:]
    if not value:
        return
    if not (year.isascii() and year.isdecimal() and len(year) == _YEAR):
        row.refuse(column, "give the year in which the school year ends, as YYYY")
        return
    if value != year:
        row.warn(column, f"give the year in which the school year ends; read as {year}")
    if row.ok and int(year) not in _school_years(term):
        ends = _school_years(term)[0]
        row.warn(column, f"the dates of this term belong to a school year that ends in {ends}")


def _school_years(term: TermRecord) -> tuple[int, ...]:
    """The years in which the school year of a term may end; a summer belongs to either."""
    month = term.starts_on.month
    ends = term.ends_on.year
    if month >= _AUTUMN and ends == term.starts_on.year:
        return (ends + 1,)
    return (ends, ends + 1) if month in _SUMMER else (ends,)


def _course(row: Row, source_id: str) -> CourseRecord:
    return CourseRecord(
        row.line,
        source_id,
        row.text("courseCode") or source_id,
        row.required("title"),
        row.ref("orgSourcedId"),
    )


def _section(row: Row, source_id: str) -> SectionRecord:
    row.one_of("classType", CLASS_TYPES)
    return SectionRecord(
        row.line,
        source_id,
        row.required("title"),
        row.text("classCode"),
        row.ref("courseSourcedId"),
        row.ref("schoolSourcedId"),
        row.refs("termSourcedIds"),
        location=row.text("location"),
    )


ORGS = table(
    "orgs", ("name", "type"), ("identifier", "parentSourcedId"), {"parent": "parentSourcedId"}, _org
)
TERMS = table(
    "academicSessions",
    ("title", "type", "startDate", "endDate", "schoolYear"),
    ("parentSourcedId",),
    {"parent": "parentSourcedId"},
    _term,
)
COURSES = table(
    "courses",
    ("title", "orgSourcedId"),
    ("schoolYearSourcedId", "courseCode", "grades", "subjects", "subjectCodes"),
    {"org": "orgSourcedId"},
    _course,
)
SECTIONS = table(
    "classes",
    ("title", "courseSourcedId", "classType", "schoolSourcedId", "termSourcedIds"),
    ("grades", "classCode", "location", "subjects", "subjectCodes", "periods"),
    {"course": "courseSourcedId", "org": "schoolSourcedId", "terms": "termSourcedIds"},
    _section,
)
