"""The files of our own data load about people: their columns, and a row of each as a record."""

from dataclasses import dataclass, field, replace
from datetime import date

from adapters.inbound.files.age_bands import FIRST_BIRTH, age_band
from adapters.inbound.files.csv_header import Columns
from adapters.inbound.files.data_load_tables import ENDED, table
from adapters.inbound.files.record_stores import EnrolmentStore
from adapters.inbound.files.roster_checks import merged
from adapters.inbound.files.roster_table import Table
from adapters.inbound.files.row_reader import Row
from adapters.inbound.files.tech_ids import TechIds
from adapters.inbound.files.words import Words, in_any_case
from application.rosters.read_options import AGE_BAND, ReadOptions
from application.rosters.records import (
    DemographicsRecord,
    EnrolmentRecord,
    GrantRecord,
    LoginRecord,
    PersonRecord,
    Standing,
)
from domain.access import Role
from domain.rostering import EnrolmentRole

_TECH_ID = "Tech ID"
_OURS = {role.value: role for role in EnrolmentRole}
_FACULTY = {"faculty": "teacher", "instructor": "teacher"}
_PERSON_ROLES = Words(tuple(_OURS), _FACULTY)
_ROLES = Words(tuple(Role), {"data steward": Role.DATA_STEWARD})
_STANDINGS = Words((*Standing, "ended"), {**ENDED, "inactive": "inactive"})
_BIRTH = "Birth Date"


@dataclass(slots=True)
class PeopleTables:
    """The Tech ID is the id of a person in every file, filled up with zeros if asked."""

    options: ReadOptions
    tech_ids: TechIds = field(init=False)
    enrolment_roles: Words = field(init=False)
    places: dict[str, EnrolmentRole] = field(init=False)
    """What words give in a section, by the word in lower case."""

    def __post_init__(self) -> None:
        self.tech_ids = TechIds(self.options.tech_id_width)
        own = self.options.enrolment_roles
        self.places = _OURS | in_any_case(own)
        spelt = {word: meant for word, meant in _FACULTY.items() if word not in self.places}
        self.enrolment_roles = Words((*_OURS, *own), spelt)

    def people(self) -> Table[PersonRecord]:
        columns = Columns(
            (_TECH_ID, "Login", "Email", "Given Name", "Family Name"),
            ("Role", "Org", "Status"),
            frozenset({_TECH_ID, "Login", "Email", "Given Name", "Family Name"}),
            keyless=bool(self.options.tech_id_width),
        )
        names = {"tech_id": _TECH_ID, "login": "Login", "email": "Email", "org": "Org"}
        return table("people", columns, names, self._person, self._own_id)

    def logins(self) -> Table[LoginRecord]:
        personal = frozenset({_TECH_ID, "Login"})
        columns = Columns(("Login", _TECH_ID), ("Status",), personal, keyless=True)
        return table("logins", columns, {"person": _TECH_ID}, self._login, self._login_key)

    def enrolments(self) -> Table[EnrolmentRecord]:
        columns = Columns(
            (_TECH_ID, "Offering", "Role"),
            ("Begin", "End", "Primary", "Status"),
            frozenset({_TECH_ID}),
            keyless=True,
        )
        made = table(
            "enrolments",
            columns,
            {"section": "Offering", "person": _TECH_ID},
            self._enrolment,
            lambda row: self._made_of(row, "Offering", "Role"),
            merged,
            _STANDINGS,
        )
        return replace(made, store=EnrolmentStore)

    def grants(self) -> Table[GrantRecord]:
        columns = Columns(
            (_TECH_ID, "Role"),
            ("Org", "Begin", "End", "Status"),
            frozenset({_TECH_ID}),
            keyless=True,
        )
        names = {"person": _TECH_ID, "org": "Org"}
        return table(
            "roles",
            columns,
            names,
            self._grant,
            lambda row: self._made_of(row, "Role", "Org"),
            ending=self._grant,
        )

    def demographics(self) -> Table[DemographicsRecord]:
        wanted = tuple(sorted(self.options.demographics - {AGE_BAND}))
        columns = Columns(
            (_TECH_ID,),
            (*wanted, _BIRTH, "Status"),
            frozenset({_TECH_ID, _BIRTH, *wanted}),
            open=True,
            keyless=bool(self.options.tech_id_width),
        )
        return table("demographics", columns, {"person": _TECH_ID}, self._demographics, self._id_in)

    def _person(self, row: Row, tech_id: str) -> PersonRecord:
        if not row.text("Given Name"):
            row.required("Family Name")
        role = row.one_of("Role", _PERSON_ROLES) if row.text("Role") else ""
        return PersonRecord(
            row.line,
            tech_id,
            tech_id,
            row.expected("Login"),
            row.expected("Email"),
            row.text("Given Name"),
            row.text("Family Name"),
            enabled=True,
            role=_OURS.get(role),
            org=row.optional_ref("Org"),
        )

    def _login(self, row: Row, key: str) -> LoginRecord:
        return LoginRecord(row.line, key, self._shared_id(row), row.text("Login"))

    def _enrolment(self, row: Row, key: str) -> EnrolmentRecord | None:
        word = row.one_of("Role", self.enrolment_roles)
        begins, ends = row.optional_day("Begin"), row.optional_day("End")
        row.ends_after("End", begins, ends)
        status = row.one_of("Status", _STANDINGS) if row.text("Status") else Standing.ACTIVE
        role = self.places.get(word.casefold())
        primary = bool(row.text("Primary")) and row.boolean("Primary")
        if not row.ok or role is None:
            return None
        return EnrolmentRecord(
            row.line,
            key,
            row.ref("Offering"),
            self._shared_id(row),
            role,
            begins,
            ends,
            Standing(status),
            primary,
        )

    def _grant(self, row: Row, key: str) -> GrantRecord | None:
        word = row.one_of("Role", _ROLES)
        begins, ends = row.optional_day("Begin"), row.optional_day("End")
        row.ends_after("End", begins, ends)
        if not row.ok:
            return None
        return GrantRecord(
            row.line, key, self._shared_id(row), Role(word), row.optional_ref("Org"), begins, ends
        )

    def _demographics(self, row: Row, tech_id: str) -> DemographicsRecord:
        found = {name: row.text(name) for name in self.options.demographics if name != AGE_BAND}
        born = row.optional_day(_BIRTH, since=FIRST_BIRTH) if row.text(_BIRTH) else None
        if AGE_BAND in self.options.demographics and born:
            found[AGE_BAND] = age_band(born, self.options.age_on or date.min)
        return DemographicsRecord(
            row.line, tech_id, {name: value for name, value in found.items() if value}
        )

    def _own_id(self, row: Row) -> str:
        return self.tech_ids.own(row.ref(_TECH_ID), row.line_in_file)

    def _id_in(self, row: Row) -> str:
        return self.tech_ids.read(row.key(_TECH_ID))

    def _login_key(self, row: Row) -> str:
        login, person = row.required("Login"), self._id_in(row)
        return f"{person}|{login}" if login and person else ""

    def _made_of(self, row: Row, first: str, second: str) -> str:
        """Rows without an id of their own are known by the person and two more columns."""
        person, section = self._id_in(row), row.text(first)
        if not section:
            row.refuse(first, "this value is required")
        return f"{section}|{person}|{row.text(second).casefold()}" if person and section else ""

    def _shared_id(self, row: Row) -> str:
        found = self.tech_ids.read(row.text(_TECH_ID))
        return row.sheet.shared.setdefault(found, found)
