"""Records of the exchange with the LMS with valid defaults, in the manner of `tests.builders`."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from domain.ids import (
    ImportId,
    LmsAccountRef,
    LmsAssignmentRef,
    LmsCourseRef,
    LmsCriterionRef,
    LmsOutcomeRef,
    LmsRatingRef,
    LmsRubricRef,
    LmsUserRef,
    OrgId,
    PersonId,
    PublicationId,
    RowId,
    SectionAssessmentId,
    SectionId,
    SiteId,
    SloId,
    SyncItemId,
    SyncRunId,
)
from domain.lms_site import AccountAuthorisation, OrgPairing, SectionPairing
from domain.outcomes.content import OutcomeContent, RatingMeaning, content_of, meanings_of
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.outcomes.publication import Publication
from domain.outcomes.sync_plan import FolderWish, Step
from domain.outcomes.sync_run import ItemState, RunState, SyncItem, SyncRun, Upload
from domain.score import BLANK
from domain.score_import.import_plan import ImportPolicy
from domain.score_import.import_run import (
    ImportCounts,
    ImportedCell,
    ImportState,
    RefreshPlan,
    ScoreImport,
)
from domain.score_import.lms_rubric import (
    GivenRating,
    LmsCriterion,
    LmsRating,
    LmsRubric,
    RubricAssignment,
    RubricScores,
)
from domain.score_import.placed_rubric import PlacedCriterion, PlacedRubric
from domain.score_import.reading import Reading
from domain.score_import.source import Contribution, ScoreSource
from tests.builders import a_criterion
from tests.stand_ins import NOON

_SITE = SiteId("site-main")
_WORK = SectionAssessmentId("work-essay")
_COURSE = LmsCourseRef("101")


def a_place(kind: PlaceKind = PlaceKind.ACCOUNT, ref: str = "1") -> OutcomePlace:
    return OutcomePlace(kind, ref)


def an_outcome_content(key: str = "thesis", **changes: Any) -> OutcomeContent:
    return replace(content_of(a_criterion(key)), **changes)


def some_meanings(key: str = "thesis") -> tuple[RatingMeaning, ...]:
    return meanings_of(a_criterion(key))


def a_publication(key: str = "thesis", **changes: Any) -> Publication:
    publication = Publication(
        PublicationId(f"publication-{key}"), _SITE, SloId("slo-thesis"), a_place(), None,
        f"attain:1:slo:slo-{key}", 1, 1, LmsOutcomeRef(f"outcome-{key}"), an_outcome_content(key),
        some_meanings(key), live=True, mapped=False, sent_at=NOON, run_id=None, version=0,
    )  # fmt: skip
    return replace(publication, **changes)


def a_sync_run(key: str = "first", **changes: Any) -> SyncRun:
    run = SyncRun(SyncRunId(f"run-{key}"), _SITE, None, None, "person-tess", NOON,
                  RunState.QUEUED, "", None, None, None, 0)  # fmt: skip
    return replace(run, **changes)


def a_sync_item(number: int = 1, run: str = "first", **changes: Any) -> SyncItem:
    folder = FolderWish("attain:1:course:course-engl101", "ENGL101", "Outcomes of ENGL101.")
    item = SyncItem(
        SyncItemId(f"item-{run}-{number}"), SyncRunId(f"run-{run}"), number, a_place(), folder,
        SloId("slo-thesis"), 1, "THESIS", Step.ADD, "attain:1:slo:slo-thesis", 1,
        an_outcome_content(), some_meanings(), None, None, ItemState.PENDING, "", None,
    )  # fmt: skip
    return replace(item, **changes)


def an_upload(number: int = 1, run: str = "first", **changes: Any) -> Upload:
    upload = Upload(SyncRunId(f"run-{run}"), a_place(), number, (SyncItemId(f"item-{run}-1"),),
                    "", 0, settled=False)  # fmt: skip
    return replace(upload, **changes)


def a_score_import(key: str = "first", **changes: Any) -> ScoreImport:
    score_import = ScoreImport(
        ImportId(f"import-{key}"), _WORK, _SITE, _COURSE, "ENGL 101", PersonId("person-tess"),
        NOON, scheduled=False, state=ImportState.READING, reason="", assignments=(),
        policy=ImportPolicy.LATEST, counts=ImportCounts(), job_id=None, applied_at=None, version=0,
    )  # fmt: skip
    return replace(score_import, **changes)


def an_lms_rating(points: int = 3, **changes: Any) -> LmsRating:
    rating = LmsRating(LmsRatingRef(f"rating-{points}"), Decimal(points), f"Level {points}")
    return replace(rating, **changes)


def an_lms_criterion(key: str = "thesis", **changes: Any) -> LmsCriterion:
    ratings = tuple(an_lms_rating(points) for points in (4, 3, 2, 1))
    criterion = LmsCriterion(LmsCriterionRef(f"criterion-{key}"), key.title(),
                             LmsOutcomeRef(f"outcome-{key}"), f"attain:1:slo:slo-{key}",
                             ratings)  # fmt: skip
    return replace(criterion, **changes)


def an_lms_rubric(*keys: str, **changes: Any) -> LmsRubric:
    """One row for each key; one row when none is named."""
    criteria = tuple(an_lms_criterion(key) for key in keys or ("thesis",))
    return replace(LmsRubric(LmsRubricRef("rubric-1"), "Essay rubric", criteria), **changes)


def a_rubric_assignment(ref: str = "501", **changes: Any) -> RubricAssignment:
    assignment = RubricAssignment(
        LmsAssignmentRef(ref), f"Essay {ref}", published=True, anonymous=False,
        points_possible=Decimal(10), launch_url="", rubric=an_lms_rubric(), rubric_grades=True,
    )  # fmt: skip
    return replace(assignment, **changes)


def some_rubric_scores(
    student: str = "ana", assignment: str = "501", **changes: Any
) -> RubricScores:
    given = GivenRating(LmsCriterionRef("criterion-thesis"), LmsRatingRef("rating-3"), Decimal(3))
    scores = RubricScores(
        LmsAssignmentRef(assignment), LmsUserRef(f"user-{student}"), (given,), NOON,
        LmsUserRef("user-tess"), 1, posted=True, excused=False,
    )  # fmt: skip
    return replace(scores, **changes)


def a_reading(ref: str = "501", *students: str) -> Reading:
    """One assignment with a grading of each student; of `ana` when none is named."""
    scores = tuple(some_rubric_scores(student, ref) for student in students or ("ana",))
    return Reading(a_rubric_assignment(ref), scores)


def an_imported_cell(student: str = "ana", row: str = "thesis", **changes: Any) -> ImportedCell:
    cell = ImportedCell(ImportId("import-first"), PersonId(f"person-{student}"),
                        RowId(f"row-{row}"), BLANK, 1)  # fmt: skip
    return replace(cell, **changes)


def a_contribution(assignment: str = "501", **changes: Any) -> Contribution:
    contribution = Contribution(
        LmsAssignmentRef(assignment), f"Essay {assignment}", LmsCriterionRef("criterion-thesis"),
        LmsRatingRef("rating-3"), "Met", Decimal(3), Decimal(3), exact=True,
        grader_ref=LmsUserRef("user-tess"), graded_at=NOON,
    )  # fmt: skip
    return replace(contribution, **changes)


def a_score_source(student: str = "ana", row: str = "thesis", **changes: Any) -> ScoreSource:
    source = ScoreSource(_WORK, PersonId(f"person-{student}"), RowId(f"row-{row}"),
                         ImportId("import-first"), 1, (a_contribution(),))  # fmt: skip
    return replace(source, **changes)


def a_placed_rubric(assignment: str = "501", **changes: Any) -> PlacedRubric:
    levels = tuple((Decimal(points), Decimal(points)) for points in (4, 3, 2, 1))
    row = PlacedCriterion(RowId("row-thesis"), LmsCriterionRef("criterion-thesis"), levels)
    placed = PlacedRubric(_WORK, _SITE, _COURSE, LmsAssignmentRef(assignment),
                          LmsRubricRef("rubric-1"), (row,), PersonId("person-tess"),
                          NOON)  # fmt: skip
    return replace(placed, **changes)


def a_refresh_plan(work: str = "essay", **changes: Any) -> RefreshPlan:
    plan = RefreshPlan(
        SectionAssessmentId(f"work-{work}"), _SITE, _COURSE, "ENGL 101", (LmsAssignmentRef("501"),),
        ImportPolicy.LATEST, PersonId("person-tess"), 24, NOON, active=True, last_import=None,
        version=0,
    )  # fmt: skip
    return replace(plan, **changes)


def an_account_authorisation(person: str = "tess", **changes: Any) -> AccountAuthorisation:
    authorisation = AccountAuthorisation(_SITE, PersonId(f"person-{person}"), LmsAccountRef("1"),
                                         NOON, NOON, "", 0)  # fmt: skip
    return replace(authorisation, **changes)


def an_org_pairing(org: str = "english", **changes: Any) -> OrgPairing:
    pairing = OrgPairing(OrgId(f"org-{org}"), _SITE, LmsAccountRef(f"account-{org}"), org.title(),
                         "person-tess", NOON)  # fmt: skip
    return replace(pairing, **changes)


def a_section_pairing(person: str = "tess", **changes: Any) -> SectionPairing:
    pairing = SectionPairing(SectionId("section-engl101-01"), PersonId(f"person-{person}"), _SITE,
                             _COURSE, "ENGL 101", NOON)  # fmt: skip
    return replace(pairing, **changes)
