"""The fixed words of OneRoster, in both versions, and the names of its files."""

from adapters.inbound.files.words import Words
from domain.rostering import EnrolmentRole

VERSIONS = ("1.1", "1.2")
STATUS = Words(("active", "tobedeleted"), {"inactive": "tobedeleted", "deleted": "tobedeleted"})
ORG_TYPES = Words(("department", "school", "district", "local", "state", "national"), open=True)
SESSION_TYPES = Words(("term", "semester", "gradingPeriod", "schoolYear"), open=True)
CLASS_TYPES = Words(("scheduled", "homeroom"), open=True)
USER_ROLES = Words(
    ("administrator", "aide", "guardian", "parent", "proctor", "relative", "student", "teacher")
)
"""Of `users.role` in 1.1."""
OURS = {"student": EnrolmentRole.STUDENT, "teacher": EnrolmentRole.TEACHER}
"""The roles that a roster gives."""
ROLES = (
    "aide", "counselor", "districtAdministrator", "guardian", "parent", "principal", "proctor",
    "relative", "siteAdministrator", "student", "systemAdministrator", "teacher",
)  # fmt: skip
"""Of `roles.role` in 1.2."""
ROLE_TYPES = Words(("primary", "secondary"))
ENROLMENT_ROLES = ("administrator", "proctor", "student", "teacher")
SEX = Words(("male", "female", "unspecified", "other"))

OTHERS = (
    "categories", "classResources", "courseResources", "lineItems", "resources", "results",
    "userProfiles", "userResources", "lineItemLearningObjectiveIds", "lineItemScoreScales",
    "resultLearningObjectiveIds", "resultScoreScales", "scoreScales",
)  # fmt: skip
"""Data files of either version that hold no roster; they may be there and are not read."""
