"""How scores and days are written in files."""

from datetime import datetime

from application.ports.documents import Fact, Tone
from application.queries.works.levels import RowHead
from application.scorecards.sheet import ScoreSheet, SheetStudent

BLANK_SIGN = "\N{EN DASH}"
NOT_ASSESSED = "N/A"
_NA = "NA"
_TONES = {str(tone): tone for tone in Tone}


def written(value: str) -> str:
    """A score as people read it: a number, `N/A`, or a dash."""
    return NOT_ASSESSED if value == _NA else value or BLANK_SIGN


def tone_of(head: RowHead, value: str) -> Tone:
    return _TONES.get(head.tone(value), Tone.PLAIN)


def as_of(sheet: ScoreSheet, now: datetime) -> str:
    """When the file was made, in the time of the college."""
    return f"as of {sheet.time.local(now):%-d %b %Y, %H:%M %Z}"


def subtitle(sheet: ScoreSheet) -> str:
    header = sheet.header
    return " \N{MIDDLE DOT} ".join(
        (header.course_code, header.section_title, header.term_name, *header.teachers)
    )


def running(sheet: ScoreSheet, now: datetime) -> str:
    """What stands below every page."""
    header = sheet.header
    dot = " \N{MIDDLE DOT} "
    return dot.join((header.course_code, header.section_title, header.name, as_of(sheet, now)))


def student_facts(sheet: ScoreSheet, student: SheetStudent, *, completed: bool) -> tuple[Fact, ...]:
    facts = [Fact(sheet.key_title, student.key)]
    if completed:
        facts.append(Fact("Recommended score", grade(student)))
        if student.own_grade:
            possible = student.recommendation.possible
            facts.append(Fact("Own grade", f"{student.own_grade} / {possible}"))
    return tuple(facts)


def grade(student: SheetStudent) -> str:
    """The recommended score; while there is none, how many rows are decided: `5 of 8`."""
    shown = student.recommendation
    if shown.points:
        return f"{shown.points} / {shown.possible}"
    if shown.decided < shown.total:
        return f"{shown.decided} of {shown.total}"
    return NOT_ASSESSED
