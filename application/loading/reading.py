"""How a college's rosters are read: what a Data Steward has set once, for all loads."""

from datetime import date

from application.ports.system_repositories import SettingsRepository
from application.rosters.read_options import AGE_BAND, ReadOptions

TECH_ID = "rosters.tech-id"
TECH_ID_WIDTH = "rosters.tech-id-width"
COURSE_CODE = "rosters.course-code"
DEMOGRAPHICS = "rosters.demographics"


def roster_reading(settings: SettingsRepository, today: date) -> ReadOptions:
    usual = ReadOptions()
    return reading_of(
        settings.get(TECH_ID, usual.tech_id),
        settings.get(TECH_ID_WIDTH, str(usual.tech_id_width)),
        settings.get(COURSE_CODE, usual.course_code),
        settings.get(DEMOGRAPHICS, ""),
        today,
    )


def reading_of(
    tech_id: str, tech_id_width: str, course_code: str, demographics: str, today: date
) -> ReadOptions:
    """From text; attributes stand between commas. Raises Invalid."""
    attributes = attributes_of(demographics)
    return ReadOptions(
        tech_id=tech_id.strip() or ReadOptions().tech_id,
        tech_id_width=int(tech_id_width) if tech_id_width.strip().isdecimal() else -1,
        course_code=course_code.strip(),
        demographics=attributes,
        age_on=today if AGE_BAND in attributes else None,
    )


def attributes_of(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())
