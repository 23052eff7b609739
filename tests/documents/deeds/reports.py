"""Reports."""

from domain.access import Right
from tests.documents.deeds import Deed, Not

READ = Right.READ_REPORTS
DEEDS = (
    Deed("See which reports there are", READ, Not("`attain report --help`"), "GET /reports",
         Not("for people")),
    Deed("Read SLO performance, and take it along", READ, "report slo",
         "GET /reports/slo, GET /reports/slo/export", "GET /api/v1/reports/slo"),
    Deed("Read results by group, and take them along", READ, "report disaggregation",
         "GET /reports/disaggregation, GET /reports/disaggregation/export",
         "GET /api/v1/reports/disaggregation"),
    Deed("Read participation, and take it along", READ, "report participation",
         "GET /reports/participation, GET /reports/participation/export",
         "GET /api/v1/reports/participation"),
    Deed("Read what became of action plans, and take it along", READ, "report improvement",
         "GET /reports/improvement, GET /reports/improvement/export",
         "GET /api/v1/reports/improvement"),
    Deed("Read inter-rater agreement, and take it along", READ, "report agreement",
         "GET /reports/agreement, GET /reports/agreement/export",
         "GET /api/v1/reports/agreement"),
)  # fmt: skip
