"""The ordinary rows of OneRoster's long files, read by the portion.

What they say is what `oneroster_people` reads out of them one by one; a row with anything odd
about it is left to that.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from adapters.inbound.files.csv_rows import is_clean
from adapters.inbound.files.oneroster_words import OURS, USER_ROLES, VERSIONS
from adapters.inbound.files.quick_rows import Column, Rows, columns_of, plain_ids
from adapters.inbound.files.roster_table import QuickRead
from adapters.inbound.files.row_reader import is_plain_id, plain_day
from application.rosters.read_options import ReadOptions
from application.rosters.records import EnrolmentRecord, FileMode, PersonRecord, Standing
from domain.rostering import EnrolmentRole

_ENROLMENT = (
    "sourcedId", "classSourcedId", "userSourcedId", "role", "schoolSourcedId", "primary", "status",
    "beginDate", "endDate",
)  # fmt: skip
_PERSON = (
    "sourcedId", "status", "password", "enabledUser", "username", "email", "givenName",
    "familyName",
)  # fmt: skip
_TRUTH = {"true": True, "false": False}
_PRIMARY = {"": False, **_TRUTH}
_ROLES = {word: OURS.get(word) for word in USER_ROLES.exact}
_LIST_SIGNS = ",;|"
_ODD = date.max
"""No day that a file may have: what stands there is looked at closely."""


def quick_enrolments(
    places: Mapping[str, int], known: dict[str, str], mode: FileMode
) -> Callable[[Sequence[int], Rows], list[EnrolmentRecord | None]]:
    """Rows of a bulk file whose section and person are known."""
    wanted = [places[name] for name in _ENROLMENT]
    days: dict[str, date | None] = {"": None}
    active = Standing.ACTIVE

    def read(lines: Sequence[int], rows: Rows) -> list[EnrolmentRecord | None]:
        if mode is not FileMode.BULK:
            return [None] * len(rows)
        ids, sections, people, words, schools, leads, status, begins, ends = columns_of(
            rows, wanted
        )
        columns = (
            lines, plain_ids(ids), map(known.get, sections), map(known.get, people),
            map(OURS.get, words), map(_PRIMARY.get, leads), schools, status,
            _days(begins, days), _days(ends, days),
        )  # fmt: skip
        return [
            EnrolmentRecord(line, key, section, person, role, begin, end, active, lead)
            if (key and section and person and role and school and not status)
            and lead is not None
            and (begin is end or _is_span(begin, end))
            else None
            for line, key, section, person, role, lead, school, status, begin, end in zip(
                *columns, strict=True
            )
        ]

    return read


def _days(column: Column, days: dict[str, date | None]) -> Iterable[date | None]:
    """The days of a column; there are few different ones, each read once."""
    for text in set(column):
        if text not in days:
            days[text] = plain_day(text) or _ODD
    return map(days.__getitem__, column)


def _is_span(begin: date | None, end: date | None) -> bool:
    if begin is _ODD or end is _ODD:
        return False
    return begin is None or end is None or begin <= end


def quick_people(
    options: ReadOptions, version: str, roles: Mapping[str, EnrolmentRole]
) -> QuickRead[PersonRecord] | None:
    """Rows of a bulk file that name one org; `roles` are those of people in 1.2.

    There is no quick way where Tech IDs stand in a list or get zeros in front.
    """
    if options.tech_id_width or options.tech_id.startswith("userIds:"):
        return None
    more = ("role", "orgSourcedIds") if version == VERSIONS[0] else ("primaryOrgSourcedId",)
    names = (*_PERSON, options.tech_id, *more)

    def bind(
        places: Mapping[str, int], known: dict[str, str], mode: FileMode
    ) -> Callable[[Sequence[int], Rows], list[PersonRecord | None]]:
        wanted = [places[name] for name in names]
        keep = known.setdefault

        def read(lines: Sequence[int], rows: Rows) -> list[PersonRecord | None]:
            text = "".join(map("".join, rows))
            if mode is not FileMode.BULK or not is_clean(text):
                return [None] * len(rows)
            columns = columns_of(rows, wanted)
            if " " in text:
                columns = [tuple(map(str.strip, column)) for column in columns]
            return [person(*one) for one in zip(lines, *columns, strict=True)]

        def person(
            line: int, key: str, status: str, password: str, enabled: str, login: str, email: str,
            given: str, family: str, tech_id: str, *rest: str,
        ) -> PersonRecord | None:  # fmt: skip
            is_on = _TRUTH.get(enabled)
            if status or password or is_on is None or not (login and email and (given or family)):
                return None
            if not is_plain_id(key) or (tech_id and not is_plain_id(tech_id)):
                return None
            role, org = _role_and_org(rest, roles.get(key), known)
            if org is None:
                return None
            key = keep(key, key)
            return PersonRecord(
                line, key, tech_id or key, login, email, given, family, is_on, role, org
            )

        return read

    return bind


def _role_and_org(
    cells: Sequence[str], role: EnrolmentRole | None, known: dict[str, str]
) -> tuple[EnrolmentRole | None, str | None]:
    """In 1.1 the role and one org, in 1.2 an org or none; no org is told where it is odd."""
    org = cells[-1]
    if len(cells) == 1:
        return role, known.get(org) if org else ""
    is_odd = cells[0] not in _ROLES or not org or any(sign in org for sign in _LIST_SIGNS)
    return (None, None) if is_odd else (_ROLES[cells[0]], known.setdefault(org, org))
