"""The contract of every LMS plug-in: what any `Lms` and `LmsGateway` must keep.

Derive from these and give a `harness` fixture. The roles of a contract that names a capability
in `needs` are asked only of those who declare it.
"""

from tests.contract.lms_consent import ConsentContract
from tests.contract.lms_courses import CoursesContract
from tests.contract.lms_grading import GradingContract
from tests.contract.lms_outcome_rules import OutcomeRulesContract
from tests.contract.lms_outcome_uploads import OutcomeUploadsContract
from tests.contract.lms_outcomes import OutcomesContract
from tests.contract.lms_people import PeopleContract
from tests.contract.lms_reading import ReadingContract
from tests.contract.lms_rubric_scores import RubricScoresContract
from tests.contract.lms_rubrics import RubricsContract
from tests.contract.lms_submissions import SubmissionsContract
from tests.contract.lms_trust import TrustContract

__all__ = [
    "ConsentContract",
    "CoursesContract",
    "LmsGatewayContract",
    "OutcomeRulesContract",
    "OutcomeUploadsContract",
    "OutcomesContract",
    "PeopleContract",
    "RubricScoresContract",
    "RubricsContract",
    "SubmissionsContract",
]


class LmsGatewayContract(ReadingContract, GradingContract, TrustContract):
    """What all of them keep, whatever they declare."""
