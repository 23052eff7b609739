"""Section Title against Canvas Course Code: who has a course, who has none, and what is near."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from domain.ids import LmsCourseRef, SectionId
from domain.rostering import Section, comparable_title

_LOOSE = re.compile(r"[\s\-_.]+")
_DIGIT = re.compile(r"\d")
_MOST = 5


@dataclass(frozen=True, slots=True)
class CodedCourse:
    """A course of the LMS as it is compared."""

    ref: LmsCourseRef
    code: str
    sis_id: str
    term: str
    state: str


class Nearness(StrEnum):
    """Why a course is offered for a section; nothing is ever taken because of it."""

    SPELLING = "the same but for case, blanks and - _ ."
    SIS_ID = "its SIS id is that of the section"
    TERM = "the same term, and the code begins alike"


@dataclass(frozen=True, slots=True)
class Candidate:
    course: CodedCourse
    nearness: Nearness


@dataclass(frozen=True, slots=True)
class SectionMatch:
    """`courses` are those whose Course Code equals the Section Title: one when all is well."""

    section_id: SectionId
    title: str
    term: str
    courses: tuple[CodedCourse, ...]
    candidates: tuple[Candidate, ...]

    @property
    def is_well(self) -> bool:
        return len(self.courses) == 1


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """`unclaimed` are courses that no section's title names, by term and code."""

    sections: tuple[SectionMatch, ...]
    unclaimed: tuple[CodedCourse, ...]


def check_codes(
    sections: Sequence[Section],
    terms: Mapping[str, str],
    courses: Sequence[CodedCourse],
) -> CodeCheck:
    """Compare exactly, after trimming; sections by term and title. `terms` are names by id."""
    by_code = _by(courses, lambda course: comparable_title(course.code))
    near = _Near(courses)
    matches = tuple(
        _match(section, terms.get(section.term_id, ""), by_code, near)
        for section in sorted(sections, key=lambda one: (terms.get(one.term_id, ""), one.title))
    )
    titles = {comparable_title(section.title) for section in sections}
    unclaimed = (course for course in courses if comparable_title(course.code) not in titles)
    order = sorted(unclaimed, key=lambda course: (course.term, course.code, course.ref))
    return CodeCheck(matches, tuple(order))


def near_codes(wanted: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Codes that may have been meant by one with which none begins; the nearest first.

    Those that begin so but for case and blanks - _ . come first, then those of the same
    subject, then those whose beginning is spelt nearly so.
    """
    loose, listed = _loosened(wanted), sorted(set(codes))
    if not loose:
        return ()
    begins = [code for code in listed if _loosened(code).startswith(loose)]
    subject = _subject(loose)
    alike = [code for code in listed if subject and _subject(_loosened(code)) == subject]
    starts = {code: _loosened(code)[: len(loose)] for code in listed}
    close = get_close_matches(loose, set(starts.values()), _MOST)
    spelt = [code for start in close for code in listed if starts[code] == start]
    return tuple(dict.fromkeys((*begins, *alike, *spelt)))[:_MOST]


def _match(
    section: Section, term: str, by_code: Mapping[str, list[CodedCourse]], near: "_Near"
) -> SectionMatch:
    equal = tuple(by_code.get(comparable_title(section.title), ()))
    offered = () if equal else near.to(section, term)
    return SectionMatch(section.id, section.title, term, equal, offered)


class _Near:
    """Courses by what they may be known by besides their Course Code."""

    def __init__(self, courses: Sequence[CodedCourse]) -> None:
        self._loose = _by(courses, lambda course: _loosened(course.code))
        self._sis = _by(courses, lambda course: course.sis_id)
        self._start = _by(courses, lambda course: f"{course.term}\n{_start(course.code)}")

    def to(self, section: Section, term: str) -> tuple[Candidate, ...]:
        """The nearest first, each course once."""
        found: dict[LmsCourseRef, Candidate] = {}
        sources = (
            (Nearness.SPELLING, self._loose.get(_loosened(section.title), [])),
            (Nearness.SIS_ID, self._sis.get(section.source_id, [])),
            (Nearness.SIS_ID, self._sis.get(section.code, []) if section.code else []),
            (Nearness.TERM, self._start.get(f"{term}\n{_start(section.title)}", [])),
        )
        for nearness, courses in sources:
            for course in courses:
                found.setdefault(course.ref, Candidate(course, nearness))
        return tuple(found.values())[:_MOST]


def _loosened(code: str) -> str:
    return _LOOSE.sub("", comparable_title(code)).casefold()


def _start(code: str) -> str:
    """What stands before the last separator: `ENGL 101` of `ENGL 101-02`."""
    parts = [part for part in _LOOSE.split(comparable_title(code).casefold()) if part]
    return "".join(parts[:-1] or parts)


def _subject(loosened: str) -> str:
    """The letters before the first digit: `engl` of `engl101`."""
    return _DIGIT.split(loosened, 1)[0]


def _by(
    courses: Iterable[CodedCourse], key: Callable[[CodedCourse], str]
) -> dict[str, list[CodedCourse]]:
    found: defaultdict[str, list[CodedCourse]] = defaultdict(list)
    for course in courses:
        if known := key(course):
            found[known].append(course)
    return dict(found)
