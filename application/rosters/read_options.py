"""What a steward may ask of the reading of a roster, the same for all formats."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from application.errors import Invalid
from application.rosters.role_words import require_grantable
from domain.access import Role
from domain.rostering import EnrolmentRole

ENCODINGS = ("utf-8", "windows-1252", "iso-8859-1")
TECH_ID_COLUMNS = ("identifier", "sourcedId", "userMasterIdentifier")
ATTRIBUTES = (
    "sex", "americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican",
    "nativeHawaiianOrOtherPacificIslander", "white", "demographicRaceTwoOrMoreRaces",
    "hispanicOrLatinoEthnicity", "countryOfBirthCode", "stateOfBirthAbbreviation",
    "cityOfBirth", "publicSchoolResidenceStatus",
)  # fmt: skip
"""The columns of OneRoster's demographics that may be switched on; never `birthDate`."""
AGE_BAND = "age_band"
"""An attribute worked out of the birth date, which itself is not kept."""
_LONGEST_WIDTH = 64


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """The defaults read every format as its standard says. Raises Invalid for nonsense.

    Attributes:
        encoding: one of ENCODINGS; UTF-16 and UTF-8 with their marks are always known.
        orgs: codes or source ids of orgs; they and all below are read. Empty: all.
        terms: source ids or names of terms. Empty: all.
        tech_id: where OneRoster has the Tech ID: one of TECH_ID_COLUMNS, or `userIds:TYPE`.
            Where the column is empty the sourcedId stands in.
        tech_id_width: numeric Tech IDs that are shorter get zeros in front; 0 leaves them.
        whole: Canvas SIS and data load have no manifest. True: each file that is there is
            the whole truth of its kind. False: only the listed rows change. None: as the
            format is meant, which is False for Canvas SIS and True for the data load.
        course_code: a pattern (regular expression) that finds the catalogue code at the
            start of a Canvas Course Code. Empty: the whole Course Code is the catalogue code.
        enrolment_roles: further words for roles in a section, such as `Lead Teacher`.
        grants: OneRoster 1.2 roles that give a role here, such as `siteAdministrator`, in the
            org of their row. Nothing is granted without it. The data load's own `roles` need
            none. Both kinds of words are found in any case.
        demographics: names of attributes to read; empty reads none. For OneRoster they are
            ATTRIBUTES, for the data load any column; AGE_BAND for both.
        age_on: the day on which ages are counted, mostly today; AGE_BAND needs it.
    """

    encoding: str = "utf-8"
    orgs: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    tech_id: str = "identifier"
    tech_id_width: int = 0
    whole: bool | None = None
    course_code: str = ""
    enrolment_roles: Mapping[str, EnrolmentRole] = field(default_factory=dict)
    grants: Mapping[str, Role] = field(default_factory=dict)
    demographics: frozenset[str] = frozenset()
    age_on: date | None = None

    def __post_init__(self) -> None:
        if self.encoding not in ENCODINGS:
            raise Invalid("encoding", f"use {', '.join(ENCODINGS)}.")
        if self.tech_id not in TECH_ID_COLUMNS and not self.tech_id.startswith("userIds:"):
            raise Invalid("tech-id", f"use {', '.join(TECH_ID_COLUMNS)} or userIds:TYPE.")
        if not 0 <= self.tech_id_width <= _LONGEST_WIDTH:
            raise Invalid("tech-id-width", f"give a number from 0 to {_LONGEST_WIDTH}.")
        if AGE_BAND in self.demographics and self.age_on is None:
            raise Invalid("demographics", "an age band needs the day on which ages count.")
        require_grantable(self.grants.values())
        try:
            re.compile(self.course_code)
        except re.error as wrong:
            raise Invalid("course-code", f"this pattern cannot be read: {wrong}.") from None


@dataclass(frozen=True, slots=True)
class LoadReading:
    """What is asked of the reading of one load; the college's own settings stand beside it.

    The fields are those of ReadOptions, but for `settings`.
    """

    encoding: str = ENCODINGS[0]
    orgs: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    whole: bool | None = None
    settings: str = ""
    """The mark of the settings by which it was compared; empty before."""

    def over(self, settings: ReadOptions) -> ReadOptions:
        """Raises: Invalid for an unknown encoding."""
        return replace(
            settings,
            encoding=self.encoding,
            orgs=frozenset(self.orgs),
            terms=frozenset(self.terms),
            whole=self.whole,
        )


AS_THE_COLLEGE_READS = LoadReading()
USUAL = ReadOptions()
