"""A college whose course outcomes were never sent, and what a practice Canvas hears of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from domain.ids import CourseId, LmsAccountRef, OrgId, ScaleId
from domain.lms_site import AccountAuthorisation
from domain.slo import PerformanceDescriptor, Slo
from sandbox.canvas.app import Canvas
from tests import builders
from tests.crash.school import SITE, TEACHER, TESS, School

COURSES, SLOS_A_COURSE = 200, 5
ROOT_ACCOUNT = 1
ORG = OrgId("org-science")
WORDS = {1: "No claim is made.", 2: "A claim is made.", 3: "The claim is argued.", 4: "It holds."}


@dataclass(slots=True)
class Heard:
    """Calls that reached Canvas since the last look, by kind."""

    canvas: Canvas
    kinds: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.canvas.faults.listeners.append(self._hear)

    def take(self) -> Counter[str]:
        taken, self.kinds = self.kinds, Counter()
        return taken

    def _hear(self, method: str, path: str) -> None:
        if path.startswith("/api/"):
            self.kinds[_kind(method, path)] += 1


def _kind(method: str, path: str) -> str:
    if "/outcome_imports" in path:
        return "uploads" if method == "POST" else "polls"
    return "reads" if method == "GET" else "other writes"


def fill(school: School) -> None:
    """Courses with their outcomes, all for one account, on which the teacher may act."""
    school.make_ready_to_send()
    school.canvas.state.admins.add((TESS, ROOT_ACCOUNT))
    now = datetime.now(UTC)
    with school.house() as house, house.use_cases.units()() as unit:
        unit.roster.put_orgs([builders.an_org("science")])
        unit.roster.put_courses(
            builders.a_course(f"c{number:03}", org_id=ORG) for number in range(COURSES)
        )
        unit.outcomes.put_slos(_slos())
        unit.pairings.save_account(
            AccountAuthorisation(
                SITE.id, TEACHER, LmsAccountRef(str(ROOT_ACCOUNT)), now, now, "", 0
            )
        )
        unit.commit()


def _slos() -> Iterator[Slo]:
    descriptors = tuple(
        PerformanceDescriptor(ScaleId("scale-four"), Decimal(points), text)
        for points, text in WORDS.items()
    )
    for course in range(COURSES):
        for number in range(SLOS_A_COURSE):
            key = f"c{course:03}-{number}"
            yield builders.an_slo(
                key, course_id=CourseId(f"course-c{course:03}"), descriptors=descriptors
            )
