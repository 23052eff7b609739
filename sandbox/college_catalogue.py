"""Orgs, terms, courses and sections of Cedar Valley College."""

from datetime import date

from sandbox.college_records import Course, Org, Section, Shell, Term

ROOT = "cvc"
ORGS = (
    Org(ROOT, "Cedar Valley College", "school", ""),
    Org("cvc-hum", "Humanities and Social Sciences", "department", ROOT),
    Org("cvc-sci", "Sciences and Mathematics", "department", ROOT),
    Org("cvc-hlt", "Health Professions", "department", ROOT),
)
COURSES = (
    Course("crs-engl-101", "ENGL 101", "College Composition", "cvc-hum"),
    Course("crs-engl-210", "ENGL 210", "World Literature", "cvc-hum"),
    Course("crs-hist-120", "HIST 120", "World History to 1500", "cvc-hum"),
    Course("crs-biol-110", "BIOL 110", "General Biology", "cvc-sci"),
    Course("crs-biol-230", "BIOL 230", "Human Anatomy", "cvc-sci"),
    Course("crs-math-140", "MATH 140", "Introductory Statistics", "cvc-sci"),
    Course("crs-nurs-201", "NURS 201", "Fundamentals of Nursing", "cvc-hlt"),
    Course("crs-nurs-260", "NURS 260", "Community Health Nursing", "cvc-hlt"),
)
CURRENT_SECTIONS = (
    ("ENGL 101", "01", 0), ("ENGL 101", "02", 0), ("ENGL 210", "01", 1), ("HIST 120", "01", 2),
    ("BIOL 110", "01", 4), ("BIOL 110", "02", 5), ("MATH 140", "01", 6), ("NURS 201", "01", 7),
    ("NURS 260", "01", 8),
)  # fmt: skip
"""Course, number, and who teaches it (a place in the list of faculty)."""
EARLIER_SECTIONS = (("ENGL 101", "01", 0), ("BIOL 230", "01", 4), ("NURS 201", "01", 9))
CROSS_LISTED = "ENGL 101-02"
"""Taught in the Canvas course of section 01."""
RENAMED = "MATH 140-01"
"""Its Canvas course was renamed by hand, so that its code no longer equals the title."""


def terms_around(today: date) -> tuple[Term, Term, Term]:
    """The term before, the one that holds `today`, and the one after.

    Spring, summer and fall together leave no day out.
    """
    year = today.year
    spring, summer, fall = _spring(year), _summer(year), _fall(year)
    if today <= spring.ends_on:
        return _fall(year - 1), spring, fall
    if today <= summer.ends_on:
        return spring, summer, fall
    return spring, fall, _spring(year + 1)


def _spring(year: int) -> Term:
    return Term(f"term-{year}-sp", f"Spring {year}", date(year, 1, 1), date(year, 5, 31))


def _summer(year: int) -> Term:
    return Term(f"term-{year}-su", f"Summer {year}", date(year, 6, 1), date(year, 7, 31))


def _fall(year: int) -> Term:
    return Term(f"term-{year}-fa", f"Fall {year}", date(year, 8, 1), date(year, 12, 31))


def section_in(term: Term, course_code: str, number: str, crn: int) -> Section:
    """A section; its title is the name that its Canvas course bears as Course Code."""
    course = next(course for course in COURSES if course.code == course_code)
    season = term.source_id.removeprefix("term-")
    title = f"{course_code}-{number} {term.name}"
    name = f"{course_code}-{number}"
    home = f"{course_code}-01" if name == CROSS_LISTED else name
    bare = name.replace(" ", "-").lower()
    return Section(
        f"cls-{season}-{bare}",
        title,
        str(crn),
        course.source_id,
        course.org,
        term.source_id,
        f"{season}-{home.replace(' ', '-').lower()}",
    )


def shells_of(sections: tuple[Section, ...], terms: tuple[Term, ...]) -> tuple[Shell, ...]:
    """The Canvas courses: one a section, but for the cross-listed pair."""
    courses = {course.source_id: course for course in COURSES}
    names = {term.source_id: term.name for term in terms}
    shells: dict[str, Shell] = {}
    for section in sections:
        course = courses[section.course]
        renamed = section.title.startswith(RENAMED)
        code = f"Statistics {names[section.term]}" if renamed else section.title
        name = f"{course.title}, {names[section.term]}"
        shells.setdefault(
            section.shell, Shell(section.shell, code, name, section.org, section.term)
        )
    return tuple(shells.values())
