"""Read a Canvas SIS import: files known by their columns, and put together as a roster."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from adapters.inbound.files.canvas_sis_kinds import Kind, kind_of
from adapters.inbound.files.canvas_sis_people import PeopleTables
from adapters.inbound.files.canvas_sis_renames import read_renames
from adapters.inbound.files.canvas_sis_sections import SectionsOfCanvas
from adapters.inbound.files.canvas_sis_tables import ACCOUNTS, TERMS, CourseTables
from adapters.inbound.files.roster_checks import checked
from adapters.inbound.files.roster_filter import filtered
from adapters.inbound.files.roster_table import Record, Table
from adapters.inbound.files.roster_upload import RosterUpload
from adapters.inbound.files.source import Source, open_source, whole_or_listed
from adapters.inbound.files.table_reader import TableReader
from application.rosters.read_options import USUAL, ReadOptions
from application.rosters.roster import Listing, Rename, Roster
from application.rosters.row_errors import Severity
from application.rosters.unread_roles import Gives, told


def read_canvas_sis(path: Path, options: ReadOptions = USUAL) -> RosterUpload:
    """Read all files of a folder or zip; every defect is in `roster.errors`.

    As in Canvas only the listed rows change, unless `options.whole` says that the files are
    the whole truth, which Canvas calls a batch.

    Raises:
        Invalid: the path is no folder and no sound zip.
    """
    source = open_source(path, options)
    roster = filtered(_CanvasReader(source).roster(), options, source.defects)
    return source.upload(checked(roster, source.defects))


@dataclass(slots=True)
class _CanvasReader:
    source: Source
    files: dict[Kind, list[str]] = field(default_factory=dict)

    def roster(self) -> Roster:
        """Renames first, then each kind; sections last, since they hang on most of the others."""
        self._sort_files()
        tables, everybody = CourseTables(), PeopleTables(self.source.options)
        renames = tuple(self._renames(everybody))
        orgs, terms = self._listing(ACCOUNTS), self._listing(TERMS)
        courses, sections = self._listing(tables.courses()), self._listing(tables.sections())
        crosslists = self._listing(tables.crosslists())
        people, logins = self._listing(everybody.users()), self._listing(everybody.logins())
        enrolments = self._listing(everybody.enrolments())
        self._note_people(everybody, people.file, enrolments.file)
        structure = SectionsOfCanvas(
            self.source, orgs, courses, sections, crosslists, tables.long_names, everybody.by_course
        ).result()
        return Roster(
            structure.orgs,
            terms,
            structure.catalogue,
            structure.sections,
            people,
            enrolments,
            logins=logins,
            renames=renames,
        )

    def _sort_files(self) -> None:
        """Which file is of which kind; of what is not read one line each."""
        for name in self.source.package.members:
            kind = kind_of(self.source.peek(name)[0], name)
            if kind is None:
                self.source.note(name, "no file of a Canvas SIS import", Severity.INFO)
            elif kind is Kind.OTHER:
                cause = "this file holds nothing that is kept here; it is not read"
                self.source.note(name, cause, Severity.INFO)
            else:
                self.files.setdefault(kind, []).append(name)
        if not self.files:
            cause = "there is no file of a Canvas SIS import here; its columns tell what a file is"
            self.source.note(self.source.package.path.name, cause, Severity.FATAL)

    def _listing(self, table: Table[Record]) -> Listing[Record]:
        names = self.files.get(Kind(table.name))
        if names is None:
            return Listing(table.file, table.names)
        mode = whole_or_listed(whole=bool(self.source.options.whole))
        reader = TableReader(table, mode, self.source.defects)
        offset = 0
        for name in names:
            reader.take_file(self.source, name, offset)
            offset += self.source.last_line
        return reader.listing()

    def _renames(self, people: PeopleTables) -> Iterator[Rename]:
        for name in self.files.get(Kind.RENAMES, ()):
            yield from read_renames(self.source, name, people.tech_ids)

    def _note_people(self, people: PeopleTables, file: str, enrolments: str) -> None:
        people.tech_ids.tell(file, self.source.defects)
        if people.passwords:
            cause = f"{people.passwords} rows have a password; it is neither kept nor shown"
            self.source.note(file, cause)
        unread = told(enrolments, Gives.PLACE, people.unknown_roles, Severity.WARNING)
        self.source.defects.found += unread
