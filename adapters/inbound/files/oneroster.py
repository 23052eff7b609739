"""Read a OneRoster package, 1.1 or 1.2: manifest, modes, and the tables of records."""

from dataclasses import dataclass
from pathlib import Path

from adapters.inbound.files.oneroster_manifest import Manifest, read_manifest
from adapters.inbound.files.oneroster_people import (
    People,
    demographics_table,
    enrolments_table,
    people_table,
    roles_table,
)
from adapters.inbound.files.oneroster_tables import COURSES, ORGS, SECTIONS, TERMS
from adapters.inbound.files.roster_checks import checked
from adapters.inbound.files.roster_filter import filtered
from adapters.inbound.files.roster_table import Record, Table
from adapters.inbound.files.roster_upload import RosterUpload
from adapters.inbound.files.source import Source, open_source
from adapters.inbound.files.table_reader import TableReader
from application.rosters.read_options import USUAL, ReadOptions
from application.rosters.roster import FileMode, Listing, Roster
from application.rosters.unread_roles import Gives, told


def read_oneroster(path: Path, options: ReadOptions = USUAL) -> RosterUpload:
    """Read all files of a folder or zip; every defect is in `roster.errors`.

    Raises:
        Invalid: the path is no folder and no sound zip.
    """
    source = open_source(path, options)
    reader = _PackageReader(source, read_manifest(source))
    roster = filtered(reader.roster(), options, source.defects)
    return source.upload(checked(roster, source.defects, oneroster=True))


@dataclass(slots=True)
class _PackageReader:
    source: Source
    manifest: Manifest

    def roster(self) -> Roster:
        """Roles before people: in 1.2 they tell who teaches."""
        people = People(self.source.options, self.manifest.version)
        orgs, terms = self._listing(ORGS), self._listing(TERMS)
        courses, sections = self._listing(COURSES), self._listing(SECTIONS)
        grants = self._listing(roles_table(people))
        persons = self._listing(people_table(people))
        enrolments = self._listing(enrolments_table(people))
        self._note_people(people)
        self.source.defects.found += told(grants.file, Gives.ORG_ROLE, people.unread_grants)
        self.source.defects.found += told(enrolments.file, Gives.PLACE, people.unread_places)
        return Roster(
            orgs,
            terms,
            courses,
            sections,
            persons,
            enrolments,
            grants=grants,
            demographics=self._listing(demographics_table(people)),
        )

    def _listing(self, table: Table[Record]) -> Listing[Record]:
        found = self.manifest.files.get(table.name)
        if found is None:
            return Listing(table.file, table.names)
        mode = self.manifest.modes.get(table.name, FileMode.ABSENT)
        reader = TableReader(table, mode, self.source.defects)
        reader.take_file(self.source, found)
        return reader.listing()

    def _note_people(self, people: People) -> None:
        people.tech_ids.tell("users.csv", self.source.defects)
        if people.passwords:
            cause = f"{people.passwords} rows have a password; it is neither kept nor shown"
            self.source.note("users.csv", cause)
