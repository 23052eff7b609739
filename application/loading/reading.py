"""How a college's rosters are read: what a Data Steward has set once, for all loads."""

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from application.ports.system_repositories import SettingsRepository
from application.rosters.read_options import AGE_BAND, ReadOptions
from application.rosters.role_words import (
    Pair,
    enrolment_roles_of,
    grants_of,
    pairs_of,
    pairs_stored,
    stored_pairs,
)

TECH_ID = "rosters.tech-id"
TECH_ID_WIDTH = "rosters.tech-id-width"
COURSE_CODE = "rosters.course-code"
DEMOGRAPHICS = "rosters.demographics"
GRANTS = "rosters.grants"
ENROLMENT_ROLES = "rosters.enrolment-roles"


@dataclass(frozen=True, slots=True)
class WrittenReading:
    """As typed. `demographics` are names of attributes between commas, empty for none.

    `grants` and `enrolment_roles` are words of the roster, each with the role that it gives.
    """

    tech_id: str
    tech_id_width: str
    course_code: str
    demographics: str
    grants: tuple[Pair, ...] = ()
    enrolment_roles: tuple[Pair, ...] = ()

    def stored(self) -> dict[str, str]:
        """As the settings hold it, by name."""
        return {
            TECH_ID: self.tech_id,
            TECH_ID_WIDTH: self.tech_id_width,
            COURSE_CODE: self.course_code,
            DEMOGRAPHICS: self.demographics,
            GRANTS: stored_pairs(self.grants),
            ENROLMENT_ROLES: stored_pairs(self.enrolment_roles),
        }


def roster_reading(settings: SettingsRepository, today: date) -> ReadOptions:
    usual = written(ReadOptions())
    kept = WrittenReading(
        settings.get(TECH_ID, usual.tech_id),
        settings.get(TECH_ID_WIDTH, usual.tech_id_width),
        settings.get(COURSE_CODE, usual.course_code),
        settings.get(DEMOGRAPHICS, usual.demographics),
        pairs_stored(settings.get(GRANTS, "")),
        pairs_stored(settings.get(ENROLMENT_ROLES, "")),
    )
    return reading_of(kept, today)


def reading_of(typed: WrittenReading, today: date) -> ReadOptions:
    """From text. Raises Invalid."""
    attributes = attributes_of(typed.demographics)
    width = typed.tech_id_width.strip()
    return ReadOptions(
        tech_id=typed.tech_id.strip() or ReadOptions().tech_id,
        tech_id_width=int(width) if width.isdecimal() else -1,
        course_code=typed.course_code.strip(),
        enrolment_roles=enrolment_roles_of(typed.enrolment_roles),
        grants=grants_of(typed.grants),
        demographics=attributes,
        age_on=today if AGE_BAND in attributes else None,
    )


def written(reading: ReadOptions) -> WrittenReading:
    return WrittenReading(
        reading.tech_id,
        str(reading.tech_id_width),
        reading.course_code,
        ", ".join(sorted(reading.demographics)),
        pairs_of(reading.grants),
        pairs_of(reading.enrolment_roles),
    )


def mark_of(reading: ReadOptions) -> str:
    """The same for the same settings of the college, whatever one load asks and on any day."""
    told = json.dumps(written(reading).stored(), sort_keys=True)
    return sha256(told.encode()).hexdigest()


def attributes_of(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())
