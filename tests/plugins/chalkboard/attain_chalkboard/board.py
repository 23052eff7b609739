"""The board: what is written there, in one JSON file."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypedDict

from application.errors import LmsForbidden, LmsRecordMissing, LmsSpokeNonsense, LmsUnavailable


class Assignment(TypedDict):
    """`grades` are numbers as text, by student: no grade passes through a float."""

    name: str
    points: str
    grades: dict[str, str]


class Course(TypedDict):
    code: str
    teacher: str
    students: list[str]
    assignments: dict[str, Assignment]


class Writing(TypedDict):
    courses: dict[str, Course]
    bulks: dict[str, list[str]]
    """Students that a bulk post did not find, by its reference."""


@dataclass(frozen=True, slots=True)
class Board:
    path: Path

    def read(self) -> Writing:
        try:
            writing: Writing = json.loads(self.path.read_text("utf-8"))
        except OSError as error:
            raise LmsUnavailable("The board cannot be read.") from error
        except ValueError as error:
            raise LmsSpokeNonsense("Nobody can read what is on the board.") from error
        return writing

    def write(self, writing: Writing) -> None:
        fresh = self.path.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(writing, indent=2), "utf-8")
            fresh.replace(self.path)
        except OSError as error:
            raise LmsUnavailable("The board cannot be written on.") from error

    def put(self, teacher: str, course: str, assignment: str, points: dict[str, Decimal]) -> str:
        """Write grades down; returns a reference to those that found no student."""
        writing = self.read()
        held = course_of(writing, course)
        if held["teacher"] != teacher:
            raise LmsForbidden("Only the teacher writes on the board.", reason="no-right")
        grades = assignment_of(held, assignment)["grades"]
        missing = [student for student in points if student not in held["students"]]
        known = {student: str(number) for student, number in points.items()}
        grades.update({one: text for one, text in known.items() if one not in missing})
        reference = str(len(writing["bulks"]) + 1)
        writing["bulks"][reference] = missing
        self.write(writing)
        return reference


def course_of(writing: Writing, course: str) -> Course:
    if course not in writing["courses"]:
        raise LmsRecordMissing("There is no such course on the board.", reason="assignment-missing")
    return writing["courses"][course]


def assignment_of(course: Course, assignment: str) -> Assignment:
    if assignment not in course["assignments"]:
        raise LmsRecordMissing("There is no such assignment.", reason="assignment-missing")
    return course["assignments"][assignment]
