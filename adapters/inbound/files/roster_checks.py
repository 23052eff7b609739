"""What only a whole roster shows: people told twice, sections without a teacher, and the like."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import compress

from adapters.inbound.files.defects import Defects
from application.rosters.enrolment_rows import EnrolmentRows
from application.rosters.records import EnrolmentRecord, PersonRecord, SectionRecord
from application.rosters.roster import FileMode, Listing, Roster
from application.rosters.row_errors import Severity
from domain.identity import masked
from domain.rostering import EnrolmentRole

_SCHOOL = "school"
_TEACHER = EnrolmentRole.TEACHER
_NAMED = 5


def checked(roster: Roster, defects: Defects, *, oneroster: bool = False) -> Roster:
    """Warn of what is odd about the roster, and make several stays in a section one.

    OneRoster wants a school as org of a section, and one primary among several teachers.
    """
    roster = replace(roster, enrolments=_one_each(roster.enrolments, defects))
    checks = _Checks(roster, defects)
    checks.same_people()
    checks.roots()
    checks.sections(primary=oneroster)
    if oneroster:
        checks.schools()
    return roster


def _one_each(listing: Listing[EnrolmentRecord], defects: Defects) -> Listing[EnrolmentRecord]:
    """One enrolment for each person, section and role, from the first day to the last."""
    if not _holds_doubles(listing):
        return listing
    kept: dict[tuple[str, str, EnrolmentRole], EnrolmentRecord] = {}
    for row in listing.rows:
        key = (row.section, row.person, row.role)
        first = kept.setdefault(key, row)
        if first is row:
            continue
        kept[key] = merged(first, row)
        file, line = listing.place(row.line)
        cause = f"the same person and section as in line {listing.place(first.line)[1]}: made one"
        column = listing.columns.get("person", "person")
        defects.add(file, line, column, masked(row.person), cause, Severity.WARNING)
    return replace(listing, rows=tuple(kept.values()))


def _holds_doubles(listing: Listing[EnrolmentRecord]) -> bool:
    rows = EnrolmentRows.of(listing.rows)
    return len(set(rows.places())) < len(rows)


def merged(first: EnrolmentRecord, second: EnrolmentRecord) -> EnrolmentRecord:
    """Two stays as one: an open end stays open, and being there goes before having been."""
    begins = (first.begins_on, second.begins_on)
    ends = (first.ends_on, second.ends_on)
    order = ("active", "completed", "inactive")
    return replace(
        first,
        begins_on=None if None in begins else min(day for day in begins if day),
        ends_on=None if None in ends else max(day for day in ends if day),
        standing=min(first.standing, second.standing, key=order.index),
        primary=first.primary or second.primary,
    )


@dataclass(frozen=True, slots=True)
class _Checks:
    roster: Roster
    defects: Defects

    def same_people(self) -> None:
        """One login or address with several people; never a reason to take them for one."""
        people = self.roster.people
        self._shared(people, lambda row: row.login.casefold(), "login")
        self._shared(people, lambda row: row.email.casefold(), "email")

    def roots(self) -> None:
        listing = self.roster.orgs
        if listing.mode is not FileMode.BULK:
            return
        roots = [row.code for row in listing.rows if not row.parent]
        if len(roots) > 1:
            cause = f"{len(roots)} orgs have no parent: {_few(roots)}; the institution is above all"
            self.defects.note(listing.file, cause)

    def schools(self) -> None:
        kinds = {row.source_id: row.kind for row in self.roster.orgs.rows}
        sections = self.roster.sections
        odd = [s.title for s in sections.rows if kinds.get(s.org, _SCHOOL) != _SCHOOL]
        if odd:
            share = f"{len(odd)} of {len(sections.rows)} sections"
            cause = f"{share} name an org that is no school; it is taken all the same: {_few(odd)}"
            self.defects.note(sections.file, cause)

    def sections(self, *, primary: bool) -> None:
        """Sections without a teacher, without students, or with no one who answers for them."""
        sections, enrolments = self.roster.sections, self.roster.enrolments
        if not sections.mode is enrolments.mode is FileMode.BULK:
            return
        rows = EnrolmentRows.of(enrolments.rows)
        taught = Counter(_sections_where(rows, lambda role, _: role is _TEACHER))
        studied = set(_sections_where(rows, lambda role, _: role is EnrolmentRole.STUDENT))
        led = set(_sections_where(rows, lambda role, is_lead: is_lead and role is _TEACHER))
        self._tell(sections, "have no teacher", lambda s: s not in taught)
        self._tell(sections, "have no students", lambda s: s not in studied)
        if primary or led:
            shared = "have several teachers and none is primary"
            self._tell(sections, shared, lambda s: taught[s] > 1 and s not in led)

    def _tell(
        self, listing: Listing[SectionRecord], what: str, is_odd: Callable[[str], bool]
    ) -> None:
        odd = [row for row in listing.rows if is_odd(row.source_id)]
        if odd:
            named = _few(row.title for row in odd)
            cause = f"{len(odd)} of {len(listing.rows)} sections {what}: {named}"
            self.defects.note(listing.file, cause)

    def _shared(
        self, listing: Listing[PersonRecord], value_of: Callable[[PersonRecord], str], field: str
    ) -> None:
        column = listing.columns.get(field, field)
        values = [value for value in map(value_of, listing.rows) if value]
        if len(set(values)) == len(values):
            return
        for first, again in _repeated(listing.rows, value_of):
            file, line = listing.place(again.line)
            cause = f"line {listing.place(first.line)[1]} has this {field} too"
            shown = masked(value_of(again))
            self.defects.add(file, line, column, shown, cause, Severity.WARNING)


def _sections_where(
    rows: EnrolmentRows, counts: Callable[[EnrolmentRole, bool], bool]
) -> Iterator[str]:
    """The section of each row whose role, and whether it is a primary one, count."""
    chosen = [counts(role, primary) for role, _, _, _, primary in rows.sayings]
    numbers = compress(rows.sections, map(chosen.__getitem__, rows.says))
    return map(rows.section_refs.__getitem__, numbers)


def _repeated(
    rows: Iterable[PersonRecord], value_of: Callable[[PersonRecord], str]
) -> Iterator[tuple[PersonRecord, PersonRecord]]:
    seen: dict[str, PersonRecord] = {}
    for row in rows:
        value = value_of(row)
        first = seen.setdefault(value, row) if value else row
        if first is not row:
            yield first, row


def _few(names: Iterable[str]) -> str:
    """The first names of a list, and how many more there are."""
    all_names = list(names)
    more = len(all_names) - _NAMED
    return ", ".join(all_names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
