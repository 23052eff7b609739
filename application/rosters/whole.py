"""A roster as it is stored, to be written out."""

from dataclasses import dataclass

from domain.rostering import Course, Enrolment, Org, Person, Section, Term


@dataclass(frozen=True, slots=True)
class WholeRoster:
    """Every record that a roster brings, ended ones too."""

    orgs: list[Org]
    terms: list[Term]
    courses: list[Course]
    sections: list[Section]
    people: list[Person]
    enrolments: list[Enrolment]
