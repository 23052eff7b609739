"""Read our own data load: plain CSV files with documented columns, no manifest."""

from dataclasses import dataclass
from pathlib import Path

from adapters.inbound.files.data_load_people import PeopleTables
from adapters.inbound.files.data_load_tables import ORGS, TERMS, OfferingTables
from adapters.inbound.files.roster_checks import checked
from adapters.inbound.files.roster_filter import filtered
from adapters.inbound.files.roster_table import Record, Table
from adapters.inbound.files.roster_upload import RosterUpload
from adapters.inbound.files.source import Source, open_source, whole_or_listed
from adapters.inbound.files.table_reader import TableReader
from application.rosters.read_options import USUAL, ReadOptions
from application.rosters.records import DemographicsRecord
from application.rosters.roster import Listing, Roster
from application.rosters.row_errors import Severity

_NAMES = (
    "orgs", "terms", "courses", "offerings", "people", "logins", "enrolments", "roles",
    "demographics",
)  # fmt: skip
_ALSO = {"enrolments": "enrollments.csv"}


def read_data_load(path: Path, options: ReadOptions = USUAL) -> RosterUpload:
    """Read all files of a folder or zip; every defect is in `roster.errors`.

    Each file that is there is the whole truth of its kind, unless `options.whole` is False:
    then only the listed rows change.

    Raises:
        Invalid: the path is no folder and no sound zip.
    """
    source = open_source(path, options)
    roster = filtered(_DataReader(source).roster(), options, source.defects)
    return source.upload(checked(roster, source.defects))


@dataclass(slots=True)
class _DataReader:
    source: Source

    def roster(self) -> Roster:
        """Courses before offerings, which may take their org from them."""
        self._note_files()
        offerings, everybody = OfferingTables(), PeopleTables(self.source.options)
        roster = Roster(
            self._listing(ORGS),
            self._listing(TERMS),
            self._listing(offerings.courses()),
            self._listing(offerings.offerings()),
            self._listing(everybody.people()),
            self._listing(everybody.enrolments()),
            logins=self._listing(everybody.logins()),
            grants=self._listing(everybody.grants()),
            demographics=self._demographics(everybody),
        )
        everybody.tech_ids.tell(roster.people.file, self.source.defects)
        return roster

    def _listing(self, table: Table[Record]) -> Listing[Record]:
        find = self.source.package.find
        found = find(table.file) or find(_ALSO.get(table.name, table.file))
        if found is None:
            return Listing(table.file, table.names)
        mode = whole_or_listed(whole=self.source.options.whole is not False)
        reader = TableReader(table, mode, self.source.defects)
        reader.take_file(self.source, found)
        return reader.listing()

    def _demographics(self, people: PeopleTables) -> Listing[DemographicsRecord]:
        table = people.demographics()
        if self.source.options.demographics:
            return self._listing(table)
        if self.source.package.find(table.file):
            cause = "demographics are switched off, so it is not read"
            self.source.note(table.file, cause, Severity.INFO)
        return Listing(table.file, table.names)

    def _note_files(self) -> None:
        files = {f"{name}.csv" for name in _NAMES} | set(_ALSO.values())
        members = self.source.package.members
        for name in members:
            if name.casefold() not in files:
                self.source.note(name, "no file of the data load; it is not read", Severity.INFO)
        if not any(name.casefold() in files for name in members):
            cause = (
                f"there is no file of a data load here, such as {' or '.join(sorted(files)[:2])}"
            )
            self.source.note(self.source.package.path.name, cause, Severity.FATAL)
