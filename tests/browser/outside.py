"""Attain over https with its neighbours: an LMS that launches it, and a stranger."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.adapters.lti.signing import signed_body
from tests.browser.certificate import Certificate, self_signed
from tests.browser.serving import free_port, serving_app
from tests.http.whole import KEY, SECRET, WholeHouse, a_launch_form, under
from tests.stand_ins import CountedIds

NAMES = ("tool.test", "lms.test", "other.test")
ROUTES = under("/assessments", "/links", "/works")
ICON = '<link rel="icon" href="data:,">'


@dataclass
class Neighbours:
    """Pages of other sites, by host and path; all on one port."""

    port: int
    pages: dict[tuple[str, str], str] = field(default_factory=dict)

    def put(self, host: str, path: str, body: str) -> str:
        """Serve this page from now on; its address."""
        head = f'<meta charset="utf-8"><title>{host}</title>{ICON}'
        self.pages[host, path] = f'<!doctype html><html lang="en">{head}{body}'
        return f"https://{host}:{self.port}{path}"

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        host = dict(scope["headers"]).get(b"host", b"").decode().partition(":")[0]
        page = self.pages.get((host, scope["path"]), "")
        await send({
            "type": "http.response.start",
            "status": 200 if page else 404,
            "headers": [(b"content-type", b"text/html; charset=utf-8")],
        })  # fmt: skip
        await send({"type": "http.response.body", "body": page.encode()})


@dataclass
class Town:
    """`tool.test` is Attain, `lms.test` launches it, `other.test` wishes it ill."""

    house: WholeHouse
    neighbours: Neighbours
    nonces: CountedIds = field(default_factory=lambda: CountedIds("nonce"))

    @property
    def attain(self) -> str:
        return self.house.base_url

    def launching(self, person: str = "tess", **params: str) -> str:
        """A page of the LMS that posts one signed launch into its frame `tool`."""
        lms = f"https://lms.test:{self.neighbours.port}"
        given = {
            **a_launch_form(person, "Instructor"),
            "launch_presentation_return_url": f"{lms}/return",
            **params,
        }
        url, nonce = f"{self.attain}/lti/launch", self.nonces()
        body = signed_body([*given.items()], url, KEY, SECRET, nonce, self.house.clock.now())
        form = a_form("launch", url, dict(parse_qsl(body.decode())), target="tool")
        frame = '<iframe name="tool" title="Attain" width="1100" height="800"></iframe>'
        return self.neighbours.put("lms.test", f"/launch/{nonce}", frame + form)


def a_form(name: str, action: str, fields: dict[str, str], target: str = "_self") -> str:
    """A form that posts itself."""
    inputs = "".join(
        f'<input type="hidden" name="{escape(key)}" value="{escape(value)}">'
        for key, value in fields.items()
    )
    return (
        f'<form id="{name}" method="post" action="{escape(action)}" target="{target}">{inputs}'
        f"</form><script>document.getElementById('{name}').submit()</script>"
    )


@contextmanager
def a_town(house: WholeHouse, folder: Path) -> Iterator[Town]:
    """`house` must have been made for the address of `tool_address()`."""
    certificate = self_signed(folder, *NAMES)
    port = urlsplit(house.base_url).port or 0
    with (
        serving_app(house.app(routes=ROUTES), port, certificate),
        _neighbours(certificate) as neighbours,
    ):
        yield Town(house, neighbours)


def tool_address() -> str:
    return f"https://tool.test:{free_port()}"


@contextmanager
def _neighbours(certificate: Certificate) -> Iterator[Neighbours]:
    made = Neighbours(free_port())
    with serving_app(made, made.port, certificate):
        yield made
