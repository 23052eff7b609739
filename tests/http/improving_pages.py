"""A college with results in a browser, where anybody signs in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.runtime.chance import new_secret
from application.use_cases.access.session_starts import StartSessionCommand
from application.use_cases.access.sessions import StartSession
from domain.access import Role
from domain.ids import PersonId
from tests import builders
from tests.http.support import Browser, browsing
from tests.http.whole import WholeHouse, under
from tests.stand_ins import FixedClock


@dataclass
class ImprovingPages:
    house: WholeHouse
    browser: Browser

    def enter(self, name: str, role: Role, context: Mapping[str, str] | None = None) -> None:
        start = StartSession(self.house.units, self.house.clock, new_secret)
        command = StartSessionCommand(PersonId(f"person-{name}"), role, context or {}, "", "/")
        self.browser.signed_in(start(command))

    def text(self, path: str) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)

    def made(self, path: str, /, **form: str) -> str:
        """Post a form that makes a record; the path of the record."""
        answer = self.browser.post(path, form)
        assert answer.status_code == 303, unescape(answer.text)
        return str(answer.headers["location"]).partition("?")[0]

    def done(self, path: str, /, **form: str) -> str:
        """Post and go on; the page after it."""
        answer = self.browser.post(path, form)
        assert answer.status_code == 303, unescape(answer.text)
        return self.text(answer.headers["location"])

    def refused(self, path: str, status: int = 422, /, **form: str) -> str:
        answer = self.browser.post(path, form)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)


@contextmanager
def improving_pages(
    units: MemoryUnits, jobs: MemoryJobs, clock: FixedClock
) -> Iterator[ImprovingPages]:
    with units() as unit:
        unit.roster.put_people([builders.a_person("stew")])
        unit.roster.grant(builders.a_role_grant("stew", role=Role.DATA_STEWARD))
        unit.commit()
    house = WholeHouse(units, jobs, clock)
    with browsing(
        house.app(
            routes=under(
                "/action-plans",
                "/rfis",
                "/question-templates",
                "/home",
                "/works",
                "/reminders",
                "/assessments",
            )
        )
    ) as browser:
        yield ImprovingPages(house, browser)
