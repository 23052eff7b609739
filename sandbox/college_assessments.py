"""Assessments of the sample college, planned in its sections, the earlier ones scored."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sandbox.college_records import Person, Section
from sandbox.college_slos import DEFAULT_SCALE, SKILL_SCALE, slo_codes

Students = Callable[[Section], Sequence[Person]]

_REFLECTION = "What do these results tell you, and what will you do differently next time?"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One assessment before it meets its sections. `days` is its due date from today."""

    code: str
    course: str
    name: str
    description: str
    kind: str
    purpose: str
    scale: str
    points: int
    days: int
    reflection: str = ""


_SHEETS = (
    _Sheet(
        "ENGL101-ESSAY", "ENGL 101", "Research essay",
        "An essay of 1,500 words on a question of the student's own, with five sources.",
        "outcomes", "summative", DEFAULT_SCALE, 20, 7, _REFLECTION,
    ),
    _Sheet(
        "ENGL101-DEBATE", "ENGL 101", "Argument essay and debate",
        "A position paper, defended in class.",
        "student", "formative", DEFAULT_SCALE, 50, 14,
    ),
    _Sheet(
        "ENGL210-READING", "ENGL 210", "Close reading of a poem",
        "Two pages on one poem of the course reader.",
        "outcomes", "summative", DEFAULT_SCALE, 20, 5,
    ),
    _Sheet(
        "HIST120-SOURCE", "HIST 120", "Source analysis",
        "One source from before 1500, read for author, audience, purpose and bias.",
        "outcomes", "summative", DEFAULT_SCALE, 25, 3, _REFLECTION,
    ),
    _Sheet(
        "BIOL110-LAB", "BIOL 110", "Lab report: enzyme activity",
        "A full lab report on the enzyme experiment.",
        "outcomes", "summative", DEFAULT_SCALE, 20, 10,
    ),
    _Sheet(
        "BIOL230-PRACTICAL", "BIOL 230", "Anatomy practical",
        "Forty stations, and three cases.",
        "outcomes", "summative", DEFAULT_SCALE, 40, -30,
    ),
    _Sheet(
        "MATH140-PROJECT", "MATH 140", "Data project",
        "A question, a data set, an analysis, and a poster.",
        "outcomes", "summative", DEFAULT_SCALE, 30, 12,
    ),
    _Sheet(
        "NURS201-SKILLS", "NURS 201", "Medication skills check",
        "A timed skills check at the bedside, with a simulated patient.",
        "outcomes", "summative", SKILL_SCALE, 6, -2, _REFLECTION,
    ),
    _Sheet(
        "NURS260-PROJECT", "NURS 260", "Community project",
        "A health assessment of one neighborhood, and a teaching session there.",
        "student", "summative", DEFAULT_SCALE, 100, 9,
    ),
)  # fmt: skip

_FOUR = ("missing", "weak", "fair", "strong")


def _criterion(
    code: str, title: str, weight: int, slos: Iterable[str], texts: Sequence[str]
) -> dict[str, object]:
    levels = [
        {"points": points, "label": label.capitalize(), "descriptor": text}
        for points, (label, text) in enumerate(zip(_FOUR, texts, strict=True))
    ]
    return {
        "code": code,
        "title": title,
        "description": "",
        "weight": weight,
        "slos": list(slos),
        "levels": levels,
    }


_CRITERIA = {
    "ENGL101-DEBATE": [
        _criterion(
            "POSITION", "Position", 2, ["ENGL 101-1"],
            ["No position.", "A position in words only.", "A clear position.",
             "A clear position that knows its limits."],
        ),
        _criterion(
            "EVIDENCE", "Evidence", 2, ["ENGL 101-1", "ENGL 101-2"],
            ["No evidence.", "Evidence beside the point.", "Evidence for most claims.",
             "Evidence for every claim, from good sources."],
        ),
        _criterion(
            "DELIVERY", "Delivery", 1, ["ENGL 101-3"],
            ["Did not speak.", "Read aloud from the page.", "Spoke freely in part.",
             "Spoke freely and answered questions."],
        ),
    ],
    "NURS260-PROJECT": [
        _criterion(
            "DATA", "Data about the neighborhood", 2, ["NURS 260-1"],
            ["None.", "One source.", "Several sources.", "Several sources, compared."],
        ),
        _criterion(
            "VOICES", "Voices of its people", 1, ["NURS 260-1"],
            ["None.", "One interview.", "Several interviews.",
             "Interviews with people who are seldom asked."],
        ),
        _criterion(
            "SESSION", "Teaching session", 3, ["NURS 260-2"],
            ["Not held.", "Held without a plan.", "Held as planned.",
             "Held as planned, and improved on the way."],
        ),
    ],
}  # fmt: skip


def assessment_file(
    today: date, sections: Sequence[Section], earlier: str, students: Students
) -> dict[str, object]:
    """The content of assessments.json. Sections of the term `earlier` are scored and released."""
    return {
        "assessments": [
            _assessment(sheet, today, [s for s in sections if _is_of(s, sheet)], earlier, students)
            for sheet in _SHEETS
        ]
    }


def _is_of(section: Section, sheet: _Sheet) -> bool:
    return section.title.startswith(f"{sheet.course}-")


def _assessment(
    sheet: _Sheet, today: date, sections: Sequence[Section], earlier: str, students: Students
) -> dict[str, object]:
    entry: dict[str, object] = {
        "code": sheet.code,
        "name": sheet.name,
        "description": sheet.description,
        "kind": sheet.kind,
        "purpose": sheet.purpose,
        "scale": sheet.scale,
        "points_possible": sheet.points,
        "reflection_question": sheet.reflection,
        "org": sections[0].org,
        "library": True,
        "sections": [_planned(sheet, s, today, earlier, students(s)) for s in sections],
    }
    if sheet.kind == "student":
        return {**entry, "criteria": _CRITERIA[sheet.code]}
    return {**entry, "slos": slo_codes(sheet.course)}


def _planned(
    sheet: _Sheet, section: Section, today: date, earlier: str, students: Sequence[Person]
) -> dict[str, object]:
    over = section.term == earlier
    due = today + timedelta(days=-200 if over else sheet.days)
    planned: dict[str, object] = {
        "section": section.source_id,
        "due_at": datetime.combine(due, time(23, 59), UTC).isoformat(),
        "planned": True,
        "released": over,
    }
    if over or sheet.code == "HIST120-SOURCE":
        scored = students if over else students[: len(students) // 3]
        planned["scores"] = list(_scores(sheet, scored))
    return planned


def _scores(sheet: _Sheet, students: Sequence[Person]) -> Iterable[dict[str, str]]:
    """Scores with some of everything: every level, and an N/A here and there."""
    rows = [str(c["code"]) for c in _CRITERIA.get(sheet.code, [])] or slo_codes(sheet.course)
    offered = {SKILL_SCALE: "33231", DEFAULT_SCALE: "34234330241"}[sheet.scale]
    if sheet.kind == "student":
        offered = "2331230"
    for place, student in enumerate(students):
        for column, row in enumerate(rows):
            value = offered[(3 * place + 2 * column) % len(offered)]
            absent = (place * len(rows) + column) % 23 == 22
            yield {"student": student.tech_id, "row": row, "value": "NA" if absent else value}
