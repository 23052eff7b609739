"""The sample college as plain records, before it is written as files or into Canvas."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Org:
    source_id: str
    name: str
    kind: str
    parent: str


@dataclass(frozen=True, slots=True)
class Term:
    source_id: str
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Course:
    source_id: str
    code: str
    title: str
    org: str


@dataclass(frozen=True, slots=True)
class Section:
    """`shell` names the Canvas course that holds it; cross-listed sections share one."""

    source_id: str
    title: str
    crn: str
    course: str
    org: str
    term: str
    shell: str


@dataclass(frozen=True, slots=True)
class Person:
    """`given` is empty for people with a single name."""

    source_id: str
    tech_id: str
    login: str
    email: str
    given: str
    family: str
    role: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()

    @property
    def sortable_name(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True)
class Enrolment:
    source_id: str
    section: str
    person: str
    role: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """A Canvas course. Its code equals the title of one section, but for one that does not."""

    key: str
    code: str
    name: str
    org: str
    term: str


@dataclass(frozen=True, slots=True)
class College:
    """The whole sample college, the same for the same day."""

    today: date
    current: Term
    orgs: tuple[Org, ...]
    terms: tuple[Term, ...]
    courses: tuple[Course, ...]
    sections: tuple[Section, ...]
    shells: tuple[Shell, ...]
    people: tuple[Person, ...]
    enrolments: tuple[Enrolment, ...]
    slos: dict[str, object]
    """The content of slos.json."""
    assessments: dict[str, object]
    """The content of assessments.json."""

    def people_in(self, section: str, role: str) -> list[Person]:
        by_id = {person.source_id: person for person in self.people}
        found = (e for e in self.enrolments if e.section == section and e.role == role)
        return [by_id[enrolment.person] for enrolment in found]
