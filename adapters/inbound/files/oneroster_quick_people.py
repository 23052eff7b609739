"""The ordinary rows of OneRoster's users, read by the portion."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from adapters.inbound.files.csv_rows import is_clean
from adapters.inbound.files.oneroster_words import OURS, USER_ROLES, VERSIONS
from adapters.inbound.files.quick_rows import Column, Rows, columns_of, plain_ids, text_of
from adapters.inbound.files.record_stores import Portion, RecordPortion, RecordStore
from adapters.inbound.files.roster_table import QuickRead
from adapters.inbound.files.row_reader import is_plain_id
from application.rosters.read_options import ReadOptions
from application.rosters.records import PersonRecord
from application.rosters.roster import FileMode
from domain.rostering import EnrolmentRole

_PERSON = (
    "sourcedId", "status", "password", "enabledUser", "username", "email", "givenName",
    "familyName",
)  # fmt: skip
_TRUTH = {"true": True, "false": False}
_ROLES = {word: OURS.get(word) for word in USER_ROLES.exact}
_LIST_SIGNS = ",;|"


def quick_people(
    options: ReadOptions,
    version: str,
    roles: Mapping[str, EnrolmentRole],
    store: RecordStore[PersonRecord],
    taken: Callable[[PersonRecord], None],
) -> QuickRead | None:
    """Rows of a bulk file that name one org; `roles` are those of people in 1.2.

    `taken` is told of each that is kept. There is no quick way where Tech IDs stand in a list
    or get zeros in front.
    """
    if options.tech_id_width or options.tech_id.startswith("userIds:"):
        return None
    more = ("role", "orgSourcedIds") if version == VERSIONS[0] else ("primaryOrgSourcedId",)
    names = (*_PERSON, options.tech_id, *more)

    def bind(
        places: Mapping[str, int], known: dict[str, str], mode: FileMode
    ) -> Callable[[Sequence[int], Rows], Portion]:
        wanted = [places[name] for name in names]
        rows_of = _Ordinary(known, roles)

        def read(lines: Sequence[int], rows: Rows) -> Portion:
            text = text_of(rows)
            if mode is not FileMode.BULK or not is_clean(text):
                return RecordPortion[PersonRecord](store, [None] * len(rows))
            columns = columns_of(rows, wanted)
            if " " in text:
                columns = [tuple(map(str.strip, column)) for column in columns]
            return RecordPortion(store, rows_of(lines, columns), taken)

        return read

    return bind


@dataclass(frozen=True, slots=True)
class _Ordinary:
    """The records of ordinary rows."""

    known: dict[str, str]
    roles: Mapping[str, EnrolmentRole]

    def __call__(
        self, lines: Sequence[int], columns: Sequence[Column]
    ) -> Sequence[PersonRecord | None]:
        if self._is_even(columns):
            found = self._together(lines, columns)
            if found:
                return found
        return list(map(self._one, lines, *columns))

    def _is_even(self, columns: Sequence[Column]) -> bool:
        """Whether no row is odd in what it says of the person."""
        keys, status, password, enabled, logins, emails, given, _, own, *_ = columns
        filled = all(map(all, (logins, emails, given)))
        if any(status) or any(password) or not filled or not _TRUTH.keys() >= set(enabled):
            return False
        return all(plain_ids([*keys, *filter(None, own)]))

    def _together(
        self, lines: Sequence[int], columns: Sequence[Column]
    ) -> Sequence[PersonRecord] | None:
        """All of them; None where a role or org is odd."""
        keys, _, _, enabled, logins, emails, given, family, own, *rest = columns
        cells = list(zip(*rest, strict=True))
        told = {one: self._role_and_org(one, None) for one in set(cells)}
        held, orgs = zip(*map(told.__getitem__, cells), strict=True)
        if None in orgs:
            return None
        keys = list(map(self.known.setdefault, keys, keys))
        ids = [tech_id or key for tech_id, key in zip(own, keys, strict=True)]
        has = map(self.roles.get, keys) if len(rest) == 1 else held
        on = map(_TRUTH.__getitem__, enabled)
        return list(
            map(PersonRecord, lines, keys, ids, logins, emails, given, family, on, has, orgs)
        )

    def _one(
        self, line: int, key: str, status: str, password: str, enabled: str, login: str,
        email: str, given: str, family: str, tech_id: str, *rest: str,
    ) -> PersonRecord | None:  # fmt: skip
        is_on = _TRUTH.get(enabled)
        if status or password or is_on is None or not (login and email and (given or family)):
            return None
        if not is_plain_id(key) or (tech_id and not is_plain_id(tech_id)):
            return None
        role, org = self._role_and_org(rest, self.roles.get(key))
        if org is None:
            return None
        key = self.known.setdefault(key, key)
        return PersonRecord(
            line, key, tech_id or key, login, email, given, family, is_on, role, org
        )

    def _role_and_org(
        self, cells: Sequence[str], role: EnrolmentRole | None
    ) -> tuple[EnrolmentRole | None, str | None]:
        """In 1.1 the role and one org, in 1.2 an org or none; no org is told where it is odd."""
        org = cells[-1]
        if len(cells) == 1:
            return role, self.known.get(org) if org else ""
        if cells[0] not in _ROLES or not org or any(sign in org for sign in _LIST_SIGNS):
            return None, None
        return _ROLES[cells[0]], self.known.setdefault(org, org)
