"""What became of a launch, in a steward's words."""

from adapters.inbound.http.problem_table import PROBLEMS
from domain.identity import LaunchRecord, MismatchReason

REASONS = {
    MismatchReason.ANONYMOUS: "Nobody was named: the tool's privacy level in the LMS hides people.",
    MismatchReason.TEST_STUDENT: "Canvas' Test Student is no person of ours.",
    MismatchReason.OBSERVER: "An observer; observers see no student data.",
    MismatchReason.NOTHING_SENT: "The LMS sent no value for the matching rule.",
    MismatchReason.NOBODY: "Nobody here has the value that was sent.",
    MismatchReason.SEVERAL: "Several people here have the value that was sent.",
    MismatchReason.REASSIGNED: "The value now names another person than at earlier launches.",
    MismatchReason.INACTIVE: "The person with this value is inactive here.",
}


def outcome(record: LaunchRecord) -> str:
    if record.slug == "ok":
        return "Let in"
    if record.reason in set(MismatchReason):
        return REASONS[MismatchReason(record.reason)]
    row = PROBLEMS.get(record.slug)
    return row.title if row else record.slug
