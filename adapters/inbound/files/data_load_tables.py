"""The files of our own data load about the college itself: their columns, a row as a record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from adapters.inbound.files.csv_header import Columns
from adapters.inbound.files.roster_table import Record, Table
from adapters.inbound.files.row_reader import Row
from adapters.inbound.files.words import Words
from application.rosters.records import CourseRecord, OrgRecord, SectionRecord, TermRecord
from application.rosters.roster import FileMode

ENDED = {"inactive": "ended", "deleted": "ended", "tobedeleted": "ended"}
_STATUS = Words(("active", "ended"), ENDED)


def table(
    name: str,
    columns: Columns,
    names: Mapping[str, str],
    read: Callable[[Row, str], Record | None],
    key: Callable[[Row], str] | None = None,
    merge: Callable[[Record, Record], Record] | None = None,
    words: Words = _STATUS,
    ending: Callable[[Row, str], Record | None] | None = None,
) -> Table[Record]:
    """A file of the data load; each may have a column `Status`, where blank means active."""
    first = columns.required[0]

    def is_ended(row: Row, _: FileMode) -> bool:
        return bool(row.text("Status")) and row.one_of("Status", words) == "ended"

    own = {"source_id": first, **names}
    return Table(
        name,
        columns,
        own,
        key or (lambda row: row.ref(first)),
        is_ended,
        read,
        merge,
        ending=ending,
    )


def _org(row: Row, code: str) -> OrgRecord:
    return OrgRecord(
        row.line,
        code,
        code,
        row.required("Name"),
        row.text("Kind") or "department",
        row.optional_ref("Parent"),
    )


def _term(row: Row, code: str) -> TermRecord:
    starts, ends = row.day("Start"), row.day("End")
    if row.ok:
        row.ends_after("End", starts, ends)
    return TermRecord(
        row.line,
        code,
        row.required("Name"),
        row.text("Kind") or "term",
        starts,
        ends,
        row.optional_ref("Parent"),
    )


ORGS = table(
    "orgs", Columns(("Code", "Name"), ("Kind", "Parent", "Status")), {"parent": "Parent"}, _org
)
TERMS = table(
    "terms",
    Columns(("Code", "Name", "Start", "End"), ("Kind", "Parent", "Status")),
    {"parent": "Parent"},
    _term,
)


@dataclass(slots=True)
class OfferingTables:
    """Courses, and offerings, which belong to the org of their course unless they say so."""

    owners: dict[str, str] = field(default_factory=dict)
    """The org of each course."""

    def courses(self) -> Table[CourseRecord]:
        columns = Columns(("Code", "Title", "Org"), ("Status",))
        return table("courses", columns, {"org": "Org"}, self._course)

    def offerings(self) -> Table[SectionRecord]:
        columns = Columns(
            ("Code", "Title", "Course", "Term"),
            ("Org", "CRN", "Mode", "Location", "Start", "End", "Status"),
        )
        names = {"course": "Course", "org": "Org", "terms": "Term"}
        return table("offerings", columns, names, self._offering)

    def _course(self, row: Row, code: str) -> CourseRecord:
        org = self.owners[code] = row.ref("Org")
        return CourseRecord(row.line, code, code, row.required("Title"), org)

    def _offering(self, row: Row, code: str) -> SectionRecord:
        course = row.ref("Course")
        org = row.optional_ref("Org") or self.owners.get(course, "")
        if course and not org:
            row.refuse("Org", "name the org, or list the course in courses.csv")
        starts, ends = row.optional_day("Start"), row.optional_day("End")
        row.ends_after("End", starts, ends)
        return SectionRecord(
            row.line,
            code,
            row.required("Title"),
            row.text("CRN"),
            course,
            org,
            row.refs("Term"),
            row.text("Mode"),
            row.text("Location"),
            starts,
            ends,
        )
