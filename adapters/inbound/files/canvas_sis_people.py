"""People, their logins and enrolments of a Canvas SIS import, a row of each as a record.

Columns and words: Instructure, "SIS Import Format Documentation".
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter

from adapters.inbound.files.canvas_sis_kinds import Kind
from adapters.inbound.files.canvas_sis_tables import ENDED, table
from adapters.inbound.files.csv_header import Columns
from adapters.inbound.files.quick_rows import Rows
from adapters.inbound.files.record_stores import EnrolmentStore, Portion, RecordPortion
from adapters.inbound.files.roster_checks import merged
from adapters.inbound.files.roster_table import Table
from adapters.inbound.files.row_reader import Row
from adapters.inbound.files.tech_ids import TechIds
from adapters.inbound.files.words import Words, in_any_case
from application.rosters.read_options import ReadOptions
from application.rosters.records import EnrolmentRecord, LoginRecord, PersonRecord, Standing
from application.rosters.roster import FileMode
from domain.rostering import EnrolmentRole

_USER_STATUS = Words(("active", "deleted", "suspended"), ENDED)
_ENROLMENT_STATUS = Words(
    ("active", "deleted", "completed", "inactive", "deleted_last_completed"),
    {"concluded": "completed"},
)
_STANDINGS = {
    "completed": Standing.COMPLETED,
    "deleted_last_completed": Standing.COMPLETED,
    "inactive": Standing.INACTIVE,
}
_LIVE = {standing.value: standing for standing in Standing}
_QUICK = ("section_id", "user_id", "role", "status", "start_date", "end_date")
_OURS = {"student": EnrolmentRole.STUDENT, "teacher": EnrolmentRole.TEACHER}
_GIVING_NOTHING = ("ta", "observer", "designer")
"""The other roles that Canvas brings along."""
_USER_COLUMNS = (
    "integration_id", "password", "ssha_password", "authentication_provider_id", "first_name",
    "last_name", "full_name", "sortable_name", "short_name", "email", "pronouns",
    "declared_user_type", "canvas_password_notification", "home_account", "root_account",
)  # fmt: skip
_PERSONAL = frozenset({"user_id", "login_id", *_USER_COLUMNS})


@dataclass(slots=True)
class PeopleTables:
    """People and their places. The SIS ID of Canvas is the Tech ID, and the id of the person."""

    options: ReadOptions
    tech_ids: TechIds = field(init=False)
    roles: dict[str, EnrolmentRole] = field(init=False)
    """By the word in lower case. Colleges name roles of their own; those not told give nothing."""
    by_course: set[str] = field(default_factory=set)
    """Courses that enrolments name without a section: their default section is meant."""
    unknown_roles: Counter[str] = field(default_factory=Counter)
    """Roles that only the college itself knows, and how many rows have each."""
    passwords: int = 0

    def __post_init__(self) -> None:
        self.tech_ids = TechIds(self.options.tech_id_width)
        self.roles = _OURS | in_any_case(self.options.enrolment_roles)

    def users(self) -> Table[PersonRecord]:
        return table(
            Kind.USERS,
            ("user_id", "login_id"),
            _USER_COLUMNS,
            {"tech_id": "user_id", "login": "login_id", "email": "email"},
            self._person,
            _USER_STATUS,
            key=self._user_key,
            personal=_PERSONAL,
            keyless=bool(self.options.tech_id_width),
        )

    def logins(self) -> Table[LoginRecord]:
        columns = Columns(
            ("login_id",),
            ("existing_user_id", "existing_integration_id", "existing_canvas_user_id", "user_id",
             *_USER_COLUMNS),
            _PERSONAL | {"existing_user_id"},
            times=True,
            keyless=True,
        )  # fmt: skip
        names = {"source_id": "login_id", "person": "existing_user_id"}
        return Table(
            Kind.LOGINS, columns, names, self._login_key, lambda _row, _mode: False, self._login
        )

    def enrolments(self) -> Table[EnrolmentRecord]:
        store = EnrolmentStore()
        return table(
            Kind.ENROLMENTS,
            ("user_id",),
            ("section_id", "course_id", "role", "role_id", "user_integration_id", "root_account",
             "associated_user_id", "limit_section_privileges", "start_date", "end_date", "notify"),
            {"section": "section_id", "person": "user_id"},
            self._enrolment,
            _ENROLMENT_STATUS,
            key=self._enrolment_key,
            merge=merged,
            personal=frozenset({"user_id", "user_integration_id", "associated_user_id"}),
            keyless=True,
            quick=partial(_quick_enrolments, store),
            store=lambda: store,
        )  # fmt: skip

    def _person(self, row: Row, tech_id: str) -> PersonRecord:
        given, family = _names(row)
        self.passwords += bool(row.text("password") or row.text("ssha_password"))
        return PersonRecord(
            row.line,
            tech_id,
            tech_id,
            row.expected("login_id"),
            row.expected("email"),
            given,
            family,
            row.text("status").casefold() != "suspended",
            _OURS.get(row.text("declared_user_type").casefold()),
            row.optional_ref("home_account"),
        )

    def _user_key(self, row: Row) -> str:
        tech_id = self.tech_ids.own(row.key("user_id"), row.line_in_file)
        return row.sheet.shared.setdefault(tech_id, tech_id) if row.ok else tech_id

    def _login_key(self, row: Row) -> str:
        login = row.required("login_id")
        person = row.key("existing_user_id") if row.text("existing_user_id") else ""
        return f"{self.tech_ids.read(person)}|{login}" if login else ""

    def _login(self, row: Row, key: str) -> LoginRecord | None:
        person = self._shared_id(row, row.text("existing_user_id"))
        return LoginRecord(row.line, key, person, row.text("login_id")) if person else None

    def _enrolment_key(self, row: Row) -> str:
        """Canvas gives enrolments no id: section, person and role together are one."""
        person = row.key("user_id")
        section = row.optional_ref("section_id") or row.optional_ref("course_id")
        if not section:
            row.refuse("section_id", "neither a section nor a course is named")
        if not row.text("section_id"):
            self.by_course.add(section)
        role = _role_word(row).casefold()
        return f"{section}|{self.tech_ids.read(person)}|{role}" if person and section else ""

    def _enrolment(self, row: Row, key: str) -> EnrolmentRecord | None:
        word = _role_word(row)
        if not word:
            row.refuse("role", "neither role nor role_id is filled")
        begins, ends = row.optional_day("start_date"), row.optional_day("end_date")
        row.ends_after("end_date", begins, ends)
        role = self.roles.get(word.casefold())
        if role is None:
            if word and word.casefold() not in _GIVING_NOTHING:
                self.unknown_roles[word] += 1
            return None
        section = row.text("section_id") or row.text("course_id")
        return EnrolmentRecord(
            row.line,
            key,
            row.sheet.shared[section],
            self._shared_id(row, row.text("user_id")),
            role,
            begins,
            ends,
            _STANDINGS.get(row.text("status").casefold(), Standing.ACTIVE),
        )

    def _shared_id(self, row: Row, value: str) -> str:
        found = self.tech_ids.read(value)
        return row.sheet.shared.setdefault(found, found)


def _quick_enrolments(
    store: EnrolmentStore, places: Mapping[str, int], known: Mapping[str, str], _: FileMode
) -> Callable[[Sequence[int], Rows], Portion]:
    """Rows without dates, whose section and person are known."""
    pick = itemgetter(*(places[name] for name in _QUICK))
    id_of, role_of, standing_of = known.get, _OURS.get, _LIVE.get

    def read(line: int, cells: list[str]) -> EnrolmentRecord | None:
        section, person, word, status, begins, ends = pick(cells)
        section, person = id_of(section), id_of(person)
        role, standing = role_of(word), standing_of(status)
        if not (section and person and role and standing) or begins or ends:
            return None
        key = f"{section}|{person}|{word}"
        return EnrolmentRecord(line, key, section, person, role, None, None, standing)

    return lambda lines, rows: RecordPortion(store, list(map(read, lines, rows)))


def _role_word(row: Row) -> str:
    return row.text("role") or row.text("role_id")


def _names(row: Row) -> tuple[str, str]:
    """Given and family name; a full name is parted as Canvas parts it, before its last word."""
    given, family = row.text("first_name"), row.text("last_name")
    if given or family:
        return given, family
    sortable = row.text("sortable_name")
    if sortable:
        family, _, given = sortable.partition(",")
        return given.strip(), family.strip()
    full = row.text("full_name") or row.text("short_name")
    if not full:
        row.refuse("full_name", "the person has no name")
    given, _, family = full.rpartition(" ")
    return given.strip(), family
