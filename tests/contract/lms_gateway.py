"""The contract of every LMS plug-in: what any `Lms` and `LmsGateway` must keep."""

from tests.contract.lms_grading import GradingContract
from tests.contract.lms_reading import ReadingContract
from tests.contract.lms_trust import TrustContract


class LmsGatewayContract(ReadingContract, GradingContract, TrustContract):
    """Derive from it and give a `harness` fixture."""
