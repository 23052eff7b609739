"""Canvas' JSON about rubrics and what was given on them, as far as we use it."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct
from msgspec.json import Decoder

from adapters.outbound.canvas.outcome_payloads import RefPayload
from adapters.outbound.canvas.payloads import AssignmentPayload, RawId


class CriterionRatingPayload(Struct, frozen=True):
    id: str
    points: Decimal | None = None
    description: str | None = None


class CriterionPayload(Struct, frozen=True):
    """`outcome_id` is there only on a row that is bound to an outcome."""

    id: str
    description: str | None = None
    ratings: list[CriterionRatingPayload] = []
    outcome_id: RawId | None = None
    vendor_guid: str | None = None


class RubricSettingsPayload(Struct, frozen=True):
    id: RawId
    title: str | None = None


class RubricAssignmentPayload(AssignmentPayload, frozen=True):
    """The keys of the rubric are missing unless one is there for grading."""

    rubric: list[CriterionPayload] | None = None
    rubric_settings: RubricSettingsPayload | None = None
    use_rubric_for_grading: bool | None = None


class GivenPayload(Struct, frozen=True, gc=False):
    """`points` are missing where the grader gave none.

    There are tens of thousands of these, and no circles among them: left out of the garbage
    collection, reading takes two thirds of the processor time.
    """

    rating_id: str | None = None
    points: Decimal | None = None


class RatedSubmissionPayload(Struct, frozen=True, gc=False):
    """`grader_id` is negative where a tool or a quiz graded."""

    assignment_id: RawId
    user_id: RawId | None = None
    grader_id: RawId | None = None
    graded_at: datetime | None = None
    posted_at: datetime | None = None
    attempt: int | None = None
    excused: bool | None = None
    rubric_assessment: dict[str, GivenPayload] | None = None


class MadeRubricPayload(Struct, frozen=True):
    rubric: RefPayload


RUBRIC_ASSIGNMENT = Decoder(RubricAssignmentPayload)
RUBRIC_ASSIGNMENTS = Decoder(list[RubricAssignmentPayload])
RATED_SUBMISSIONS = Decoder(list[RatedSubmissionPayload])
MADE_RUBRIC = Decoder(MadeRubricPayload)
