"""Accounts, terms, courses and sections of a Canvas SIS import, a row of each as a record.

Columns and words: Instructure, "SIS Import Format Documentation".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from adapters.inbound.files.canvas_sis_kinds import Kind
from adapters.inbound.files.csv_header import Columns
from adapters.inbound.files.record_stores import RecordStore, Store
from adapters.inbound.files.roster_table import QuickRead, Record, Table
from adapters.inbound.files.row_reader import Row
from adapters.inbound.files.words import Words
from application.rosters.records import OrgRecord, SectionRecord, TermRecord
from application.rosters.roster import FileMode

ENDED = {"inactive": "deleted", "tobedeleted": "deleted"}
_STATUS = Words(("active", "deleted"), ENDED)
_COURSE_STATUS = Words(("active", "deleted", "completed", "published"), ENDED)


def table(
    kind: Kind,
    required: tuple[str, ...],
    optional: tuple[str, ...],
    names: Mapping[str, str],
    read: Callable[[Row, str], Record | None],
    words: Words = _STATUS,
    key: Callable[[Row], str] | None = None,
    merge: Callable[[Record, Record], Record] | None = None,
    personal: frozenset[str] = frozenset(),
    *,
    keyless: bool = False,
    quick: QuickRead | None = None,
    store: Callable[[], Store[Record]] = RecordStore,
) -> Table[Record]:
    first = required[0]

    def is_ended(row: Row, _: FileMode) -> bool:
        return row.one_of("status", words) == "deleted"

    columns = Columns((*required, "status"), optional, personal, times=True, keyless=keyless)
    own = {"source_id": first, **names}
    key = key or (lambda row: row.ref(first))
    return Table(kind, columns, own, key, is_ended, read, merge, quick=quick, store=store)


def _org(row: Row, source_id: str) -> OrgRecord:
    return OrgRecord(
        row.line,
        source_id,
        source_id,
        row.required("name"),
        "account",
        row.optional_ref("parent_account_id"),
    )


def _term(row: Row, source_id: str) -> TermRecord:
    """Canvas lets terms be open at both ends; here the earliest and latest day say so."""
    starts, ends = row.optional_day("start_date"), row.optional_day("end_date")
    row.ends_after("end_date", starts, ends)
    if starts is None and ends is None:
        row.warn("start_date", "a term without dates; it counts as current at all times")
    return TermRecord(
        row.line, source_id, row.required("name"), "term", starts or date.min, ends or date.max
    )


ACCOUNTS = table(
    Kind.ACCOUNTS,
    ("account_id", "parent_account_id", "name"),
    ("integration_id",),
    {"parent": "parent_account_id"},
    _org,
)
TERMS = table(
    Kind.TERMS,
    ("term_id", "name"),
    ("start_date", "end_date", "integration_id", "date_override_enrollment_type"),
    {},
    _term,
)


@dataclass(slots=True)
class CourseTables:
    """Courses and what lies in them. Canvas' course is the pattern of its sections."""

    long_names: dict[str, str] = field(default_factory=dict)
    """The long name of each course by its id."""

    def courses(self) -> Table[SectionRecord]:
        """A course as the pattern of its sections: title, org, term and dates are its own."""
        return table(
            Kind.COURSES,
            ("course_id", "short_name", "long_name"),
            ("account_id", "term_id", "start_date", "end_date", "course_format",
             "blueprint_course_id", "integration_id", "grade_passback_setting",
             "homeroom_course", "friendly_name"),
            {"org": "account_id", "terms": "term_id"},
            self._course,
            _COURSE_STATUS,
        )  # fmt: skip

    def sections(self) -> Table[SectionRecord]:
        return table(
            Kind.SECTIONS,
            ("section_id", "course_id", "name"),
            ("start_date", "end_date", "integration_id"),
            {"course": "course_id", "org": "account_id", "terms": "term_id"},
            self._section,
        )

    def crosslists(self) -> Table[SectionRecord]:
        """The Canvas course that a section was moved into, as `lms_course`."""
        return table(
            Kind.CROSSLISTS,
            ("section_id", "xlist_course_id"),
            ("start_date", "end_date"),
            {},
            lambda row, key: _section_of(row, key, row.ref("xlist_course_id")),
        )

    def _course(self, row: Row, source_id: str) -> SectionRecord:
        self.long_names[source_id] = row.text("long_name") or row.text("short_name")
        starts, ends = row.optional_day("start_date"), row.optional_day("end_date")
        row.ends_after("end_date", starts, ends)
        term = row.ref("term_id")
        return SectionRecord(
            row.line,
            source_id,
            row.required("short_name"),
            "",
            "",
            row.optional_ref("account_id"),
            (term,),
            row.text("course_format"),
            "",
            starts,
            ends,
            source_id,
        )

    def _section(self, row: Row, source_id: str) -> SectionRecord:
        record = _section_of(row, source_id, row.ref("course_id"), row.required("name"))
        row.ends_after("end_date", record.starts_on, record.ends_on)
        return record


def _section_of(row: Row, source_id: str, course: str, name: str = "") -> SectionRecord:
    """A section as its own row tells it; the rest comes from its course."""
    return SectionRecord(
        row.line,
        source_id,
        "",
        name,
        "",
        "",
        (),
        "",
        "",
        row.optional_day("start_date"),
        row.optional_day("end_date"),
        course,
    )
