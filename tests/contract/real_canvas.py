"""A real Canvas for the part of the contract suite that clears up behind itself.

Four variables name it: ATTAIN_TEST_CANVAS_URL, ATTAIN_TEST_CANVAS_TOKEN (made by hand by a
teacher of the course who administers the account), ATTAIN_TEST_CANVAS_ACCOUNT and
ATTAIN_TEST_CANVAS_COURSE, a course in that account.
"""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any

import anyio
import httpx

from adapters.outbound.canvas.plugin import plugin
from adapters.outbound.canvas.settings import CanvasSettings
from adapters.outbound.runtime.clock import SystemClock
from application.errors import LmsUnauthorised
from application.ports.lms_plugin import Lms, LmsRuntime, SiteAccess, TokenSource
from domain.ids import LmsAccountRef, LmsAssignmentRef, LmsCourseRef, LmsUserRef
from tests.contract.harness import LmsSide
from tests.contract.lms_outcome_scene import CHECK

PREFIX = "ATTAIN_TEST_CANVAS_"
NAMES = ("URL", "TOKEN", "ACCOUNT", "COURSE")
NAP = 2.0
"""Seconds between two questions about an upload."""


def is_configured() -> bool:
    return all(os.environ.get(PREFIX + name) for name in NAMES)


class HandMadeToken(TokenSource):
    """A token that a person made in the settings of Canvas: there is nothing to renew it with."""

    def __init__(self, text: str) -> None:
        self._text = text

    async def token(self) -> str:
        return self._text

    async def renewed(self, refused: str) -> str:
        raise LmsUnauthorised("Canvas refuses the token of the test.")


class RealCanvas(LmsSide):
    """The course and account as they are; whatever a test makes there is deleted at the end."""

    def __init__(self, lms: Lms, calls: httpx.Client) -> None:
        given = {name: os.environ[PREFIX + name] for name in NAMES}
        self.lms = lms
        self.site = SiteAccess(given["URL"].rstrip("/"), "", "")
        self.account = LmsAccountRef(given["ACCOUNT"])
        self.course = LmsCourseRef(given["COURSE"])
        self.gateway = lms.acting(self.site, HandMadeToken(given["TOKEN"]))
        self.teacher = LmsUserRef("self")
        self._token = given["TOKEN"]
        self._calls = calls
        self._assignments: list[str] = []

    def given_course(
        self, *, code: str = "ENGL 101", account: LmsAccountRef | None = None
    ) -> LmsCourseRef:
        return self.course

    def given_assignment(
        self, course: LmsCourseRef, *, points_possible: Decimal = Decimal(10)
    ) -> LmsAssignmentRef:
        form = {
            "assignment[name]": f"{CHECK} (to be deleted)",
            "assignment[points_possible]": str(points_possible),
            "assignment[published]": "true",
            "assignment[submission_types][]": "none",
        }
        answer = self._calls.post(f"/courses/{course}/assignments", data=form)
        ref = LmsAssignmentRef(str(answer.raise_for_status().json()["id"]))
        self._assignments.append(f"/courses/{course}/assignments/{ref}")
        return ref

    def given_account(
        self, *, parent: LmsAccountRef | None = None, sis_id: str | None = None
    ) -> LmsAccountRef:
        return self.account

    def given_outcome_admin(self, account: LmsAccountRef) -> None:
        """Whoever made the token has to be one."""

    async def time_passes(self) -> None:
        await anyio.sleep(NAP)

    def closed(self) -> bool:
        return self._calls.is_closed

    def secrets(self) -> list[str]:
        return [self._token]

    def clear_up(self) -> None:
        """Assignments first: as long as their rubrics use an outcome, its folder cannot go."""
        for path in self._assignments:
            self._calls.delete(path).raise_for_status()
        for place in (f"/courses/{self.course}", f"/accounts/{self.account}"):
            folders = [row for row in self._listed(f"{place}/outcome_groups") if _is_ours(row)]
            for folder in folders:
                self._calls.delete(f"{place}/outcome_groups/{folder['id']}").raise_for_status()

    def _listed(self, path: str) -> Iterator[dict[str, Any]]:
        url: str | None = f"{path}?per_page=100"
        while url is not None:
            answer = self._calls.get(url).raise_for_status()
            yield from answer.json()
            url = answer.links.get("next", {}).get("url")


def _is_ours(folder: dict[str, Any]) -> bool:
    return str(folder.get("vendor_guid") or "").startswith(CHECK)


@asynccontextmanager
async def opened() -> AsyncIterator[RealCanvas]:
    base = os.environ[PREFIX + "URL"].rstrip("/") + "/api/v1"
    headers = {"Authorization": f"Bearer {os.environ[PREFIX + 'TOKEN']}"}
    settings = CanvasSettings(allow_private_hosts=True)
    runtime = LmsRuntime(SystemClock(), "Attain contract suite")
    with httpx.Client(base_url=base, headers=headers, timeout=30) as calls:
        async with plugin.open(settings, runtime) as lms:
            side = RealCanvas(lms, calls)
            try:
                yield side
            finally:
                side.clear_up()
