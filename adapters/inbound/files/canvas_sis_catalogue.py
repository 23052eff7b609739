"""The catalogue courses behind Canvas courses, which Canvas itself does not know."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from application.rosters.records import CourseRecord, SectionRecord

_SEPARATORS = " ,;:-–—(/|"  # noqa: RUF001 the dashes that names are written with
_SHORTEST_TITLE = 4


def catalogue_code(short_name: str, pattern: re.Pattern[str]) -> str:
    """The part of a Course Code that the pattern finds at its start, else the whole of it.

    A group in the pattern tells which part is meant; white space is written once.
    """
    text = " ".join(short_name.split())
    match = pattern.match(text) if pattern.pattern else None
    if match is None:
        return text
    found = match.group(1) if match.re.groups else match.group()
    return (found or "").strip() or text


def catalogue(
    courses: Iterable[SectionRecord], codes: Mapping[str, str], long_names: Mapping[str, str]
) -> tuple[CourseRecord, ...]:
    """One course for each code, in the order in which the codes come.

    `codes` and `long_names` are by the id of the Canvas course. The org is the one that most
    Canvas courses of the code lie in; the title is what their long names begin with alike.
    """
    groups: dict[str, list[SectionRecord]] = {}
    for course in courses:
        groups.setdefault(codes[course.source_id], []).append(course)
    return tuple(
        CourseRecord(
            group[0].line,
            code,
            code,
            _title(sorted({long_names[course.source_id] for course in group}), code),
            _usual(course.org for course in group),
        )
        for code, group in groups.items()
    )


def _usual(orgs: Iterable[str]) -> str:
    """The most frequent; among equals the first by name, so that it is the same each time."""
    counted = Counter(orgs)
    return min(counted, key=lambda org: (-counted[org], org))


def _title(names: list[str], code: str) -> str:
    if len(names) == 1:
        return names[0]
    start = _common_start(names[0], names[-1])
    whole = all(len(name) == len(start) or name[len(start)] in _SEPARATORS for name in names)
    if not whole:
        start = start[: max(map(start.rfind, _SEPARATORS), default=0) + 1]
    title = start.strip(_SEPARATORS)
    return title if len(title) >= _SHORTEST_TITLE else code


def _common_start(first: str, last: str) -> str:
    """What the first and the last of sorted names begin with alike, and so all do."""
    for place, (one, other) in enumerate(zip(first, last, strict=False)):
        if one != other:
            return first[:place]
    return min(first, last, key=len)
