"""A course with one assignment and one student, and calls about it."""

from dataclasses import dataclass
from decimal import Decimal

from application.ports.lms import LmsCapability, LmsGateway
from application.ports.lms_plugin import Grant
from domain.ids import LmsAccountRef, LmsAssignmentRef, LmsCourseRef, LmsUserRef
from tests.contract.harness import LmsHarness

NEAR = Decimal("0.000001")
NOBODY = LmsUserRef("987654321")
NOTHING = LmsAssignmentRef("987654321")
MORE_THAN_A_PAGE = 105
BACK = "https://attain.test/back"
"""Our redirect URI, as registered with the client."""


@dataclass(frozen=True, slots=True)
class Scene:
    course: LmsCourseRef
    assignment: LmsAssignmentRef
    student: LmsUserRef


def a_scene(harness: LmsHarness) -> Scene:
    course = harness.given_course()
    return Scene(course, harness.given_assignment(course), harness.given_student(course))


async def read_once(gateway: LmsGateway, scene: Scene) -> None:
    await gateway.assignment(scene.course, scene.assignment)


async def put_once(gateway: LmsGateway, scene: Scene) -> object:
    return await gateway.put_grade(scene.course, scene.assignment, scene.student, Decimal(1))


async def post_once(gateway: LmsGateway, scene: Scene) -> object:
    return await gateway.post_grades(scene.course, scene.assignment, {scene.student: Decimal(1)})


async def first_student(gateway: LmsGateway, scene: Scene) -> object:
    return await anext(gateway.students(scene.course))


async def first_user(gateway: LmsGateway, account: LmsAccountRef) -> object:
    return await anext(gateway.users(account))


async def handed_in(harness: LmsHarness, scene: Scene) -> object:
    if LmsCapability.SUBMISSIONS in harness.gateway.capabilities:
        harness.given_handed_in(scene.assignment, scene.student, "https://example.edu/essay")
    return await anext(harness.gateway.submissions(scene.course, scene.assignment))


async def redeemed(harness: LmsHarness) -> Grant:
    code = harness.given_code()
    return await harness.lms.redeem(harness.site, code=code, redirect_uri=BACK)


def shows_no_secret(harness: LmsHarness, error: BaseException) -> None:
    shown = f"{error} {error!r} {error.__cause__}"
    assert not [secret for secret in harness.secrets() if secret in shown]


async def codes_of(gateway: LmsGateway, account: LmsAccountRef) -> dict[LmsCourseRef, str]:
    """The Course Codes of the account's courses."""
    return {course.ref: course.code async for course in gateway.courses_of(account)}


async def listed_courses(harness: LmsHarness) -> object:
    """Those of an account that the teacher administers, where there are accounts."""
    if LmsCapability.COURSES not in harness.gateway.capabilities:
        return await codes_of(harness.gateway, LmsAccountRef("1"))
    account = harness.given_account()
    harness.given_outcome_admin(account)
    harness.given_course(account=account)
    return await codes_of(harness.gateway, account)
