"""A section whose work is scored by others than its teacher, in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.runtime.chance import new_secret
from application.use_cases.access.session_starts import StartSessionCommand
from application.use_cases.access.sessions import StartSession
from domain.access import Role
from domain.ids import AssessmentId, PersonId, SectionAssessmentId
from tests.application.library_keeping import Keeping
from tests.builders import College, a_person, a_role_grant
from tests.http.support import Browser, browsing
from tests.http.whole import WholeHouse, under
from tests.stand_ins import FixedClock

WORK = SectionAssessmentId("work-essay")
ESSAY = AssessmentId("assessment-essay")
AT = f"/works/{WORK}"


class Scene:
    """The college of the builders, with coordinator `cora` and evaluator `eve` besides."""

    def __init__(self, house: WholeHouse, browser: Browser) -> None:
        self.house = house
        self.browser = browser
        self.keeping = Keeping(house.units)

    def as_(self, name: str, role: Role) -> Browser:
        start = StartSession(self.house.units, self.house.clock, new_secret)
        command = StartSessionCommand(PersonId(f"person-{name}"), role, {}, "", "/")
        return self.browser.signed_in(start(command))

    @property
    def tess(self) -> Browser:
        return self.as_("tess", Role.FACULTY)

    @property
    def eve(self) -> Browser:
        return self.as_("eve", Role.EVALUATOR)

    @property
    def cora(self) -> Browser:
        return self.as_("cora", Role.COORDINATOR)


def text_of(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


@contextmanager
def scene(
    units: MemoryUnits, jobs: MemoryJobs, clock: FixedClock, data_dir: str = "data"
) -> Iterator[Scene]:
    with units() as unit:
        College().store(unit)
        unit.roster.put_people([
            a_person("eve", given_name="Eve", family_name="Adler", login="eadler", tech_id="E77"),
            a_person("cora"), a_person("zoe"),
        ])  # fmt: skip
        unit.roster.grant(a_role_grant("cora", role=Role.COORDINATOR))
        unit.roster.grant(a_role_grant("tess", role=Role.FACULTY))
        unit.roster.grant(a_role_grant("zoe", role=Role.EVALUATOR))
        unit.commit()
    house = WholeHouse(units, jobs, clock, data_dir=data_dir)
    with browsing(
        house.app(
            routes=under(
                "/works",
                "/scoring",
                "/reflections",
                "/assessments",
                "/downloads",
                "/evidence",
                "/calendar",
                "/library",
            )
        )
    ) as browser:
        yield Scene(house, browser)
