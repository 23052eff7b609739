"""Places, contents and uploads for the contract of outcomes and rubrics."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import uuid4

from application.errors import LmsRefused
from application.ports.lms import LmsGateway
from application.ports.lms_outcomes import OutcomeDraft, OutcomeUpload, UploadReport, UploadState
from domain.ids import LmsAccountRef, LmsCourseRef, LmsFolderRef, LmsOutcomeRef, RowId
from domain.outcomes.content import Calculation, OutcomeContent, OutcomeScale, Rating
from domain.outcomes.found import Found, FoundOutcome, OutcomePlace, PlaceKind
from domain.outcomes.sync_plan import FolderWish
from domain.score_import.lms_rubric import GivenRating, LmsCriterion, RubricAssignment
from domain.score_import.placed_rubric import DraftCriterion, DraftRating, RubricDraft
from tests.contract.harness import LmsSide

CHECK = "attain-check"
"""With this every guid of the suite begins, so that a real site can be cleared up."""
NO_ACCOUNT = OutcomePlace(PlaceKind.ACCOUNT, "987654321")
NO_COURSE = OutcomePlace(PlaceKind.COURSE, "987654321")
NO_FOLDER = LmsFolderRef("987654321")
NO_OUTCOME = LmsOutcomeRef("987654321")
PATIENCE = 150
"""How often a side is given time before an upload counts as lost."""


def a_guid() -> str:
    return f"{CHECK}:{uuid4().hex}"


def account_place(account: LmsAccountRef) -> OutcomePlace:
    return OutcomePlace(PlaceKind.ACCOUNT, account)


def course_place(course: LmsCourseRef) -> OutcomePlace:
    return OutcomePlace(PlaceKind.COURSE, course)


def a_place(side: LmsSide, kind: PlaceKind) -> OutcomePlace:
    """A course of the teacher, or an account that the teacher administers."""
    if kind is PlaceKind.COURSE:
        return course_place(side.given_course())
    account = side.given_account()
    side.given_outcome_admin(account)
    return account_place(account)


def a_folder_wish(title: str = "MATH 101") -> FolderWish:
    return FolderWish(a_guid(), title, "Outcomes of the course")


def a_content(
    title: str = "Argues a claim",
    *,
    display_name: str = "Claims",
    description: str = "States a claim and defends it.",
    points: tuple[str, ...] = ("4", "3", "2", "1"),
    mastery: str = "3",
    label: str = "Level",
) -> OutcomeContent:
    ratings = tuple(Rating(Decimal(one), f"{label} {one}") for one in points)
    scale = OutcomeScale(ratings, Decimal(mastery), Calculation("latest"))
    return OutcomeContent(title, display_name, description, scale)


def an_upload(
    found: Found, folder: FolderWish, outcomes: Iterable[tuple[str, OutcomeContent]]
) -> OutcomeUpload:
    drafts = tuple(OutcomeDraft(guid, content, (folder.guid,)) for guid, content in outcomes)
    return OutcomeUpload((folder,), drafts, found)


async def uploaded(side: LmsSide, place: OutcomePlace, upload: OutcomeUpload) -> UploadReport:
    """Hand it over and wait for its end."""
    reference = await side.gateway.upload_outcomes(place, upload)
    for _ in range(PATIENCE):
        await side.time_passes()
        report = await side.gateway.upload_report(place, reference, upload)
        if report.state is not UploadState.RUNNING:
            return report
    raise AssertionError("The upload did not come to an end.")


def by_guid(found: Found, guids: Iterable[str]) -> dict[str, FoundOutcome]:
    wanted = set(guids)
    return {one.guid: one for one in found.outcomes if one.guid in wanted}


def titles_of(found: Found, guid: str) -> list[str]:
    """Of all folders with the guid."""
    return [folder.title for folder in found.folders if folder.guid == guid]


def unlike(wanted: OutcomeContent, found: FoundOutcome) -> tuple[str, ...]:
    return wanted.differences(found.content)


def a_criterion(
    key: str,
    outcome: LmsOutcomeRef | None = None,
    *,
    points: tuple[str, ...] = ("4", "3", "2", "1"),
) -> DraftCriterion:
    ratings = tuple(
        DraftRating(Decimal(one), Decimal(at), f"Level {at}", f"What it takes for {at}")
        for at, one in zip(("4", "3", "2", "1"), points, strict=True)
    )
    mastery = Decimal(points[1]) if outcome else None
    return DraftCriterion(RowId(key), f"Row {key}", f"About {key}", ratings, outcome, mastery)


def a_draft(*criteria: DraftCriterion, grades: bool = False) -> RubricDraft:
    return RubricDraft(f"Rubric {uuid4().hex}", criteria, grades, keeps_points=not grades)


def chosen(row: LmsCriterion, points: str) -> GivenRating:
    """The rating of these points, as a grader clicks it."""
    rating = next(one for one in row.ratings if one.points == Decimal(points))
    return GivenRating(row.ref, rating.ref, rating.points)


def comment_on(row: LmsCriterion) -> GivenRating:
    return GivenRating(row.ref, None, None)


async def rubric_assignment(
    gateway: LmsGateway, course: LmsCourseRef, assignment: str
) -> RubricAssignment:
    async for one in gateway.rubric_assignments(course):
        if one.ref == assignment:
            return one
    raise LmsRefused("The assignment is not among those of the course.")
