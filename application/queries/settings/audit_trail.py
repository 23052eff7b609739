"""Reading the audit trail, and proving that nobody changed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from application.errors import Invalid
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.audit import AuditEntry, AuditFilter, Deed, entry_after
from domain.identity import LocalField
from domain.ids import PersonId

SHOWN = 100
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries, newest first, with the names of the people among their actors.

    `older` is the number to ask before for the rest; None when there is none.
    """

    entries: tuple[AuditEntry, ...]
    names: Mapping[str, str]
    older: int | None


@dataclass(frozen=True, slots=True)
class ReadAudit:
    units: UnitOfWorkFactory

    def __call__(
        self, wanted: AuditFilter, *, before: int | None = None, limit: int = SHOWN
    ) -> AuditPage:
        with self.units(write=False) as unit:
            found = unit.audit.search(wanted, before=before, limit=limit + 1)
            shown = tuple(found[:limit])
            people = unit.roster.people({PersonId(entry.actor) for entry in shown})
        names = {str(person.id): person.full_name for person in people.values()}
        return AuditPage(shown, names, shown[-1].number if len(found) > limit else None)

    def every(self, wanted: AuditFilter) -> Iterator[AuditEntry]:
        """All of them, newest first, read page by page and each in a unit of its own."""
        before: int | None = None
        while True:
            with self.units(write=False) as unit:
                page = unit.audit.search(wanted, before=before, limit=_PAGE)
            yield from page
            if len(page) < _PAGE:
                return
            before = page[-1].number

    def oldest_first(self, wanted: AuditFilter) -> Iterator[AuditEntry]:
        """The same from the first entry on, with no more than a page of them held."""
        after = 0
        while True:
            with self.units(write=False) as unit:
                page = unit.audit.entries(after=after, limit=_PAGE)
            yield from filter(wanted.admits, page)
            if len(page) < _PAGE:
                return
            after = page[-1].number

    def actor(self, written: str) -> str:
        """Whom a steward means: a Tech ID or login, `command line` or `system`; empty stays so.

        Raises Invalid where it fits nobody or several.
        """
        if written in {"", "command line", "system"}:
            return written
        with self.units(write=False) as unit:
            fitting = {
                person.id
                for field in (LocalField.TECH_ID, LocalField.LOGIN)
                for person in unit.roster.people_where(field, written)
            }
        if len(fitting) != 1:
            raise Invalid("who", "give the Tech ID or login of one person, or 'command line'.")
        return fitting.pop()


@dataclass(frozen=True, slots=True)
class AuditProof:
    """`broken_at` is the number of the first entry that does not follow from the others."""

    entries: int
    broken_at: int | None


@dataclass(frozen=True, slots=True)
class VerifyAudit:
    units: UnitOfWorkFactory

    def __call__(self) -> AuditProof:
        """Work out the chain of hashes anew from the first entry."""
        previous: AuditEntry | None = None
        with self.units(write=False) as unit:
            for count, entry in enumerate(_entries(unit), start=1):
                if entry != entry_after(previous, _deed(entry)):
                    return AuditProof(count, entry.number)
                previous = entry
        return AuditProof(previous.number if previous else 0, None)


def _deed(entry: AuditEntry) -> Deed:
    return Deed(entry.actor, entry.verb, entry.subject, entry.details, entry.at)


def _entries(unit: UnitOfWork) -> Iterator[AuditEntry]:
    after = 0
    while page := unit.audit.entries(after=after, limit=_PAGE):
        yield from page
        after = page[-1].number
