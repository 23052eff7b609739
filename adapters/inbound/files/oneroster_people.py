"""People, roles, enrolments and demographics of OneRoster 1.1 and 1.2.

Columns and words: IMS OneRoster 1.1 CSV Tables, sections 8 to 12; 1.2 CSV Binding, section 4.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from adapters.inbound.files.age_bands import FIRST_BIRTH, age_band
from adapters.inbound.files.oneroster_quick import quick_enrolments
from adapters.inbound.files.oneroster_quick_people import quick_people
from adapters.inbound.files.oneroster_tables import table
from adapters.inbound.files.oneroster_words import (
    ENROLMENT_ROLES,
    OURS,
    ROLE_TYPES,
    ROLES,
    SEX,
    USER_ROLES,
)
from adapters.inbound.files.record_stores import EnrolmentStore, RecordStore
from adapters.inbound.files.roster_table import Table
from adapters.inbound.files.row_reader import Row
from adapters.inbound.files.tech_ids import TechIds
from adapters.inbound.files.words import Words, in_any_case
from application.rosters.read_options import AGE_BAND, ATTRIBUTES, ReadOptions
from application.rosters.records import (
    DemographicsRecord,
    EnrolmentRecord,
    GrantRecord,
    PersonRecord,
)
from domain.access import Role
from domain.rostering import EnrolmentRole

_TYPED_ID = re.compile(r"\{([^:{}]+):([^{}]*)\}")
_NAMES = ("givenName", "familyName", "middleName", "preferredGivenName", "preferredMiddleName",
          "preferredFamilyName")  # fmt: skip
_CONTACTS = ("username", "userIds", "identifier", "email", "sms", "phone", "userMasterIdentifier",
             "password", "agentSourcedIds", "pronouns")  # fmt: skip


@dataclass(slots=True)
class People:
    """Reads people and what hangs on them. In 1.2 the roles come first, from their own file."""

    options: ReadOptions
    version: str
    tech_ids: TechIds = field(init=False)
    words: Words = field(init=False)
    """For places in sections; the college's own are among them, as in `role_words`."""
    role_words: Words = field(init=False)
    places: dict[str, EnrolmentRole] = field(init=False)
    granted: dict[str, Role] = field(init=False)
    """What words give, by the word in lower case."""
    roles: dict[str, EnrolmentRole] = field(default_factory=dict)
    """The role of a person by source id, as `roles.csv` has it; teaching goes first."""
    unread_grants: Counter[str] = field(default_factory=Counter)
    unread_places: Counter[str] = field(default_factory=Counter)
    """Words that give nothing here, and how many rows have each."""
    passwords: int = 0

    def __post_init__(self) -> None:
        options = self.options
        self.tech_ids = TechIds(options.tech_id_width)
        self.words = Words((*ENROLMENT_ROLES, *options.enrolment_roles), open=True)
        self.role_words = Words((*ROLES, *options.grants), open=True)
        self.places = OURS | in_any_case(options.enrolment_roles)
        self.granted = in_any_case(options.grants)

    def person(self, row: Row, source_id: str) -> PersonRecord:
        """The standard wants both names; people with a single one exist: either is enough."""
        if not row.text("givenName"):
            row.required("familyName")
        self.passwords += bool(row.text("password"))
        if self.version == "1.1":
            role = OURS.get(row.one_of("role", USER_ROLES))
            org = next(iter(row.refs("orgSourcedIds")), "")
        else:
            role = self.roles.get(source_id)
            org = row.optional_ref("primaryOrgSourcedId")
        return PersonRecord(
            row.line,
            source_id,
            self._tech_id(row, source_id),
            row.expected("username"),
            row.expected("email"),
            row.text("givenName"),
            row.text("familyName"),
            row.boolean("enabledUser"),
            role,
            org,
        )

    def count(self, record: PersonRecord) -> None:
        """Keep in mind what the Tech ID of a record shows that was read quickly."""
        self.tech_ids.own(record.tech_id, record.line)

    def grant(self, row: Row, source_id: str) -> GrantRecord | None:
        """A row of `roles.csv`: teaching and studying are kept in mind, others may be granted."""
        person, org = row.ref("userSourcedId"), row.ref("orgSourcedId")
        row.one_of("roleType", ROLE_TYPES)
        word = row.one_of("role", self.role_words)
        begins, ends = row.optional_day("beginDate"), row.optional_day("endDate")
        row.ends_after("endDate", begins, ends)
        role = OURS.get(word)
        if role and row.ok and self.roles.get(person) is not EnrolmentRole.TEACHER:
            self.roles[person] = role
        granted = self.granted.get(word.casefold())
        if granted is None:
            if word and role is None:
                self.unread_grants[word] += 1
            return None
        return GrantRecord(row.line, source_id, person, granted, org, begins, ends)

    def ended_grant(self, row: Row, source_id: str) -> GrantRecord | None:
        """A row of `roles.csv` that a delta marks for removal: which role of whom, and where."""
        person, org = row.ref("userSourcedId"), row.ref("orgSourcedId")
        granted = self.granted.get(row.one_of("role", self.role_words).casefold())
        return GrantRecord(row.line, source_id, person, granted, org) if granted else None

    def enrolment(self, row: Row, source_id: str) -> EnrolmentRecord | None:
        section, person = row.ref("classSourcedId"), row.ref("userSourcedId")
        word = row.one_of("role", self.words)
        role = self.places.get(word.casefold())
        row.required("schoolSourcedId")
        begins, ends = row.optional_day("beginDate"), row.optional_day("endDate")
        row.ends_after("endDate", begins, ends)
        primary = bool(row.text("primary")) and row.boolean("primary")
        if role is None:
            if word:
                self.unread_places[word] += 1
            return None
        return EnrolmentRecord(
            row.line, source_id, section, person, role, begins, ends, primary=primary
        )

    def demographics(self, row: Row, source_id: str) -> DemographicsRecord:
        """Only the columns that were switched on; an age band instead of the birth date."""
        wanted = self.options.demographics
        if "sex" in wanted and row.text("sex"):
            row.one_of("sex", SEX)
        found = {name: row.text(name) for name in ATTRIBUTES if name in wanted}
        if AGE_BAND in wanted:
            found[AGE_BAND] = self._age_band(row)
        return DemographicsRecord(
            row.line, source_id, {name: value for name, value in found.items() if value}
        )

    def _age_band(self, row: Row) -> str:
        born, on = (
            row.optional_day("birthDate", since=FIRST_BIRTH),
            self.options.age_on or date.min,
        )
        return age_band(born, on) if born else ""

    def _tech_id(self, row: Row, source_id: str) -> str:
        column = self.options.tech_id
        if column.startswith("userIds:"):
            wanted = column.removeprefix("userIds:").casefold()
            typed = dict(_TYPED_ID.findall(row.text("userIds")))
            found = next((v for kind, v in typed.items() if kind.casefold() == wanted), "")
        else:
            found = row.key(column) if row.text(column) else ""
        return self.tech_ids.own(found.strip() or source_id, row.line_in_file)


def people_table(people: People) -> Table[PersonRecord]:
    """`users.csv`; role and orgs moved to a file of their own in 1.2."""
    both = (
        "userIds", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds",
        "grades", "password",
    )  # fmt: skip
    later = (
        "userMasterIdentifier", "preferredGivenName", "preferredMiddleName",
        "preferredFamilyName", "primaryOrgSourcedId", "pronouns",
    )  # fmt: skip
    own = ("enabledUser", "username", "givenName", "familyName")
    is_first = people.version == "1.1"
    store = RecordStore[PersonRecord]()
    return table(
        "users",
        (*own, "role", "orgSourcedIds") if is_first else own,
        both if is_first else (*both, *later),
        {"tech_id": _column(people.options), "login": "username", "email": "email"},
        people.person,
        (*_NAMES, *_CONTACTS),
        quick=quick_people(people.options, people.version, people.roles, store, people.count),
        store=lambda: store,
    )


def _column(options: ReadOptions) -> str:
    return options.tech_id.partition(":")[0]


def roles_table(people: People) -> Table[GrantRecord]:
    """`roles.csv` of 1.2."""
    return table(
        "roles",
        ("userSourcedId", "roleType", "role", "orgSourcedId"),
        ("beginDate", "endDate", "userProfileSourcedId"),
        {"person": "userSourcedId", "org": "orgSourcedId"},
        people.grant,
        ending=people.ended_grant,
    )


def enrolments_table(people: People) -> Table[EnrolmentRecord]:
    store = EnrolmentStore()
    return table(
        "enrollments",
        ("classSourcedId", "schoolSourcedId", "userSourcedId", "role"),
        ("primary", "beginDate", "endDate"),
        {"section": "classSourcedId", "person": "userSourcedId"},
        people.enrolment,
        key=_own_id,
        quick=partial(quick_enrolments, store),
        store=lambda: store,
    )


def _own_id(row: Row) -> str:
    """An id that no other row names."""
    return row.key("sourcedId")


def demographics_table(people: People) -> Table[DemographicsRecord]:
    """`demographics.csv`; its sourcedId is that of the person."""
    return table(
        "demographics",
        (),
        ("birthDate", *ATTRIBUTES),
        {"person": "sourcedId"},
        people.demographics,
        ("birthDate", *ATTRIBUTES),
    )
