"""`change_sis_id.csv` of Canvas: records that bear another id from now on."""

from collections.abc import Iterator

from adapters.inbound.files.csv_header import Columns
from adapters.inbound.files.row_reader import Row
from adapters.inbound.files.source import Source
from adapters.inbound.files.tech_ids import TechIds
from adapters.inbound.files.words import Words
from application.rosters.records import RecordKind
from application.rosters.roster import Rename
from application.rosters.row_errors import Severity

_KINDS = {
    "account": RecordKind.ORGS,
    "term": RecordKind.TERMS,
    "section": RecordKind.SECTIONS,
    "user": RecordKind.PEOPLE,
}
_OTHERS = ("course", "group", "group_category")
_TYPES = Words((*_KINDS, *_OTHERS))
_COLUMNS = Columns(
    ("old_id", "new_id", "type"),
    ("old_integration_id", "new_integration_id"),
    frozenset({"old_id", "new_id"}),
)


def read_renames(source: Source, name: str, tech_ids: TechIds) -> Iterator[Rename]:
    """The renames of one file. Ids of Canvas courses are not kept here, so theirs are not read."""
    others = 0
    for row in source.rows(name, _COLUMNS):
        if not isinstance(row, Row):
            continue
        old, new = row.key("old_id"), row.key("new_id")
        word = row.one_of("type", _TYPES)
        kind = _KINDS.get(word)
        others += word in _OTHERS
        if not row.ok or kind is None:
            continue
        if kind is RecordKind.PEOPLE:
            old, new = tech_ids.read(old), tech_ids.read(new)
        yield Rename(name, row.line, kind, old, new)
    if others:
        cause = f"{others} rows rename courses or groups, whose ids are not kept here"
        source.note(name, cause, Severity.INFO)
