"""A college of 60,000 people as OneRoster files, and the same a night later with 1 % changed."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TABLES = ("orgs", "academicSessions", "courses", "classes", "users", "enrollments")
_ABSENT = (
    "categories", "classResources", "courseResources", "demographics", "lineItems", "resources",
    "results",
)  # fmt: skip
HEADS: dict[str, tuple[str, ...]] = {
    "orgs": ("sourcedId", "status", "dateLastModified", "name", "type", "identifier",
             "parentSourcedId"),
    "academicSessions": ("sourcedId", "status", "dateLastModified", "title", "type", "startDate",
                         "endDate", "parentSourcedId", "schoolYear"),
    "courses": ("sourcedId", "status", "dateLastModified", "schoolYearSourcedId", "title",
                "courseCode", "grades", "orgSourcedId"),
    "classes": ("sourcedId", "status", "dateLastModified", "title", "grades", "courseSourcedId",
                "classCode", "classType", "location", "schoolSourcedId", "termSourcedIds"),
    "users": ("sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role",
              "username", "userIds", "givenName", "familyName", "middleName", "identifier",
              "email"),
    "enrollments": ("sourcedId", "status", "dateLastModified", "classSourcedId",
                    "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate",
                    "endDate"),
}  # fmt: skip
Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class BigCollege:
    """`night` 0 is the first load; later nights drop, add and change about 1 % of the rows."""

    people: int = 60_000
    sections: int = 5_000
    enrolments: int = 300_000
    night: int = 0

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        self._file(folder, "manifest", ("propertyName", "value"), self._manifest())
        for name in TABLES:
            self._file(folder, name, HEADS[name], self.rows(name))
        return folder

    def rows(self, name: str) -> Iterator[Row]:
        yield from {
            "orgs": self._orgs,
            "academicSessions": self._terms,
            "courses": self._courses,
            "classes": self._classes,
            "users": self._users,
            "enrollments": self._enrollments,
        }[name]()

    def _file(self, folder: Path, name: str, head: Row, rows: Iterable[Row]) -> None:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            writer.writerows(rows)

    def _manifest(self) -> Iterator[Row]:
        yield "manifest.version", "1.0"
        yield "oneroster.version", "1.1"
        yield from ((f"file.{name}", "bulk") for name in TABLES)
        yield from ((f"file.{name}", "absent") for name in _ABSENT)

    def _orgs(self) -> Iterator[Row]:
        yield "org-0", "", "", "Big College", "school", "BIG", ""
        for number in range(1, 60):
            yield (
                f"org-{number}",
                "",
                "",
                f"Department {number}",
                "department",
                f"D{number}",
                "org-0",
            )

    def _terms(self) -> Iterator[Row]:
        yield "term-1", "", "", "Fall 2026", "term", "2026-08-24", "2026-12-18", "", "2027"

    def _courses(self) -> Iterator[Row]:
        for number in range(800):
            yield (f"course-{number}", "", "", "", f"Course {number}", f"SUBJ {number}", "",
                   f"org-{1 + number % 59}")  # fmt: skip

    def _classes(self) -> Iterator[Row]:
        for number in range(self.sections):
            course = number % 800
            yield (f"class-{number:05}", "", "", f"SUBJ-{course}-{number}", "", f"course-{course}",
                   f"{40000 + number}", "scheduled", "", "org-0", "term-1")  # fmt: skip

    def _users(self) -> Iterator[Row]:
        for number in range(self.people):
            role = "teacher" if number < self.people // 20 else "student"
            name = f"Family{number}" + (f"-{self.night}" if self._touched(number) else "")
            yield (f"user-{number:06}", "", "", "true", "org-0", role,
                   f"login{number}", "", f"Given{number % 997}", name, "", f"T{number:07}",
                   f"login{number}@big.example.edu")  # fmt: skip

    def _enrollments(self) -> Iterator[Row]:
        """Each section a teacher, then students in turn; a touched one goes and another comes."""
        teachers = self.people // 20
        students = self.people - teachers
        for number in range(self.sections):
            yield self._entry(f"enr-t-{number}", number, number % teachers, "teacher")
        for number in range(self.enrolments - self.sections):
            person = teachers + number % students
            section = (number + number // students) % self.sections
            key = f"enr-{number}"
            if self._touched(number):
                key, section = f"{key}-{self.night}", (section + self.night) % self.sections
            yield self._entry(key, section, person, "student")

    def _entry(self, key: str, section: int, person: int, role: str) -> Row:
        primary = "true" if role == "teacher" else ""
        return (key, "", "", f"class-{section:05}", "org-0", f"user-{person:06}", role, primary,
                "", "")  # fmt: skip

    def _touched(self, number: int) -> bool:
        return self.night > 0 and number % 100 == self.night % 100
