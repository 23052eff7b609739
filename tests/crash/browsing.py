"""Tess at her browser: from the launch to the report, over HTTP and in both servers' cookies."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.adapters.lti.signing import BASIC, FORM, signed_body
from tests.crash.processes import PATIENCE
from tests.crash.school import ASSIGNMENT, COURSE, KEY, POINTS, SECRET, SITE, TESS, WORK, School

OURS = {"sec-fetch-site": "same-origin", "accept": "text/html"}
CANVAS = {"sec-fetch-site": "cross-site"}

Change = dict[str, str | int]


def a_change(student: str, row: str, value: str, seen: int = 0) -> Change:
    """One cell of the scorecard; `seen` is the version that was looked at."""
    return {"student": f"person-{student}", "row": f"row-{row}", "value": value, "seen": seen}


@dataclass
class Visitor:
    school: School
    client: httpx.Client
    csrf: str = ""
    """The form token of the session, as the last page of Attain gave it."""

    def launch(self) -> str:
        """Open the assignment in Canvas, as its signed form does; the page that this leads to."""
        url = f"{self.school.base_url}/lti/launch"
        form = list(_form(self.school).items())
        body = signed_body(form, url, KEY, SECRET, token_hex(16), datetime.now(UTC))
        return self._seen(
            self.client.post(url, content=body, headers={"content-type": FORM, **CANVAS})
        )

    def authorise(self) -> str:
        """Press *Authorize*, sign in to Canvas, consent there; the page that we come back to."""
        asked = {"site_id": SITE.id, "then": "/assessments", "csrf": self.csrf}
        login = self.client.post(self._at("/authorise"), data=asked)
        canvas, back = self.school.canvas_url, _hidden(login.text, "return_to")
        who = {"user_id": str(TESS), "return_to": back}
        confirm = self.client.post(f"{canvas}/login", data=who)
        answer = {"answer": "authorize"}
        return self._seen(self.client.post(str(confirm.url), data=answer, headers=CANVAS))

    def link(self) -> str:
        form = {"work_id": WORK, "go": "yes", "csrf": self.csrf}
        return self._seen(self.client.post(self._at("/links"), data=form))

    def save(self, *changes: Change) -> httpx.Response:
        """Save cells as the scorecard does."""
        return self.client.patch(
            self._at(f"/works/{WORK}/scores"),
            json={"changes": list(changes)},
            headers={"x-csrf-token": self.csrf},
        )

    def send(self) -> str:
        """Send to everybody whom the dry list ticked; the address of the report."""
        path = self._at(f"/works/{WORK}/send")
        ready = re.findall(
            r'name="student" value="([^"]+)"[^>]* checked', self.client.get(path).text
        )
        return self._seen(self.client.post(path, data={"student": ready, "csrf": self.csrf}))

    def state_of(self, report: str) -> dict[str, Any]:
        """The counts of a send."""
        state: dict[str, Any] = self.client.get(self._at(f"{report}/state")).json()
        return state

    def _seen(self, page: httpx.Response) -> str:
        assert page.status_code == 200, (page.status_code, page.url.path)
        found = re.search(r'<meta name="csrf" content="([^"]+)"', page.text)
        self.csrf = found[1] if found else self.csrf
        return urlsplit(str(page.url)).path

    def _at(self, path: str) -> str:
        return f"{self.school.base_url}{path}"


@contextmanager
def visiting(school: School) -> Iterator[Visitor]:
    """A browser that opens a connection for each request, so that any web worker may get it."""
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(
        headers=OURS, follow_redirects=True, timeout=PATIENCE, limits=limits
    ) as client:
        yield Visitor(school, client)


def _form(school: School) -> dict[str, str]:
    return BASIC | {
        "tool_consumer_instance_guid": "guid",
        "resource_link_id": "resource-essay",
        "user_id": "lti-tess",
        "lis_person_sourcedid": "Ctess",
        "context_id": "context-1",
        "context_label": "ENGL101-01",
        "custom_canvas_course_id": str(COURSE),
        "custom_canvas_assignment_id": str(ASSIGNMENT),
        "custom_canvas_assignment_title": "Essay",
        "custom_canvas_assignment_points_possible": str(POINTS),
        "custom_canvas_user_id": str(TESS),
        "launch_presentation_return_url": f"{school.canvas_url}/courses/{COURSE}/return",
    }


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, f"This page has no hidden field {name}."
    return unescape(found[1])
