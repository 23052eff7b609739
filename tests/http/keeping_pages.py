"""A college whose SLOs are kept, with a steward and a coordinator in the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape

from httpx import Response

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.runtime.chance import new_secret
from application.use_cases.access.session_starts import StartSessionCommand
from application.use_cases.access.sessions import StartSession
from domain.access import Role
from domain.ids import PersonId
from tests import builders
from tests.application.keeping import Keeping
from tests.http.support import Browser, browsing
from tests.http.whole import WholeHouse, under
from tests.stand_ins import FixedClock


@dataclass
class KeepingPages:
    keeping: Keeping
    house: WholeHouse
    browser: Browser

    def enter(self, name: str, role: Role) -> None:
        start = StartSession(self.house.units, self.house.clock, new_secret)
        command = StartSessionCommand(PersonId(f"person-{name}"), role, {}, "", "/")
        self.browser.signed_in(start(command))

    def text(self, path: str) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)

    def done(self, path: str, **form: str) -> str:
        """Post and go on; the page after it."""
        answer = self.browser.post(path, form)
        assert answer.status_code == 303, unescape(answer.text)
        return self.text(answer.headers["location"])

    def refused(self, path: str, status: int = 422, /, **form: str) -> str:
        answer: Response = self.browser.post(path, form)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)


@contextmanager
def keeping_pages(
    units: MemoryUnits, jobs: MemoryJobs, clock: FixedClock
) -> Iterator[KeepingPages]:
    """Signed in as the steward."""
    keeping = Keeping(units, clock)
    with units() as unit:
        unit.roster.put_people([builders.a_person("stew")])
        unit.roster.grant(builders.a_role_grant("stew", role=Role.DATA_STEWARD))
        unit.commit()
    house = WholeHouse(units, jobs, clock)
    with browsing(house.app(routes=under("/slos", "/scales", "/library"))) as browser:
        pages = KeepingPages(keeping, house, browser)
        pages.enter("stew", Role.DATA_STEWARD)
        yield pages
