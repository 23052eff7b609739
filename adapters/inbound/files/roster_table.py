"""One kind of file of a roster: its columns, and how a row of it becomes a record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from adapters.inbound.files.csv_header import Columns
from adapters.inbound.files.quick_rows import Rows
from adapters.inbound.files.record_stores import Portion, RecordStore, Store
from adapters.inbound.files.row_reader import Row
from application.rosters.records import (
    CourseRecord,
    DemographicsRecord,
    EnrolmentRecord,
    GrantRecord,
    LoginRecord,
    OrgRecord,
    PersonRecord,
    SectionRecord,
    TermRecord,
)
from application.rosters.roster import FileMode

AnyRecord = (
    OrgRecord
    | TermRecord
    | CourseRecord
    | SectionRecord
    | PersonRecord
    | EnrolmentRecord
    | LoginRecord
    | GrantRecord
    | DemographicsRecord
)
Record = TypeVar("Record", bound=AnyRecord)
QuickRead = Callable[
    [Mapping[str, int], dict[str, str], FileMode], Callable[[Sequence[int], Rows], Portion]
]
"""Given the places of the columns and the ids known to be right, what reads ordinary rows.

It is for files of very many rows, and gets many at once with their lines. A row with anything
odd about it is looked at closely.
"""


@dataclass(frozen=True, slots=True)
class Table(Generic[Record]):
    """One kind of file. `names` are its columns for our fields.

    `key` is the id of a row, empty (and told) when there is none; `is_ended` whether the
    row is marked for removal. `read` answers None for a row that is right but gives us
    nothing. With `merge` two rows of one id are made one record; without, they contradict
    each other, and `stamp` is the column that tells the later one.
    """

    name: str
    columns: Columns
    names: Mapping[str, str]
    key: Callable[[Row], str]
    is_ended: Callable[[Row, FileMode], bool]
    read: Callable[[Row, str], Record | None]
    merge: Callable[[Record, Record], Record] | None = None
    stamp: str = ""
    quick: QuickRead | None = None
    store: Callable[[], Store[Record]] = RecordStore[Record]
    """Where its records go, also those of `quick`."""
    ending: Callable[[Row, str], Record | None] | None = None
    """Reads a row that a delta marks for removal, where its id is not kept by us."""

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def id_column(self) -> str:
        return self.columns.required[0]
